"""Spans of characters: what they share, whether they touch, and things by where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tocsin.records import Span

#: Characters a cell of a `Places`.
_CELL = 256

T = TypeVar("T")


def shared(first: Iterable[Span], second: Iterable[Span]) -> int:
    """Return how many characters two sets of spans share."""
    common, others = 0, tuple(second)
    for start, end in first:
        for other_start, other_end in others:
            if start < other_end and other_start < end:
                common += min(end, other_end) - max(start, other_start)
    return common


def size(spans: Iterable[Span]) -> int:
    """Return how many characters `spans` cover, if they do not overlap."""
    return sum(end - start for start, end in spans)


def touch(first: Span | None, second: Span | None) -> bool:
    """Tell whether two spans share a character."""
    return (
        first is not None and second is not None and first[0] < second[1] and second[0] < first[1]
    )


def holds(spans: Iterable[Span], inner: Span) -> bool:
    """Tell whether one of `spans` holds all of `inner`."""
    first, last = inner
    return any(start <= first and last <= end for start, end in spans)


def overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Return the characters that two sets of spans share, as a part of those either holds."""
    common = shared(one, other)
    return common / max(1, size(one) + size(other) - common)


@dataclass(slots=True)
class Places(Generic[T]):
    """Things by where in the text they stand, so that only neighbours need be compared."""

    things: list[T] = field(default_factory=list)
    cells: dict[int, list[int]] = field(default_factory=dict)

    def add(self, thing: T, spans: Iterable[Span]) -> None:
        """Add a thing that stands at `spans`."""
        for cell in _cells(spans):
            self.cells.setdefault(cell, []).append(len(self.things))
        self.things.append(thing)

    def near(self, spans: Iterable[Span]) -> list[T]:
        """Return, in the order added, at least all things that share a character with `spans`."""
        found = {i for cell in _cells(spans) for i in self.cells.get(cell, ())}
        return [self.things[i] for i in sorted(found)]


def _cells(spans: Iterable[Span]) -> set[int]:
    return {cell for start, end in spans for cell in range(start // _CELL, (end - 1) // _CELL + 1)}
