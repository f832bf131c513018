"""Statements: who says what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.records import Manner, Naming, Stance, Statement
from tocsin.store.asked import one_of, read_name
from tocsin.store.conditions import in_article, posted, sought
from tocsin.store.kinds.filters import between, of_article, of_country, of_speaker, with_words
from tocsin.store.kinds.kind import Filter, Kind, Part, Role, day, integer, shown, text
from tocsin.store.kinds.printed import (
    ARTICLE,
    Print,
    article_cell,
    printed_object,
    reads_printed,
    speaker_and_country,
)
from tocsin.store.lists import Listing, Searched
from tocsin.store.queries import Listed
from tocsin.store.tables import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStatement:
    """A statement with its words and the articles that print it, earliest first."""

    statement: Statement
    said: str  #: the words of the content, pieces joined by " … "
    day: date | None  #: of publication
    text_id: str
    quotation: str | None  #: id of the quotation it belongs to
    prints: tuple[Print, ...] = ()


_LISTING = Listing(table="statements", search="statements_fts")


def _outlet(_: Connection, outlet: str) -> Searched:
    """Ask for the statements in articles of an outlet: their day is that of the article."""
    return Searched(
        index="articles AS a INDEXED BY articles_by_outlet",
        joined="CROSS JOIN statements AS t ON t.text_id = a.text_id",
        where="a.outlet = ?",
        values=(outlet,),
        order="a.published",
        within="a.published BETWEEN ? AND ?",
        unranked="a.published IS NULL",
        found="a.text_id",
        sought="(SELECT r.text_id FROM statements AS r WHERE r.id = {key})",
    )


STATEMENTS = Kind(
    name="statements",
    summary="List what people and bodies say in the articles of a store, newest first.",
    examples=(
        "--speaker Lavrov --stance denies",
        '--naming anonymous --text "North Korean troops"',
    ),
    filters=(
        of_speaker(_LISTING),
        of_country("whose speaker is of this country", _LISTING),
        Filter(
            "stance",
            one_of(Stance),
            "asserts, denies, warns, pledges ...",
            posted(_LISTING, "stance"),
        ),
        Filter(
            "naming",
            one_of(Naming),
            "named, office, institution, collective or anonymous",
            posted(_LISTING, "naming"),
        ),
        Filter("manner", one_of(Manner), "direct, indirect or mixed", posted(_LISTING, "manner")),
        *between("published"),
        Filter("outlet", read_name, "that this outlet published", _outlet),
        of_article("in the article with this id", in_article(_LISTING)),
        with_words("said with", sought("said")),
    ),
    source=Listed(
        _LISTING, reads_printed(FoundStatement, "statement", "statements", "said, day, quotation")
    ),
    yields=FoundStatement,
    columns=(
        text("id", "key of the statement", "statement.id"),
        day("day", "of publication"),
        text("speaker", "who speaks", "statement.speaker.name"),
        text("office", "in which capacity", "statement.speaker.office"),
        text("country", "of the speaker", "statement.speaker.country"),
        text("sector", "PLOVER's, of the speaker", "statement.speaker.sector"),
        text("reference", "id of the speaker in the reference", "statement.speaker.reference"),
        text("stance", "asserts, denies ...", "statement.stance"),
        text("manner", "direct, indirect or mixed", "statement.manner"),
        text("naming", "how far the speaker is named", "statement.naming"),
        text("relays", "through whom it came", "statement.relays.name"),
        text("said", "the words"),
        integer(
            "start", "offset of the first character in the article's text", "statement.content.0.0"
        ),
        integer("end", "offset after the last", "statement.content.-1.1"),
        text("quotation", "id shared by the same words of the same speaker"),
        integer("articles", "articles that print it", "prints"),
        *ARTICLE,
    ),
    in_notebooks=("day", "speaker", "office", "stance", "manner", "said", "outlet"),
    screen=(
        shown("day", 10),
        shown("speaker", 16, lambda f: speaker_and_country(f.statement.speaker), share=2),
        shown("stance", 10, "statement.stance"),
        shown("naming", 11, "statement.naming", drop=1),
        shown("words", 30, lambda f: Part(f.said, Role.QUOTED), share=5),
        shown("article", 16, article_cell, drop=2),
    ),
    as_object=printed_object("statement"),
)
