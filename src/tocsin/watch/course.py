"""The course of a pair: how much one party did to the other in each day, week or month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tocsin.store.asked import Period
from tocsin.store.kinds.series import days_of
from tocsin.watch.brief.records import Course
from tocsin.watch.detector import Ints
from tocsin.watch.relations import Relations

#: Days that are shown before an alarm.
BEFORE = timedelta(56)
#: Days that count as lately.
LATELY = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What one party did to another in some days: reports of acts, by the day first told."""

    first: date
    last: date
    covered: int  #: days of these with any article
    conflict: int
    conflict_standing: int  #: as many of them as stand
    cooperation: int
    cooperation_standing: int

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """A pair with what the one did to the other lately."""

    actor: str
    recipient: str
    conflict: int
    cooperation: int
    standing: int  #: of both


def read_stretches(
    relations: Relations, pair: tuple[str, str], by: Period, since: date, until: date
) -> Iterator[Stretch]:
    """Yield each period from `since` to `until`; the first and the last are cut short there."""
    days, first = _daily(relations, *pair), relations.span[0]
    covered = relations.exposure > 0
    while since <= until:
        last = min(date.fromisoformat(days_of(since.isoformat(), by)[1]), until)
        inside = slice(*(max(each.toordinal() - first, 0) for each in (since, last + timedelta(1))))
        conflict, standing, cooperation, standing_too = days[:, inside].sum(axis=1).tolist()
        yield Stretch(
            first=since,
            last=last,
            covered=int(np.count_nonzero(covered[inside])),
            conflict=conflict,
            conflict_standing=standing,
            cooperation=cooperation,
            cooperation_standing=standing_too,
        )
        since = last + timedelta(1)


def read_course(relations: Relations, pair: tuple[str, str], since: date, until: date) -> Course:
    """Return the conflict of a pair day by day, as far as days are watched."""
    first, last = (date.fromordinal(relations.span[end]) for end in (0, -1))
    since, until = max(since, first), min(until, last)
    inside = slice((since - first).days, (until - first).days + 1)
    reports, standing, *_ = _daily(relations, *pair)[:, inside].tolist()
    return Course(
        actor=pair[0],
        recipient=pair[1],
        first=since,
        reports=tuple(reports),
        standing=tuple(standing),
        covered=tuple((relations.exposure[inside] > 0).tolist()),
    )


def find_busiest(relations: Relations, party: str | None, most: int) -> list[Busy]:
    """Return the pairs with most acts in the last four weeks, of all or with `party` as a side."""
    start = int(np.searchsorted(relations.days, relations.span[-1] - LATELY + 1))
    codes, rows = np.unique(relations.pairs[start:], return_inverse=True)
    sides = {code: relations.parties_of(code) for code in codes.tolist()}
    asked = np.array([party in (None, *sides[code]) for code in codes.tolist()], dtype=np.bool_)
    acts = np.bincount(rows, minlength=len(codes)) * asked
    conflict = np.bincount(rows, relations.quads[start:] >= 3, len(codes))
    standing = np.bincount(rows, relations.stands[start:], len(codes))
    busiest = [row for row in np.argsort(-acts, kind="stable")[:most].tolist() if acts[row]]
    return [
        Busy(
            actor=sides[int(codes[row])][0],
            recipient=sides[int(codes[row])][1],
            conflict=int(conflict[row]),
            cooperation=int(acts[row] - conflict[row]),
            standing=int(standing[row]),
        )
        for row in busiest
    ]


def _daily(relations: Relations, actor: str, recipient: str) -> Ints:
    """Return (4, D) acts of each day: of conflict, and those that stand; the same of cooperation.

    All none where a party has no acts.
    """
    number = {party: n for n, party in enumerate(relations.parties)}
    code = number.get(actor, -1) * len(number) + number.get(recipient, -1)
    if not {actor, recipient} <= number.keys():
        return np.zeros((4, len(relations.span)), dtype=np.int64)
    rows = np.flatnonzero(relations.pairs == code)
    days, conflict = relations.days[rows] - relations.span[0], relations.quads[rows] >= 3
    stands = relations.stands[rows]
    kinds = (conflict, conflict & stands, ~conflict, ~conflict & stands)
    return np.array([np.bincount(days[kind], minlength=len(relations.span)) for kind in kinds])
