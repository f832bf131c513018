from datetime import date

import pytest

from tests.publish.test_progress import wait_for
from tocsin.corpus.account import Added
from tocsin.publish.corpus import (
    describe_progress,
    render_added,
    render_failures,
    render_gathered,
    render_problem,
    render_status,
    render_unread_days,
    render_worked,
    show_progress,
)
from tocsin.records import Failure
from tocsin.store.holdings import Holdings
from tocsin.store.verify import Problem


@pytest.mark.parametrize(
    ("added", "shown"),
    [
        (Added(expected=458), "0 of 458 articles, 0 failed"),
        (Added(articles=40, seconds=10.0), "40 articles, 4.0/s, 0 failed"),
        (
            Added(articles=40, known=10, failed=2, expected=100, seconds=10.5),
            "52 of 100 articles, 4.0/s, 12.0 s left, 2 failed",
        ),
        (
            Added(articles=1, set_aside={"fr": 2, "de": 1000}, seconds=1.0),
            "1,003 articles, 1,003.0/s, 0 failed, 1,002 set aside",
        ),
        (
            Added(articles=7, settled=3, to_settle=1500),
            "comparing the articles: 3 steps done, 1,500 left",
        ),
        (Added(seconds=31.0), "starting: 31.0 s so far"),
        (Added(articles=1, seconds=2.0), "1 article, 0.5/s, 0 failed"),
    ],
)
def test_progress_says_how_many_how_fast_and_how_long(added, shown):
    assert describe_progress(added) == shown


def test_progress_has_no_time_left_when_there_is_more_than_was_expected():
    assert "0.0 s left" in describe_progress(Added(articles=30, expected=20, seconds=10.0))


def test_account_names_what_happened_and_leaves_out_what_did_not():
    whole = Added(
        articles=1200, prints=3, known=4, set_aside={"de": 1, "fr": 5}, failed=2, seconds=3725
    )
    assert render_added(whole) == (
        "1,200 articles added (3 with words that were there already); 4 already there; "
        "6 set aside (fr 5, de 1); 2 failed; 1:02 h."
    )
    assert render_added(Added(seconds=65.2)) == (
        "0 articles added; 0 already there; 0 failed; 1:05 min."
    )


def test_account_of_what_was_stopped_says_how_to_go_on():
    assert "same command goes on" in render_added(Added(interrupted=True))


def test_failures_are_shown_safely_and_the_rest_counted():
    failures = (
        Failure(origin="a\x1b[31m.txt", error="InputError", message="it is empty"),
        Failure(origin="b.txt", error="InputError", message="it is empty: b.txt"),
    )
    assert list(render_failures(Added(failed=1002, failures=failures))) == [
        "a[U+001B][31m.txt: it is empty",
        "it is empty: b.txt",
        "... and 1,000 more failed; all are in the store.",
    ]


def test_days_that_were_not_read_are_told_with_the_first():
    added = Added(articles=3, unread_days=2, unread_day="'03/05/2025' in uk.csv#2")
    [line] = render_unread_days(added)
    assert "2 days of publication not read, as '03/05/2025' in uk.csv#2" in line
    assert list(render_unread_days(Added(articles=3))) == []


def test_progress_is_said_now_and_then_where_there_is_no_terminal(capsys):
    with show_progress(every=0.01) as progress:
        progress(Added(articles=61, expected=244))
        assert "61 of 244 articles, " in wait_for("61 of 244 articles, ", capsys)


def test_progress_of_a_shared_work_says_how_many_shards_are_left():
    told = describe_progress(Added(articles=62, shards=3, shards_left=9, seconds=31.0))
    assert told == "62 articles, 2.0/s, 0 failed, 3 shards done, 9 left"


@pytest.mark.parametrize(
    ("render", "shown"),
    [
        (render_worked, "1 shard finished; 7 articles read; 0 already there; 0 failed; 2.0 s.\n"),
        (
            render_gathered,
            "1 shard gathered; 7 articles added; 0 already there; 0 failed; 2.0 s.\n",
        ),
    ],
)
def test_accounts_of_a_shared_work_say_what_is_left(render, shown):
    account = render(Added(articles=7, shards=1, shards_left=2, seconds=2.0))
    assert account.startswith(shown)
    assert account.endswith(": 2 shards.")
    assert "\n" not in render(Added(shards=3))


def test_bar_is_shown_on_a_terminal(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    with show_progress() as progress:
        progress(Added(articles=40, expected=100, seconds=10.0))
    assert "40 of 100 articles, 4.0/s, 15.0 s left" in capsys.readouterr().err


def status(**others):
    values = {
        "folder": "crisis",
        "schema": 1,
        "bytes": 5_500_000,
        "articles": 86,
        "texts": 80,
        "set_aside": {"fr": 2},
        "failed": {},
        "statements": 2042,
        "events": 98,
        "office_claims": 311,
        "findings": {"tenure": {"holds": 13, "no_record": 289}},
        "speakers": 5,
        "quotations": 6,
        "families": 7,
        "reported_events": 97,
        "background": 13,
        "first": date(2024, 6, 20),
        "last": date(2025, 2, 18),
        "undated": 0,
        "readers": (None, "1.2+0a"),
        "last_run": None,
        "judgements": 0,
        "pending": 0,
    }
    return Holdings(**values | others)


def test_status_says_how_many_articles_have_no_day():
    assert "without a day" not in render_status(status(), as_json=False)
    assert "2025-02-18, 4 without a day" in render_status(status(undated=4), as_json=False)


def test_status_shows_every_number():
    shown = render_status(status(), as_json=False)
    for number in ("5.5 MB", "86 with 80", "2024-06-20 to 2025-02-18", "fr 2", "2,042", "311"):
        assert number in shown
    assert "no_record 289, holds 13" in shown
    assert "97 reported events, 13 background" in shown
    assert "an earlier version, 1.2+0a" in shown
    assert "Not settled" not in shown
    assert "Not settled" in render_status(status(pending=3), as_json=False)
    assert "Judgements:          1,200 standing" in render_status(
        status(judgements=1200), as_json=False
    )


def test_status_of_an_empty_store_names_no_days():
    shown = render_status(status(first=None, last=None), as_json=False)
    assert "None" not in shown
    assert "86 with 80 different texts\n" in shown


def test_problem_is_one_line():
    problem = Problem(kind="damage", about="texts a\nb", sentence="It is gone.")
    assert render_problem(problem) == "damage: texts a b: It is gone."
