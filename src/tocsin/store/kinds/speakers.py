"""Speakers: who speaks, the most quoted first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.records import Verdict
from tocsin.store.asked import read_words
from tocsin.store.conditions import sought
from tocsin.store.kinds.filters import of_country, of_verdict, with_words
from tocsin.store.kinds.kind import Filter, Kind, day, integer, shown, text
from tocsin.store.lists import Listing
from tocsin.store.queries import Listed, reads_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSpeaker:
    """Someone who speaks in the articles of the store."""

    key: str
    name: str  #: the fullest form
    kind: str
    office: str | None  #: the latest
    country: str | None
    reference: str | None
    statements: int
    quotations: int
    articles: int
    first: date | None  #: published
    last: date | None
    verdict: Verdict | None  #: the worst of the tenure findings


_LISTING = Listing(table="speakers", key="key", rank="statements", ranks=int, search="speakers_fts")


SPEAKERS = Kind(
    name="speakers",
    summary="List who speaks in the articles of a store, the most quoted first.",
    examples=("--country RUS --verdict contradicted",),
    filters=(
        Filter("name", read_words, "with these words in the name", sought("name")),
        of_country("of this country", _LISTING),
        of_verdict("whose worst tenure finding is this", _LISTING),
        with_words("whose name or office has", sought("name office")),
    ),
    source=Listed(_LISTING, reads_rows(FoundSpeaker, _LISTING)),
    yields=FoundSpeaker,
    columns=(
        text("key", "key of the speaker"),
        text("name", "the fullest form of the name"),
        text("kind", "person, body, country, office ..."),
        text("office", "the latest office given"),
        text("country", "of the speaker"),
        text("reference", "id in the reference"),
        integer("statements", "how many"),
        integer("quotations", "how many, the same words counted once"),
        integer("articles", "in how many articles"),
        day("first", "first published"),
        day("last", "last published"),
        text("verdict", "worst tenure finding"),
    ),
    in_notebooks=("name", "office", "country", "statements", "articles", "last", "verdict"),
    screen=(
        shown("name", 18, share=2),
        shown("office", 18, share=2, drop=2),
        shown("country", 7),
        shown("statements", 10),
        shown("articles", 8, drop=1),
        shown("last", 10, drop=1),
        shown("verdict", 12),
    ),
    legend=(
        ("verdict", "", "the worst of whether they held the offices they are given"),
        ("verdict", "no record", "the reference has nothing to check it by"),
    ),
)
