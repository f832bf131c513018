"""Thresholds of alarms: what quiet pairs exceed at some rates, by simulation.

usage: python -m training.thresholds > src/tocsin/watch/data/thresholds.tsv

For each mean and dispersion, pairs whose rate never changes are watched after half a year of past,
with everything learned as it is in use.  Takes about a minute on one core.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from tocsin.watch.changes import FLOOR, TABLE_RATES, Thresholds, begins_alarm
from tocsin.watch.detector import Floats, Weighed, weigh_changes

#: Means, each with the pairs that are simulated: fewer where that takes long and varies little.
MEANS = {0.003: 6000, 0.01: 6000, 0.03: 6000, 0.1: 6000, 0.3: 4000, 1: 3000, 10: 2000}
DISPERSIONS = (0.1, 0.3, 1, 3)
_PAST, _DAYS, _SEED = 180, 365, 14
_STRENGTHS = np.arange(FLOOR, 16, 0.04)
#: By how much the logarithm of the rate falls with the strength, about everywhere.
_FALL = 0.8
#: Steps of improvement, each so far on its way.
_ROUNDS, _STEP = 4, 0.5
#: Pairs with less than this mean take its strengths: they hardly ring whatever it takes.
_THINNEST = 0.03

HEAD = """\
# How strong the evidence of a change is that quiet pairs exceed, by the mean of their events a
# covered day and its dispersion (variance = mean + dispersion x mean^2): `most` is how many alarms
# a year have at least the least strength that may ring (FLOOR); the other columns give the strength
# that is exceeded so many times a year.  What is less than that strength stands on the line that
# leads from it to where it would be exceeded so often, so that it can be interpolated.
# Origin: simulated by `python -m training.thresholds`."""


def quiet_counts(
    mean: float, dispersion: float, shape: tuple[int, int], random: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Return negative-binomial counts."""
    return random.poisson(random.gamma(1 / dispersion, dispersion * mean, shape))


def simulate(mean: float, dispersion: float) -> Weighed:
    """Return the evidence on the days of quiet pairs after their past."""
    random = np.random.default_rng([_SEED, int(1000 * mean), int(1000 * dispersion)])
    counts = quiet_counts(mean, dispersion, (MEANS[mean], _PAST + _DAYS), random)
    evidence = weigh_changes(counts, np.ones(_PAST + _DAYS))
    return evidence[(evidence.day >= _PAST) & (evidence.strength >= FLOOR)]


def count_alarms(evidence: Weighed, strength: float | Floats) -> int:
    """Return how many alarms ring where evidence of at least `strength` does."""
    return int(begins_alarm(evidence[evidence.strength >= strength]).sum())


def first_guess(evidence: Weighed, years: float) -> Iterator[float]:
    """Yield how often a year the floor is exceeded, and what is exceeded at each rate."""
    rates = np.array([count_alarms(evidence, each) for each in _STRENGTHS]) / years
    yield rates[0]
    for rate in TABLE_RATES:
        below = np.log(rate / max(rates[0], 1 / years)) / _FALL
        yield FLOOR - below if below > 0 else _STRENGTHS[np.argmax(rates <= rate)]


def improve(table: Thresholds, evidence: Iterable[Weighed], years: Iterable[float]) -> Thresholds:
    """Return the table with strengths raised where pairs ring too often by it, and the other way.

    A pair that looks quieter than it is takes the strength of a quieter one.
    """
    rates = [
        [count_alarms(each, table.exceeded(each, rate)) / of for rate in TABLE_RATES]
        for each, of in zip(evidence, years, strict=True)
    ]
    change = _STEP * np.log(np.maximum(rates, 1e-3) / np.array(TABLE_RATES)) / _FALL
    attainable = table.strengths > FLOOR
    strengths = table.strengths + np.where(attainable, change.reshape(attainable.shape), 0)
    return _with_thin(replace(table, strengths=strengths))


def _with_thin(table: Thresholds) -> Thresholds:
    least = np.searchsorted(table.means, _THINNEST)
    thin = (table.means < _THINNEST)[:, None, None]
    return replace(table, strengths=np.where(thin, table.strengths[least], table.strengths))


def main() -> None:
    """Print the table."""
    cells = [(mean, dispersion) for mean in MEANS for dispersion in DISPERSIONS]
    years = [MEANS[mean] * _DAYS / 365 for mean, _ in cells]
    evidence = [simulate(*cell) for cell in cells]
    guess = np.array([[*first_guess(*each)] for each in zip(evidence, years, strict=True)])
    guess = guess.reshape(len(MEANS), len(DISPERSIONS), -1)
    means, dispersions = np.array([*MEANS]), np.array(DISPERSIONS)
    table = _with_thin(Thresholds(means, dispersions, guess[..., 0], guess[..., 1:]))
    for _ in range(_ROUNDS):
        table = improve(table, evidence, years)
    print(
        HEAD, "\t".join(("mean", "dispersion", "most", *map("{:g}".format, TABLE_RATES))), sep="\n"
    )
    values = np.concatenate((table.most[..., None], table.strengths), axis=2)
    for cell, row in zip(cells, values.reshape(len(cells), -1), strict=True):
        print("\t".join(f"{value:.4g}" for value in (*cell, *row)))


if __name__ == "__main__":
    main()
