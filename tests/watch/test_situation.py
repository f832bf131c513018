"""The situation of a whole store."""

import pytest

import tocsin
from tests.storm import FIRST, ONSET, keep, make_storm, report_of
from tocsin.watch.situation import read_situation


@pytest.fixture(scope="module")
def storm(tmp_path_factory):
    return tocsin.open(make_storm(tmp_path_factory.mktemp("situation") / "store"))


def test_situation_has_what_rings_on_what_stands_first(storm):
    alarms = read_situation(storm).over_time.alarms
    assert [(each.actor, each.rings) for each in alarms] == [
        ("TCD", "confirmed"),
        ("SRB", "unconfirmed"),
    ]


def test_situation_tells_few_events_of_an_alarm(storm):
    over_time = read_situation(storm).over_time
    told = over_time.told(over_time.alarms[0])
    assert len(told.events) == 2
    assert told.events[0]["day"] == ONSET
    assert "shelled" in told.events[0]["told"]


def test_situation_has_main_events_of_the_last_days_few_of_them_alike(storm):
    over_time = read_situation(storm).over_time
    days = [storm.event(key).event.day for key in over_time.main]
    assert over_time.since <= min(days) <= max(days) <= over_time.outcome.last
    assert 0 < len(over_time.main) <= 3  # all of one type


def test_situation_of_an_empty_store_has_nothing_over_time(tmp_path):
    store = tocsin.open(keep(tmp_path / "store", []))
    situation = read_situation(store)
    assert (situation.holdings.articles, situation.over_time) == (0, None)


def test_situation_of_one_article_has_no_alarm(tmp_path):
    over_time = read_situation(tocsin.open(keep(tmp_path / "store", [report_of(FIRST)]))).over_time
    assert over_time.alarms == ()
    assert len(over_time.main) == 1
