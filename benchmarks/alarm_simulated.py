"""Alarms on simulated pairs: how many changes are found, how late, and how many alarms are false.

usage: python -m benchmarks.alarm_simulated

Events of a pair are negative binomial.  After half a year of past the rate is raised, or stays as
it was.  What is found within 7 and 14 days stands beside what is found by a detector that is told
baseline and dispersion, as the project's issue on alarms gives it (share found in 7 / 14 days).
Methods of others are shown as they are used, and with a threshold at which they ring as rarely
as ours: one false alarm a pair in five years.  Then one file with all pairs in it, where weekends
bring half, days are missing, and outlets come and go: false alarms of a year, pair by pair.

A method rings at most once in four weeks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.watch.changes import RATE, load_thresholds
from tocsin.watch.detector import exposure_of, weigh_changes

Floats = npt.NDArray[np.float64]

PAST, AFTER, YEAR, APART = 180, 14, 365, 28
_PAIRS, _QUIET_PAIRS, _SEED = 500, 700, 20241029
_FACTORS = (1.5, 2, 4, 8)

#: Events of other pairs a day, by which the exposure is known.
_OTHERS = 250


@dataclass(frozen=True, slots=True)
class Case:
    """Size k of the negative binomial (its dispersion is 1/k), and base a day."""

    size: float
    base: float

    def counts(self, shape: tuple[int, int], random: np.random.Generator, by: Floats) -> Floats:
        """Return counts of quiet pairs whose base is multiplied `by` so much on each day."""
        shares = random.gamma(self.size, 1 / self.size, shape)
        return random.poisson(shares * self.base * by).astype(np.float64)


#: Share found within 7 and 14 days when baseline and dispersion are told, by the factor.
LIMITS: Mapping[Case, Mapping[float, tuple[float, float]]] = {
    Case(1, 0.2): {2: (0.06, 0.13), 4: (0.29, 0.61), 8: (0.75, 0.97)},
    Case(1, 1): {2: (0.11, 0.30), 4: (0.63, 0.94), 8: (0.96, 1.00)},
    Case(1, 5): {2: (0.22, 0.46), 4: (0.82, 0.99), 8: (0.99, 1.00)},
    Case(3, 1): {2: (0.18, 0.42), 4: (0.89, 1.00), 8: (1.00, 1.00)},
    Case(3, 5): {2: (0.45, 0.81), 4: (0.99, 1.00), 8: (1.00, 1.00)},
}
CASES = (Case(1, 0.05), *LIMITS, Case(1, 20))


# --------------------------------------------------------------------------- methods


def ours(counts: Floats, exposure: Floats | None = None) -> Floats:
    """Return the strength of the evidence over what is to be exceeded."""
    exposure = np.ones(counts.shape[1]) if exposure is None else exposure
    evidence = weigh_changes(counts.astype(np.int64), exposure)
    over = np.full(counts.shape, -np.inf)
    limit = load_thresholds().exceeded(evidence, RATE)
    over[evidence.pair, evidence.day] = evidence.strength - limit
    return over


def z_score(counts: Floats, days: int = 28, gap: int = 0) -> Floats:
    """Return the distance to the running mean in standard deviations."""
    score = np.full(counts.shape, -np.inf)
    for day in range(gap + days, counts.shape[1]):
        before = counts[:, day - gap - days : day - gap]
        score[:, day] = (counts[:, day] - before.mean(1)) / np.maximum(before.std(1, ddof=1), 0.2)
    return score


def ears_c3(counts: Floats) -> Floats:
    """Return the sum of three days' excess over one standard deviation, lagged as C2 is."""
    excess = np.maximum(z_score(counts, 7, 2) - 1, 0)
    return excess + np.roll(excess, 1, axis=1) + np.roll(excess, 2, axis=1)


def cusum(counts: Floats) -> Floats:
    """Return the sum of what exceeds the mean of the past by half a standard deviation."""
    past = counts[:, :PAST]
    step = (counts - past.mean(1, keepdims=True)) / np.maximum(past.std(1, keepdims=True), 0.2)
    total = np.zeros(counts.shape)
    for day in range(1, counts.shape[1]):  # it runs before the change too
        total[:, day] = np.maximum(total[:, day - 1] + step[:, day] - 0.5, 0)
    return total


METHODS: Mapping[str, tuple[Callable[[Floats], Floats], float]] = {
    "tocsin": (ours, 0),
    "z >= 2": (z_score, 2),
    "EARS C1": (lambda counts: z_score(counts, 7), 3),
    "EARS C2": (lambda counts: z_score(counts, 7, 2), 3),
    "EARS C3": (ears_c3, 2),
    "CUSUM": (cusum, 5),
    "always ring": (np.ones_like, 0),
}


# --------------------------------------------------------------------------- measuring


def alarms_of(ringing: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return how often each pair rings after its past, at most once in `APART` days."""
    number, again = np.zeros(len(ringing), dtype=np.int64), np.full(len(ringing), PAST)
    for day in range(PAST, ringing.shape[1]):
        now = ringing[:, day] & (day >= again)
        number += now
        again[now] = day + APART
    return number


def level_for(score: Floats, rate: float) -> float:
    """Return the threshold at which a method rings so many times a pair and year."""
    known = np.unique(score[:, PAST:][np.isfinite(score[:, PAST:])])
    years = len(score) * (score.shape[1] - PAST) / YEAR
    low, high = 0, len(known) - 1
    while low < high:
        middle = (low + high) // 2
        too_often = alarms_of(score >= known[middle]).sum() / years > rate
        low, high = (middle + 1, high) if too_often else (low, middle)
    return float(known[low])


def found(score: Floats, level: float, base_delay: int = AFTER) -> tuple[float, float, float]:
    """Return the shares found within 7 and 14 days, and the mean delay of what was found."""
    rings = score[:, PAST : PAST + base_delay] >= level
    delay = np.where(rings.any(1), rings.argmax(1), base_delay)
    late = delay[delay < base_delay]
    return float((delay < 7).mean()), len(late) / len(delay), float(late.mean()) if len(late) else 0


def changed(case: Case, factor: float) -> Floats:
    random = np.random.default_rng([_SEED, int(100 * case.size), int(100 * case.base), int(factor)])
    by = np.where(np.arange(PAST + AFTER) < PAST, 1.0, factor)
    return case.counts((_PAIRS, PAST + AFTER), random, by)


def report_case(case: Case) -> Iterator[str]:
    """Yield one line for each method."""
    random = np.random.default_rng([_SEED, int(100 * case.size), int(100 * case.base)])
    quiet = case.counts((_QUIET_PAIRS, PAST + YEAR), random, np.ones(PAST + YEAR))
    years = float(_QUIET_PAIRS)
    yield f"\nk {case.size:g}, base {case.base:g} a day: {', '.join(f'x{f:g}' for f in _FACTORS)}"
    for name, (method, used) in METHODS.items():
        score = method(quiet)
        levels = {"as used": used}
        if name not in ("tocsin", "always ring"):
            levels["as rare"] = level_for(score, RATE)
        scores = [method(changed(case, factor)) for factor in _FACTORS]
        for how, level in levels.items():
            rate = alarms_of(score >= level).sum() / years
            shares = [found(each, level) for each in scores]
            cells = "  ".join(f"{a:.2f} / {b:.2f} ({c:4.1f} d)" for a, b, c in shares)
            yield f"  {name:<12}{how:<8} {rate:6.2f} false a year  {cells}"
    if case in LIMITS:
        cells = "  ".join(f"{a:.2f} / {b:.2f}         " for a, b in LIMITS[case].values())
        yield f"  {'limit':<20} {RATE:6.2f}{' ' * 33}  {cells}"


def rough_rates(seed: int) -> Floats:
    """Return the false alarms a year of each case in one file where all changes but the pairs."""
    random = np.random.default_rng([_SEED, seed])
    days = np.arange(PAST + YEAR)
    by = np.where(days % 7 < 5, 1.2, 0.5) * np.where(days < 300, 1, 1.6)
    by = by * np.exp(np.cumsum(random.normal(0, 0.02, len(days))))
    by[random.random(len(days)) < 0.03] = 0
    by[400:410] = 0
    rows = [case.counts((_QUIET_PAIRS // 2, len(days)), random, by) for case in CASES]
    others = random.poisson(_OTHERS / 2 * by, (2, len(days))).astype(np.float64)
    exposure = exposure_of(others.sum(0), others[0])
    alarms = alarms_of(ours(np.concatenate(rows), exposure) >= 0).reshape(len(CASES), -1)
    return np.asarray(alarms.mean(1) * YEAR / np.count_nonzero(exposure[PAST:]))


def report_rough() -> Iterator[str]:
    """Yield false alarms where weekends, gaps and outlets change what is seen, in three files."""
    rates = np.array([rough_rates(seed) for seed in range(3)])
    yield f"\nweekends, gaps and changing outlets, all pairs in one file; stated: {RATE:g} a year"
    for case, each in zip(CASES, rates.T, strict=True):
        shown = ", ".join(f"{rate:.2f}" for rate in each)
        yield f"  k {case.size:g}, base {case.base:g}: {shown} false a year"
    yield f"  all: {rates.mean():.2f}"


def main() -> None:
    """Print everything."""
    print("shares found within 7 / 14 days (mean delay of what is found)")
    for case in CASES:
        print("\n".join(report_case(case)), flush=True)
    print("\n".join(report_rough()))


if __name__ == "__main__":
    main()
