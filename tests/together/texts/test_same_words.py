import random
from dataclasses import replace

import pytest

from tests.together.conftest import actor
from tocsin.records import Manner, Side, Verdict
from tocsin.together.texts.same_words import (
    Quoted,
    check_two_names,
    find_fragments,
    group_quotations,
    is_named_by,
    run_keys,
)

LONG = (
    "We will answer this attack with all that we have on land and at sea, and nobody should "
    "doubt it"
)


def test_find_fragments_keeps_long_words_in_quotation_marks():
    said = "that the “attack was planned for many months” and was “vile”"
    assert find_fragments(said) == ("attack was planned for many months",)


def test_find_fragments_reads_a_quotation_that_goes_on():
    assert find_fragments('"We shall not leave this town') == ("we shall not leave this town",)


@pytest.mark.parametrize(
    "said",
    [
        "‘We don’t leave this town to anybody’",
        "«We don’t leave this town to anybody»",
        "“We don’t leave this town to anybody\n\n“Nor shall we ever do so again”",
    ],
)
def test_find_fragments_knows_the_marks_of_other_presses(said):
    assert find_fragments(said)[0] == "we dont leave this town to anybody"


def test_group_quotations_joins_a_fragment_to_the_whole():
    said = {"s1": f"“{LONG}”", "s2": "he would answer “with all that we have on land”"}
    assert group_quotations(said) == [("s1", "s2")]


def test_group_quotations_joins_light_edits():
    edited = LONG.replace("nobody", "no one").replace("attack", "assault")
    assert group_quotations({"s1": f"“{LONG}”", "s2": f"“{edited}”"}) == [("s1", "s2")]


def test_group_quotations_keeps_other_words_apart():
    other = "“We will answer every question that parliament puts to us about the port”"
    assert group_quotations({"s1": f"“{LONG}”", "s2": other}) == [("s1",), ("s2",)]


def test_group_quotations_leaves_out_what_quotes_nothing():
    assert group_quotations({"s1": "that it would rain", "s2": "a “vile” act"}) == []


def test_group_quotations_does_not_depend_on_the_order():
    said = {f"s{n}": f"“{' '.join(LONG.split()[n % 7 : 7 + n % 11])}”" for n in range(30)}
    items = list(said.items())
    random.Random(3).shuffle(items)
    assert group_quotations(dict(items)) == group_quotations(said)


def test_run_keys_of_an_edited_quotation_meet():
    assert set(run_keys(f"“{LONG}”")) & set(run_keys(f"“Again: {LONG.replace('nobody', 'none')}”"))


# --------------------------------------------------------------------------- under two names

SIDE = Side(record="s1", text_id="t1", words=(0, 9), quoted=f"“{LONG}”")
ONE = Quoted(side=SIDE, speaker="Arda Kishan", manner=Manner.DIRECT, day=None)
OTHER = replace(ONE, side=replace(SIDE, record="s2", text_id="t2"), speaker="Petra Orsan")


def test_check_two_names_contradicts_direct_words_of_two_people():
    finding = check_two_names(ONE, OTHER)
    assert finding is not None
    assert finding.verdict is Verdict.CONTRADICTED
    assert [side.record for side in finding.sides] == ["s1", "s2"]


def test_check_two_names_is_unsure_of_words_told_in_part():
    finding = check_two_names(ONE, replace(OTHER, manner=Manner.MIXED))
    assert finding is not None
    assert finding.verdict is Verdict.UNSURE


@pytest.mark.parametrize(
    "other",
    [
        replace(OTHER, speaker="Kishan"),
        replace(OTHER, side=replace(OTHER.side, text_id="t1")),
        replace(OTHER, side=replace(OTHER.side, quoted=f"“{LONG[:48]}”")),
    ],
    ids=["one person", "one text", "too short"],
)
def test_check_two_names_is_quiet(other):
    assert check_two_names(ONE, other) is None


def test_is_named_by_takes_no_pronoun():
    speaker = actor("Arda Kishan", "KSH", "person")
    assert is_named_by(speaker, "Minister Kishan")
    assert not is_named_by(speaker, "he")
