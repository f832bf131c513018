"""The brief on a store of invented articles, as a user asks for it."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html as lxml_html

from tests.crisis import make_crisis
from tests.made import Draft
from tocsin.cli import tocsin as command
from tocsin.records import Place, Verdict
from tocsin.store.database import open_database
from tocsin.store.settle import settle
from tocsin.store.writer import Writer


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


def test_new_brief_knows_the_last_in_whatever_order_countries_are_named(ask):
    ask("--about", "PRK,RUS")
    assert "no earlier brief" not in ask("--about", "RUS,PRK", "--new").stderr


def test_brief_that_reached_nobody_is_not_the_last(ask, tmp_path):
    assert ask("--about", "PRK", "--html", tmp_path).exit_code == 5
    assert "no earlier brief" in ask("--about", "PRK", "--new").stderr


def test_brief_that_cannot_be_written_leaves_the_one_before(ask, tmp_path, monkeypatch):
    from tocsin.publish.exports import target

    page = tmp_path / "brief.html"
    ask("--about", "PRK", "--html", page)
    before = page.read_text("utf-8")

    def refuse(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(target.os, "fsync", refuse)
    done = ask("--about", "PRK", "--html", page)
    assert (done.exit_code, "No space left" in done.stderr) == (5, True)
    assert page.read_text("utf-8") == before
    assert [*tmp_path.glob("*.part")] == []


def test_brief_as_page_goes_to_a_pipe(ask):
    assert "<!DOCTYPE html>" in ask("--about", "PRK", "--html", "-").stdout


def test_new_brief_and_a_moment_exclude_each_other(ask):
    assert ask("--about", "PRK", "--new", "--new-since", "1").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--about", "Atlantis"), 5, "no country"),
        (("--about", "PRK", "--for", "Narnia"), 5, "no country"),
        (("--about", "PRK", "--since", "soon"), 5, "day"),
        (("--about", "PRK", "--since", "2024-11-01", "--until", "2024-10-01"), 5, "since"),
        (("--about", "PRK", "--since", "2099-01-01"), 5, "a day up to 2024-"),
        (("--about", "PRK", "--new-since", "lately"), 5, "new-since"),
        ((), 2, "--about"),
    ],
)
def test_brief_refuses_what_it_does_not_understand(ask, arguments, code, words):
    done = ask(*arguments)
    assert done.exit_code == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


HOSTILE = "<script>alert(1)</script> {{7*7}} \u202ekcatta\x1b[31m [1](javascript:x) ](#r-1"


def keep_hostile(folder):
    """Keep an article in which every name and title means harm."""
    draft = Draft(
        text=f"{HOSTILE} shelled Ukraine. {HOSTILE} said it would never do such a thing again.",
        url="https://coast.example/?<script>",
        published=date(2024, 10, 29),
        others={"outlet": HOSTILE, "title": HOSTILE},
    )
    who = draft.actor(HOSTILE, office=HOSTILE, country="RUS", sector="MIL")
    said = draft.state(who, "it would never do such a thing again")
    draft.find(None, Verdict.CONTRADICTED, check="counts", sentence=HOSTILE)
    ukraine = draft.actor("Ukraine", kind="country")
    place = Place(words=(0, 5), name=HOSTILE, country="UKR", latitude=50.0, longitude=36.0)
    for words, trigger in (("shelled Ukraine", "shelled"), ("never do such a thing", "do")):
        draft.happen(
            words,
            trigger,
            actors=(who,),
            recipients=(replace(ukraine, country="UKR", name=HOSTILE),),
            place=place,
            asserted_by=said.id,
        )
    connection = open_database(folder, create=True)
    Writer(connection).keep([("key", "hostile.txt", draft.report)])
    settle(connection)
    connection.close()


@pytest.mark.parametrize("dress", [(), ("--markdown", "-"), ("--json",), ("--html", "page.html")])
def test_brief_of_a_hostile_store_stays_inert(ask, tmp_path, monkeypatch, dress):
    monkeypatch.chdir(tmp_path)
    keep_hostile(tmp_path / "hostile")
    done = ask("--about", "RUS,UKR", "--for", "UKR", *dress, store=tmp_path / "hostile")
    assert done.exit_code == 0, done.output
    shown = Path("page.html").read_text("utf-8") if "--html" in dress else done.stdout
    assert "alert(1)" in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    if "--html" in dress:
        page = lxml_html.document_fromstring(shown)
        assert page.xpath("//script | //*[@style] | //*[@onload]") == []
        leads = {*page.xpath("//a/@href")} - {f"#{each}" for each in page.xpath("//@id")}
        assert leads == {"https://coast.example/?<script>"}
        assert "49" not in page.xpath("//h3")[0].text_content()
    elif "--markdown" in dress:
        assert "<script>" not in shown
        assert "](javascript" not in shown.replace("\\](", "")


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
