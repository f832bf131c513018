"""`docs/analysis.md`: every question is answered, of a data set of the made crisis."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

import tocsin
from benchmarks.analysis import read_questions
from tocsin.publish.exports.export import Kept
from tocsin.publish.exports.parquet import PARQUET

VIEWS, QUESTIONS = read_questions()


@pytest.fixture(scope="module")
def ask(crisis, tmp_path_factory):
    """Answer a question of the page, by its number."""
    out = tmp_path_factory.mktemp("analysis") / "out"
    with tocsin.open(crisis) as opened:
        kept = Kept(store=opened, asked={}, watch=lambda things, *_: things)
        PARQUET.write(kept, str(out), force=False, by="month")
    connection = duckdb.connect()
    connection.execute(VIEWS.replace("'out/", f"'{out}/"))
    return lambda number: connection.execute(list(QUESTIONS.values())[number - 1]).fetchall()


def test_page_has_ten_questions():
    assert len(QUESTIONS) == 10


def test_page_counts_a_pair_week_by_week(ask):
    assert ask(1) == [(date(2024, 10, 28), "ASSAULT", 1, 1)]


def test_page_ranks_who_says_it(ask):
    assert ask(2) == [("(the articles themselves)", 2)]


def test_page_shares_out_what_is_doubted(ask):
    assert ("MOBILIZE", 1, 1.0) in ask(3)
    assert ("ASSAULT", 2, 0.0) in ask(3)


def test_page_asks_for_independent_reports(ask, store):
    counted = {(year, month): (events, confirmed) for year, month, events, confirmed in ask(4)}
    assert sum(events for events, _ in counted.values()) == store.events().count()
    confirmed = sum(confirmed for _, confirmed in counted.values())
    assert confirmed == store.events(independent=2).count()


def test_page_finds_who_told_it_first(ask):
    assert ("Seoul Ledger", 2, 0) in ask(5)


def test_page_shares_out_what_is_copied(ask):
    assert {outlet: copied for outlet, _, copied in ask(6)} == {
        "Coast Daily": 0.5,
        "Seoul Ledger": 0.5,
        "Harbour Post": 1.0,
        "Moscow Mirror": 0.0,
    }


def test_page_finds_officials_with_a_wrong_office(ask):
    sentence = "Another person, not Han Doyun, held the office."
    assert ask(7) == [("Han Doyun", "Defence Minister", "KOR", 2, date(2024, 10, 29), sentence)]


def test_page_sums_escalation_with_and_without_what_is_not_confirmed(ask):
    assert ask(8) == [(date(2024, 10, 28), -18.0, -9.0)]


def test_page_counts_events_in_a_box_on_the_map(ask):
    assert ask(9) == [(2024, 10, "MOBILIZE", 1)]


def test_page_counts_statements_by_office(ask):
    answer = {(office, country): rest for office, country, *rest in ask(10)}
    assert answer["Defence Minister", "KOR"] == [2, 1, 0]


def test_page_lies_where_it_is_said_to():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert "docs/analysis.md" in readme
