"""Findings: what the checks say, about one article or about several set against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.records import Finding
from tocsin.store.asked import read_name
from tocsin.store.conditions import in_article, list_of, posted, sought
from tocsin.store.identity import resolve_id
from tocsin.store.kinds.filters import between, new_since, of_article, of_verdict, with_words
from tocsin.store.kinds.kind import Filter, Kind, day, integer, shown, text
from tocsin.store.kinds.printed import (
    ARTICLE,
    Print,
    article_cell,
    printed_object,
    reads_printed,
)
from tocsin.store.lists import Listing, Posted
from tocsin.store.queries import Listed
from tocsin.store.tables import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFinding:
    """A finding with the articles it is about; none where it sets articles against each other."""

    id: str
    finding: Finding
    day: date | None
    text_id: str | None
    prints: tuple[Print, ...] = ()


_LISTING = Listing(table="findings", search="findings_fts")


def _about(connection: Connection, given: str) -> Posted:
    for kind in ("event", "quotation"):
        given = resolve_id(connection, kind, given)
    return list_of(_LISTING, "about", given)


FINDINGS = Kind(
    name="findings",
    summary="List what the checks found in the articles of a store, newest first.",
    examples=("--check tenure --verdict contradicted",),
    filters=(
        Filter("check", read_name, "of this check, like tenure", posted(_LISTING, '"check"')),
        of_verdict("contradicted, unsure, holds or no_record", _LISTING),
        Filter("about", read_name, "about the record with this id", _about, "ID"),
        *between("dated"),
        of_article("in the article with this id", in_article(_LISTING)),
        with_words("whose sentence has", sought("sentence")),
        new_since(_LISTING, "finding"),
    ),
    source=Listed(_LISTING, reads_printed(FoundFinding, "finding", "findings", "id, day")),
    yields=FoundFinding,
    columns=(
        text("id", "key of the finding"),
        day("day", "of publication, or of what it is about"),
        text("check", "which check says so", "finding.check"),
        text("verdict", "what it says", "finding.verdict"),
        text("sentence", "why", "finding.sentence"),
        text("about", "id of the record it is about", "finding.about"),
        integer("start", "offset of the words in the article's text", "finding.words.0"),
        integer("end", "offset after the last", "finding.words.1"),
        text("sides", "the words set against each other", "finding.sides.quoted"),
        *ARTICLE,
    ),
    in_notebooks=("day", "check", "verdict", "sentence", "outlet"),
    screen=(
        shown("day", 10),
        shown("check", 9, "finding.check"),
        shown("verdict", 12, "finding.verdict"),
        shown("sentence", 30, "finding.sentence", share=5),
        shown("article", 16, article_cell, drop=1),
    ),
    legend=(
        ("verdict", "unsure", "what there is leaves it open"),
        ("verdict", "no record", "there is nothing to check it by"),
    ),
    as_object=printed_object("finding"),
)
