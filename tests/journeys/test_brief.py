"""The brief on a store of invented articles, as a user asks for it."""

import json

import pytest
from click.testing import CliRunner

from tests.crisis import make_crisis
from tocsin.cli import tocsin as command
from tocsin.store.database import open_database


@pytest.fixture
def folder(tmp_path):
    return make_crisis(tmp_path / "crisis")


@pytest.fixture
def ask(folder):
    """Run the command in this process."""

    def run(*arguments, store=folder):
        given = ["brief", "--store", str(store), *map(str, arguments)]
        return CliRunner().invoke(command, given)

    return run


def test_brief_in_a_pipe_is_plain_text(ask):
    done = ask("--about", "PRK,RUS,UKR", "--for", "KOR")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("North Korea, Russia and Ukraine\nfor South Korea · 3 to 30")
    assert "North Korea: mobilize (troops), Kursk [" in done.stdout
    assert "OPEN QUESTIONS" in done.stdout
    assert "\x1b" not in done.stdout


def test_brief_as_json_has_sentences_with_records(ask):
    made = json.loads(ask("--about", "PRK", "--since", "2024-10-25", "--json").stdout)
    assert made["scope"]["since"] == "2024-10-25"
    known = {each["id"] for each in made["references"]}
    assert {*made["opening"][0]["records"]} <= known
    assert made["references"][0]["prints"][0]["url"].startswith("https://")


def test_brief_is_written_as_page_and_markdown_at_once(ask, tmp_path):
    page, notes = tmp_path / "out" / "brief.html", tmp_path / "brief.md"
    done = ask("--about", "PRK", "--html", page, "--markdown", notes)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "<h1" in page.read_text("utf-8")
    assert notes.read_text("utf-8").startswith("# North Korea\n")


def test_brief_as_markdown_goes_to_a_pipe(ask):
    assert ask("--about", "PRK", "--markdown", "-").stdout.startswith("# North Korea\n")


def test_new_brief_knows_the_last(ask):
    first = ask("--about", "PRK", "--new")
    assert "no earlier brief" in first.stderr
    again = ask("--about", "PRK", "--new")
    assert "is new in the store" in again.stdout
    assert "no earlier brief" not in again.stderr


def test_new_brief_and_a_moment_exclude_each_other(ask):
    assert ask("--about", "PRK", "--new", "--new-since", "1").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--about", "Atlantis"), 5, "no country"),
        (("--about", "PRK", "--for", "Narnia"), 5, "no country"),
        (("--about", "PRK", "--since", "soon"), 5, "day"),
        (("--about", "PRK", "--since", "2024-11-01", "--until", "2024-10-01"), 5, "since"),
        (("--about", "PRK", "--new-since", "lately"), 5, "new-since"),
        ((), 2, "--about"),
    ],
)
def test_brief_refuses_what_it_does_not_understand(ask, arguments, code, words):
    done = ask(*arguments)
    assert done.exit_code == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_brief_of_an_empty_store_says_what_is_missing(ask, tmp_path):
    open_database(tmp_path / "empty", create=True).close()
    done = ask("--about", "PRK", store=tmp_path / "empty")
    assert done.exit_code == 3
    assert "no article in the store has a day" in done.stderr


def test_brief_of_no_store_says_so(ask, tmp_path):
    assert ask("--about", "PRK", store=tmp_path / "none").exit_code == 8


def test_brief_of_a_store_that_cannot_be_written_to_is_given_all_the_same(ask, monkeypatch):
    from tocsin.errors import StoreError
    from tocsin.watch.brief import stored

    def refuse(*_, **__):
        raise StoreError("no", value="no", expected="yes")

    monkeypatch.setattr(stored, "note_brief", refuse)
    done = ask("--about", "PRK")
    assert done.exit_code == 0
    assert "--new will not know of this brief" in done.stderr
