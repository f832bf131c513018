"""Which events of several articles are one event, and how many voices stand behind it."""

from __future__ import annotations

import re
from datetime import date

from tocsin.records import Actor, Event
from tocsin.reference.names import fold


def block_of(event: Event, published: date | None) -> str:
    """Return the key that all tellings of one event share, up to neighbouring days.

    It reads ``type|actors|day``: the countries of the actors (folded names where there is none)
    in alphabetical order, and the last day that the words allow, else the day of publication.
    `tocsin.checks.corroboration.group_events` looks at blocks of neighbouring days together.

    Args:
        event: as found in the text.
        published: the day of the text, by which its date words were read.
    """
    return f"{event.type}|{'+'.join(party_codes(event.actors))}|{anchor_day(event, published)}"


def anchor_day(event: Event, published: date | None) -> str:
    """Return the ISO day under which the event is filed; empty when no day is known at all."""
    day = event.date.latest if event.date is not None else None
    day = day or published
    return day.isoformat() if day else ""


def party_codes(parties: tuple[Actor, ...]) -> tuple[str, ...]:
    """Return what identifies `parties` coarsely: countries, or folded names, sorted, once each."""
    return tuple(sorted({_code(party) for party in parties}))


def _code(party: Actor) -> str:
    if party.country:
        return party.country
    words = re.sub(r"[\W_]+", " ", fold(party.name)).strip()
    return words.removeprefix("the ")[:60]
