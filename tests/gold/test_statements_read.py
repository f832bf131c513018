"""Statements that a reader listed are judged part by part: see `benchmarks.statements_read`."""

import pytest

from benchmarks.statements_read import Listed, judge, read_listed
from tests.made import Draft
from tocsin.records import Manner, Stance

TEXT = "Ukrainian Defence Minister Mara Lind denied that the bridge near Brinn was open."
LISTED = Listed(
    "", ((45, 79),), ((27, 36),), ((0, 26),), "UKR", ("denies",), "indirect"
)  # fmt: skip


def stated(name, office, country, said="that the bridge near Brinn was open", stance=Stance.DENIES):
    draft = Draft(text=TEXT)
    who = draft.actor(name, "Mara Lind", office=office, country=country)
    return draft.state(who, said, stance=stance, manner=Manner.INDIRECT)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        (stated("Mara Lind", "Ukrainian Defence Minister", "UKR"), set()),
        (stated("Mara Lind", "Defence Minister", None), set()),
        (stated("Mara Lind", "Minister", "UKR"), {"title"}),
        (stated("Lind", "Defence Minister", "UKR"), {"name", "right"}),
        (stated("Mara Lind", "Defence Minister", "RUS"), {"country", "right"}),
        (
            stated("Mara Lind", "Defence Minister", "UKR", "the bridge near Brinn"),
            {"content", "right"},
        ),
        (
            stated("Mara Lind", "Defence Minister", "UKR", stance=Stance.ASSERTS),
            {"stance", "right"},
        ),
    ],
)
def test_judge_tells_what_is_wrong(given, wrong):
    assert {what for what, right in judge(LISTED, TEXT, [given]).items() if not right} == wrong


def test_judge_finds_no_statement_about_other_words():
    other = stated("Mara Lind", None, "UKR", "Ukrainian Defence Minister")
    assert judge(LISTED, TEXT, [other]) == {"found": False}


def test_statements_are_listed_once_with_content_and_name():
    listed = list(read_listed())
    assert len(listed) >= 350
    assert len({(each.article, each.content) for each in listed}) == len(listed)
    assert all(each.content and each.name and each.stances for each in listed)
