"""Questions as addresses ask them."""

import pytest

from tocsin.errors import ValueNotUnderstood
from tocsin.publish.desk.asking import MOST, PAGE, read_question
from tocsin.store.kinds import EVENTS


def test_question_leaves_out_what_is_given_empty():
    assert read_question(EVENTS, [("actor", " "), ("type", "AID")]).given == {"type": "AID"}


def test_question_refuses_a_name_that_stands_twice():
    with pytest.raises(ValueNotUnderstood, match="actor is given twice"):
        read_question(EVENTS, [("actor", "PRK"), ("actor", "RUS")])


@pytest.mark.parametrize(("given", "limit"), [("7", 7), ("1000", MOST), ("99999999", MOST)])
def test_question_bounds_its_limit(given, limit):
    assert read_question(EVENTS, [("limit", given)]).limit == limit


@pytest.mark.parametrize("given", ["0", "-1", "9999999999999"])
def test_question_refuses_a_limit_that_no_page_has(given):
    with pytest.raises(ValueNotUnderstood, match=r"limit is out of reach.*expected 1 to 1,000"):
        read_question(EVENTS, [("limit", given)])


def test_question_asks_for_a_page_unless_told_otherwise():
    assert read_question(EVENTS, []).limit == PAGE


def test_address_says_what_is_asked_and_what_is_changed():
    question = read_question(EVENTS, [("actor", "A&B"), ("after", "x")])
    assert question.address(after="y", type="AID") == "?actor=A%26B&after=y&type=AID"
    assert question.address(after=None, actor=None) == "?"


def test_address_says_the_order():
    question = read_question(EVENTS, [("sort", "oldest"), ("type", "AID")])
    assert question.sort == "oldest"
    assert question.address() == "?type=AID&sort=oldest"


def test_faults_say_which_values_cannot_be_asked_for():
    asked = [("actor", "Freedonia:GOV"), ("type", "AID"), ("contradicted", "perhaps")]
    faults = read_question(EVENTS, asked).faults()
    assert {name: error.value for name, error in faults.items()} == {
        "actor": "Freedonia",
        "contradicted": "perhaps",
    }
