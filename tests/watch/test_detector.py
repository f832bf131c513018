"""What speaks for a change: rules on small series made by hand."""

import numpy as np
import pytest

from tocsin.watch.detector import FEWEST_DAYS, FEWEST_EVENTS, exposure_of, weigh_changes

DAYS = 120


def counts_of(pair, others=5):
    """Return the counts of `pair` (day to events) beside pairs that have an event each ten days."""
    counts = np.zeros((1 + others, DAYS), dtype=np.int64)
    counts[1:, 4::10] = 1
    for day, events in pair.items():
        counts[0, day] = events
    return counts


def strongest(counts, exposure=None):
    """Return the evidence of the first pair on its strongest day."""
    found = weigh_changes(counts, np.ones(counts.shape[1]) if exposure is None else exposure)
    found = found[found.pair == 0]
    return found[np.array([np.argmax(found.strength)])]


BASE = dict.fromkeys(range(3, 100, 10), 1)


def test_quiet_pair_gives_no_evidence():
    assert strongest(counts_of(BASE)).strength[0] < 1


def test_raised_rate_gives_evidence():
    assert strongest(counts_of(BASE | {105: 3, 107: 4, 108: 3})).strength[0] > 8


def test_lowered_rate_gives_none():
    busy = dict.fromkeys(range(80), 5) | dict.fromkeys(range(80, DAYS, 7), 1)
    late = weigh_changes(counts_of(busy), np.ones(DAYS))
    assert late.strength[(late.pair == 0) & (late.day > 90)].max() == 0


def test_change_is_dated_to_its_first_day():
    found = strongest(counts_of(BASE | {105: 3, 106: 2, 107: 4, 108: 3}))
    assert found.day[0] - found.length[0] + 1 == 105


def test_fewer_events_than_an_alarm_needs_give_no_evidence():
    assert strongest(counts_of({110: FEWEST_EVENTS - 1})).strength[0] == 0
    assert strongest(counts_of({110: FEWEST_EVENTS})).strength[0] > 4


def test_nothing_is_said_before_there_is_a_past():
    assert strongest(counts_of({FEWEST_DAYS - 2: 20})).strength[0] == 0


def test_same_excess_says_less_after_a_shorter_past():
    late, early = counts_of({}), counts_of({})
    late[0, 100:103] = early[0, 30:33] = 2
    assert strongest(late).strength[0] > strongest(early).strength[0] + 1


def test_one_size_of_events_says_less_for_a_pair_of_bursts():
    bursts = counts_of(dict.fromkeys(range(5, 90, 20), 6) | {100: 6})
    steady = counts_of(dict.fromkeys(range(5, 90, 3), 1) | {100: 6})
    assert strongest(bursts).strength[0] < strongest(steady).strength[0]


def test_days_on_which_everything_doubles_are_no_change():
    counts = counts_of(dict.fromkeys(range(DAYS), 4))
    counts[0, 100:] = 8
    exposure = np.where(np.arange(DAYS) < 100, 1.0, 2.0)
    assert strongest(counts, exposure).strength[0] < 1
    assert strongest(counts).strength[0] > 4


def test_days_without_cover_are_no_quiet_days():
    counts = counts_of(dict.fromkeys(range(0, DAYS, 2), 1))
    counts[:, 60:100] = 0
    covered = np.ones(DAYS)
    covered[60:100] = 0
    assert strongest(counts, covered).strength[0] < strongest(counts).strength[0]


def test_evidence_depends_on_the_past_only():
    counts = np.random.default_rng(3).poisson(0.4, (6, 200))
    whole, cut = (weigh_changes(each, np.ones(each.shape[1])) for each in (counts, counts[:, :150]))
    early = whole[whole.day < 150]
    assert early.strength == pytest.approx(cut.strength)


# --------------------------------------------------------------------------- exposure


def test_day_without_events_is_not_covered():
    totals = np.array([5.0, 0, 6, 5])
    assert (exposure_of(totals, totals / 2) > 0).tolist() == [True, False, True, True]


def test_weekday_is_known_from_weeks_before():
    totals = np.tile([20.0, 20, 20, 20, 20, 8, 8], 30)
    exposure = exposure_of(totals, totals / 2)
    assert exposure[-1] == pytest.approx(8, rel=0.1)
    assert exposure[-3] == pytest.approx(20, rel=0.1)


def test_large_day_of_all_is_believed():
    random = np.random.default_rng(1)
    by = random.uniform(0.5, 1.5, 300)
    half, other = random.poisson(100 * by), random.poisson(100 * by)
    exposure = exposure_of((half + other).astype(float), half.astype(float))
    assert np.corrcoef(exposure[100:], by[100:])[0, 1] > 0.9


def test_large_day_of_one_half_is_not():
    random = np.random.default_rng(1)
    half, other = random.poisson(30, 300), random.poisson(30, 300)
    half[::10] += 60
    exposure = exposure_of((half + other).astype(float), half.astype(float))
    assert exposure[290] < 90
