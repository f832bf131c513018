"""The detector: how much likelier a pair's latest days are under a raised rate than as before.

A one-sided negative-binomial likelihood ratio, generalised over the day of the change and its size
(Höhle and Paul 2008, doi:10.1016/j.csda.2008.02.015), with the exposure as offset, limited to
changes of the last four weeks.  Theirs takes the baseline as known.  Here it is learned from the
pair's own past, and the ratio is that of two samples, the days since the change and the year
before it, each at its own rate against both at one: where the past is short, the same excess says
less, so that the threshold hardly depends on how much of it there is.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

#: Lengths in days of what may be new: every day at first, then in steps.
WINDOWS = (*range(1, 15), 16, 18, 21, 24, 28)
LONGEST = WINDOWS[-1]
#: Days of the past that a baseline is learned from, and the fewest covered ones there must be.
PAST, FEWEST_DAYS = 365, 28
#: Fewer events are no change of a relation, however rare they are for the pair.
FEWEST_EVENTS = 3

#: Events that the mean of all pairs counts for in a pair's own rate.
_BORROWED = 0.5
#: Dispersion (variance = mean + dispersion x mean²) before anything is known, and how much this,
#: and the dispersion of all pairs in that of one, count for: in days with a mean of 1, squared.
_DISPERSION, _BORROWED_OF_ALL, _BORROWED_OF_ONE = 1.0, 20.0, 12.0
#: The least dispersion of all pairs, and of one as a share of that of all.
_LEAST, _LEAST_SHARE = 0.05, 0.3
#: Weeks for which the usual weekday counts as like all others, and days for which nothing is known
#: of how far a day's total says something about each pair.
_WEEKS, _DAYS = 4, 14
#: Days after which an outlet without any article has gone.
_ABSENT = 7
#: How much it counts that events are proportional to articles, before anything is known: as much
#: as a month of days whose articles differ by a quarter.
_PROPORTIONAL = 1.5


def exposure_of(totals: Floats, half: Floats) -> Floats:
    """Return the exposure of each day: the events that the day should have brought in all.

    Only the past decides; a day without any event is not covered, and its exposure is 0.

    Args:
        totals: all events of each day, also those that no pair is counted for.
        half: those of half of the actors.
    """
    covered = totals > 0
    days, sums = np.maximum(_before(covered), 1), _before(totals)
    usual = np.where(covered, np.where(sums > 0, sums / days, totals), 1)
    return _believe(totals, half, usual, usual / 2)


def exposure_of_outlets(articles: Floats, told: Floats) -> Floats:
    """Return the exposure of each day, by the articles that its outlets should have brought in all.

    An outlet counts with its usual number while it comes, and for a week after its last article:
    what comes and goes with it is no news of anybody.  Twice the articles bring less than twice the
    events where outlets tell the same: how much more, the past of all events says.

    Args:
        articles: of each outlet (row) on each day (column), the largest first.
        told: all events of each day.
    """
    totals = articles.sum(axis=0)
    covered = totals > 0
    sums = np.pad(np.cumsum(articles, axis=1), ((0, 0), (1, 0)))
    days = np.arange(len(totals))
    present = covered & (sums[:, days + 1] > sums[:, np.maximum(days - _ABSENT + 1, 0)])
    known = np.cumsum(present, axis=1) - present
    mean = np.where(known > 0, sums[:, :-1] / np.maximum(known, 1), articles)
    usual, of_half = (np.where(covered, (present * mean)[::n].sum(axis=0), 1) for n in (1, 2))
    exposure = _believe(totals, articles[::2].sum(axis=0), usual, of_half)
    read = np.log(np.where(covered, exposure, 1))
    found = np.log1p(np.where(covered, told, 0))
    number = np.maximum(_before(covered), 1)
    middle = np.where(_before(covered) > 0, _before(read) / number, read)
    scatter = np.maximum(_before(read**2) - number * middle**2, 0)
    together = _before(read * found) - middle * _before(found)
    slope = np.clip((together + _PROPORTIONAL) / (scatter + _PROPORTIONAL), 0, 1)
    return np.where(covered, np.exp(middle + slope * (read - middle)), 0)


def _believe(totals: Floats, half: Floats, usual: Floats, of_half: Floats) -> Floats:
    """Return what each day should have brought, where so much is usual in all, and of one half.

    A large day is large for all pairs, or for a few that had much to do.  How much of it is common
    to all is what two halves share: their covariance, of the variance of the total.  So far is the
    total of the day believed; for the rest it is the usual one of its weekday.
    """
    covered = totals > 0
    days = np.maximum(_before(covered), 1)
    ratio, by = np.where(covered, totals / usual, 0), np.ones(len(totals))
    for weekday in range(7):
        on = np.arange(len(totals)) % 7 == weekday
        factor = (_before(on * ratio) + _WEEKS) / (_before(on & covered) + _WEEKS)
        by = np.where(on & covered, factor, by)
    parts = ((totals, usual), (half, of_half), (totals - half, usual - of_half))
    over, one, other = (
        np.where(covered, part / np.maximum(its_usual * by, 1e-9) - 1, 0)
        for part, its_usual in parts
    )
    shared = np.clip(_before(one * other) / np.maximum(_before(over**2), 1e-9), 0, 1)
    return np.where(covered, usual * by * (1 + shared * days / (days + _DAYS) * over), 0)


def _before(values: npt.NDArray[np.generic]) -> Floats:
    """Return for each day the sum over all days before it."""
    return np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)[:-1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What speaks for a change, for each day of a pair that has an event; all of one length."""

    pair: Ints
    day: Ints
    strength: Floats  #: logarithm of the likelihood ratio; 0 where nothing is raised
    length: Ints  #: days since the likeliest day of the change, that day and this one included
    seen: Floats  #: events in them
    expected: Floats  #: as many as the baseline lets expect
    mean: Floats  #: of the baseline, events a covered day
    dispersion: Floats

    def __getitem__(self, chosen: npt.NDArray[np.generic]) -> Weighed:
        """Return the evidence of some days."""
        return Weighed(**{each.name: getattr(self, each.name)[chosen] for each in fields(self)})


def weigh_changes(counts: npt.NDArray[np.integer], exposure: Floats, past: int = PAST) -> Weighed:
    """Return what speaks for a change on each day with an event: on no other can it grow.

    Args:
        counts: events of each pair (row) on each day (column).
        exposure: of each day, on any scale; 0 where the day is not covered.
        past: days before a change that it is compared with.
    """
    counts = np.where(exposure > 0, counts, 0)
    pair, day = np.nonzero(counts)
    sums = _Sums(counts, exposure, past)
    dispersion = _dispersion(counts, exposure, pair, day)
    best = {name: np.zeros(len(pair)) for name in ("strength", "seen", "expected", "mean")}
    length = np.ones(len(pair), dtype=np.int64)
    for days in WINDOWS:
        start = np.maximum(day - days + 1, 0)
        enough = sums.counts[pair, day + 1] - sums.counts[pair, start] >= FEWEST_EVENTS
        known = sums.days[start] - sums.days[np.maximum(start - past, 0)]
        asked = np.flatnonzero(enough & (day >= days) & (known >= min(FEWEST_DAYS, past / 2)))
        found = _compare(sums, pair[asked], start[asked], day[asked] + 1, dispersion[asked])
        better = found["strength"] > best["strength"][asked]
        for name, values in found.items():
            best[name][asked[better]] = values[better]
        length[asked[better]] = days
    return Weighed(pair=pair, day=day, length=length, dispersion=dispersion, **best)


class _Sums:
    """Events, exposure and covered days up to each day, and what a baseline is made of."""

    def __init__(self, counts: npt.NDArray[np.integer], exposure: Floats, past: int) -> None:
        self.counts = np.pad(np.cumsum(counts, axis=1, dtype=np.int32), ((0, 0), (1, 0)))
        self.exposure, self.squares, self.days = (
            np.concatenate(([0.0], np.cumsum(each)))
            for each in (exposure, exposure**2, exposure > 0)
        )
        known = np.maximum((self.counts > 0).sum(axis=0), 1)
        total = self.counts.sum(axis=0, dtype=np.float64) + _BORROWED
        self.usual = total / np.maximum(self.exposure, 1e-9) / known
        self.past = past

    def baseline(self, pair: Ints | slice, start: Ints) -> tuple[Floats, Floats, Floats]:
        """Return events, exposure and days like each other before `start`, with what is borrowed.

        A pair borrows at the mean rate of all; a busy one at its own, for that mean would make it
        look quieter than it is.
        """
        first = np.maximum(start - self.past, 0)
        seen = (self.counts[pair, start] - self.counts[pair, first]).astype(np.float64)
        exposure = np.maximum(self.exposure[start] - self.exposure[first], 1e-9)
        lent = _BORROWED / np.maximum(self.usual[start], seen / exposure)
        days = self.alike(first, start) * (1 + lent / exposure)
        return seen + _BORROWED, exposure + lent, days

    def alike(self, start: Ints, stop: Ints) -> Floats:
        """Return how many days of equal exposure scatter as much as those from `start` on."""
        squares = np.maximum(self.squares[stop] - self.squares[start], 1e-9)
        days: Floats = (self.exposure[stop] - self.exposure[start]) ** 2 / squares
        return days


def _compare(
    sums: _Sums, pair: Ints, start: Ints, stop: Ints, dispersion: Floats
) -> dict[str, Floats]:
    """Return the log-likelihood ratio of a change at `start` against none, and what goes into it.

    The sum of n days with mean m and dispersion d is negative binomial too: mean n m, dispersion
    d / n.
    """
    before, exposure_before, days_before = sums.baseline(pair, start)
    seen = (sums.counts[pair, stop] - sums.counts[pair, start]).astype(np.float64)
    exposure = sums.exposure[stop] - sums.exposure[start]
    rate = (before + seen) / (exposure_before + exposure)
    strength = _divergence(seen, rate * exposure, sums.alike(start, stop) / dispersion)
    strength += _divergence(before, rate * exposure_before, days_before / dispersion)
    expected = before / exposure_before * exposure
    strength = np.where(seen > expected, strength, 0)
    mean = before / days_before
    return {"strength": strength, "seen": seen, "expected": expected, "mean": mean}


def _divergence(seen: Floats, mean: Floats, size: Floats) -> Floats:
    """Return the log-likelihood of `seen` at its own mean, less that at `mean`."""
    return seen * np.log(seen / mean) - (seen + size) * np.log((seen + size) / (mean + size))


def _dispersion(counts: npt.NDArray[np.integer], exposure: Floats, pair: Ints, day: Ints) -> Floats:
    """Return the dispersion of each pair on each of its days with events, as known four weeks ago.

    By moments: how many pairs of events share a day, against how many would by those on different
    days of the same four weeks, so that a change of level is no dispersion.  What pairs show
    together counts where a pair shows little.
    """
    blocks = np.arange(0, counts.shape[1], LONGEST)
    seen, twice, days, exposed, squares = (
        np.add.reduceat(each, blocks, axis=-1, dtype=np.float64)
        for each in (counts, counts * (counts - 1.0), exposure > 0, exposure, exposure**2)
    )
    usual = (seen**2 - seen - twice) / np.maximum(exposed**2 - squares, 1e-9) * squares
    until = np.arange(len(blocks) + 1)
    after = np.maximum(until - PAST // LONGEST, 0)
    seen, twice, usual, days = (
        (total := np.pad(np.cumsum(each, axis=1), ((0, 0), (1, 0))))[:, until] - total[:, after]
        for each in (seen, twice, usual, days[None])
    )
    weight = 1 / (1 + _DISPERSION * seen / np.maximum(days, 1)) ** 2
    excess, usual = weight * (twice - usual), weight * usual
    common = (excess.sum(0) + _BORROWED_OF_ALL * _DISPERSION) / (usual.sum(0) + _BORROWED_OF_ALL)
    common = np.maximum(common, _LEAST)
    own = (excess + _BORROWED_OF_ONE * common) / (usual + _BORROWED_OF_ONE)
    own = np.maximum(own, _LEAST_SHARE * common)
    return np.asarray(own[pair, np.maximum(day - LONGEST, 0) // LONGEST])
