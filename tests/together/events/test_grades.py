import pytest

from tests.together.conftest import actor
from tocsin.records import Status
from tocsin.together.events.grades import grade_event
from tocsin.together.events.voices import count_independent


def grade(tellings, **others):
    voices = count_independent(tellings, copies={}, owners={}, agencies={})
    return grade_event(tellings, voices, **({"reliability": {}} | others))


def test_grade_event_cannot_judge_one_report(telling):
    found = grade([telling("t1")])
    assert (found.reliability, found.credibility) == ("F", 6)
    assert "one report tells it" in found.sentence


def test_grade_event_confirms_what_two_voices_tell(telling):
    found = grade([telling("t1"), telling("t2")])
    assert found.credibility == 1
    assert "two independent reports tell it" in found.sentence


def test_grade_event_does_not_confirm_copies(telling):
    found = grade([telling("t1", family="f"), telling("t2", family="f")])
    assert found.credibility == 6
    assert "all go back to one (1 from a copy of another's text)" in found.sentence


@pytest.mark.parametrize(
    ("statuses", "credibility"),
    [
        ((Status.REPORTED, Status.DENIED), 5),
        ((Status.REPORTED, Status.REPORTED, Status.DENIED), 3),
        ((Status.REPORTED, Status.UNCONFIRMED), 2),
        ((Status.FUTURE,), 6),
        ((Status.DENIED,), 6),
        ((Status.HISTORICAL, Status.HISTORICAL), 6),
    ],
)
def test_grade_event_weighs_what_else_is_told(telling, statuses, credibility):
    tellings = [telling(f"t{n}", status=status) for n, status in enumerate(statuses)]
    assert grade(tellings).credibility == credibility


def test_grade_event_doubts_a_report_that_gives_a_denial(telling):
    assert grade([telling("t1"), telling("t1", status=Status.DENIED)]).credibility == 4


def test_grade_event_lowers_numbers_that_differ(telling):
    found = grade([telling("t1"), telling("t2")], numbers_differ=True)
    assert found.credibility == 2
    assert "numbers differ" in found.sentence


def test_grade_event_names_the_only_speaker_without_the_office(telling):
    only = telling("t1", speaker=actor("Petra Orsan", "KSH", "person"))
    found = grade([only], doubtful={only.event.id: "Petra Orsan was not minister that day."})
    assert found.credibility == 5
    assert "Petra Orsan was not minister that day" in found.sentence


def test_grade_event_takes_the_best_letter_of_the_users_table(telling):
    letters = {"t1": {"Selin Post": "C"}, "t2": {"Kishan Wire": "B"}}
    found = grade([telling("t1"), telling("t2"), telling("t3")], reliability=letters)
    assert found.reliability == "B"
    assert "Kishan Wire" in found.sentence


def test_grade_event_takes_no_letter_from_who_denies(telling):
    denied = telling("t2", status=Status.DENIED)
    assert grade([telling("t1"), denied], reliability={"t2": {"Wire": "A"}}).reliability == "F"


def test_grade_event_says_that_nobody_reports_what_is_only_planned(telling):
    planned = telling("t1", status=Status.FUTURE)
    found = grade([planned], reliability={"t1": {"Wire": "B"}})
    assert found.reliability == "F"
    assert "Reliability F: no outlet reports it as having happened." in found.sentence
