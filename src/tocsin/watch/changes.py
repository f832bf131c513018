"""Alarms: since when a pair's relation is worse than before, how much, and what that is worth.

`data/thresholds.tsv` says how strong the evidence must be to ring as seldom on quiet pairs as is
stated: what was exceeded at some rates in simulated quiet years (`python -m training.thresholds`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np
import numpy.typing as npt

from tocsin.lexicons.tables import read_rows
from tocsin.watch.detector import FEWEST_DAYS, LONGEST, Bools, Floats, Weighed, weigh_changes

#: One false alarm for each pair in five years.
RATE = 0.2
#: The least and the most that a rate, and a budget, can be.
RATES, BUDGETS = (0.001, 12.0), (1e-6, 1e6)
#: Weaker evidence rings nothing, however rarely it comes: e^4 is a likelihood ratio of 55.
FLOOR = 4.0
#: Alarms a year of quiet days at which strengths are in the table.
TABLE_RATES = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02)
#: Days that a pair under alarm is compared with, and that must lie between two of its alarms.
_LATELY, _WEEK = 28, 7
_DAYS_OF_YEAR = 365.25
#: Rates for a budget lie within e to this, and are halved between so often.
_MOST_LOG, _HALVINGS = 14.0, 40
#: How much likelier it must be that conflict is back at what it was before an alarm than that it
#: goes on, on the logarithm: of alarms that go on, few exceed it (`benchmarks.alarm_simulated`).
EASES = 5.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """By means and dispersions: the most alarms a year, and strengths at `TABLE_RATES`."""

    means: Floats
    dispersions: Floats
    most: Floats
    strengths: Floats

    def exceeded(self, evidence: Weighed, rate: float) -> Floats:
        """Return the strength that pairs of such mean and dispersion exceed `rate` times a year.

        It falls off like an exponential, so beyond the rates of the table it goes on in a line.
        """
        wanted, known = -np.log(rate), -np.log(TABLE_RATES)
        right = int(np.clip(np.searchsorted(known, wanted), 1, len(known) - 1))
        share = (wanted - known[right - 1]) / (known[right] - known[right - 1])
        grid = self.strengths[..., right - 1] * (1 - share) + self.strengths[..., right] * share
        return np.maximum(self._interpolate(grid, evidence), FLOOR)

    def false_rates(self, evidence: Weighed, rate: float) -> Floats:
        """Return how many false alarms a year there are at a stated `rate`.

        Pairs of few events cannot ring that often: they seldom have as many as an alarm needs.
        """
        return np.minimum(self._interpolate(self.most, evidence), rate)

    def rate_within(self, budget: float, evidence: Weighed, years: float) -> float:
        """Return the rate at which at most `budget` false alarms are expected in `years`."""
        low, high = -_MOST_LOG, _MOST_LOG
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            too_many = self.false_rates(evidence, np.exp(middle)).sum() * years > budget
            low, high = (low, middle) if too_many else (middle, high)
        return float(np.exp(low))

    def _interpolate(self, grid: Floats, evidence: Weighed) -> Floats:
        """Return the values between the points of `grid`, on logarithms; no further out."""
        values: Floats = np.zeros(len(evidence.pair))
        for row, down in _between(self.means, evidence.mean):
            for column, along in _between(self.dispersions, evidence.dispersion):
                values += grid[row, column] * down * along
        return values


def _between(points: Floats, values: Floats) -> list[tuple[npt.NDArray[np.int64], Floats]]:
    """Return the points below and above each value, each with how much it counts."""
    at = np.interp(np.log(np.maximum(values, 1e-9)), np.log(points), np.arange(len(points)))
    below = np.minimum(at.astype(np.int64), len(points) - 2)
    return [(below, below + 1 - at), (below + 1, at - below)]


@cache
def load_thresholds() -> Thresholds:
    """Return the table of `data/thresholds.tsv`; read once in a process."""
    columns = " ".join(("mean", "dispersion", "most", *map("{:g}".format, TABLE_RATES)))
    table = np.array(list(read_rows("watch/data/thresholds.tsv", columns)), dtype=np.float64)
    means, dispersions = np.unique(table[:, 0]), np.unique(table[:, 1])
    values = table[:, 2:].reshape(len(means), len(dispersions), -1)
    return Thresholds(means, dispersions, values[..., 0], values[..., 1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One alarm, in numbers of rows and of days."""

    pair: int
    since: int  #: the day the change is dated to: its first event
    rang: int  #: the day on which it could first be known
    height: int  #: the day, at most four weeks on, on which the evidence is strongest
    until: int  #: the last day on which it rings
    seen: int  #: events since the change, up to its height
    expected: float  #: as many as the past let expect
    dispersion: float  #: of the pair when it rang
    eased: int | None = None  #: the day on which conflict was known to be back where it was
    again: int | None = None  #: the day on which, after that, it was known to have risen again


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What watching pairs brought, and at what price."""

    changes: tuple[Change, ...]  #: by the day they rang
    pairs: int  #: with any event that counts
    pair_years: float  #: for which these were watched
    rate: float  #: false alarms a pair and year that were allowed
    expected_false: float  #: alarms that would ring if nothing had changed anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """All pairs, weighed once: what is asked of some of them, or of some days, is in it."""

    changes: tuple[Change, ...]  #: of all, by the day they rang; not yet whether they eased
    last: Weighed  #: the evidence of each pair on its last day, with its mean over all days
    counts: npt.NDArray[np.integer]
    exposure: Floats
    rate: float

    def watched(self, about: Bools | None = None, since: int = 0) -> Watched:
        """Return what watching brought.

        Args:
            about: pairs that are watched; the others only say what is usual.  All where None.
            since: the first day that is watched: what ended before is left out.
        """
        last, years = self._asked(about), self._years(since)
        return Watched(
            changes=tuple(
                _with_end(each, self.counts[each.pair], self.exposure)
                for each in self.changes
                if each.until >= since and (about is None or about[each.pair])
            ),
            pairs=len(last.pair),
            pair_years=len(last.pair) * years,
            rate=self.rate,
            expected_false=float(load_thresholds().false_rates(last, self.rate).sum() * years),
        )

    def rate_within(self, budget: float, about: Bools | None, since: int) -> float:
        """Return the rate at which at most `budget` false alarms are expected."""
        return load_thresholds().rate_within(budget, self._asked(about), self._years(since))

    def _asked(self, about: Bools | None) -> Weighed:
        return self.last if about is None else self.last[np.flatnonzero(about[self.last.pair])]

    def _years(self, since: int) -> float:
        days = int(np.count_nonzero(self.exposure))
        before = int(np.count_nonzero(self.exposure[:since]))
        return max(days - max(FEWEST_DAYS, before), 0) / _DAYS_OF_YEAR


def weigh_pairs(
    counts: npt.NDArray[np.integer],
    exposure: Floats,
    rate: float = RATE,
    *,
    budget: float | None = None,
    about: Bools | None = None,
    since: int = 0,
) -> Weighing:
    """Find where pairs turned worse, all of them.

    Args:
        counts: events of each pair (row) on each day (column) that count as conflict.
        exposure: of each day (see `exposure_of`); 0 where it is not covered.
        rate: false alarms for each pair and year, at most.
        budget: false alarms at most among those `about` some pairs and `since` a day, as
            `Weighing.watched` takes them; it lowers the rate.
        about: see `budget`.
        since: see `budget`.
    """
    evidence = weigh_changes(counts, exposure)
    pairs = np.unique(evidence.pair)
    last = evidence[np.searchsorted(evidence.pair, pairs, side="right") - 1]
    last = replace(last, mean=counts[pairs].sum(axis=1) / int(np.count_nonzero(exposure)))
    weighing = Weighing(changes=(), last=last, counts=counts, exposure=exposure, rate=rate)
    if budget is not None:
        rate = min(rate, weighing.rate_within(budget, about, since))
    changes = _changes(evidence, rate)
    changes += _worse_still(changes, counts, exposure, rate)
    found = sorted(changes, key=lambda each: (each.rang, each.pair))
    return replace(weighing, changes=tuple(found), rate=rate)


def by_pair(changes: Iterable[Change]) -> dict[int, list[Change]]:
    """Return the changes of each pair that has any."""
    of_pair: dict[int, list[Change]] = defaultdict(list)
    for each in changes:
        of_pair[each.pair].append(each)
    return of_pair


def _with_end(change: Change, counts: npt.NDArray[np.integer], exposure: Floats) -> Change:
    """Return the change with the day on which it eased or, where it rose again since, that day.

    It rises again when conflict is rather half way up again, on the logarithm, than where it was.
    """
    days = exposure[change.since : change.height + 1].sum()
    before, since = change.expected / days, change.seen / days
    open_ = exposure[: change.until + LONGEST + 1]  # later a new alarm would ring
    turned = partial(_turned, counts, dispersion=change.dispersion)
    day = turned(exposure, change.height, since, before)
    while day is not None:
        change = replace(change, eased=day, again=None)
        if (risen := turned(open_, day, before, float(np.sqrt(before * since)))) is None:
            break
        change = replace(change, eased=None, again=risen)
        day = turned(exposure, risen, since, before)
    return change


def _turned(
    counts: npt.NDArray[np.integer],
    exposure: Floats,
    after: int,
    old: float,
    new: float,
    dispersion: float,
) -> int | None:
    """Return the first day after another on which one rate is known to have given way to another.

    The cumulated likelihood ratio of the `new` rate against the `old`, from where it was lowest (a
    one-sided CUSUM).
    """
    days = after + 1 + np.flatnonzero(exposure[after + 1 :])
    seen, size, exposed = counts[days], 1 / dispersion, exposure[days]
    gain = seen * np.log(new / old)
    gain = gain - (seen + size) * np.log((new * exposed + size) / (old * exposed + size))
    total = np.concatenate(([0.0], np.cumsum(gain)))
    turned = np.flatnonzero(total - np.minimum.accumulate(total) >= EASES)
    return int(days[turned[0] - 1]) if len(turned) else None


def _changes(evidence: Weighed, rate: float, apart: int = LONGEST) -> list[Change]:
    rung = evidence[evidence.strength >= load_thresholds().exceeded(evidence, rate)]
    first = np.flatnonzero(begins_alarm(rung, apart))
    last = np.append(first, len(rung.day))[1:]
    return [_change(evidence, rung, np.arange(*ends)) for ends in zip(first, last, strict=True)]


def begins_alarm(ringing: Weighed, apart: int = LONGEST) -> Bools:
    """Tell which days begin an alarm: those more than `apart` days after another of the pair."""
    other = np.diff(ringing.pair, prepend=-1) != 0
    return np.asarray(other | (np.diff(ringing.day, prepend=0) > apart))


def _change(evidence: Weighed, rung: Weighed, rows: npt.NDArray[np.int64]) -> Change:
    """Return the alarm of these rows of `rung`, dated where the evidence is strongest.

    When it rings there may be three events; four weeks on, it is clearer since when.
    """
    rang, start = rung.day[rows[0]], rung.day[rows] - rung.length[rows] + 1
    early = rows[(start <= rang) & (rung.day[rows] <= rang + LONGEST)]
    best = early[np.argmax(rung.strength[early])]
    of_pair = slice(*np.searchsorted(evidence.pair, rung.pair[best] + np.arange(2)))
    days = evidence.day[of_pair]
    return Change(
        pair=int(rung.pair[best]),
        since=int(days[np.searchsorted(days, rung.day[best] - rung.length[best] + 1)]),
        rang=int(rang),
        height=int(rung.day[best]),
        until=int(rung.day[rows[-1]]),
        seen=int(rung.seen[best]),
        expected=float(rung.expected[best]),
        dispersion=float(rung.dispersion[best]),
    )


def _worse_still(
    known: list[Change], counts: npt.NDArray[np.integer], exposure: Floats, rate: float
) -> list[Change]:
    """Return what rings anew while an alarm of the pair goes on: worse than in its last weeks.

    An alarm that tension raised would else hide the war that it leads to.
    """
    of_pair = by_pair(known)
    pairs = [*of_pair]
    evidence = weigh_changes(counts[pairs], exposure, _LATELY)
    found: dict[int, list[Change]] = defaultdict(list)
    for change in _changes(evidence, rate, _WEEK):
        pair, since = pairs[change.pair], change.since
        goes_on = (o.rang + _WEEK < since <= change.rang <= o.until for o in of_pair[pair])
        if any(goes_on) and all(o.rang < since for o in found[pair]):
            found[pair].append(replace(change, pair=pair))
    return [each for changes in found.values() for each in changes]
