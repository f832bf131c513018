"""Differences of two texts, word by word."""

import pytest

from tocsin.together.texts import differences
from tocsin.together.texts.differences import find_differences, is_too_long

ONE = "Two boats were shelled off Selin on Monday, the navy said.\nNobody was hurt."
OTHER = "Two boats were shelled off Selin on Tuesday, the navy said. Nobody was hurt, it added."


def marked(one, other):
    """Return both texts as one, what only the one has in [], what only the other has in {}."""
    turns = find_differences(one, other)
    return "".join(
        t.one if t.shared else f"[{t.one}]" * bool(t.one) + f"{{{t.other}}}" * bool(t.other)
        for t in turns
    )


def test_differences_mark_what_each_text_has_alone():
    assert marked(ONE, OTHER) == (
        "Two boats were shelled off Selin on [Monday]{Tuesday}, the navy said.\n"
        "Nobody was hurt{, it added}."
    )


def test_differences_give_back_both_texts():
    turns = find_differences(ONE, OTHER)
    assert "".join(each.one for each in turns) == ONE
    assert "".join(each.other for each in turns) == OTHER


def test_white_space_is_no_difference():
    assert [each.shared for each in find_differences("a b c d", "a\n\nb  c d")] == [True]


def test_few_words_between_changes_are_no_common_ground():
    one, other = "begin the same old way stop", "begin some other way stop"
    assert marked("x y z one of two q r s", "x y z three of four q r s") == (
        "x y z [one of two ]{three of four }q r s"
    )
    assert marked(one, other).endswith("stop")


@pytest.mark.parametrize(("one", "other"), [("", ""), ("a b", ""), ("", "a b"), ("...", "a")])
def test_differences_of_texts_with_nothing_in_common(one, other):
    turns = find_differences(one, other)
    assert not any(each.shared for each in turns)
    assert "".join(each.other for each in turns) == other


def test_long_texts_are_compared_up_to_a_bound(monkeypatch):
    monkeypatch.setattr(differences, "MOST_WORDS", 4)
    assert is_too_long("a b c d e")
    (only,) = find_differences("a b c d e", "a b c d x")
    assert only.one == "a b c d "
