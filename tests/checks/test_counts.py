"""Numbers of one thing that differ within an article."""

import re

import pytest

from tests.made import Draft
from tocsin.checks.counts import check_counts
from tocsin.extract.events.counts import read_number
from tocsin.records import Count, Dateline, Verdict

#: "12 people killed", "the 15 people dead": a number, who, and what became of them.
_TOLD = re.compile(
    r"(?P<words>(?P<n>\d+|[a-z]+teen|twelve|two|three) (?:people|soldiers|victims|workers)"
    r"|(?<=the )\d+(?= dead))"
)


def _draft(text: str, kind: str = "dead") -> tuple[Draft, list[Count]]:
    counts = []
    for match in _TOLD.finditer(text):
        n = read_number(match["n"] or match["words"])
        counts.append(Count(kind=kind, low=n, high=n, words=match.span("words")))
    return Draft(text=text, country=None), counts


def _found(text: str, kind: str = "dead") -> list[str]:
    made, counts = _draft(text, kind)
    found = check_counts(counts, made.events, made.statements, made.article)
    return [text[slice(*finding.words)] for finding in found]


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("A blast killed 12 people. Brinn buried the 15 people killed.", "15 people"),
        ("A blast killed 12 people. Brinn buried the 15 dead.", "15"),
        ("A raid killed 12 people. All 14 victims came from Brinn.", "14 victims"),
        ("Fire killed 12 people. The fire, the blast that killed 15 people, was set.", "15 people"),
        ("Shells killed two soldiers. The strike killed three soldiers.", "three soldiers"),
        ("Two died: 16 people were hurt. Doctors treated the 18 people hurt.", "18 people"),
    ],
)  # fmt: skip
def test_check_counts_finds_what_is_taken_up_with_another_number(text, later):
    assert _found(text) == [later]


@pytest.mark.parametrize(
    "text",
    [
        "A blast killed 12 people. Brinn buried the 12 people killed.",
        "A blast killed 12 people. A fire in Selin killed 15 people.",
        "A blast killed 12 people. Selin mourned the 15 people killed there in 2019.",
        "A blast killed 12 people. The toll rose as the 15 people killed were named.",
        "A blast killed 12 people. Selin recalled the 15 people killed last year.",
        "A blast killed 12 people. Two of the 3 people fled. The 15 people dead lay there.",
        "A blast killed 12 people. The 80 people killed at sea were named.",
        "A blast killed 12 people. The 15 soldiers killed were named.",
        "A blast killed 12 soldiers. Brinn buried the 15 dead.",
        "Brinn buried the 15 people killed.",
    ],
)
def test_check_counts_is_silent_where_something_explains_it(text):
    assert _found(text) == []


def test_check_counts_takes_no_year_of_the_dateline_for_another_time():
    made, counts = _draft("BRINN, 4 March 2025 - A fire killed 12 people. The 15 people had slept.")
    made.others["dateline"] = Dateline(words=(0, 22))
    assert len(list(check_counts(counts, made.events, made.statements, made.article))) == 1


def test_check_counts_takes_one_act_told_with_two_numbers():
    made, counts = _draft("A blast killed 12 people. In Brinn 15 people died.")
    made.happen("A blast killed 12 people", "killed", counts=tuple(counts))
    [finding] = check_counts(counts, made.events, made.statements, made.article)
    assert finding.verdict is Verdict.UNSURE
    assert finding.compared["first"] == 12
    assert finding.compared["later"] == 15
    assert "it does not say that the number changed" in finding.sentence


def test_check_counts_lets_speakers_tell_their_own_numbers():
    made, counts = _draft("A blast killed 12 people. Mara Lind named the 15 people killed.")
    made.state(made.actor("Mara Lind"), "the 15 people killed")
    assert not list(check_counts(counts, made.events, made.statements, made.article))
