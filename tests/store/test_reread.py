"""What a later reader finds in a text takes the place of what was found; ids follow the words."""

from dataclasses import replace

import pytest

from tests.store.test_settle import denial, own, rows, wire
from tocsin.keys import event_key
from tocsin.records import Status
from tocsin.store.content import dump_content
from tocsin.store.database import open_database
from tocsin.store.identity import resolve_id
from tocsin.store.reread import count_stale, find_followers, next_stale, replace_found
from tocsin.store.settle import settle
from tocsin.store.verify import verify_store
from tocsin.store.writer import Writer

OLD, NEW = "1+old", "2+new"


def read_by(report, reader=NEW, **found):
    return replace(report, account=replace(report.account, reader=reader), **found)


def keep(connection, *reports):
    Writer(connection).keep([(r.article.id, r.article.url, r) for r in reports])
    settle(connection)


def reread(connection, *reports):
    lost = replace_found(connection, reports)
    settle(connection)
    return lost


def with_trigger(report, words, **others):
    """Return the report with its one event told by other words."""
    (event,) = report.events
    start = report.article.text.index(words)
    at = (start, start + len(words))
    kind = others.get("type", event.type)
    key = event_key(report.article.text_id, at, kind)
    return read_by(report, events=(replace(event, id=key, trigger=at, **others),))


@pytest.fixture
def stories(connection, draft):
    """An agency text, an edited copy of it, a text of its own and a denial; read by the old one."""
    reports = [
        wire(draft),
        wire(draft, " More follows.", days=1, url="https://copy.example/1", outlet="Coast Daily"),
        own(draft),
        denial(draft),
    ]
    reports = [read_by(each, OLD) for each in reports]
    keep(connection, *reports)
    return reports


def id_of_first(connection, report):
    query = f"SELECT reported FROM events WHERE text_id = '{report.article.text_id}'"
    return rows(connection, query)[0][0]


# --------------------------------------------------------------------------- what the store is then


def test_a_store_reread_is_what_a_new_one_would_be(connection, stories, tmp_path):
    found = [with_trigger(each, "the port of Selin", confidence=0.8) for each in stories[:2]]
    found += [read_by(each) for each in stories[2:]]
    reread(connection, *found)
    new = open_database(tmp_path / "new", create=True)
    keep(new, *found)
    assert list(dump_content(connection)) == list(dump_content(new))
    assert list(verify_store(connection)) == []


def test_rereading_again_changes_nothing(connection, stories):
    reread(connection, *map(read_by, stories))
    content = list(dump_content(connection))
    assert reread(connection, *map(read_by, stories)) == []
    assert list(dump_content(connection)) == content


def test_a_text_is_stale_until_it_is_reread(connection, stories):
    assert count_stale(connection, NEW) == len(stories)
    first = next_stale(connection, NEW, "")
    (report,) = (each for each in stories if each.article.text_id == first.text_id)
    reread(connection, read_by(report))
    assert count_stale(connection, NEW) == len(stories) - 1
    assert next_stale(connection, NEW, "").text_id > first.text_id


@pytest.mark.usefixtures("stories")
def test_a_text_forgotten_meanwhile_stays_forgotten(connection, draft):
    gone = read_by(wire(draft, " Never kept."))
    content = list(dump_content(connection))
    assert reread(connection, gone) == []
    assert list(dump_content(connection)) == content


# --------------------------------------------------------------------------- ids


def test_an_id_follows_the_words_of_its_event(connection, stories):
    given = id_of_first(connection, stories[2])
    reread(connection, *(with_trigger(each, "shelled the port") for each in stories))
    now = id_of_first(connection, stories[2])
    assert now != given
    assert resolve_id(connection, "event", given) == now


def test_an_event_that_keeps_its_words_is_not_new(connection, stories):
    connection.execute("INSERT INTO runs VALUES (7, 'x', 'x', 'reread', 'x')")
    reread(connection, *(with_trigger(each, "shelled the port") for each in stories))
    runs = rows(connection, "SELECT DISTINCT run FROM arrivals WHERE kind = 'event'")
    assert runs == [(0,)]


def test_an_id_whose_event_is_of_another_type_passes_to_what_it_was_joined_with(
    connection, stories
):
    first = min(
        (each for each in stories[:3] if each.article.published), key=lambda e: e.article.text_id
    )
    given = id_of_first(connection, first)
    others = [read_by(each) for each in stories if each is not first]
    lost = reread(connection, with_trigger(first, "shelled", type="THREATEN"), *others)
    assert lost == []
    assert resolve_id(connection, "event", given) == id_of_first(connection, others[0])


def test_an_id_in_whose_words_nothing_is_found_is_kept_and_told(connection, draft):
    report = read_by(own(draft), OLD)
    keep(connection, report)
    given = id_of_first(connection, report)
    assert reread(connection, read_by(report, events=())) == [given]
    assert resolve_id(connection, "event", given) == given
    assert list(verify_store(connection)) == []
    reread(connection, read_by(report))
    assert id_of_first(connection, report) == given
    assert list(verify_store(connection)) == []


def test_an_id_of_a_quotation_follows_the_words_that_are_said(connection, draft):
    report = read_by(wire(draft), OLD)
    keep(connection, report)
    ((given,),) = rows(connection, "SELECT id FROM quotations")
    (said,) = report.statements
    start, end = said.content[0]
    longer = replace(said, id="longer", content=((start, end + 5),))
    reread(connection, read_by(report, statements=(longer,)))
    ((now,),) = rows(connection, "SELECT id FROM quotations")
    assert now != given
    assert resolve_id(connection, "quotation", given) == now


@pytest.mark.parametrize(
    ("changes", "follows"),
    [
        ({}, True),
        ({"status": Status.NEGATED}, True),
        ({"trigger": (0, 3)}, False),
        ({"trigger": (0, 3), "mentions": ((20, 25),)}, True),
        ({"type": "THREATEN"}, False),
    ],
    ids=str,
)
def test_an_event_is_followed_by_one_of_its_type_with_its_words(draft, changes, follows):
    (event,) = own(draft).events
    event = replace(event, trigger=(20, 27))
    later = replace(event, id="later", **changes)
    assert find_followers([event], [later]) == ({event.id: "later"} if follows else {})


def test_an_event_is_followed_by_the_one_that_shares_most_words(draft):
    (event,) = own(draft).events
    event = replace(event, trigger=(20, 27))
    less = replace(event, id="less", trigger=(25, 40))
    more = replace(event, id="more", trigger=(18, 27))
    assert find_followers([event], [less, more]) == {event.id: "more"}
