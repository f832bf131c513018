"""The course of a pair, and which pairs have most to do."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tests.watch.made_relations import FIRST, relations_of
from tocsin.store.asked import Period
from tocsin.watch.course import find_busiest, read_course, read_stretches

PAIR = ("RUS", "UKR")


@pytest.fixture
def relations():
    """Forty days from Friday, 1 January 2021 on; days 10 to 16 are not read."""
    acts = [
        (0, *PAIR, "ASSAULT"),
        (3, *PAIR, "ASSAULT"),
        (4, *PAIR, "AID"),
        (35, *PAIR, "ACCUSE"),
        (35, "UKR", "RUS", "ACCUSE"),
        (36, "UKR", "RUS", "AID"),
        (37, "UKR", "RUS", "AID"),
        (39, "USA", "USA", "PROTEST"),
    ]
    made = relations_of(acts, days=40, gap=range(10, 17))
    stands = made.stands.copy()
    stands[1] = False
    return replace(made, stands=stands)


def stretches(relations, by, since=FIRST, days=40):
    return [*read_stretches(relations, PAIR, by, since, since + timedelta(days - 1))]


def test_stretches_tell_conflict_and_cooperation_and_what_stands(relations):
    first, second, *_ = stretches(relations, Period.WEEK)
    assert (first.conflict, first.conflict_standing, first.cooperation) == (1, 1, 0)
    assert (second.conflict, second.conflict_standing) == (1, 0)
    assert (second.cooperation, second.cooperation_standing) == (1, 1)


def test_stretches_of_weeks_begin_on_mondays_but_for_the_first(relations):
    found = stretches(relations, Period.WEEK)
    assert [each.first for each in found[:3]] == [FIRST, date(2021, 1, 4), date(2021, 1, 11)]
    assert (found[0].last, found[-1].last) == (date(2021, 1, 3), date(2021, 2, 9))


def test_stretches_count_the_days_with_articles(relations):
    third = stretches(relations, Period.WEEK)[2]
    assert (third.days, third.covered) == (7, 0)


@pytest.mark.parametrize(("by", "number"), [(Period.DAY, 40), (Period.WEEK, 7), (Period.MONTH, 2)])
def test_stretches_cover_every_day_once(relations, by, number):
    found = stretches(relations, by)
    assert len(found) == number
    assert sum(each.days for each in found) == 40
    assert sum(each.conflict for each in found) == 3


def test_stretches_of_a_party_without_acts_are_quiet(relations):
    (found,) = read_stretches(relations, ("FRA", "UKR"), Period.WEEK, FIRST, FIRST)
    assert (found.covered, found.conflict, found.cooperation) == (1, 0, 0)


def test_course_is_cut_to_the_days_that_are_watched(relations):
    course = read_course(relations, PAIR, FIRST - timedelta(9), FIRST + timedelta(99))
    assert (course.first, len(course.reports)) == (FIRST, 40)
    assert (sum(course.reports), sum(course.standing)) == (3, 2)
    assert course.covered[9:17] == (True, *[False] * 7)


def test_busiest_pairs_are_those_of_the_last_four_weeks(relations):
    found = find_busiest(relations, None, 2)
    assert [(each.actor, each.recipient) for each in found] == [("UKR", "RUS"), PAIR]
    assert (found[0].conflict, found[0].cooperation, found[0].standing) == (1, 2, 3)


def test_busiest_pairs_of_a_party_have_it_as_a_side(relations):
    found = find_busiest(relations, "USA", 9)
    assert [(each.actor, each.recipient) for each in found] == [("USA", "USA")]


def test_nothing_is_busy_where_nothing_happened_lately():
    quiet = relations_of([(0, *PAIR, "AID")], days=60)
    assert find_busiest(quiet, None, 9) == []
    assert np.count_nonzero(quiet.exposure) == 60
