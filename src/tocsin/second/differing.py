"""Differing: which of two readers found a record, and how they read it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.records import Actor, Event, OtherReading

#: What the readers of a record call Tocsin itself.
TOCSIN = "tocsin"


def found_by(event: Event) -> Iterator[str]:
    """Yield who found an event, and how the other reads it; nothing where there was one reader."""
    if not event.readers:
        return
    names = ["Tocsin" if each == TOCSIN else each for each in event.readers]
    yield f"found by {' and '.join(names)}" if len(names) > 1 else f"found by {names[0]} alone"
    yield from (f"Tocsin reads: {each}" for each in differences(event))


def differences(event: Event) -> Iterator[str]:
    """Yield in what Tocsin differs from a second reader, whose word stands."""
    other = event.otherwise or OtherReading(reader="")
    if other.type is not None:
        yield f"type {other.type}, not {event.type}"
    if other.status is not None:
        yield f"status {other.status}, not {event.status}"
    actors = "actor", event.actors, other.actors
    for side, said, its in (actors, ("recipient", event.recipients, other.recipients)):
        if its is not None:
            yield f"{side} {sides_told(its)}, not {sides_told(said)}"


def sides_told(actors: Sequence[Actor]) -> str:
    """Return a side in short: countries, and names of those of none."""
    return " and ".join(dict.fromkeys(a.country or a.name for a in actors)) or "nobody named"
