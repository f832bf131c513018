"""Quotations: the same words by the same speaker, in however many articles."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.records import Quotation
from tocsin.store.asked import read_limit
from tocsin.store.conditions import at_least, few, sought
from tocsin.store.kinds.filters import (
    between,
    new_since,
    of_article,
    of_country,
    of_speaker,
    with_id,
    with_words,
)
from tocsin.store.kinds.kind import Filter, Kind, Part, Role, day, integer, shown, text
from tocsin.store.kinds.printed import (
    ARTICLE,
    Print,
    article_cell,
    outlet_cell,
    printed_object,
    read_named,
    speaker_and_country,
)
from tocsin.store.lists import Listing
from tocsin.store.queries import Listed, reads_records
from tocsin.store.tables import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundQuotation:
    """The same words by the same speaker, and the articles that print them, earliest first."""

    quotation: Quotation
    prints: tuple[Print, ...]


_LISTING = Listing(table="quotations", search="quotations_fts")

_read_records = reads_records(Quotation, _LISTING)


def _read(connection: Connection, keys: list[str]) -> dict[str, FoundQuotation]:
    found = _read_records(connection, keys)
    prints = read_named(connection, (each for one in found.values() for each in one.articles))
    return {
        key: FoundQuotation(
            quotation=one, prints=tuple(prints[each] for each in one.articles if each in prints)
        )
        for key, one in found.items()
    }


QUOTATIONS = Kind(
    name="quotations",
    summary="List what is quoted in the articles of a store, newest first.",
    more=(
        "The same words by the same speaker are one quotation, however many articles print them: "
        "with the day and the article in which they appear first."
    ),
    examples=(
        "--speaker Zakharova --articles 3",
        "--country UKR --since 2024-10-01 --text ceasefire",
    ),
    filters=(
        of_speaker(_LISTING),
        of_country("whose speaker is of this country", _LISTING),
        *between("first published"),
        Filter(
            "articles", read_limit, "that at least N articles print", at_least(_LISTING, "articles")
        ),
        of_article(
            "that the article with this id prints",
            few(
                "SELECT s.quotation FROM articles a JOIN statements s ON s.text_id = a.text_id"
                " WHERE a.id = ? AND s.quotation IS NOT NULL"
            ),
        ),
        with_words("said first with", sought("said")),
        with_id("quotation"),
        new_since(_LISTING, "quotation"),
    ),
    source=Listed(_LISTING, _read),
    yields=FoundQuotation,
    columns=(
        text("id", "key of the quotation", "quotation.id"),
        day("first", "first published", "quotation.first_published"),
        text("speaker", "who says it", "quotation.speaker.name"),
        text("office", "in which capacity, the first time", "quotation.speaker.office"),
        text("country", "of the speaker", "quotation.speaker.country"),
        text("reference", "id of the speaker in the reference", "quotation.speaker.reference"),
        text("said", "the words as the earliest article prints them", "quotation.said"),
        integer("articles", "articles that print it", "quotation.articles"),
        integer("statements", "statements with it", "quotation.statements"),
        text("outlets", "all outlets that print it", "prints.outlet"),
        *ARTICLE,
    ),
    in_notebooks=("first", "speaker", "office", "said", "articles", "outlet"),
    screen=(
        shown("first", 10, "quotation.first_published"),
        shown("speaker", 16, lambda f: speaker_and_country(f.quotation.speaker), share=2),
        shown("words", 26, lambda f: Part(f.quotation.said, Role.QUOTED), share=5),
        shown("articles", 8, lambda f: len(f.quotation.articles)),
        shown("outlet", 12, outlet_cell, share=1, drop=1),
        shown("article", 16, article_cell, drop=2),
    ),
    legend=(
        ("first", "", "the day of the earliest article, whose outlet and id follow"),
        ("articles", "", "how many print the words"),
    ),
    as_object=printed_object("quotation"),
)
