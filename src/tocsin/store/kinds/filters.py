"""Filters that several kinds have, under one name, read in one way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tocsin.records import Verdict
from tocsin.store.asked import (
    one_of,
    read_country,
    read_day_of,
    read_flag,
    read_name,
    read_quad,
    read_share,
    read_since,
    read_type,
    read_words,
)
from tocsin.store.conditions import Asks, arrived, few, posted, said_by, since, until
from tocsin.store.kinds.kind import Filter
from tocsin.store.lists import Listing


def between(dated: str, from_day: Asks = since, to_day: Asks = until) -> tuple[Filter, Filter]:
    """Return the filters by first and last day; `dated` says what is on that day."""
    return (
        Filter("since", read_day_of, f"{dated} on or after this day", from_day),
        Filter("until", read_day_of, f"{dated} on or before this day", to_day),
    )


def of_type(asks: Asks) -> Filter:
    """Return the filter by the type of events."""
    return Filter("type", read_type, "PLOVER's type, like MOBILIZE", asks)


def of_quad(asks: Asks) -> Filter:
    """Return the filter by the quad class of events."""
    classes = "1, 2 verbal, material cooperation; 3, 4 verbal, material conflict"
    return Filter("quad", read_quad, classes, asks)


def of_all_acts(background: Asks, confidence: Asks) -> tuple[Filter, Filter]:
    """Return the filters by what all records of events have: news or background, how probable."""
    recalled = "also what is recalled, negated or merely possible: background, which is no news"
    marked = "that careful reading marks with at least this probability, 0 to 1"
    return (
        Filter("background", read_flag, recalled, background),
        Filter("sure", read_share, marked, confidence, "P"),
    )


def news_unless_named(asked: Mapping[str, Any]) -> dict[str, bool]:
    """Return the filter that leaves background out, but where a status or an id means it."""
    status = asked.get("status")
    return {"background": "id" in asked or (status is not None and status.is_background)}


def with_words(which: str, asks: Asks) -> Filter:
    """Return the filter by words; `which` says what has them."""
    asked = f'{which} these words, "words in a row" or beginnings like missil*'
    return Filter("text", read_words, asked, asks, "WORDS")


def of_country(which: str, listing: Listing) -> Filter:
    """Return the filter by country; `which` says whose."""
    return Filter("country", read_country, which, posted(listing, "country"))


def of_article(which: str, asks: Asks) -> Filter:
    """Return the filter by the id of an article."""
    return Filter("article", read_name, which, asks)


def with_id(kind: str) -> Filter:
    """Return the filter by id."""
    which = "with this id, now or before an older article came"
    return Filter("id", read_name, which, few("SELECT ?", kind))


def new_since(listing: Listing, kind: str) -> Filter:
    """Return the filter by when it came into the store."""
    return Filter(
        "new_since",
        read_since,
        "new in the store since this day or time (UTC), or after the run with this number",
        arrived(listing, kind),
        "WHEN",
    )


def of_speaker(listing: Listing) -> Filter:
    """Return the filter by the name of who speaks."""
    asked = "whose speaker has these words in the name"
    return Filter("speaker", read_words, asked, said_by(listing), "NAME")


def of_verdict(which: str, listing: Listing) -> Filter:
    """Return the filter by what a check says."""
    return Filter("verdict", one_of(Verdict), which, posted(listing, "verdict"))
