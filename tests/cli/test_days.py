"""Days on the command line and in Python: counted back from today, with their first or last day."""

from datetime import date

import pytest
from click.testing import CliRunner

import tocsin
from tests.crisis import make_crisis
from tests.desk.conftest import client_of
from tocsin.cli import tocsin as command
from tocsin.store import days_meant


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """A day in the week after that of the crisis."""
    monkeypatch.setattr(days_meant, "local_today", lambda: date(2024, 11, 5))


def ask(*words):
    done = CliRunner().invoke(command, list(map(str, words)))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_filters_understand_days_counted_back(crisis):
    asked = ("--since", "last week", "--until", "last week", "--count")
    written = ("--since", "2024-10-28", "--until", "2024-11-03", "--count")
    counted = [ask("events", "--store", crisis, *each) for each in (asked, written)]
    assert counted[0] == counted[1] != "0\n"


def test_a_month_ends_with_its_last_day(crisis):
    days = ("2024-10", "2024-10-31")
    until = [ask("articles", "--store", crisis, "--until", day) for day in days]
    assert until[0] == until[1] != ""


def test_python_understands_what_the_command_line_does(crisis):
    with tocsin.open(crisis) as opened:
        assert opened.articles(since="yesterday").count() == 0
        written = opened.articles(since="2024-10-28")
        assert opened.articles(since="last week").count() == written.count() > 0


def test_desk_and_api_understand_what_the_command_line_does(crisis):
    client, asked = client_of(crisis), {"since": "last week", "until": "yesterday", "count": "true"}
    written = {"since": "2024-10-28", "until": "2024-11-04", "count": "true"}
    answers = [client.get("/api/v1/articles", params=each).json() for each in (asked, written)]
    assert answers[0]["count"] == answers[1]["count"] > 0
    assert client.get("/articles", params={"since": "last week"}).status_code == 200


def test_brief_ends_with_the_day_that_is_named(tmp_path):
    asked = ("--about", "PRK", "--until", "2024-10", "--markdown", "-")
    made = ask("brief", "--store", make_crisis(tmp_path / "store"), *asked)
    assert "31 October 2024" in made


def test_several_days_are_no_day_of_publication(tmp_path):
    article = tmp_path / "article.txt"
    article.write_text("A text of a few words.", encoding="utf-8")
    done = CliRunner().invoke(command, ["read", str(article), "--on", "last week"])
    assert (done.exit_code, "--on is one day" in done.stderr) == (5, True)
