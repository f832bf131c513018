"""Then and now on acts made by hand: what is like the last weeks, what came of it, how unusual."""

from datetime import timedelta

import numpy as np
import pytest

from tests.watch.made_relations import FIRST, relations_of
from tocsin.watch.past import AFTER, DAYS, compare_with_past

SPAN = 400
NOW = SPAN - DAYS
THEN = 204  #: also a number of weeks before the last day
QUIET = ("DEU", "FRA", "IND", "JPN", "KEN", "MLI", "PER", "SWE")


def calm():
    """Yield the usual: talks between many, with one accusation now and then."""
    random = np.random.default_rng(1)
    pairs = [(a, b) for a in QUIET for b in QUIET if a != b]
    for day in range(SPAN):
        for pair in pairs:
            if random.random() < 0.15:
                yield day, *pair, "CONSULT" if random.random() < 0.9 else "ACCUSE"


def war(first, actor, recipient, times=1):
    """Yield four weeks that begin with threats and end in assaults, answered each time."""
    for number in range(DAYS):
        act = "THREATEN" if number < 14 else "ASSAULT"
        for _ in range(times):
            yield first + number, actor, recipient, act
            if number % 3 == 0:
                yield first + number, recipient, actor, act


def truce(actor, recipient):
    """Yield what follows in the thirty days after `THEN`'s war."""
    yield THEN + DAYS, actor, recipient, "AGREE"
    yield THEN + DAYS + AFTER - 1, recipient, actor, "RETREAT"
    yield THEN + DAYS + AFTER, actor, recipient, "ASSAULT"


@pytest.fixture(scope="module")
def wars():
    acts = [*calm(), *war(THEN, "NER", "TCD"), *truce("NER", "TCD"), *war(NOW, "CHN", "VNM")]
    return relations_of(acts, SPAN)


def test_most_like_a_war_is_the_war_before(wars):
    compared = compare_with_past(wars, (), "CHN", "VNM")
    then = compared.found[0]
    assert (then.actor, then.recipient) == ("NER", "TCD")
    assert (then.first, then.last) == (
        FIRST + timedelta(days=THEN),
        FIRST + timedelta(days=THEN + DAYS - 1),
    )
    assert then.likeness > 0.95


def test_sides_stand_as_they_do_now(wars):
    then = compare_with_past(wars, (), "VNM", "CHN").found[0]
    assert (then.actor, then.recipient) == ("TCD", "NER")


def test_what_followed_is_told_for_thirty_days(wars):
    then = compare_with_past(wars, (), "CHN", "VNM").found[0]
    assert (then.followed, then.answered) == ((1, 0, 0, 0), (0, 1, 0, 0))
    assert then.usual == (0, 0, 0, 0)


@pytest.mark.parametrize(("day", "rang"), [(-1, False), (0, True), (29, True), (30, False)])
def test_alarm_in_the_thirty_days_after_is_told(wars, day, rang):
    ring = FIRST + timedelta(days=THEN + DAYS + day)
    rings = [("TCD", "NER", ring), ("DEU", "FRA", ring)]
    then = compare_with_past(wars, rings, "CHN", "VNM").found[0]
    assert then.rang == (ring if rang else None)


def test_likeness_that_few_have_is_told_as_such(wars):
    compared = compare_with_past(wars, (), "CHN", "VNM")
    assert compared.comparisons > 1000
    assert compared.drawn > 20
    assert compared.as_like == 0


def test_usual_weeks_are_like_many_and_that_is_said(wars):
    compared = compare_with_past(wars, (), "DEU", "FRA")
    assert compared.as_like > compared.drawn / 4


def test_busy_pair_is_like_a_quiet_one_that_went_the_same_way():
    """Talks of a busy pair turn to ten times as many; so did those of a quiet one, once."""
    acts = [
        (day, *pair, "CONSULT")
        for pair, usual, turned in ((("NER", "TCD"), 1, THEN), (("CHN", "VNM"), 5, NOW))
        for day in range(SPAN)
        for _ in range(usual * (10 if turned <= day < turned + DAYS else 1))
    ]
    then = compare_with_past(relations_of([*calm(), *acts], SPAN), (), "CHN", "VNM").found[0]
    assert (then.actor, then.first) == ("NER", FIRST + timedelta(days=THEN))


def test_no_two_stretches_of_a_pair_overlap(wars):
    found = compare_with_past(wars, (), "DEU", "FRA").found
    assert len(found) == 5
    for one in found:
        others = [
            each for each in found if {each.actor, each.recipient} == {one.actor, one.recipient}
        ]
        assert [each for each in others if abs((each.first - one.first).days) < DAYS] == [one]


def test_stretch_whose_sequel_is_not_known_is_no_past(wars):
    compared = compare_with_past(wars, (), "DEU", "FRA")
    last = FIRST + timedelta(days=SPAN - AFTER - 1)
    assert max(each.last for each in compared.found) <= last


def test_few_acts_are_like_nothing(wars):
    compared = compare_with_past(wars, (), "NER", "TCD")
    assert (compared.acts, compared.found, compared.comparisons) == (0, (), 0)


def test_party_that_is_not_known_is_like_nothing(wars):
    assert compare_with_past(wars, (), "USA", "PRK").found == ()


def test_stretch_before_which_hardly_anything_was_read_is_no_past():
    acts = [*war(500, "NER", "TCD"), *war(650 - DAYS, "CHN", "VNM")]
    compared = compare_with_past(relations_of(acts, 650, range(100, 500)), (), "CHN", "VNM")
    assert compared.acts
    assert compared.found == ()


def test_table_without_any_pair_has_no_past():
    compared = compare_with_past(relations_of([], 200), (), "CHN", "VNM")
    assert (compared.acts, compared.found, compared.comparisons) == (0, (), 0)


def test_short_table_has_no_past():
    compared = compare_with_past(relations_of(war(0, "CHN", "VNM"), DAYS), (), "CHN", "VNM")
    assert (compared.acts, compared.found) == (38, ())


def test_relations_inside_a_country_are_like_others_inside():
    acts = [
        *calm(),
        *((THEN + day, "TCD", "TCD", "PROTEST") for day in range(DAYS)),
        *((NOW + day, "CHN", "CHN", "PROTEST") for day in range(DAYS)),
    ]
    compared = compare_with_past(relations_of(acts, SPAN), (), "CHN", "CHN")
    assert compared.acts == DAYS
    assert {(each.actor, each.recipient) for each in compared.found} == {("TCD", "TCD")}
    assert compared.found[0].answered == (0, 0, 0, 0)
