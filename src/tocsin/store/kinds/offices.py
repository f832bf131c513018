"""Offices: who is given which office by which article; the reference is not asked here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.records import OfficeClaim, Verdict
from tocsin.store.asked import Words, read_words
from tocsin.store.conditions import Ask, Sought, in_article, list_of, sought
from tocsin.store.kinds.filters import between, of_article, of_country, of_verdict
from tocsin.store.kinds.kind import Filter, Kind, day, integer, shown, text
from tocsin.store.kinds.printed import (
    ARTICLE,
    Print,
    article_cell,
    printed_object,
    reads_printed,
)
from tocsin.store.lists import Listing
from tocsin.store.queries import Listed
from tocsin.store.tables import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaim:
    """A claim that someone holds an office, with what the tenure check says of it."""

    claim: OfficeClaim
    verdict: Verdict | None  #: None where nothing was checked
    day: date | None  #: the day it speaks of
    text_id: str
    prints: tuple[Print, ...] = ()


_LISTING = Listing(table="office_claims", search="office_claims_fts")


def _office(connection: Connection, office: Words) -> Ask:
    """Ask for the id of an office in the reference, or for words in the office."""
    query = "SELECT 1 FROM office_claims WHERE office_id = ? LIMIT 1"
    if connection.execute(query, (office.given,)).fetchone():
        return list_of(_LISTING, "office_id", office.given, index="by_office")
    return Sought("office", office)


OFFICES = Kind(
    name="offices",
    summary="List who is given which office by the articles of a store, newest first.",
    more="To look up who holds an office, use: tocsin office",
    examples=('--office "defence minister" --country UKR',),
    filters=(
        Filter(
            "office",
            read_words,
            "with these words in the office, or its id in the reference",
            _office,
        ),
        Filter("name", read_words, "with these words in the holder's name", sought("name")),
        of_country("an office of this country", _LISTING),
        of_verdict("as the tenure check has it", _LISTING),
        *between("speaking of a day"),
        of_article("in the article with this id", in_article(_LISTING)),
    ),
    source=Listed(_LISTING, reads_printed(FoundClaim, "claim", "office_claims", "verdict, day")),
    yields=FoundClaim,
    columns=(
        text("id", "key of the claim", "claim.id"),
        day("day", "the day it speaks of"),
        text("name", "who is given the office", "claim.name"),
        text("office", "the office as written", "claim.office"),
        text("country", "of the office", "claim.country"),
        text("modifiers", "former, acting ...", "claim.modifiers"),
        text("offices", "ids in the reference that it can mean", "claim.offices"),
        text("verdict", "of the tenure check"),
        integer("start", "offset of the words in the article's text", "claim.words.0"),
        integer("end", "offset after the last", "claim.words.1"),
        *ARTICLE,
    ),
    in_notebooks=("day", "name", "office", "country", "verdict", "outlet"),
    screen=(
        shown("day", 10),
        shown("name", 16, lambda f: f.claim.name or "(not named)", share=2),
        shown("office", 20, "claim.office", share=3),
        shown("country", 7, "claim.country", drop=1),
        shown("verdict", 12),
        shown("article", 16, article_cell, drop=2),
    ),
    legend=(
        ("verdict", "", "whether the person held the office that day, by the reference"),
        ("verdict", "no record", "the reference has nothing to check it by"),
    ),
    as_object=printed_object("claim"),
    table="office_claims",
)
