"""Counts and scores by pair of countries, type and period."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

import tocsin
from benchmarks.synthetic import build_store
from tocsin.errors import ValueNotUnderstood


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synthetic") / "store"
    build_store(folder, 2_000)
    with tocsin.open(folder) as store:
        yield store


def monday(day):
    return day - timedelta(days=day.weekday())


PERIODS = {"day": lambda day: day, "week": monday, "month": lambda day: day.replace(day=1)}


@pytest.mark.parametrize("by", PERIODS)
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"type": "ASSAULT"},
        {"quad": 1},
        {"status": "denied"},
        {"background": True, "sure": 0.6},
        {"since": "2024-03-10", "until": "2024-09-17"},
    ],
    ids=str,
)
def test_series_are_the_sums_of_the_events(many, by, asked):
    expected = defaultdict(lambda: [0, 0.0, 0, 0])
    status = asked.get("status")
    for event in many.events(**{name: asked[name] for name in asked if name != "status"}):
        if event.day is None or status not in (None, event.status):
            continue
        for pair in {
            (a.country, r.country) for a in event.actors for r in event.recipients or (None,)
        }:
            tally = expected[(PERIODS[by](event.day), *pair, event.type, event.quad)]
            tally[0] += 1
            tally[1] += event.score
            tally[2] += event.independent
            tally[3] += event.contradicted
    found = {
        (t.day, t.actor, t.recipient, t.type, t.quad): [
            *(t.events, t.score, t.independent, t.contradicted)
        ]
        for t in many.series(by=by, **asked)
    }
    assert found == expected


@pytest.mark.parametrize("by", PERIODS)
def test_a_pair_has_its_own_part_of_the_series(many, by):
    whole = [t for t in many.series(by=by) if (t.actor, t.recipient) == ("USA", "RUS")]
    assert whole
    assert list(many.series(actor="USA", recipient="RUS", by=by)) == whole


def test_series_come_newest_period_first_and_by_name_in_it(many):
    found = list(many.series(recipient="UKR"))
    order = [(-t.day.toordinal(), t.actor or "", t.recipient or "", t.type) for t in found]
    assert order == sorted(set(order))


@pytest.mark.parametrize("by", PERIODS)
def test_pages_of_a_series_are_the_whole(many, by):
    whole, after, found = list(many.series(by=by, quad=4)), None, []
    while after or not found:
        page = many.series(by=by, quad=4, limit=37, after=after).page()
        found += page.records
        after = page.cursor
    assert found == whole


def test_a_party_without_a_country_is_none(store):
    (tally,) = store.series(actor="PRK")
    assert (tally.day, tally.recipient, tally.type) == (date(2024, 10, 28), None, "MOBILIZE")
    assert (tally.events, tally.score, tally.independent, tally.contradicted) == (1, -8.0, 1, 1)


def test_events_without_any_day_are_in_no_series(store):
    assert store.events(type="AID").count() == 1
    assert store.series(type="AID").count() == 0


def test_a_series_is_a_frame(store):
    frame = store.series(recipient="RUS", by="month").to_polars()
    assert frame["day"].to_list() == [date(2024, 10, 1)] * 2
    assert set(frame["actor"]) == {"UKR", "IGO"}


def test_a_period_that_is_none_is_refused(store):
    with pytest.raises(ValueNotUnderstood, match="day, week, month"):
        store.series(by="year")
