from datetime import date

import pytest

from tests.together.conftest import actor, place
from tocsin.records import Status
from tocsin.together.events.corroboration import group_tellings
from tocsin.together.events.grades import grade_event
from tocsin.together.events.reported import find_days, make_reported_event
from tocsin.together.events.voices import count_independent

TUESDAY, WEDNESDAY, SUNDAY = (date(2025, 3, day) for day in (4, 5, 9))
SELIN, KISHAN = place("Selin", "KSH"), place("Kishan", "KSH")


def report(*tellings):
    (group,) = group_tellings(tellings)
    voices = count_independent(group.tellings, copies={}, owners={}, agencies={})
    grade = grade_event(group.tellings, voices, reliability={})
    return make_reported_event(group, voices, grade, contradicted=False)


def test_make_reported_event_takes_the_firmest_status(telling):
    alleged = telling("t1", day=TUESDAY, status=Status.ALLEGED)
    found = report(alleged, telling("t2", day=TUESDAY, status=Status.ASSERTED))
    assert found.status is Status.ASSERTED
    assert found.statuses == (Status.ASSERTED, Status.ALLEGED)


def test_make_reported_event_shows_the_parties_that_are_known(telling):
    somebody = telling(
        "t1", day=TUESDAY, place=SELIN, recipients=(actor("a town", None, "office"),)
    )
    found = report(somebody, telling("t2", day=TUESDAY, place=SELIN))
    assert found.recipients[0].name == "Kishan"


def test_make_reported_event_shows_a_town_before_a_country(telling):
    found = report(
        telling("t1", day=TUESDAY, place=KISHAN), telling("t2", day=TUESDAY, place=SELIN)
    )
    assert found.place == SELIN


@pytest.mark.parametrize("text", ["t0", "t2", "t3", "t4"])
def test_reported_event_keeps_its_id_when_a_later_telling_joins(telling, text):
    first = telling("t1", day=TUESDAY, published=TUESDAY)
    later = telling(text, day=TUESDAY, published=WEDNESDAY)
    assert report(first, later).id == report(first).id


def test_reported_event_is_keyed_by_an_earlier_telling_that_joins(telling):
    first = telling("t1", day=TUESDAY, published=WEDNESDAY)
    earlier = telling("t2", day=TUESDAY, published=TUESDAY)
    assert report(first, earlier).id == report(earlier).id


def test_reported_event_is_keyed_by_what_has_no_day_only_where_nothing_has_one(telling):
    first = telling("t1", day=TUESDAY, published=TUESDAY)
    undated = telling("t0", day=TUESDAY, published=None)
    assert report(first, undated).id == report(first).id


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ([{"day": (TUESDAY, SUNDAY)}, {"day": TUESDAY}], (TUESDAY, TUESDAY)),
        ([{"published": SUNDAY}, {"published": TUESDAY}], (None, TUESDAY)),
        ([{"published": SUNDAY, "status": Status.FUTURE}], (None, None)),
        ([{"published": None}], (None, None)),
    ],
    ids=["words narrow it", "not after it was published", "still to come", "unknown"],
)
def test_find_days_says_no_more_than_the_words(telling, given, days):
    assert find_days([telling(f"t{n}", **each) for n, each in enumerate(given)]) == days
