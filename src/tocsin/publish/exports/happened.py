"""Reported events that formats which know no doubt may hold, and the pairs of parties in them.

GDELT and POLECAT have no column that says "denied" or "may happen", and Follow-the-Money has no
event that did not take place: in these formats every row is read as having happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product

from tocsin.publish.exports.export import Outcome
from tocsin.records import Actor, ReportedEvent, Status, Telling

#: How far the wording lets an event have happened, in percent; GDELT's Confidence.
HAPPENED = {
    Status.ASSERTED: 100,
    Status.HISTORICAL: 100,
    Status.REPORTED: 80,
    Status.ALLEGED: 50,
    Status.UNCONFIRMED: 30,
}

#: Of these, PLOVER makes all sides actors when they act on each other.
_MUTUAL = frozenset({"CONSULT", "ASSAULT"})

Pair = tuple[Actor | None, Actor | None]


def find_happened(events: Iterable[ReportedEvent], outcome: Outcome) -> Iterator[ReportedEvent]:
    """Yield the events whose firmest status lets them have happened; count the others."""
    for event in events:
        if event.status in HAPPENED:
            yield event
        else:
            outcome.left_out[f"told as {event.status}"] += 1


def tellings_of(event: ReportedEvent) -> tuple[Telling, ...]:
    """Return the tellings that say that the event happened, the earliest first."""
    told = [each for each in event.tellings if each.event.status in HAPPENED]
    return tuple(sorted(told, key=lambda each: (str(each.published or "9999"), each.text_id)))


def pairs_of(event: ReportedEvent) -> tuple[Pair, ...]:
    """Return each actor with each recipient; None where the event has none on that side."""
    return tuple(product(event.actors or (None,), event.recipients or (None,)))


def mutual_pairs_of(event: ReportedEvent) -> tuple[Pair, ...]:
    """Return `pairs_of`, but the parties that met or fought each other in pairs of actors."""
    if event.type in _MUTUAL and len(event.actors) > 1 and not event.recipients:
        return tuple(combinations(event.actors, 2))
    return pairs_of(event)


def party_in(parties: Iterable[Actor], wanted: Actor | None) -> Actor | None:
    """Return the one of `parties` (of one telling) that stands for `wanted` (of the event).

    The same name, else the same country and sector, else None.
    """
    if wanted is None:
        return None
    parties = tuple(parties)
    named = (each for each in parties if each.name == wanted.name)
    kind = wanted.country, wanted.sector
    alike = (each for each in parties if each.country and (each.country, each.sector) == kind)
    return next(named, None) or next(alike, None)
