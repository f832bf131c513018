"""Blocs: how pairs stand to each other in each period, who moves, and which triangles tip.

A tie is what two parties do to each other, either way: scores of cooperation against those of
conflict, from -1 (conflict alone) to 1.  Talk is no tie, for enemies talk too (`data/ties.tsv`).
How sure it is comes from a Bayesian bootstrap (Rubin 1981) over the pair's days, for the events of
one day are often one story.  Only what stands is counted: rumours make no enemies.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations, groupby
from math import prod
from typing import Any, TypeVar

import numpy as np

from tocsin.lexicons.plover import types
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
#: What a tie is made of, by name: the first day of the period that a day lies in.
PERIODS: Mapping[str, Callable[[date], date]] = {
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "quarter": lambda day: day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
    "year": lambda day: day.replace(month=1, day=1),
}

_DRAWS, _SEED, _PAIRS_AT_ONCE = 400, 1956, 40
#: Acts that a move names as its reasons.
_REASONS = 5

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """How two parties stand to each other in one period."""

    parties: Pair  #: in alphabetical order
    period: date  #: its first day
    net: float  #: -1 conflict alone, 1 cooperation alone
    low: float  #: it is between these with 95 %
    high: float
    sign: int  #: 1 or -1 where that is sure, else 0
    events: int
    days: int  #: with any of these events
    treaties: tuple[Treaty, ...]  #: of mutual defence that bind both: context, no part of `net`


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A pair that came nearer or drew apart from one period to the next."""

    parties: Pair
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
class Triangle:
    """Three parties whose ties have known signs, of which the product has changed.

    After Cartwright and Harary (1956): one foe among three friends, or three foes, is a strain.
    """

    parties: tuple[str, ...]  #: in alphabetical order
    period: date  #: in which it tipped
    balanced: bool  #: since then: the friend of a friend is a friend, the foe of a foe too
    before: tuple[int, ...]  #: signs of first and second, first and third, second and third
    after: tuple[int, ...]


_Found = TypeVar("_Found", bound=Tie | Move | Triangle)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocs:
    """Ties of every period, what moved and what tipped, and how much of that chance would show."""

    by: str
    periods: tuple[date, ...]
    ties: tuple[Tie, ...]  #: by period, then by parties
    moves: tuple[Move, ...]
    triangles: tuple[Triangle, ...]
    compared: int  #: ties with one of the period before
    expected_false: float  #: moves that chance would show if nothing had changed anywhere


def find_blocs(relations: Relations, by: str = "month", about: Collection[str] = ()) -> Blocs:
    """Find ties, moves and triangles that tipped, in periods of one length (see `PERIODS`).

    Inner relations are none, and parties of which one code means several (IGO) have no ties.  What
    is found is kept where one of `about` is a side; all of it where nobody is named.
    """
    first_days = [PERIODS[by](date.fromordinal(day)) for day in relations.span]
    periods = tuple(dict.fromkeys(first_days))
    number = {period: each for each, period in enumerate(periods)}
    days = _days_of(relations, np.array([number[day] for day in first_days], dtype=np.int64))
    sums = _sum_up(days)
    ties = [_tie(relations, periods, sums, row) for row in range(len(sums.pair))]
    moved = (sums.change_ends[0] > 0) | (sums.change_ends[1] < 0)
    moves = [
        _move(relations, periods, ties, sums, days, row)
        for row in np.flatnonzero(sums.compared & moved).tolist()
    ]
    in_order = sorted(ties, key=lambda tie: (tie.period, tie.parties))
    return Blocs(
        by=by,
        periods=periods,
        ties=_with(about, in_order),
        moves=_with(about, sorted(moves, key=lambda move: (move.period, move.parties))),
        triangles=_with(about, _triangles(in_order)),
        compared=int(sums.compared.sum()),
        expected_false=float(sums.compared.sum() * (1 - SURE_MOVE)),
    )


def _with(about: Collection[str], found: Iterable[_Found]) -> tuple[_Found, ...]:
    wanted = frozenset(about)
    return tuple(each for each in found if not wanted or wanted.intersection(each.parties))


# --------------------------------------------------------------------------- counted


@dataclass(frozen=True, slots=True, kw_only=True)
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
def _types_that_count() -> Bools:
    """Return which of PLOVER's types, by number, say how two parties stand to each other."""
    rows = read_rows("watch/data/ties.tsv", "type counts")
    counted = {type_ for type_, counts in rows if counts == "yes"}
    return np.array([each in counted for each in types()])


def _days_of(relations: Relations, periods: Ints) -> _Days:
    single = np.array([party not in SEVERAL for party in relations.parties], dtype=bool)
    one, other = relations.actors, relations.recipients
    counted = relations.stands & (one != other) & _types_that_count()[relations.types]
    rows = np.flatnonzero(counted & single[one] & single[other] & (relations.scores != 0))
    pair = np.minimum(one, other)[rows] * len(single) + np.maximum(one, other)[rows]
    day, scores = relations.days[rows] - relations.span[0], relations.scores[rows]
    keys = pair * len(periods) + day
    keys, cell, events = np.unique(keys, return_inverse=True, return_counts=True)
    pairs, days = np.divmod(keys, max(len(periods), 1))
    return _Days(
        rows=rows,
        ties=pair * len(periods) + periods[day],
        pair=pairs,
        period=periods[days],
        good=np.bincount(cell, np.maximum(scores, 0), len(keys)).astype(np.float64),
        bad=np.bincount(cell, np.maximum(-scores, 0), len(keys)).astype(np.float64),
        events=events,
        lent=float(np.abs(scores).mean()) if len(scores) else 1.0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """Ties as numbers, in the order of pairs and periods; what a row says of the one before it."""

    pair: Ints
    period: Ints
    net: Floats
    ends: Floats  #: (2, ties) between which it is
    events: Ints
    days: Ints
    compared: Bools  #: whether the row before is the same pair in the period before
    change_ends: Floats  #: (2, ties)


def _sum_up(days: _Days) -> _Sums:
    """Return the ties of enough days, with what the bootstrap says of each."""
    keys = days.pair * (days.period.max(initial=0) + 1) + days.period
    _, first, number = np.unique(keys, return_index=True, return_inverse=True)
    enough = np.bincount(number, minlength=len(first)) >= FEWEST_DAYS
    cells = np.flatnonzero(enough[number])
    tie = np.cumsum(enough)[number[cells]] - 1
    pair, period = days.pair[first[enough]], days.period[first[enough]]
    good, bad = (np.bincount(tie, each[cells], len(pair)) for each in (days.good, days.bad))
    ends, change_ends = np.zeros((2, 2, len(pair)))
    for some, nets in _draw(days, cells, tie, pair):
        ends[:, some] = _ends(nets, SURE_SIGN)
        change_ends[:, some] = _ends(np.diff(nets, axis=0, prepend=nets[:1]), SURE_MOVE)
    return _Sums(
        pair=pair,
        period=period,
        net=(good - bad) / (good + bad + 2 * days.lent),
        ends=ends,
        events=np.bincount(tie, days.events[cells], len(pair)).astype(np.int64),
        days=np.bincount(tie, minlength=len(pair)),
        compared=(np.diff(pair, prepend=-1) == 0) & (np.diff(period, prepend=-1) == 1),
        change_ends=change_ends,
    )


def _draw(days: _Days, cells: Ints, tie: Ints, pair: Ints) -> Iterator[tuple[slice, Floats]]:
    """Yield the ties of some pairs with their net in each draw, (ties, draws).

    A draw gives every day a weight from the exponential distribution, and the acts lent too.
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


_allies = cache(allies_of)


def _tie(relations: Relations, periods: Sequence[date], sums: _Sums, row: int) -> Tie:
    sides = divmod(int(sums.pair[row]), len(relations.parties))
    one, other = sorted(relations.parties[side] for side in sides)
    period = periods[sums.period[row]]
    low, high = sums.ends[:, row].round(3).tolist()
    return Tie(
        parties=(one, other),
        period=period,
        net=round(float(sums.net[row]), 3),
        low=low,
        high=high,
        sign=(low > 0) - (high < 0),
        events=int(sums.events[row]),
        days=int(sums.days[row]),
        treaties=_allies(one, period).get(other, ()),
    )


def _move(
    relations: Relations,
    periods: Sequence[date],
    ties: Sequence[Tie],
    sums: _Sums,
    days: _Days,
    row: int,
) -> Move:
    """Return the move from the tie before `row` to that of it, with its heaviest acts."""
    before, after = ties[row - 1 : row + 1]
    low, high = sums.change_ends[:, row].round(3).tolist()
    of_pair = np.flatnonzero(sums.pair == sums.pair[row]).tolist()
    nets = {ties[each].period: ties[each].net for each in of_pair}
    tie = sums.pair[row] * len(relations.span) + sums.period[row]
    rows = days.rows[days.ties == tie]
    weights = relations.scores[rows] * np.sign(low + high)
    heaviest = np.argsort(-weights, kind="stable")[:_REASONS]
    reasons = np.sort(rows[heaviest[weights[heaviest] > 0]]).tolist()
    return Move(
        parties=after.parties,
        period=after.period,
        before=before.net,
        after=after.net,
        change=round(after.net - before.net, 3),
        low=low,
        high=high,
        course=tuple(map(nets.get, periods)),
        events=tuple(map(relations.event, reasons)),
        treaties=after.treaties,
    )


def _triangles(ties: Sequence[Tie]) -> Iterator[Triangle]:
    """Yield the triangles that tipped, period by period.

    The sign of a tie holds until a period surely shows the other, or for a year.
    """
    parties = {party for tie in ties for party in tie.parties}
    known: dict[Pair, Tie] = {}
    for period, several in groupby(ties, key=lambda tie: tie.period):
        before = {pair: tie.sign for pair, tie in known.items() if period - tie.period <= MEMORY}
        known |= {tie.parties: tie for tie in several if tie.sign}
        after = {pair: known[pair].sign for pair in before}
        turned = [pair for pair, sign in before.items() if after[pair] != sign]
        for corners in sorted({tuple(sorted({*p, third})) for p in turned for third in parties}):
            sides = [(one, other) for one, other in combinations(corners, 2)]
            if len(sides) == 3 and {*sides} <= before.keys():
                signs = [tuple(each[side] for side in sides) for each in (before, after)]
                if prod(signs[0]) != prod(signs[1]):
                    yield Triangle(
                        parties=corners,
                        period=period,
                        balanced=prod(signs[1]) > 0,
                        before=signs[0],
                        after=signs[1],
                    )
