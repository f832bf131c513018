"""Grounding: where the words stand that a model gives."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.second.grounding import Ground
from tocsin.second.sentences import number_sentences


def ground(text: str) -> Ground:
    return Ground(text=text, sentences=number_sentences(text))


def words(text: str, span: tuple[int, int] | None) -> str | None:
    return None if span is None else text[slice(*span)]


def test_words_of_an_act_are_sought_in_their_sentence():
    text = "Chad shelled Faya. Niger shelled Agadez."
    assert ground(text).act(2, "shelled") == (25, 32)


def test_the_second_act_with_the_same_words_is_their_second_place():
    found = ground("A strike followed the strike.")
    assert [found.act(1, "strike")[0] for _ in range(3)] == [2, 22, 22]


def test_an_act_of_another_sentence_counts_where_its_words_stand_once():
    text = "It rained. Niger shelled Agadez. It rained."
    assert words(text, ground(text).act(1, "shelled")) == "shelled"
    assert ground(text).act(2, "rained") is None


def test_words_within_a_word_are_not_found():
    assert ground("The army disarmed.").act(1, "arm") is None


def test_spaces_and_signs_of_another_kind_are_the_same():
    text = 'He said "we  will\nnot go".'
    assert ground(text).content(1, "“we will not go”") == (9, 24)


@pytest.mark.parametrize(
    ("text", "at", "place"),
    [
        ("Chad met Niger, and Chad left.", (25, 29), 20),  # the nearest in the sentence
        ("Chad came. Chad went. It left. Chad slept.", (25, 29), 11),  # else the last before it
        ("It left. Chad came. Chad went.", (3, 7), 9),  # else the first after it
    ],
)
def test_a_party_is_sought_in_the_sentence_then_before_then_after(text, at, place):
    assert ground(text).near(at, "Chad") == (place, place + 4)


def test_content_may_run_beyond_its_sentence():
    text = "“We left. We shall come back,” she said."
    assert ground(text).content(1, "We left. We shall come back") == (1, 28)


def test_content_that_begins_elsewhere_is_not_found():
    assert ground("It rained. Chad left.").content(1, "Chad left") is None


def test_words_are_no_pattern():
    assert ground("Chad left.").act(1, "C.*d") is None


def test_no_words_are_nowhere():
    assert ground("Chad left.").act(1, "  ") is None


def test_endless_words_are_not_sought():
    assert ground("word " * 2000).act(1, "word " * 1000) is None


@given(st.text("ab-. \n"), st.text("ab-", min_size=1), st.text("ab-"))
def test_words_stand_where_no_letter_joins_them(text, first, then):
    sought = r"\s+".join(map(re.escape, filter(None, (first, then))))
    places = [each.span() for each in re.finditer(rf"(?<!\w){sought}(?!\w)", text)]
    everywhere = Ground(text=text, sentences=()).everywhere(f"{first} {then}")
    assert everywhere == places


def test_words_that_nearly_stand_all_over_a_long_text_are_sought_at_once():
    text = "a " * 100_000 + "b " + "a" * 100_000
    found = ground(text)
    start = time.process_time()
    assert found.act(1, "a " * 1_900 + "b") == (196_200, 200_001)
    assert not any(found.everywhere("a" * n + suffix) for n in range(2, 200) for suffix in " b")
    assert time.process_time() - start < 5
