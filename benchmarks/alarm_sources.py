"""Alarms on simulated stores: outlets that come and go, rumours that one speaker spreads, easing.

usage: python -m benchmarks.alarm_sources

Pairs are those of `benchmarks.alarm_simulated`.  False alarms of a year are counted where outlets
begin, end and pause, weekends bring half, days and weeks are missing, and events that several
outlets tell are one event, so that twice the articles bring less than twice the events.

A rumour storm is ten days in which one speaker tells acts of a quiet pair, some a day, in however
many copies, and unnamed people tell more of it.  In the last kind of storm outlets take up one act
of fifty in their own words.  It should ring on all reports, and not on what stands.

Conflict eases where it falls back after four weeks of 4 or 8 times as much; where it goes on, or
falls by half on a logarithm, the same is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.alarm_simulated import APART, CASES, PAST, YEAR, Case, Floats, alarms_of, ours
from tocsin.watch.alarms import CONFIRMED, find_alarms
from tocsin.watch.changes import RATE, weigh_pairs
from tocsin.watch.detector import Bools, Ints, exposure_of_outlets
from tocsin.watch.relations import Relations

_SEED, _PAIRS, _OUTLETS = 20241029, 350, 30
_FIRST = 738_000
#: Events of all pairs on a usual day.
_TOLD = 60


# --------------------------------------------------------------------------- outlets


def articles_of_outlets(days: int, random: np.random.Generator) -> Floats:
    """Return the articles of outlets (rows) that begin, end and pause, the largest first."""
    day = np.arange(days)
    sizes = np.sort(random.lognormal(1, 1, _OUTLETS))[::-1]
    ends = np.sort(random.uniform(-0.5, 1.5, (_OUTLETS, 2)) * days, axis=1)
    comes = (day >= ends[:, :1]) & (day < ends[:, 1:])
    comes[::3] = True
    pause = random.uniform(0, days, (_OUTLETS, 1))
    comes[1::3] &= ~((day >= pause) & (day < pause + 45))[1::3]
    by = np.where(day % 7 < 5, 1.2, 0.5) * random.gamma(20, 1 / 20, days)
    by[random.random(days) < 0.03] = 0
    by[400:410] = 0
    return random.poisson(sizes[:, None] * comes * by).astype(np.float64)


def outlet_rates(seed: int, often: float, pairs: int = _PAIRS) -> Floats:
    """Return the false alarms a year of each case in one store.

    Args:
        seed: of the random numbers.
        often: how often an event is told on a usual day; the more, the less more outlets bring.
        pairs: of each case.
    """
    random = np.random.default_rng([_SEED, seed])
    articles = articles_of_outlets(PAST + YEAR, random)
    read = articles.sum(axis=0)
    by = 1 - np.exp(-often * read / read[read > 0].mean())
    by = by / by[read > 0].mean()
    rows = [case.counts((pairs, len(by)), random, by) for case in CASES]
    exposure = exposure_of_outlets(articles, random.poisson(_TOLD * by).astype(np.float64))
    alarms = alarms_of(ours(np.concatenate(rows), exposure) >= 0).reshape(len(CASES), -1)
    return np.asarray(alarms.mean(1) * YEAR / np.count_nonzero(exposure[PAST:]))


def report_outlets() -> Iterator[str]:
    yield f"outlets that come, go and pause; stated: {RATE:g} false alarms a year"
    for often in (0.1, 1.0, 3.0):
        rates = np.array([outlet_rates(seed, often) for seed in range(3)])
        yield f"  an event is told {often:g} times on a usual day; all: {rates.mean():.2f}"
        for case, each in zip(CASES, rates.T, strict=True):
            shown = ", ".join(f"{rate:.2f}" for rate in each)
            yield f"    k {case.size:g}, base {case.base:g}: {shown}"


# --------------------------------------------------------------------------- rumour storms


@dataclass(frozen=True, slots=True)
class Storm:
    """Acts a day that one speaker tells, and that others tell without anybody who can be asked.

    Of the speaker's, outlets take up some in their own words, by mistake or because they believe.
    """

    told: float
    unnamed: float
    believed: float


STORMS = (Storm(1, 1, 0), Storm(3, 3, 0), Storm(10, 5, 0), Storm(3, 3, 0.02))
#: Days of a storm; of the acts of quiet days the share that stands, and of these the share that one
#: speaker alone tells, of so many.
_STORM_DAYS, _QUIET_STANDS, _QUIET_ALONE, _SPEAKERS = 10, 0.7, 0.4, 5


def stormy(base: float, storm: Storm, pairs: int, random: np.random.Generator) -> Relations:
    """Return relations of quiet pairs, each with a storm on the day after its past."""
    days = PAST + _STORM_DAYS + APART
    quiet = np.argwhere(Case(1, base).counts((pairs, days), random, np.ones(days)) > 0)
    stands = random.random(len(quiet)) < _QUIET_STANDS
    alone = stands & (random.random(len(quiet)) < _QUIET_ALONE)
    speakers = np.where(alone, random.integers(1, _SPEAKERS, len(quiet)), -1)
    parts = [(quiet[:, 0], quiet[:, 1], stands, speakers)]
    for told, speaker in ((storm.told, 0), (storm.unnamed, -1)):
        acts = random.poisson(told, (pairs, _STORM_DAYS))
        pair, day = np.divmod(np.repeat(np.arange(acts.size), acts.ravel()), _STORM_DAYS)
        believed = (random.random(len(pair)) < storm.believed) & (speaker == 0)
        named = np.full(len(pair), speaker == 0)
        parts.append((pair, day + PAST, named, np.where(believed, -1, speaker)))
    pair, day, stands, speakers = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.argsort(day, kind="stable")
    return _relations(pair[order], day[order], stands[order], speakers[order], days)


def _relations(pair: Ints, day: Ints, stands: Bools, speakers: Ints, days: int) -> Relations:
    number = len(pair)
    return Relations(
        parties=tuple(map(str, range(2 * int(pair.max()) + 2))),
        span=range(_FIRST, _FIRST + days),
        exposure=np.ones(days),
        days=day + _FIRST,
        actors=2 * pair,
        recipients=2 * pair + 1,
        types=np.zeros(number, dtype=np.int64),
        quads=np.full(number, 4),
        scores=np.full(number, -9.0),
        stands=stands,
        speakers=speakers,
        event=lambda row: {"row": row},
    )


def storm_shares(base: float, storm: Storm, pairs: int = _PAIRS) -> tuple[float, float]:
    """Return the shares of storms that ring on all reports, and on what stands."""
    random = np.random.default_rng([_SEED, int(100 * base), int(storm.told), int(storm.unnamed)])
    alarms = find_alarms(stormy(base, storm, pairs, random)).alarms
    during = [each for each in alarms if each.rang.toordinal() >= _FIRST + PAST]
    confirmed = {each.actor for each in during if each.rings == CONFIRMED}
    return len({each.actor for each in during}) / pairs, len(confirmed) / pairs


def report_storms() -> Iterator[str]:
    yield "\nrumour storms: share that rings on all reports, and on what stands"
    for storm in STORMS:
        shares = [storm_shares(base, storm) for base in (0.05, 0.2, 1.0)]
        yield f"  {storm}: " + "  ".join(f"{every:.2f} {sound:.3f}" for every, sound in shares)


# --------------------------------------------------------------------------- easing

_LONG = 28
#: Days after the four weeks on which conflict comes back.
_BACK = 30
_FALLS = {"goes on": 1.0, "falls by half": 0.5, "falls back": 0.0}


def _states(case: Case, factor: float, by: Floats, pairs: int, *cuts: int) -> list[dict[int, bool]]:
    """Return, as known on each day, which of the pairs that rang in the four weeks have eased."""
    random = np.random.default_rng([_SEED, int(100 * case.size), int(100 * case.base), int(factor)])
    counts = case.counts((pairs, len(by)), random, by).astype(np.int64)
    days = [PAST + _LONG + cut for cut in cuts]
    known = [weigh_pairs(counts[:, :day], np.ones(day)).watched().changes for day in days]
    return [
        {each.pair: each.eased is not None for each in changes if each.rang >= PAST}
        for changes in known
    ]


def easing(case: Case, factor: float, fall: float, pairs: int = _PAIRS) -> tuple[float, float]:
    """Return of alarms the shares that have eased 14 and 28 days after the four weeks.

    Of those that had eased before nothing is said: they have no part in it.

    Args:
        case: of the pair.
        factor: how many times as much conflict there is for four weeks.
        fall: the power of `factor` that it falls to.
        pairs: that are simulated.
    """
    day = np.arange(PAST + _LONG + 28)
    by = np.where(day < PAST, 1.0, np.where(day < PAST + _LONG, factor, factor**fall))
    before, *later = _states(case, factor, by, pairs, 0, 14, 28)
    rang = [pair for pair, eased in before.items() if not eased]
    soon, late = (float(np.mean([some.get(pair, False) for pair in rang])) for some in later)
    return soon, late


def rising(case: Case, factor: float, pairs: int = _PAIRS) -> tuple[float, float, float]:
    """Return of alarms that have eased the shares that ring, again or anew.

    First of those whose conflict stays where it fell to, 14 days on; then of those whose conflict
    comes back a month after it fell, 7 and 14 days after that.
    """
    day = np.arange(PAST + _LONG + _BACK + 14)
    once = (day >= PAST) & (day < PAST + _LONG)
    stays, back = (
        np.where(raised, factor, 1.0) for raised in (once, once | (day >= PAST + _LONG + _BACK))
    )
    calm = _states(case, factor, stays, pairs, _BACK, _BACK + 14)
    risen = _states(case, factor, back, pairs, _BACK, _BACK + 7, _BACK + 14)
    seems, soon, late = (
        float(np.mean([not some[pair] for pair, eased in before.items() if eased]))
        for before, *later in (calm, risen)
        for some in later
    )
    return seems, soon, late


def report_easing() -> Iterator[str]:
    yield "\neased within 14 / 28 days, by what conflict does after four weeks"
    for case in CASES:
        for factor in (4.0, 8.0):
            shown = (
                f"{how} {a:.2f} / {b:.2f}"
                for how, fall in _FALLS.items()
                for a, b in [easing(case, factor, fall)]
            )
            yield f"  k {case.size:g}, base {case.base:g}, x{factor:g}: {',  '.join(shown)}"
    yield "\nhaving eased, rings: within 14 days of nothing, within 7 / 14 of conflict"
    for case in CASES:
        for factor in (4.0, 8.0):
            seems, soon, late = rising(case, factor)
            shares = f"{seems:.2f}; {soon:.2f} / {late:.2f}"
            yield f"  k {case.size:g}, base {case.base:g}, x{factor:g}: {shares}"


def main() -> None:
    """Print everything."""
    for report in (report_outlets, report_storms, report_easing):
        print("\n".join(report()), flush=True)


if __name__ == "__main__":
    main()
