"""Orders: each is the same records, arranged otherwise, and its cursors go on in it."""

from datetime import date

import pytest

import tocsin
from benchmarks.synthetic import build_store
from tocsin.errors import ValueNotUnderstood
from tocsin.store.kinds import KINDS


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synthetic") / "store"
    build_store(folder, 1_000)
    with tocsin.open(folder) as store:
        yield store


ASKED = [{}, {"actor": "USA"}, {"text": "ba*"}, {"text": "North Korea", "type": "ASSAULT"}]
BOUNDED = [{"since": "2024-06-01"}, {"until": "2024-06-30", "text": "ba*"}, {"quad": 4}]


def by_day(event):
    return event.day or date.max, event.id


def by_independent(event):
    return event.independent, event.day or date.min, event.id


@pytest.mark.parametrize("asked", ASKED + BOUNDED)
def test_oldest_comes_first_and_what_has_no_day_last(store, asked):
    expected = sorted(store.events(**asked), key=by_day)
    assert expected
    assert list(store.events(sort="oldest", **asked)) == expected


@pytest.mark.parametrize("asked", ASKED + BOUNDED)
def test_most_independent_reports_come_first_the_newest_of_as_many_before(store, asked):
    expected = sorted(store.events(**asked), key=by_independent, reverse=True)
    assert list(store.events(sort="independent", **asked)) == expected


@pytest.mark.parametrize(
    ("kind", "sort"), [(kind.name, each.name) for kind in KINDS for each in kind.orders]
)
@pytest.mark.parametrize("limit", [1, 7])
def test_cursors_of_an_order_go_on_in_it(store, kind, sort, limit):
    ask = getattr(store, kind)
    whole = list(ask(sort=sort).head(20))
    records, after = [], None
    while len(records) < len(whole):
        page = ask(sort=sort, limit=limit, after=after).page()
        records += page.records
        after = page.cursor
    assert records[:20] == whole


def test_an_outlets_statements_can_be_listed_from_the_oldest_on(store):
    outlet = store.articles().first().outlet
    newest = [each.day for each in store.statements(outlet=outlet)]
    oldest = [each.day for each in store.statements(outlet=outlet, sort="oldest")]
    assert oldest == sorted(newest)


def test_an_order_does_not_change_what_is_counted(store):
    assert store.events(sort="oldest").count() == store.events().count()
    assert store.events(sort="independent", limit=7).count() == 7


def test_a_cursor_goes_with_one_order(store):
    cursor = store.events(limit=3).page().cursor
    with pytest.raises(ValueNotUnderstood, match="other filters"):
        store.events(sort="oldest", after=cursor)


def test_the_usual_order_by_its_name_is_the_usual_order(store):
    assert store.events(sort="newest", limit=3).page() == store.events(limit=3).page()


def test_an_order_that_a_kind_does_not_have_is_refused(store):
    with pytest.raises(ValueNotUnderstood, match="no such order") as refused:
        store.speakers(sort="oldest")
    assert refused.value.expected == "one of statements"
