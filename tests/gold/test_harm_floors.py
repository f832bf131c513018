"""People near an act are neither its doers nor its victims: see `benchmarks.harm`."""

import tomllib
from pathlib import Path

import pytest

from benchmarks.harm import Case, Measured, measure, named, read_cases
from tocsin.records import Actor

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["harm"]
CASES = list(read_cases())

NAMESAKES = Case(
    "Soldiers seized Ada Quill; her sister, Una Quill, fled, and a third Quill hid.",
    ("Una Quill",),
    frozenset({("victim", "Ada Quill")}),
)


@pytest.fixture(scope="module")
def measured(tools):
    return measure(CASES, tools)


def test_bystanders_keep_their_floor(measured):
    near = [each for each in measured if each.case.bystanders]
    assert sum(not each.harmed for each in near) >= FLOORS["spared"]


def test_nobody_is_turned_from_doer_to_victim(measured):
    assert [each for each in measured if each.turned] == []


def test_true_doers_and_victims_keep_their_floor(measured):
    assert sum(len(each.right) for each in measured) >= FLOORS["given"]


def test_every_name_of_the_gold_stands_in_its_sentence():
    assert [c for c in CASES if not all(name in c.sentence for name in c.names)] == []


@pytest.mark.parametrize(
    ("name", "words", "meant"),
    [
        ("Ada Quill", "Ada Quill", "Ada Quill"),
        ("Una Quill", "her", "Una Quill"),
        ("Quill", "a third Quill", "Una Quill"),
        ("soldiers", "Soldiers", None),
    ],
)
def test_words_mean_whose_name_they_share_most_with(name, words, meant):
    start = NAMESAKES.sentence.index(words)
    actor = Actor(name=name, words=(start, start + len(words)), kind="person")
    assert named(actor, NAMESAKES) == meant


def test_a_bystander_in_any_part_is_harmed():
    given = frozenset({("doer", "Una Quill"), ("victim", "Ada Quill")})
    assert Measured(NAMESAKES, given).harmed == {("doer", "Una Quill")}


def test_a_victim_made_doer_is_turned():
    assert Measured(NAMESAKES, frozenset({("doer", "Ada Quill")})).turned == {("doer", "Ada Quill")}
