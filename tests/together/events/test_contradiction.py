from dataclasses import replace
from datetime import date

import pytest

from tests.together.conftest import actor, count, place
from tocsin.records import Modifier, OfficeClaim, Side, Status, Verdict
from tocsin.together.events.contradiction import (
    Claimed,
    check_contradictions,
    check_office,
    is_held_by_one,
)

DAY = date(2025, 3, 4)
SELIN = place("Selin", "KSH")
PEOPLE = (actor("people", "KSH", "collective"),)


def toll(telling, text, low, high=None, **others):
    given = {"day": DAY, "place": SELIN, "recipients": PEOPLE, "counts": (count(low, high),)}
    return telling(text, f"{low} people were killed in Selin", **(given | others))


def check(*tellings):
    return list(check_contradictions(tellings, "r1"))


def test_check_contradictions_finds_a_denial_with_both_sides(telling):
    told, denied = telling("t1"), telling("t2", "that it shelled Selin", status=Status.DENIED)
    (finding,) = check(told, denied)
    assert finding.verdict is Verdict.CONTRADICTED
    assert [side.quoted for side in finding.sides] == [told.told, denied.told]


def test_check_contradictions_takes_no_refusal_for_the_denial_of_another(telling):
    told = telling("t1", "it called the meeting off", type="REJECT")
    denied = telling("t1", "it does not negotiate", type="REJECT", status=Status.DENIED)
    assert check(told, denied) == []


def test_check_contradictions_is_quiet_where_all_tell_it(telling):
    assert check(telling("t1"), telling("t2")) == []


def test_check_contradictions_finds_numbers_of_one_day_that_exclude_each_other(telling):
    (finding,) = check(toll(telling, "t1", 2), toll(telling, "t2", 9))
    assert finding.verdict is Verdict.CONTRADICTED
    assert "2 killed" in finding.sentence
    assert "9; both cannot be right" in finding.sentence


def test_check_contradictions_holds_tolls_in_words_against_each_other(telling):
    one, other = (
        toll(telling, text, number, recipients=(actor(f"{word} soldiers", "KSH", "collective"),))
        for text, number, word in (("t1", 7, "Seven"), ("t2", 10, "ten"))
    )
    (finding,) = check(one, other)
    assert finding.verdict is Verdict.CONTRADICTED


def test_check_contradictions_lets_a_toll_grow(telling):
    later = toll(telling, "t2", 9, published=date(2025, 3, 7))
    (finding,) = check(toll(telling, "t1", 2), later)
    assert finding.verdict is Verdict.UNSURE
    assert "as tolls grow" in finding.sentence


def test_check_contradictions_does_not_let_a_toll_fall(telling):
    later = toll(telling, "t2", 2, published=date(2025, 3, 7))
    (finding,) = check(toll(telling, "t1", 9), later)
    assert finding.verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    "other",
    [
        {"place": place("Kishan", "KSH")},
        {"place": None},
        {"day": None},
        {"recipients": (actor("soldiers", "KSH", "collective"),)},
        {"status": Status.HYPOTHETICAL},
    ],
)
def test_check_contradictions_compares_only_numbers_of_the_same(telling, other):
    assert check(toll(telling, "t1", 2), toll(telling, "t2", 9, **other)) == []


def test_check_contradictions_takes_at_least_for_a_floor(telling):
    open_ended = toll(telling, "t1", 2, counts=(count(2, 10_000),))
    assert check(open_ended, toll(telling, "t2", 9)) == []


# --------------------------------------------------------------------------- offices


def claimed(name, text, verdict, *, day=DAY, **others):
    claim = OfficeClaim(
        id=f"{name} in {text}",
        words=(0, 10),
        office=others.pop("office", "Defence Minister"),
        office_words=(0, 5),
        name=name,
        offices=("KSH:defence_minister",),
        **others,
    )
    side = Side(record=claim.id, text_id=text, words=claim.words, quoted=f"Defence Minister {name}")
    return Claimed(claim=claim, side=replace(side, outlet="Post"), day=day, verdict=verdict)


def offices(*claims):
    return list(check_office("KSH:defence_minister", claims))


def test_check_office_contradicts_two_ministers_of_one_day():
    held = claimed("Arda Kishan", "t1", Verdict.HOLDS)
    (finding,) = offices(held, claimed("Petra Orsan", "t2", Verdict.CONTRADICTED))
    assert finding.verdict is Verdict.CONTRADICTED
    assert "The reference has Arda Kishan" in finding.sentence


def test_check_office_tells_a_contradiction_before_doubts_of_the_same_two():
    held = claimed("Arda Kishan", "t0", Verdict.HOLDS)
    unknown = claimed("Arda Kishan", "t1", None)
    for texts in (("t2", "t3"), ("t3", "t2")):
        others = zip(texts, (None, Verdict.CONTRADICTED), strict=True)
        (finding,) = offices(held, unknown, *(claimed("Petra Orsan", t, v) for t, v in others))
        assert finding.verdict is Verdict.CONTRADICTED


def test_check_office_is_unsure_where_the_reference_knows_neither():
    one, two = claimed("Arda Kishan", "t1", None), claimed("Petra Orsan", "t2", None)
    (finding,) = offices(one, two)
    assert finding.verdict is Verdict.UNSURE


@pytest.mark.parametrize(
    "other",
    [
        claimed("Arda Kishan", "t2", Verdict.HOLDS),
        claimed("Arda Kishann", "t2", None),
        claimed("Petra Orsan", "t1", None),
        claimed("Orsan", "t2", None),
        claimed("Petra Orsan", "t2", Verdict.UNSURE),
        claimed("Petra Orsan", "t2", Verdict.HOLDS),
        claimed("Petra Orsan", "t2", None, day=date(2025, 3, 6)),
        claimed("Petra Orsan", "t2", None, modifiers=(Modifier.FORMER,)),
        claimed("Petra Orsan", "t2", None, office="counterpart"),
    ],
    ids=[
        "the same", "a near name", "one text", "a surname", "unsure", "rivals", "another day",
        "former", "counterpart",
    ],
)  # fmt: skip
def test_check_office_is_quiet_for_honest_reasons(other):
    assert offices(claimed("Arda Kishan", "t1", Verdict.HOLDS), other) == []


@pytest.mark.parametrize(
    ("office", "by_one"),
    [
        ("KSH:head_of_state", True),
        ("KSH:finance_minister", True),
        ("KSH:deputy_defence_minister", False),
        ("KSH:ambassador:USA", False),
        ("KSH:spokesperson:mod", False),
        ("BIH:head_of_state", False),
    ],
)
def test_is_held_by_one_leaves_out_offices_of_several(office, by_one):
    assert is_held_by_one(office) is by_one
