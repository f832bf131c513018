"""Blocs: how pairs stand to each other in each period, who moves, and which triangles tip.

A tie is what two parties do to each other, either way: scores of cooperation against those of
conflict, from -1 (conflict alone) to 1.  Talk is no tie, for enemies talk too (`data/ties.tsv`).
How sure it is comes from a Bayesian bootstrap (Rubin 1981) over the pair's days, for the events of
one day are often one story.  Only what stands is counted: rumours make no enemies.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np

from tocsin.extract.events.plover import types
from tocsin.lexicons.tables import read_rows
from tocsin.reference.treaties import Treaty, allies_of
from tocsin.watch.detector import Bools, Floats, Ints
from tocsin.watch.parties import SEVERAL
from tocsin.watch.relations import Relations

#: A pair has a tie in a period of which it has as many days with acts that count.
FEWEST_DAYS = 3
#: How sure the sign of a tie must be, and the change of one.
SURE_SIGN, SURE_MOVE = 0.95, 0.99
#: A sign is remembered this long where no period shows another.
MEMORY = timedelta(days=366)

_DRAWS, _SEED, _PAIRS_AT_ONCE = 400, 1956, 40
#: Acts that a move names as its reasons.
_REASONS = 5


class Period(StrEnum):
    """What a tie is made of."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_FIRST_DAY: Mapping[Period, Callable[[date], date]] = {
    Period.WEEK: lambda day: day - timedelta(days=day.weekday()),
    Period.MONTH: lambda day: day.replace(day=1),
    Period.QUARTER: lambda day: day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
    Period.YEAR: lambda day: day.replace(month=1, day=1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """How two parties stand to each other in one period."""

    parties: tuple[str, str]
    period: date  #: its first day
    net: float  #: -1 conflict alone, 1 cooperation alone
    low: float  #: between these with 95 %
    high: float
    sign: int  #: 1 or -1 where that is sure, else 0
    events: int
    days: int  #: with any of these events
    treaties: tuple[Treaty, ...]  #: of mutual defence that bind both: context, no part of `net`


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A pair that came nearer or drew apart from one period to the next."""

    parties: tuple[str, str]
    period: date  #: first day of the later one
    before: float  #: `Tie.net` of the earlier one
    after: float
    change: float  #: above 0 towards each other
    low: float  #: the change is between these with 99 %; 0 is not
    high: float
    course: tuple[float | None, ...]  #: `Tie.net` of every period; None where there is no tie
    events: tuple[Mapping[str, Any], ...]  #: those of the later one that speak most for the change
    treaties: tuple[Treaty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The sign of one side of a triangle, before and after."""

    parties: tuple[str, str]
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangle:
    """Three parties of which the signs of all ties are known, and their product has changed.

    After Cartwright and Harary (1956): with one foe or three among three friends it strains.
    """

    parties: tuple[str, str, str]
    period: date  #: in which it tipped
    balanced: bool  #: since then: the friend of a friend is a friend, the foe of a foe too
    ties: tuple[Turn, Turn, Turn]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocs:
    """Ties of every period, what moved and what tipped, and how much of that chance would show."""

    by: Period
    periods: tuple[date, ...]
    ties: tuple[Tie, ...]  #: by period, then by parties
    moves: tuple[Move, ...]
    triangles: tuple[Triangle, ...]
    compared: int  #: ties with one of the period before
    expected_false: float  #: moves that chance would show if nothing had changed anywhere

    def concerning(self, parties: Collection[str]) -> Blocs:
        """Return the ties, moves and triangles of which one of `parties` is a part."""
        wanted = frozenset(parties)
        return replace(
            self,
            ties=tuple(each for each in self.ties if wanted & {*each.parties}),
            moves=tuple(each for each in self.moves if wanted & {*each.parties}),
            triangles=tuple(each for each in self.triangles if wanted & {*each.parties}),
        )


def find_blocs(relations: Relations, by: Period = Period.MONTH) -> Blocs:
    """Find ties, moves and triangles that tipped, in periods of one length.

    Inner relations are none, and parties of which one code means several (IGO) have no ties.
    """
    first_days = [_FIRST_DAY[by](date.fromordinal(day)) for day in relations.span]
    periods = tuple(dict.fromkeys(first_days))
    number = {period: each for each, period in enumerate(periods)}
    days = _days_of(relations, np.array([number[day] for day in first_days], dtype=np.int64))
    sums = _sum_up(days)
    told = _Told(relations, periods, days, sums)
    return Blocs(
        by=by,
        periods=periods,
        ties=tuple(map(told.tie, sums.order.tolist())),
        moves=tuple(told.move(row) for row in sums.order.tolist() if sums.moved[row]),
        triangles=tuple(_triangles(told)),
        compared=int(sums.compared.sum()),
        expected_false=float(sums.compared.sum() * (1 - SURE_MOVE)),
    )


# --------------------------------------------------------------------------- counted


@dataclass(frozen=True, slots=True)
class _Days:
    """Days of pairs with acts that count, in the order of pairs and days."""

    rows: Ints  #: of `Relations`, all acts that count
    ties: Ints  #: of these, pair and period in one number
    pair: Ints
    period: Ints
    good: Floats  #: scores of cooperation
    bad: Floats  #: scores of conflict, above 0
    events: Ints
    lent: float  #: an act of usual size on each side of a tie: no few acts make it certain


@cache
def _weights() -> Floats:
    """Return 1 for types that count, 0 for others."""
    counts = dict(read_rows("watch/data/ties.tsv", "type counts"))
    return np.array([counts[each] == "yes" for each in types()], dtype=np.float64)


def _days_of(relations: Relations, periods: Ints) -> _Days:
    several = np.array([party in SEVERAL for party in relations.parties], dtype=bool)
    one, other = relations.actors, relations.recipients
    counted: Bools = relations.stands & (one != other) & (_weights()[relations.types] > 0)
    rows = np.flatnonzero(counted & ~several[one] & ~several[other] & (relations.scores != 0))
    pair = np.minimum(one, other)[rows] * len(several) + np.maximum(one, other)[rows]
    day, scores = relations.days[rows] - relations.span[0], relations.scores[rows]
    keys, cell, events = np.unique(
        pair * len(periods) + day, return_inverse=True, return_counts=True
    )
    pairs, days = np.divmod(keys, max(len(periods), 1))
    return _Days(
        rows=rows,
        ties=pair * len(periods) + periods[day],
        pair=pairs,
        period=periods[days],
        good=np.bincount(cell, np.maximum(scores, 0), len(keys)),
        bad=np.bincount(cell, np.maximum(-scores, 0), len(keys)),
        events=events,
        lent=float(np.abs(scores).mean()) if len(scores) else 1.0,
    )


@dataclass(frozen=True, slots=True)
class _Sums:
    """Ties as numbers, in the order of pairs and periods; what a row says of the one before it."""

    pair: Ints
    period: Ints
    net: Floats
    ends: Floats  #: (2, ties) between which it is
    sign: Ints
    events: Ints
    days: Ints
    compared: Bools  #: whether there is a tie of the period before, in the row above
    change_ends: Floats  #: (2, ties)
    moved: Bools

    @property
    def order(self) -> Ints:
        """The rows by period, then by pair."""
        return np.lexsort((self.pair, self.period))


def _sum_up(days: _Days) -> _Sums:
    """Return the ties of enough days, with what the bootstrap says of each."""
    keys = days.pair * (days.period.max(initial=0) + 1) + days.period
    _, first, number = np.unique(keys, return_index=True, return_inverse=True)
    enough = np.bincount(number, minlength=len(first)) >= FEWEST_DAYS
    cells = np.flatnonzero(enough[number])
    tie = np.cumsum(enough)[number[cells]] - 1
    pair, period = days.pair[first[enough]], days.period[first[enough]]
    good, bad = (np.bincount(tie, each[cells], len(pair)) for each in (days.good, days.bad))
    compared = np.zeros(len(pair), dtype=bool)
    compared[1:] = (np.diff(pair) == 0) & (np.diff(period) == 1)
    ends, change_ends = np.zeros((2, 2, len(pair)))
    for some, nets in _draw(days, cells, tie, pair):
        ends[:, some] = _ends(nets, SURE_SIGN)
        change_ends[:, some] = _ends(np.diff(nets, axis=0, prepend=nets[:1]), SURE_MOVE)
    return _Sums(
        pair=pair,
        period=period,
        net=(good - bad) / (good + bad + 2 * days.lent),
        ends=ends,
        sign=np.sign(ends[0]).astype(np.int64) * (np.sign(ends[0]) == np.sign(ends[1])),
        events=np.bincount(tie, days.events[cells], len(pair)).astype(np.int64),
        days=np.bincount(tie, minlength=len(pair)),
        compared=compared,
        change_ends=change_ends,
        moved=compared & ((change_ends[0] > 0) | (change_ends[1] < 0)),
    )


def _draw(
    days: _Days, cells: Ints, tie: Ints, pair: Ints
) -> Iterator[tuple[slice, Floats]]:
    """Yield ties of some pairs with their net in each draw, (ties, draws).

    A draw gives every day a weight from the exponential distribution, and so the acts lent.
    """
    random = np.random.default_rng(_SEED)
    each_pair = np.unique(pair)
    for some in np.split(each_pair, range(_PAIRS_AT_ONCE, len(each_pair), _PAIRS_AT_ONCE)):
        if not len(some):
            return
        ties = slice(*np.searchsorted(pair, (some[0], some[-1] + 1)))
        at = slice(*np.searchsorted(tie, (ties.start, ties.stop)))
        weights = random.standard_exponential((_DRAWS, at.stop - at.start), dtype=np.float32)
        starts = np.searchsorted(tie[at], np.arange(ties.start, ties.stop))
        lent = random.exponential(days.lent, (2, _DRAWS, ties.stop - ties.start))
        good, bad = (
            np.add.reduceat(weights * each[cells[at]].astype(np.float32), starts, axis=1) + more
            for each, more in zip((days.good, days.bad), lent, strict=True)
        )
        yield ties, ((good - bad) / (good + bad)).T


def _ends(draws: Floats, sure: float) -> Floats:
    return np.asarray(np.quantile(draws, ((1 - sure) / 2, (1 + sure) / 2), axis=1))


# --------------------------------------------------------------------------- told


@dataclass(frozen=True, slots=True)
class _Told:
    """Numbers as records."""

    relations: Relations
    periods: tuple[date, ...]
    days: _Days
    sums: _Sums

    def parties(self, row: int) -> tuple[str, str]:
        one, other = divmod(int(self.sums.pair[row]), len(self.relations.parties))
        return self.relations.parties[one], self.relations.parties[other]

    def tie(self, row: int) -> Tie:
        low, high = self.sums.ends[:, row].round(3).tolist()
        return Tie(
            parties=self.parties(row),
            period=self.periods[self.sums.period[row]],
            net=round(float(self.sums.net[row]), 3),
            low=low,
            high=high,
            sign=int(self.sums.sign[row]),
            events=int(self.sums.events[row]),
            days=int(self.sums.days[row]),
            treaties=self._treaties(row),
        )

    def move(self, row: int) -> Move:
        low, high = self.sums.change_ends[:, row].round(3).tolist()
        of_pair = slice(*np.searchsorted(self.sums.pair, self.sums.pair[row] + np.arange(2)))
        nets = self.sums.net[of_pair].round(3).tolist()
        course = dict(zip(self.sums.period[of_pair].tolist(), nets, strict=True))
        before, after = self.sums.net[row - 1 : row + 1].tolist()
        return Move(
            parties=self.parties(row),
            period=self.periods[self.sums.period[row]],
            before=round(before, 3),
            after=round(after, 3),
            change=round(after - before, 3),
            low=low,
            high=high,
            course=tuple(map(course.get, range(len(self.periods)))),
            events=tuple(map(self.relations.event, self._reasons(row))),
            treaties=self._treaties(row),
        )

    def _reasons(self, row: int) -> list[int]:
        """Return the heaviest acts of the tie that point where it moved, in their order."""
        key = self.sums.pair[row] * len(self.relations.span) + self.sums.period[row]
        rows = self.days.rows[self.days.ties == key]
        weight = self.relations.scores[rows] * np.sign(self.sums.change_ends[0, row])
        heaviest = np.argsort(-weight, kind="stable")[:_REASONS]
        return sorted(rows[heaviest[weight[heaviest] > 0]].tolist())

    def _treaties(self, row: int) -> tuple[Treaty, ...]:
        one, other = self.parties(row)
        return _allies(one, self.periods[self.sums.period[row]]).get(other, ())


_allies = cache(allies_of)


def _triangles(told: _Told) -> Iterator[Triangle]:
    """Yield the triangles that tipped, period by period.

    The sign of a tie holds until a period surely shows the other, or for a year.
    """
    sums, many = told.sums, len(told.relations.parties)
    signs = np.zeros((many, many), dtype=np.int64)
    known = np.zeros((many, many), dtype=np.int64)
    for number, period in enumerate(told.periods):
        rows = np.flatnonzero((sums.period == number) & (sums.sign != 0))
        one, other = np.divmod(sums.pair[rows], many)
        before = np.where(known >= (period - MEMORY).toordinal(), signs, 0)
        signs = before.copy()
        signs[one, other] = signs[other, one] = sums.sign[rows]
        known[one, other] = known[other, one] = period.toordinal()
        for parties in _tipped(before, signs):
            yield _triangle(told.relations.parties, parties, period, before, signs)


def _tipped(before: Ints, after: Ints) -> list[tuple[int, ...]]:
    """Return triangles of known signs of which one or three have turned."""
    found = set()
    for one, other in np.argwhere(np.triu(before * after) < 0).tolist():
        was, now = (each[one, other] * each[one] * each[other] for each in (before, after))
        found |= {tuple(sorted((one, other, third))) for third in np.flatnonzero(was * now < 0)}
    return sorted(found)


def _triangle(
    names: tuple[str, ...], corners: tuple[int, ...], period: date, before: Ints, after: Ints
) -> Triangle:
    one, two, three = (
        Turn(parties=(names[a], names[b]), before=int(before[a, b]), after=int(after[a, b]))
        for a, b in combinations(corners, 2)
    )
    return Triangle(
        parties=(names[corners[0]], names[corners[1]], names[corners[2]]),
        period=period,
        balanced=one.after * two.after * three.after > 0,
        ties=(one, two, three),
    )
