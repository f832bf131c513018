"""The crisis of `examples/crisis`, as its reader meets it: added, watched and asked about.

What was written into the articles, and on which day, stands in `examples/crisis/README.md`.
"""

import json
import re
from datetime import date

import pytest

from tests.journeys.conftest import PROJECT

CRISIS = PROJECT / "examples" / "crisis"
ONSET, DEATHS, VISIT, CEASEFIRE, RELEASE = (date(2024, 6, day) for day in (6, 16, 21, 23, 25))
PAIR = ("IDN", "MYS")
OFFICIALS = {"Joko Widodo", "Retno Marsudi", "Prabowo Subianto", "Anwar Ibrahim", "Mohamad Hasan"}


@pytest.fixture(scope="module")
def ask(tocsin, crisis_store):
    """Ask the store a question of the command line, and return its answers."""

    def run(*question):
        done = tocsin(*question, "--store", crisis_store, "--json")
        assert done.returncode == 0, done.stderr.decode()
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run


@pytest.fixture(scope="module")
def alarms(ask):
    return {(each["actor"], each["recipient"]): each for each in ask("alarm")}


@pytest.fixture(scope="module")
def brief(ask):
    """The brief for a reader whose country the rumour drags in."""
    [brief] = ask("brief", "--about", "IDN,MYS", "--for", "PHL", "--since", "2024-06-01")
    return brief


def told_in(brief, part):
    """Return the records of a part of the brief."""
    records = {each["id"]: each["record"] for each in brief["references"]}
    return [records[each] for each in brief["parts"][part]]


def countries(parties):
    return {each["country"] for each in parties}


def test_every_article_says_that_its_outlet_is_invented(ask):
    articles = ask("articles")
    assert len(articles) == 60
    assert [each for each in articles if not each["outlet"].endswith("(invented)")] == []
    assert [each for each in articles if ".example/" not in each["url"]] == []


def test_every_article_is_as_long_as_news():
    texts = [path.read_text(encoding="utf-8") for path in CRISIS.glob("articles/*.md")]
    lengths = [len(text.split("---\n", 2)[2].split()) for text in texts]
    assert min(lengths) >= 150
    assert max(lengths) <= 400


@pytest.mark.parametrize("pair", [("IDN", "MYS"), ("MYS", "IDN")])
def test_alarm_of_each_side_is_dated_to_the_onset(alarms, pair):
    alarm = alarms[pair]
    assert abs((date.fromisoformat(alarm["since"]) - ONSET).days) <= 3
    assert alarm["rings"] == "confirmed"


@pytest.mark.parametrize("pair", [("IDN", "MYS"), ("MYS", "IDN")])
def test_alarm_of_neither_side_eases_before_the_deaths(alarms, pair):
    eased = alarms[pair]["eased"]
    assert eased is None or date.fromisoformat(eased) > DEATHS


def test_nothing_rings_before_the_onset(alarms):
    assert [each for each in alarms.values() if each["rang"] < ONSET.isoformat()] == []


def test_rumour_does_not_ring_on_what_stands(alarms):
    rung = [each for pair, each in alarms.items() if "PHL" in pair]
    assert [each for each in rung if each["rings"] == "confirmed"] == []


def test_rumour_goes_back_to_one_report(ask):
    landed = ask("events", "--actor", "PHL", "--text", "landed")
    assert max(each["articles"] for each in landed) >= 3
    assert max(each["independent"] for each in landed) == 1


def test_prints_of_one_agency_text_are_one_family(ask):
    outlets = {each["id"]: each["outlet"] for each in ask("articles")}
    families = [{outlets[each] for each in one["articles"]} for one in ask("families")]
    named = {frozenset(each.removesuffix(" (invented)") for each in one) for one in families}
    assert named == {
        frozenset({"Celebes Wire", "Kuala Lumpur Examiner", "The Harbour Gazette"}),
        frozenset({"Celebes Wire", "The Harbour Gazette"}),
        frozenset({"Nusantara Eye", "The Borneo Lantern"}),
    }


def test_swapped_minister_is_contradicted_and_nobody_else(ask):
    found = ask("findings", "--check", "tenure", "--verdict", "contradicted")
    assert [each["sentence"].partition(" was ")[0] for each in found] == ["Zambry Abdul Kadir"]
    assert ask("findings", "--check", "tenure", "--verdict", "unsure") == []
    assert ask("findings", "--verdict", "contradicted", "--until", "2024-06-18") == []


def test_office_given_to_two_is_one_contradiction_between_articles(ask):
    (found,) = ask("findings", "--check", "contradiction", "--verdict", "contradicted")
    assert "Zambry Abdul Kadir" in found["sentence"]
    assert "The reference has Mohamad Hasan." in found["sentence"]


def test_office_holders_of_the_days_hold_their_offices(ask):
    held = {each["name"] for each in ask("offices", "--verdict", "holds")}
    assert held >= OFFICIALS


@pytest.mark.parametrize(
    ("day", "mode", "actors"),
    [
        (VISIT, "visit", {"MYS"}),
        (CEASEFIRE, "ceasefire", {"IDN"}),
        (RELEASE, "release", {"IDN"}),
    ],
)
def test_way_out_is_among_the_events(ask, day, mode, actors):
    on_the_day = ask("events", "--mode", mode, "--since", str(day), "--until", str(day))
    assert any(countries(each["actors"]) >= actors for each in on_the_day)


@pytest.mark.parametrize(
    ("day", "country"), [("2024-06-08", "MYS"), ("2024-06-13", "PHL"), ("2024-06-16", "IDN")]
)
def test_denials_are_said_by_those_who_deny(ask, day, country):
    said = ask("statements", "--stance", "denies", "--since", day, "--until", day)
    assert country in {each["speaker"]["country"] for each in said if each["speaker"]}


def test_what_was_denied_carries_its_status(ask):
    denied = ask("events", "--status", "denied")
    assert {"ASSAULT"} <= {each["type"] for each in denied}
    assert {"MYS", "PHL"} <= {c for each in denied for c in countries(each["actors"])}


@pytest.mark.parametrize("pair", ["Indonesia → Malaysia", "Malaysia → Indonesia"])
def test_brief_opens_with_the_alarms_of_both_sides(brief, pair):
    told = [each for each in brief["opening"] if each["text"].startswith("The alarm")]
    [rung] = [each for each in told if f" for {pair} " in each["text"]]
    assert "on reports that stand" in rung["text"]
    assert rung["records"]


def test_brief_begins_its_main_events_with_the_seizure(brief):
    first = told_in(brief, "events")[0]
    assert (first["type"], first["until"]) == ("COERCE", ONSET.isoformat())
    assert countries(first["actors"]) == {"IDN"}
    assert "MYS" in countries(first["recipients"])


def test_brief_calls_the_swapped_minister_impossible_and_nobody_else(brief):
    [impossible] = told_in(brief, "impossible")
    assert impossible["sentence"].startswith("Zambry Abdul Kadir was Minister")


def test_brief_asks_whether_the_rumour_stands(brief):
    questions = [each["text"] for each in brief["questions"]]
    [asked] = [each for each in questions if "alarm for Philippines → Indonesia" in each]
    assert "would not ring on confirmed reports alone" in asked


def test_brief_tells_its_reader_what_is_said_of_their_country(brief):
    assert {each["independent"] for each in told_in(brief, "acts")} == {1}
    officials = {each["speaker"]["name"] for each in told_in(brief, "officials")}
    assert "Enrique Manalo" in officials


@pytest.mark.parametrize(
    ("kind", "thing", "step"),
    [
        ("sanctions", "trade", "lifted"),
        ("ceasefires", None, "in force"),
        ("releases", "ships", "made"),
    ],
)
def test_brief_lists_what_became_of_coal_fire_and_crew(brief, kind, thing, step):
    between = [each for each in brief["entries"] if (each["actor"], each["recipient"]) == PAIR]
    taken = ((each, one["step"]) for each in between for one in each["steps"])
    assert (kind, thing, step) in {(each["kind"], each["thing"], done) for each, done in taken}


def test_brief_says_on_which_days_nothing_was_read(brief):
    [asked] = [each["text"] for each in brief["questions"] if "No article" in each["text"]]
    assert "2 June 2024, 22 June 2024 and 27 to 29 June 2024" in asked


def test_table_of_the_example_names_the_days_that_are_tested():
    table = (CRISIS / "README.md").read_text(encoding="utf-8")
    marked = re.findall(r"\*\*(\d+) June, the (\w+)", table)
    assert {name: int(day) for day, name in marked} == {
        "onset": ONSET.day, "rumour": 12, "swapped": 19, "visit": VISIT.day,
        "ceasefire": CEASEFIRE.day,
    }  # fmt: skip
