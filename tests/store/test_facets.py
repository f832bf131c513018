"""Facets: numbers that are those of the lists they lead to, and say when they are not all."""

import time

import pytest

import tocsin
from benchmarks.synthetic import build_store
from tests.made import Draft
from tests.storm import keep
from tocsin.errors import SlowQuestionError
from tocsin.store import facets
from tocsin.store.facets import Number
from tocsin.store.kinds import KINDS

LONG = 60.0


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synthetic") / "store"
    build_store(folder, 1_000)
    with tocsin.open(folder) as store:
        yield store


def named(found):
    return {each.name: {v.value: v.number.least for v in each.values} for each in found.facets}


COUNTED = [kind.name for kind in KINDS if kind.facets]


@pytest.mark.parametrize("kind", COUNTED)
def test_each_number_is_that_of_the_list_it_leads_to(store, kind):
    ask = getattr(store, kind)
    found = ask().facets(LONG)
    assert found.facets
    for facet in found.facets:
        for each in facet.values:
            assert each.number == Number(ask(**each.asks).count(), exact=True), (facet.name, each)


@pytest.mark.parametrize(
    "asked", [{"actor": "USA"}, {"text": "ba*", "quad": 4}, {"since": "2024-06-15"}]
)
def test_numbers_are_counted_under_the_filters(many, asked):
    found = many.events(**asked).facets(LONG)
    assert len(found.facets) > 3
    for facet in found.facets:
        for each in facet.values[:2]:
            expected = many.events(**{**asked, **each.asks}).count()
            assert each.number == Number(expected, exact=True), (facet.name, each)


def test_every_kind_has_the_facets_that_are_declared_for_it(store):
    found = store.events().facets(LONG)
    declared = next(kind.facets for kind in KINDS if kind.name == "events")
    assert {each.name for each in found.facets} == {each.name for each in declared}


def test_records_that_have_no_value_of_a_facet_are_counted_all_the_same(tmp_path):
    draft = Draft(text="Chad shelled posts of Niger.")
    draft.happen("Chad shelled posts of Niger", "shelled")
    with tocsin.open(keep(tmp_path / "store", [draft.report])) as nameless:
        found = nameless.events().facets(LONG)
    assert found.records == Number(1, exact=True)
    assert "outlet" not in named(found)


def test_a_facet_whose_filter_is_given_is_left_out(many):
    assert "type" not in named(many.events(type="AID").facets(LONG))
    asked = {"since": "2024-06-01", "until": "2024-06-30"}
    assert "month" not in named(many.events(**asked).facets(LONG))


def test_a_value_that_would_change_what_else_is_asked_is_left_out(many):
    assert many.events(status="historical").count() > 0
    assert "historical" not in named(many.events().facets(LONG))["status"]


def test_months_come_from_the_latest_on_and_other_values_by_number(many):
    found = {each.name: each.values for each in many.events().facets(LONG).facets}
    months = [each.value for each in found["month"]]
    assert months == sorted(months, reverse=True)
    numbers = [each.number.least for each in found["type"]]
    assert numbers == sorted(numbers, reverse=True)


def test_numbers_of_an_answer_that_is_counted_in_part_say_so(many, monkeypatch):
    monkeypatch.setattr(facets, "MOST", 500)
    found = many.events().facets(LONG)
    assert found.records == found.among == Number(500, exact=False)
    assert sum(named(found)["type"].values()) == 500
    assert str(found.records) == "500+"


def test_counting_stops_at_the_deadline(many):
    begun = time.monotonic()
    found = many.events().facets(0.0)
    assert not found.among.exact
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_the_number_of_records_is_exact_where_they_are_few(store, kind):
    ask = getattr(store, kind)
    assert ask(limit=1).number(LONG) == Number(ask().count(), exact=True)


def test_the_number_of_records_is_bounded_where_they_are_many(many, monkeypatch):
    monkeypatch.setattr(facets, "MOST", 100)
    assert many.events().number(LONG) == Number(100, exact=False)
    assert many.series().number(LONG) == Number(100, exact=False)


SLOW = (
    "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1e9)"
    " SELECT count(*) FROM n"
)


def test_a_question_within_a_time_is_stopped_and_the_next_one_is_not(store):
    with pytest.raises(SlowQuestionError), store.within(0.05):
        store.connection().execute(SLOW).fetchall()
    assert store.events().count() > 0


def test_the_shorter_of_two_times_counts_and_then_the_longer_again(store):
    with store.within(LONG):
        with pytest.raises(SlowQuestionError), store.within(0.05):
            store.connection().execute(SLOW).fetchall()
        assert store.events().count() > 0
    with pytest.raises(SlowQuestionError), store.within(0.05), store.within(LONG):
        store.connection().execute(SLOW).fetchall()
