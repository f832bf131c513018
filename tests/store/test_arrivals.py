"""The ledger of arrivals: what came in which run, and what is new since."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

import tocsin
from tests.store.test_settle import denial, own, rows, wire
from tocsin.errors import ValueNotUnderstood
from tocsin.records import Finding, Verdict
from tocsin.store.arrivals import begin_run, first_run_since, last_run
from tocsin.store.asked import read_since
from tocsin.store.content import dump_content
from tocsin.store.forget import forget_article
from tocsin.store.identity import give_id, hung_families
from tocsin.store.settle import settle
from tocsin.store.settle.findings import drop_findings, write_findings
from tocsin.store.writer import Writer

START = datetime(2026, 11, 1, 9, tzinfo=UTC)


@pytest.fixture
def run(connection):
    """Keep articles in a run that begins so many days after the first, and lasts an hour."""

    def keep(days, *reports):
        moments = iter([START + timedelta(days=days)])
        last = START + timedelta(days=days, hours=1)
        begin_run(connection, f"add day{days}", lambda: next(moments))
        writer = Writer(connection, lambda: last)
        writer.keep([(each.article.id, "a.txt", each) for each in reports])
        settle(connection, clock=lambda: last)

    return keep


def arrived(connection, kind):
    return rows(connection, f"SELECT run FROM arrivals WHERE kind = '{kind}' ORDER BY 1")


def test_ledger_says_in_which_run_a_thing_came(connection, run, draft):
    run(0, wire(draft))
    run(1, own(draft), denial(draft))
    assert arrived(connection, "article") == [(1,), (2,), (2,)]
    assert arrived(connection, "event") == [(1,)]
    assert arrived(connection, "finding") == [(2,)]


def test_ledger_keeps_the_age_of_an_event_that_is_keyed_anew(connection, run, draft):
    run(0, wire(draft, days=1))
    (before,) = rows(connection, "SELECT id FROM reported_events")
    run(1, wire(draft, " Earlier."))
    (after,) = rows(connection, "SELECT id FROM reported_events")
    assert before != after
    assert arrived(connection, "event") == [(1,), (1,)]


def test_ledger_keeps_the_age_of_a_finding_whose_event_is_keyed_anew(connection):
    finding = Finding(
        check="contradiction", verdict=Verdict.UNSURE, sentence="It differs.", about="a", words=None
    )
    for about in ("a", "b"):
        begin_run(connection, "add", lambda: START)
        drop_findings(connection, ["a"])
        write_findings(connection, [replace(finding, about=about)], None)
        assert arrived(connection, "finding") == [(1,)]


def test_finding_is_written_anew_where_it_still_stands_under_what_it_was_about(connection):
    finding = Finding(check="same words", verdict=Verdict.UNSURE, sentence="It is the same.")
    for about in ("b", "a"):  # what is dropped with "b" is worked out later
        write_findings(connection, [replace(finding, about=about)], None)
    assert rows(connection, "SELECT about FROM findings") == [("a",)]


@pytest.mark.parametrize("kept", ["old", "young"])
def test_ledger_makes_what_comes_of_two_as_old_as_the_older(connection, kept):
    for number, each in enumerate(("old", "young")):
        begin_run(connection, "add", lambda: START)
        give_id(connection, "event", each, (f"e{number}",))
    begin_run(connection, "add", lambda: START)
    give_id(connection, "event", kept, ("e0",), former=("old", "young"))
    assert rows(connection, f"SELECT run FROM arrivals WHERE id = '{kept}'") == [(1,)]


def test_ledger_makes_a_family_that_is_keyed_anew_as_old_as_it_was(connection):
    begin_run(connection, "add", lambda: START)
    give_id(connection, "family", "f1", ("t2", "t3"))
    begin_run(connection, "add", lambda: START)
    former = hung_families(connection, ["t1"], ["t2", "t3"])
    give_id(connection, "family", "f2", ("t1", "t2"), former=former)
    assert arrived(connection, "family") == [(1,), (1,)]


def test_hung_families_leaves_out_a_family_that_a_holder_has_of_its_own(connection):
    give_id(connection, "family", "f1", ("t2",))
    assert hung_families(connection, ["t1"], ["t2", "t3"]) == []


def test_ledger_strikes_out_what_is_forgotten_and_notes_it_anew(connection, run, draft):
    told, denied = own(draft), denial(draft)
    run(0, told, denied)
    forget_article(connection, denied.article.id)
    settle(connection)
    assert arrived(connection, "finding") == []
    run(1, denied)
    assert arrived(connection, "article") == [(1,), (2,)]
    assert set(arrived(connection, "event")) == {(1,)}
    assert arrived(connection, "finding") == [(2,)]


def test_ledger_does_not_note_twice_what_is_added_twice(connection, run, draft):
    run(0, wire(draft))
    ledger = rows(connection, "SELECT * FROM arrivals")
    run(1, wire(draft))
    assert rows(connection, "SELECT * FROM arrivals") == ledger


def test_ledger_is_no_content(connection, run, draft):
    run(0, wire(draft))
    assert not {"runs", "arrivals"} & {table for table, *_ in dump_content(connection)}


def test_ledger_notes_run_0_where_none_was_begun(connection, draft):
    Writer(connection).keep([("k", "a.txt", wire(draft))])
    settle(connection)
    assert set(rows(connection, "SELECT run FROM arrivals")) == {(0,)}


def test_last_run_says_when_it_last_wrote(connection, run, draft):
    assert last_run(connection) is None
    run(0, wire(draft))
    found = last_run(connection)
    assert (found.number, found.command) == (1, "add day0")
    assert (found.started, found.last) == ("2026-11-01T09:00:00Z", "2026-11-01T10:00:00Z")


@pytest.mark.parametrize(
    ("since", "first"),
    [
        (1, 2),
        (2, 3),
        ("2026-10-31", 1),
        ("2026-11-01", 1),
        ("2026-11-01T09:30", 1),
        ("2026-11-01T12:00+01:00", 2),
        ("2026-11-01T10:00:01", 2),
        (date(2026, 11, 2), 2),
        (datetime(2026, 11, 2, 11, tzinfo=timezone(timedelta(hours=2))), 2),
        ("2026-11-03", 3),
    ],
)
def test_first_run_since_misses_nothing_of_a_run_under_way(connection, run, draft, since, first):
    run(0, wire(draft))
    run(1, own(draft))
    assert first_run_since(connection, read_since("new_since", since)) == first


@pytest.mark.parametrize("given", ["9" * 20, 10**30, "9" * 5000], ids=["20", "30", "5000"])
def test_read_since_refuses_a_run_that_no_store_has(given):
    with pytest.raises(ValueNotUnderstood, match="new_since"):
        read_since("new_since", given)


def test_read_since_takes_eight_digits_for_a_day():
    assert read_since("new_since", "20261129") == read_since("new_since", "2026-11-29")


@pytest.mark.parametrize("given", ["the other day", "", "-1", "2026-13-01", "1e3"])
def test_read_since_refuses_what_is_no_moment(given):
    with pytest.raises(ValueNotUnderstood, match="new_since is no moment"):
        read_since("new_since", given)


@pytest.mark.parametrize("few", [0, 100], ids=["row by row", "gathered"])
def test_new_since_finds_what_came_later(run, draft, folder, monkeypatch, few):
    monkeypatch.setattr("tocsin.store.conditions._FEW", few)
    run(0, wire(draft))
    run(1, own(draft), denial(draft))
    with tocsin.open(folder) as store:
        kinds = (store.articles, store.events, store.quotations, store.findings)
        assert [kind(new_since=0).count() for kind in kinds] == [3, 1, 1, 1]
        assert [kind(new_since="2026-11-01T12:00").count() for kind in kinds] == [2, 0, 0, 1]
        assert len(list(store.articles(new_since=1, outlet="The Docker"))) == 1
        assert not list(store.articles(new_since=2))
