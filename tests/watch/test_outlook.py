"""The outlook on acts made by hand: what is likely, and whether that is more than the long run."""

from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest

from tests.watch.made_relations import FIRST, relations_of
from tocsin.watch.outlook import Past, learn_from, look_ahead

DAYS = 300
PARTIES = ("CHN", "DEU", "FRA", "IND", "JPN", "KEN", "NER", "TCD")
PAIRS = [(a, b) for a in PARTIES for b in PARTIES]
COOPERATION, CONFLICT = 0, 3  #: numbers of quad classes 1 and 4


@cache
def in_spells(days=DAYS):
    """Return acts that come in spells: of about three weeks with many, hardly any between them."""
    random = np.random.default_rng(1)
    busy = np.zeros((len(PAIRS), days), dtype=bool)
    for day in range(1, days):
        changes = random.random(len(PAIRS)) < np.where(busy[:, day - 1], 1 / 21, 1 / 90)
        busy[:, day] = busy[:, day - 1] != changes
    return acted(random.random(busy.shape) < np.where(busy, 0.4, 0.01))


@cache
def evenly(days=DAYS):
    """Return acts that know nothing of each other."""
    return acted(np.random.default_rng(1).random((len(PAIRS), days)) < 0.05)


def acted(when):
    return [(day, *PAIRS[pair], "ASSAULT") for pair, day in np.argwhere(when).tolist()]


def chance_of(relations, pair, quad, days, rings=()):
    [outlook] = look_ahead(relations, rings, [pair])
    return next(each for each in outlook.chances if (each.quad, each.days) == (quad, days))


def test_outlook_has_a_chance_for_each_quad_and_alarm_and_horizon():
    [outlook] = look_ahead(relations_of(evenly(), DAYS), (), [("CHN", "JPN")])
    assert (outlook.actor, outlook.recipient) == ("CHN", "JPN")
    assert outlook.since == FIRST + timedelta(days=DAYS)
    assert [(each.quad, each.days) for each in outlook.chances] == [
        (quad, days) for days in (7, 30) for quad in (1, 2, 3, 4, None)
    ]


def test_spell_that_goes_on_makes_more_acts_likely():
    quiet = [each for each in in_spells() if each[1:3] != ("CHN", "JPN")]
    past = [(day, "CHN", "JPN", "ASSAULT") for day in range(30, 51, 2)]
    now = [(day, "CHN", "JPN", "ASSAULT") for day in range(DAYS - 8, DAYS, 2)]
    during, after = (
        chance_of(relations_of([*quiet, *acts], DAYS), ("CHN", "JPN"), 4, 7)
        for acts in ([*past, *now], past)
    )
    assert during.better
    assert during.probability > 0.5 > 2 * during.long_run
    assert after.probability < 0.2


def test_outlook_is_tried_on_what_it_was_not_learned_from():
    past = Past(relations_of(in_spells(), DAYS), ())
    learned = learn_from(past, CONFLICT, 7, DAYS)
    assert learned.skill > 0.1
    assert learned.tried > 500


def test_what_held_in_one_half_of_the_past_only_leaves_the_long_run():
    """Acts come week after week, or not for long; later each week with one is followed by none."""
    acts = [
        (day, *pair, "ASSAULT")
        for number, pair in enumerate(PAIRS)
        for day in range(number % 7, DAYS, 7)
        if ((day + 13 * number) % 84 < 42 if day < DAYS // 2 else (day // 7 + number) % 2)
    ]
    chance = chance_of(relations_of(acts, DAYS), PAIRS[3], 4, 7)
    assert (chance.better, chance.skill < 0) == (False, True)
    assert chance.probability == chance.long_run


def test_too_little_past_leaves_the_long_run():
    chance = chance_of(relations_of(in_spells(days=150), 150), ("CHN", "JPN"), 4, 7)
    assert (chance.better, chance.tried) == (False, 0)
    assert chance.probability == chance.long_run


def test_pair_that_is_hardly_known_has_the_long_run_of_all():
    relations = relations_of(in_spells(), DAYS)
    [strangers] = look_ahead(relations, (), [("USA", "PRK")])
    assert strangers.acts == 0
    assert not any(each.better for each in strangers.chances)
    assert 0 < strangers.chances[3].long_run < 0.05


def test_table_without_a_pair_that_is_known_says_nothing():
    relations = relations_of([(day, "CHN", "JPN", "ACCUSE") for day in (0, 90, DAYS - 1)], DAYS)
    chance = chance_of(relations, ("CHN", "JPN"), 3, 7)
    assert (chance.better, chance.skill, chance.tried) == (False, 0, 0)


def test_kind_that_never_came_is_unlikely():
    chance = chance_of(relations_of(in_spells(), DAYS), ("CHN", "JPN"), 1, 30)
    assert chance.probability < 0.01


def test_days_that_are_not_covered_are_no_quiet_days():
    acts = [(day, *pair, "ACCUSE") for day in range(0, DAYS, 7) for pair in PAIRS[:20]]
    chance = chance_of(relations_of(acts, DAYS, gap=range(100, 200)), PAIRS[3], 3, 7)
    assert chance.long_run > 0.99


def test_alarms_are_foreseen_from_alarms():
    relations = relations_of(in_spells(), DAYS)
    rings = [("CHN", "JPN", FIRST + timedelta(days=day)) for day in (60, 170, DAYS - 3)]
    rung, calm = (chance_of(relations, pair, None, 7, rings) for pair in PAIRS[4:2:-1])
    assert (rung.lately, calm.lately) == (True, False)
    assert rung.long_run > 0.04 > calm.long_run


def test_what_comes_later_changes_nothing_that_was_known():
    acts = in_spells()
    cut = [each for each in acts if each[0] < 200]
    asked = [
        Past(relations_of(each, days), (), PAIRS).ask(CONFLICT, 30, np.array([100, 200]))
        for each, days in ((acts, DAYS), (cut, 200))
    ]
    assert np.allclose(asked[0].signs, asked[1].signs)
    assert np.allclose(asked[0].long_run, asked[1].long_run)


def test_stretch_that_has_not_ended_is_not_learned_from():
    past = Past(relations_of(evenly(), DAYS), ())
    counted = past.ask(CONFLICT, 30, np.array([DAYS - 30, DAYS - 29, DAYS])).counted
    assert counted[0, :-1].all()
    assert not counted[1:].any()


def test_outlook_starts_on_the_day_after_the_last():
    [outlook] = look_ahead(relations_of(evenly(days=31), 31), (), [PAIRS[1]])
    assert outlook.since == date(2021, 2, 1)


@pytest.mark.parametrize(("days", "horizons"), [(10, set()), (31, {7}), (60, {7, 30})])
def test_nothing_is_said_of_more_days_than_are_known_twice(days, horizons):
    [outlook] = look_ahead(relations_of(evenly(days=days), days), (), [PAIRS[1]])
    assert {each.days for each in outlook.chances} == horizons
