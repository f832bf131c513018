"""When a change rings, since when it is dated, and when it rings anew."""

import numpy as np
import pytest

from tocsin.watch.changes import FLOOR, RATE, Watched, load_thresholds, weigh_pairs
from tocsin.watch.detector import weigh_changes

DAYS = 300


def find_changes(counts, exposure, rate=RATE, *, budget=None, about=None, since=0) -> Watched:
    weighing = weigh_pairs(counts, exposure, rate, budget=budget, about=about, since=since)
    return weighing.watched(about, since)


def quiet(pairs=20, mean=0.3, seed=5):
    return np.random.default_rng(seed).poisson(mean, (pairs, DAYS))


def changes_of(counts, rate=RATE):
    return [
        each
        for each in find_changes(counts, np.ones(counts.shape[1]), rate).changes
        if each.pair == 0
    ]


def test_change_rings_within_days_and_is_dated():
    counts = quiet()
    counts[0, 190:200] = 0
    counts[0, 200:230] = 3
    [change] = changes_of(counts)
    assert change.since == 200
    assert 200 <= change.rang <= 204
    assert change.seen / change.expected > 5


def test_change_ends_with_the_last_day_on_which_it_rings():
    counts = quiet()
    counts[0, 200:215] = 4
    counts[0, 215:] = 0
    [change] = changes_of(counts)
    assert 212 <= change.until <= 216


def test_second_burst_within_four_weeks_is_the_same_alarm():
    counts = quiet()
    counts[0, 200:205] = counts[0, 220:225] = 4
    assert len(changes_of(counts)) == 1


def test_alarm_does_not_hide_that_it_gets_worse_still():
    counts = quiet()
    counts[0, 150:200] = 2
    counts[0, 200:230] = 14
    first, second = (each.since for each in changes_of(counts))
    assert (first, second) == (150, 200)


def test_alarm_of_the_same_height_does_not_ring_anew():
    counts = quiet()
    counts[0, 150:230] = 3
    assert len(changes_of(counts)) == 1


def test_rarer_false_alarms_ask_for_more():
    counts = quiet()
    counts[0, 195:205] = 0
    counts[0, 203:206] = 2
    assert changes_of(counts, rate=1)
    assert not changes_of(counts, rate=0.001)


@pytest.mark.parametrize("rate", [0.2, 0.5])
def test_quiet_pairs_ring_as_rarely_as_is_stated(rate):
    random = np.random.default_rng(8)
    counts = random.poisson(random.gamma(1, 1, (900, 545)))
    watched = find_changes(counts, np.ones(545), rate)
    rung = sum(each.rang >= 180 for each in watched.changes)
    assert rung / 900 == pytest.approx(rate, rel=0.25)


def test_expected_false_alarms_are_those_of_the_rate_for_pairs_with_enough_events():
    watched = find_changes(quiet(pairs=10), np.ones(DAYS), 0.1)
    assert watched.pairs == 10
    assert watched.expected_false == pytest.approx(0.1 * watched.pair_years, rel=0.01)


def test_pairs_of_few_events_are_expected_to_ring_less():
    counts = quiet(pairs=10)
    counts[:] = 0
    counts[:, 200] = 1
    watched = find_changes(counts, np.ones(DAYS), 0.1)
    assert watched.expected_false < 0.2 * 0.1 * watched.pair_years


def test_nothing_to_watch_rings_nothing():
    watched = find_changes(np.zeros((0, DAYS), dtype=int), np.ones(DAYS))
    assert (watched.changes, watched.pairs, watched.expected_false) == ((), 0, 0)


def test_thresholds_rise_as_false_alarms_get_rarer():
    evidence = weigh_changes(quiet(), np.ones(DAYS))
    limits = [load_thresholds().exceeded(evidence, rate).mean() for rate in (1, 0.2, 0.05, 0.001)]
    assert limits == sorted(limits)
    assert limits[0] >= FLOOR


def test_budget_lowers_the_rate_until_so_many_false_alarms_are_expected():
    counts = quiet(pairs=200)
    assert find_changes(counts, np.ones(DAYS)).expected_false > 20
    watched = find_changes(counts, np.ones(DAYS), budget=1)
    assert watched.expected_false == pytest.approx(1, rel=0.01)
    assert watched.rate < RATE


def test_budget_that_is_not_used_up_leaves_the_rate():
    assert find_changes(quiet(pairs=2), np.ones(DAYS), budget=50).rate == RATE


def test_only_pairs_asked_about_are_watched():
    counts = quiet()
    counts[:2, 200:230] = 3
    about = np.arange(20) == 1
    watched = find_changes(counts, np.ones(DAYS), about=about)
    assert ({each.pair for each in watched.changes}, watched.pairs) == ({1}, 1)


def test_alarm_that_ended_before_the_first_day_is_left_out():
    counts = quiet(pairs=3)
    counts[0, 195:200] = 0
    counts[0, 100:110] = counts[0, 200:215] = 4
    whole, late = (find_changes(counts, np.ones(DAYS), since=since) for since in (0, 180))
    assert [each.since for each in whole.changes if each.pair == 0] == [100, 200]
    assert [each.since for each in late.changes if each.pair == 0] == [200]
    assert late.pair_years < whole.pair_years


def test_conflict_that_falls_back_has_eased():
    counts = quiet()
    counts[0, 200:230] = 4
    counts[0, 230:] = 0
    [change] = changes_of(counts)
    assert 231 <= change.eased <= 240


def test_conflict_that_rises_after_it_has_eased_rings_again_until_it_eases_anew():
    counts = quiet()
    counts[0, 200:210] = 4
    counts[0, 210:225] = 0
    counts[0, 225:228] = 3
    counts[0, 228:] = 0
    [early] = changes_of(counts[:, :228])
    assert (early.eased, early.again in (225, 226)) == (None, True)
    [late] = changes_of(counts)
    assert (late.eased > 228, late.again) == (True, None)


@pytest.mark.parametrize("acts", [[2], [1, 0, 1, 0, 0]])
def test_two_acts_are_no_rise(acts):
    counts = quiet()
    counts[0, 200:210] = 4
    counts[0, 210:] = 0
    counts[0, 225 : 225 + len(acts)] = acts
    [change] = changes_of(counts)
    assert (change.eased < 225, change.again) == (True, None)


def test_conflict_that_goes_on_has_not_eased():
    counts = quiet()
    counts[0, 200:] = 4
    [change] = changes_of(counts)
    assert change.eased is None


def test_days_that_are_not_covered_ease_nothing():
    counts, exposure = quiet(), np.ones(DAYS)
    counts[0, 200:230] = 4
    counts[:, 230:], exposure[230:] = 0, 0
    [change] = (each for each in find_changes(counts, exposure).changes if each.pair == 0)
    assert change.eased is None
