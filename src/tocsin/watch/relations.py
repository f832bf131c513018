"""Relations: what parties do to each other day by day, whatever told it, a store or a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

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
    types: Ints  #: (N,) numbers in `tocsin.lexicons.plover.types()`
    quads: Ints  #: (N,) 1 to 4
    scores: Floats  #: (N,) PLOVER's
    stands: Bools  #: (N,) whether a voice that can be checked, or an outlet's own word, tells it
    speakers: Ints | None = None  #: (N,) numbers of who alone tells it, -1 of what others tell too
    event: Callable[[int], Mapping[str, Any]]  #: the act in a row, as its origin tells it
    left_out: Mapping[str, int] = field(default_factory=dict)  #: what is not there, by the reason

    @property
    def pairs(self) -> Ints:
        """(N,) numbers of actor and recipient as one number (see `parties_of`)."""
        return self.actors * len(self.parties) + self.recipients

    def parties_of(self, pair: int) -> tuple[str, str]:
        """Return actor and recipient of one of the numbers in `pairs`."""
        actor, recipient = divmod(pair, len(self.parties))
        return self.parties[actor], self.parties[recipient]

    def only(self, kept: Bools) -> Relations:
        """Return the acts in some of the rows, on the same days."""
        rows = np.flatnonzero(kept)
        columns = ("days", "actors", "recipients", "types", "quads", "scores", "stands")
        return replace(
            self,
            **{name: getattr(self, name)[rows] for name in columns},
            speakers=None if self.speakers is None else self.speakers[rows],
            event=lambda row: self.event(int(rows[row])),
        )
