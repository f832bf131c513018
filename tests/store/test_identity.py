"""Ids that were given lead to what they are now."""

from datetime import timedelta
from random import Random

import pytest

import tocsin
from benchmarks.identity import forget_some, grow, make_story
from tests.store.test_settle import FIRST, denial, own, rows, wire
from tocsin.store.database import open_database
from tocsin.store.forget import forget_article
from tocsin.store.identity import resolve_id
from tocsin.store.settle import settle
from tocsin.store.verify import verify_store
from tocsin.store.writer import Writer


@pytest.fixture(scope="module")
def stories():
    return [make_story(number, 7, Random(number)) for number in range(12)]


@pytest.fixture
def store(tmp_path):
    connection = open_database(tmp_path / "store", create=True)
    connection.execute("PRAGMA synchronous=OFF")
    return connection


def test_ids_stay_while_stories_grow_in_the_order_of_time(store, stories):
    grown = grow(store, stories)
    assert all(grown.ever.values())
    assert not +grown.changed


@pytest.mark.parametrize("seed", range(3))
def test_every_id_ever_given_leads_to_what_it_is_now(store, stories, seed):
    grown = grow(store, [Random(seed).sample(story, len(story)) for story in stories])
    assert all(grown.changed.values())
    assert grown.resolved == grown.asked == sum(map(len, grown.ever.values()))
    assert not list(verify_store(store))


@pytest.mark.parametrize("seed", range(3))
def test_every_id_of_which_something_is_left_outlasts_forgetting(store, stories, seed):
    grown = grow(store, [Random(seed).sample(story, len(story)) for story in stories])
    forget_some(store, grown, Random(seed))
    assert grown.resolved == grown.asked
    assert not list(verify_store(store))


def add(connection, *reports):
    Writer(connection).keep([(each.article.id, "a.txt", each) for each in reports])
    settle(connection)


def ids(connection, table):
    return [key for (key,) in rows(connection, f"SELECT id FROM {table}")]


def test_an_event_taken_over_by_an_older_text_is_found_by_its_old_id(store, draft):
    add(store, wire(draft, days=1))
    (old,) = ids(store, "reported_events")
    add(store, wire(draft, " Earlier."))
    (new,) = ids(store, "reported_events")
    assert resolve_id(store, "event", old) == new != old


def test_an_event_whose_first_telling_is_forgotten_is_found_by_its_old_id(store, draft):
    first = wire(draft)
    add(store, first, own(draft))
    (old,) = ids(store, "reported_events")
    forget_article(store, first.article.id)
    settle(store)
    (new,) = ids(store, "reported_events")
    assert resolve_id(store, "event", old) == new


def test_an_event_forgotten_altogether_leaves_no_id(store, draft):
    first = wire(draft)
    add(store, first)
    (old,) = ids(store, "reported_events")
    forget_article(store, first.article.id)
    settle(store)
    assert resolve_id(store, "event", old) == old
    assert not rows(store, "SELECT * FROM arrivals")


def test_a_family_that_dissolved_is_found_by_its_old_id_when_it_is_back(store, draft):
    older, copy, oldest = (
        wire(draft, tail, days=n) for n, tail in ((1, ""), (2, " More."), (0, " First."))
    )
    add(store, older, copy)
    (old,) = ids(store, "families")
    forget_article(store, older.article.id)
    settle(store)
    assert resolve_id(store, "family", old) == old
    add(store, oldest)
    assert [resolve_id(store, "family", old)] == ids(store, "families") != [old]


def test_two_passages_of_one_first_text_are_two_families(store, draft):
    one, other = (f"{w} " * 3 + " ".join(f"{w}{n}" for n in range(45)) for w in ("sea", "hill"))
    rest = [" ".join(f"{w}{n}" for n in range(150)) for w in ("ice", "rye", "oak")]
    for number, text in enumerate(
        (f"{rest[0]}\n\n{one}\n\n{other}", f"{rest[1]}\n\n{one}", f"{rest[2]}\n\n{other}")
    ):
        made = draft(
            text=f"{text}\n\nWith Reuters",
            url=f"https://p{number}.example/1",
            published=FIRST + timedelta(days=number),
            others={"outlet": f"p{number}.example"},
        )
        add(store, made.report)
    assert len(ids(store, "families")) == 2


# --------------------------------------------------------------------------- asked for


@pytest.fixture
def taken_over(store, draft, tmp_path):
    """A handle on a store in which an older copy came later, and the ids that were there before."""
    tables = ("reported_events", "quotations", "families")
    add(store, *(wire(draft, days=n, url=f"https://p{n}.example/1") for n in (1, 2)))
    before = [ids(store, table)[0] for table in tables]
    add(store, wire(draft, " Earlier.", url="https://p0.example/1"))
    assert not {*before} & {key for table in tables for key in ids(store, table)}
    with tocsin.open(tmp_path / "store") as handle:
        yield handle, before


def test_filters_by_id_take_an_old_one(taken_over):
    store, (event, quotation, family) = taken_over
    assert [each.id for each in store.events(id=event)] == [store.events().first().id]
    assert store.quotations(id=quotation).count() == store.families(id=family).count() == 1
    assert store.articles(family=family).count() == 3


def test_filters_by_id_find_nothing_by_the_id_of_another_kind(taken_over):
    store, (event, quotation, _) = taken_over
    assert not store.events(id=quotation)
    assert not store.families(id=event)


def test_findings_about_an_event_are_found_by_its_old_id(store, draft, tmp_path):
    add(store, wire(draft, days=1), denial(draft, days=1))
    (old,) = ids(store, "reported_events")
    add(store, wire(draft, " Earlier.", url="https://p0.example/1"))
    with tocsin.open(tmp_path / "store") as handle:
        assert handle.events(id=old).first().id != old
        assert handle.findings(about=old).count() == 1
