"""A situation as a store has it: deeds between some, what is new, what stands."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.storm import FIRST, keep, report_of
from tocsin.records import Status
from tocsin.store.arrivals import begin_run, last_bringing, run_of
from tocsin.store.database import open_database
from tocsin.store.settle import settle
from tocsin.store.situation import (
    count_new,
    read_between,
    read_deeds,
    read_new_deeds,
    read_standing,
)
from tocsin.store.writer import Writer

START = datetime(2024, 5, 1, tzinfo=UTC)
DAYS = (FIRST, FIRST + timedelta(9))


@pytest.fixture
def connection(tmp_path):
    """Chad attacks Niger on two days, and Serbia Kosovo on one, in an empty store otherwise."""
    reports = [
        report_of(FIRST),
        report_of(FIRST + timedelta(1)),
        report_of(FIRST, "Serbia", "Kosovo", "Ana Doru", status=Status.DENIED),
    ]
    with closing(open_database(keep(tmp_path / "store", reports))) as opened:
        yield opened


def add(connection, *reports):
    """Add articles as a command of its own would."""
    begin_run(connection, "add", lambda: START)
    kept = [(each.article.id, "a.txt", each) for each in reports]
    Writer(connection).keep(kept)
    settle(connection)


def test_deeds_of_anybody_are_those_of_all_countries(connection):
    assert {deed.actor for deed in read_deeds(connection, None, DAYS)} == {"TCD", "SRB"}
    assert {deed.actor for deed in read_deeds(connection, ["NER"], DAYS)} == {"TCD"}


def test_between_are_the_latest_events_of_some_types(connection):
    days = {deed.id: deed.day for deed in read_deeds(connection, None, DAYS)}
    found = read_between(connection, ["TCD", "NER"], ["ASSAULT"], 9)
    assert [days[key] for key in found] == [str(FIRST + timedelta(1)), str(FIRST)]
    assert read_between(connection, ["TCD", "NER"], ["ASSAULT"], 1) == found[:1]
    assert read_between(connection, ["TCD", "NER"], ["AID"], 9) == []
    assert read_between(connection, ["TCD"], ["ASSAULT"], 9) == []  # another has a part in them


def test_standing_are_those_that_stand(connection):
    deeds = read_deeds(connection, None, DAYS)
    standing = read_standing(connection, [deed.id for deed in deeds])
    assert {deed.actor for deed in deeds if deed.id in standing} == {"TCD"}


def test_new_deeds_are_those_that_came_after_a_run(connection):
    add(connection, report_of(FIRST, "France", "Chad"))
    assert [deed.actor for deed in read_new_deeds(connection, 0, 9)] == ["FRA"]
    assert read_new_deeds(connection, 1, 9) == []


def test_news_are_counted_without_background_and_up_to_a_bound(connection):
    past = report_of(FIRST, "France", "Chad", status=Status.HISTORICAL)
    add(connection, past, *(report_of(FIRST + timedelta(n), "France", "Niger") for n in range(4)))
    assert count_new(connection, 0, 99) == {"article": 5, "event": 4, "finding": 0}
    assert count_new(connection, 0, 3) == {"article": 3, "event": 3, "finding": 0}


def test_last_run_that_brought_an_article_is_not_one_that_brought_none(connection):
    assert last_bringing(connection) is None
    add(connection, report_of(date(2024, 4, 1)))
    begin_run(connection, "brief", lambda: START)
    assert last_bringing(connection).command == "add"
    assert run_of(connection, 2).command == "brief"
    assert run_of(connection, 3) is None
