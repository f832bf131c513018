"""Simulated stores: false alarms where outlets come and go, rumour storms, easing.

The floors are for samples smaller than those of `python -m benchmarks.alarm_sources`, which prints
what docs/alarm.md says.
"""

import numpy as np
import pytest

from benchmarks.alarm_simulated import Case
from benchmarks.alarm_sources import STORMS, articles_of_outlets, easing, outlet_rates, storm_shares
from tocsin.watch.changes import RATE
from tocsin.watch.detector import exposure_of_outlets


@pytest.mark.parametrize("often", [0.1, 3.0])
def test_outlets_that_come_and_go_ring_as_rarely_as_is_stated(often):
    assert outlet_rates(0, often, pairs=120).mean() == pytest.approx(RATE, rel=0.3)


@pytest.mark.parametrize("storm", [each for each in STORMS if not each.believed], ids=str)
def test_rumour_storm_rings_on_all_reports_and_not_on_what_stands(storm):
    every, sound = storm_shares(0.2, storm, pairs=150)
    assert every >= 0.95
    assert sound <= 0.05


def test_conflict_that_falls_back_eases_and_conflict_that_goes_on_hardly_ever():
    assert easing(Case(1, 1), 8, 0, pairs=80)[0] >= 0.9
    assert easing(Case(1, 1), 8, 1, pairs=80)[0] <= 0.15


def test_exposure_of_a_day_depends_on_no_later_day():
    random = np.random.default_rng(3)
    articles = articles_of_outlets(300, random)
    told = random.poisson(articles.sum(axis=0)).astype(np.float64)
    whole = exposure_of_outlets(articles, told)
    assert whole[:200] == pytest.approx(exposure_of_outlets(articles[:, :200], told[:200]))


def test_day_of_half_the_articles_has_less_exposure():
    articles = np.tile([[10.0], [8.0], [6.0], [4.0]], 200)
    articles[:, 50::20] /= 2
    exposure = exposure_of_outlets(articles, 2 * articles.sum(axis=0))
    assert exposure[190] / exposure[189] == pytest.approx(0.5, abs=0.1)


def test_outlet_that_comes_raises_the_exposure_from_its_first_day_on():
    articles = np.full((2, 200), 10.0)
    articles[1, :150] = 0
    exposure = exposure_of_outlets(articles, articles.sum(axis=0))
    assert exposure[150] / exposure[149] == pytest.approx(2, abs=0.15)


def test_twice_the_articles_that_tell_the_same_bring_no_exposure():
    random = np.random.default_rng(4)
    articles = random.poisson(8, (6, 300)).astype(np.float64)
    articles[::2, 100::2] = 0
    exposure = exposure_of_outlets(articles, np.full(300, 50.0))
    assert exposure[299] / exposure[298] == pytest.approx(1, abs=0.15)
