"""Sums of acts and of what happened at places, in steps of equal days."""

from datetime import date, timedelta

import pytest

import tocsin
from tests.moving import FIRST, LAST, make_moving
from tocsin.store import sums
from tocsin.store.sums import Which, make_span, read_first, read_flows, read_last, read_spots

SPAN = make_span(FIRST, LAST)


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    with tocsin.open(make_moving(tmp_path_factory.mktemp("sums") / "store")) as store:
        yield store.connection()


def events(found):
    return {each.of[:2]: sum(cell[1] for cell in each.cells) for each in found.courses}


@pytest.mark.parametrize(
    ("days", "step", "steps"), [(1, 1, 1), (200, 1, 200), (201, 7, 29), (1_500, 30, 50)]
)
def test_span_takes_longer_steps_where_it_would_have_too_many(days, step, steps):
    span = make_span(LAST - timedelta(days - 1), LAST)
    assert (span.step, span.steps, span.last) == (step, steps, LAST)


def test_span_of_its_own_days_is_itself():
    span = make_span(LAST - timedelta(1_000), LAST)
    assert make_span(span.first, span.last) == span


def test_span_never_begins_before_the_first_day_there_is():
    assert make_span(date.min, date(1, 6, 1)).first == date.min


def test_span_is_no_longer_than_is_shown():
    assert make_span(date(1600, 1, 1), date(2999, 1, 1)).steps == 200


def test_days_are_those_on_which_something_was_told(connection):
    assert read_last(connection) == LAST
    assert read_first(connection, LAST) == LAST - timedelta(89)


def test_days_are_fewer_where_much_was_told_on_each(connection, monkeypatch):
    monkeypatch.setattr(sums, "_ACTS", 3)
    assert read_first(connection, LAST) == FIRST + timedelta(4)


def test_flows_are_summed_by_pair_and_step(connection):
    found = read_flows(connection, SPAN, Which(), 10)
    first = found.courses[0]
    assert first.of == ("TCD", "NER")
    assert first.cells == [(19, 1, 1, -9.0), (36, 1, 1, -9.0), (39, 1, 1, -9.0)]
    assert len(found.courses) == 4


def test_flows_of_longer_steps_are_summed_together(connection):
    span = make_span(FIRST, LAST)
    whole = read_flows(connection, sums.DaySpan(first=FIRST, last=LAST, step=40), Which(), 10)
    assert whole.courses[0].cells == [(0, 3, 3, -27.0)]
    assert events(whole) == events(read_flows(connection, span, Which(), 10))


def test_flows_beyond_the_bound_are_counted_by_step(connection):
    found = read_flows(connection, SPAN, Which(), 1)
    assert len(found.courses) == 1
    assert [back for back, number in enumerate(found.left_out["beyond"]) if number] == [0, 29, 36]


@pytest.mark.parametrize(
    ("which", "pairs"),
    [
        (Which(about="NER"), {("TCD", "NER"): 3, ("NER", "TCD"): 1}),
        (Which(type="CONSULT"), {("FRA", "TCD"): 1}),
        (Which(quad=1), {("FRA", "TCD"): 1}),
        (Which(about="NER", stands=True), {("TCD", "NER"): 2, ("NER", "TCD"): 1}),
        (Which(about="NER", type="CONSULT"), {}),
    ],
)
def test_flows_are_only_of_what_is_asked(connection, which, pairs):
    assert events(read_flows(connection, SPAN, which, 10)) == pairs


def test_spots_are_summed_by_place_and_step(connection):
    found = read_spots(connection, SPAN, Which(), 10)
    assert [each.of for each in found.courses] == [
        ("NER:zinder", "Zinder", "NER", 13.8, 8.99),
        ("TCD:abeche", "Abeche", "TCD", 13.83, 20.83),
    ]
    assert found.courses[1].cells == [(29, 1, 1, 0, 0, 0), (36, 1, 0, 0, 0, 1)]


def test_spots_say_what_has_no_place_and_what_no_coordinates(connection):
    left_out = read_spots(connection, SPAN, Which(), 10).left_out
    assert {reason: sum(steps) for reason, steps in left_out.items()} == {
        "no place": 1,
        "no coordinates": 1,
        "beyond": 0,
    }


@pytest.mark.parametrize(
    ("which", "places"),
    [
        (Which(about="NER"), {("NER:zinder", "Zinder"): 2}),
        (Which(type="CONSULT"), {("TCD:abeche", "Abeche"): 1}),
        (Which(quad=4), {("NER:zinder", "Zinder"): 2, ("TCD:abeche", "Abeche"): 1}),
    ],
)
def test_spots_are_only_of_what_is_asked(connection, which, places):
    assert events(read_spots(connection, SPAN, which, 10)) == places


def test_spots_can_leave_out_what_does_not_stand(connection):
    assert sum(read_spots(connection, SPAN, Which(), 10).left_out["no coordinates"]) == 1
    standing = read_spots(connection, SPAN, Which(stands=True), 10)
    assert sum(standing.left_out["no coordinates"]) == 0
    assert sum(events(standing).values()) == 4


def test_spots_have_as_many_events_as_their_list(connection):
    [first, *_] = read_spots(connection, SPAN, Which(), 10).courses
    rows = connection.execute("SELECT count(*) FROM reported_events WHERE place = 'zinder'")
    assert sum(cell[1] for cell in first.cells) == rows.fetchone()[0]
