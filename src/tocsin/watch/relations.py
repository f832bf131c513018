"""Relations: what parties do to each other day by day, whatever told it, a store or a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tocsin.watch.detector import Bools, Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """Acts between parties in the order of their days; N of them on a span of D days.

    An act with several actors or recipients is a row for each pair of them.  Actor and recipient
    are alike inside a country.  What bodies of one kind (IGO) do to each other is not there: it is
    nobody's inner affair.

    A day is that of the event in a table.  In a store it is the day on which the event was first
    told: on no day before it could be known, and only what is read is covered.
    """

    parties: tuple[str, ...]  #: ISO alpha-3, PLOVER's codes of no country, names of such bodies
    span: range  #: ordinals of the days watched
    exposure: Floats  #: (D,) how much each day should have brought; 0: it is not covered
    days: Ints  #: (N,) ordinals
    actors: Ints  #: (N,) numbers in `parties`
    recipients: Ints  #: (N,)
    types: Ints  #: (N,) numbers in `tocsin.extract.events.plover.types()`
    quads: Ints  #: (N,) 1 to 4
    scores: Floats  #: (N,) PLOVER's
    stands: Bools  #: (N,) whether a voice that can be checked, or an outlet's own word, tells it
    speakers: Ints | None = None  #: (N,) numbers of who alone tells it, -1 of what others tell too
    event: Callable[[int], Mapping[str, Any]]  #: the act in a row, as its origin tells it
    left_out: Mapping[str, int] = field(default_factory=dict)  #: what is not there, by the reason
