"""The sets of words, and that each says what it is for."""

from pathlib import Path

import pytest

import tocsin
from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import number_words, word_set

SETS = list(read_rows("lexicons/words.tsv", "set for words"))
CODE = "\n".join(path.read_text("utf-8") for path in Path(tocsin.__file__).parent.rglob("*.py"))

#: Sets of which there is one for each kind, and how they are asked for.
OF_KINDS = {
    "counted_": 'word_set(f"counted_{kind}")',
    "types_counting_": 'word_set(f"types_counting_{c.kind}")',
}


def test_word_set_gives_the_words_of_one_set():
    assert word_set("plural_pronouns") == {"they", "them", "their", "themselves"}


def test_word_set_knows_no_other_sets():
    with pytest.raises(KeyError):
        word_set("no such set")


def test_each_set_stands_once():
    assert len({name for name, _, _ in SETS}) == len(SETS)


@pytest.mark.parametrize(("name", "what", "words"), SETS, ids=[name for name, _, _ in SETS])
def test_each_set_says_what_it_is_for_and_is_asked_for(name, what, words):
    asked = next((call for start, call in OF_KINDS.items() if name.startswith(start)), f'"{name}"')
    assert (bool(what), bool(words), asked in CODE) == (True, True, True)


def test_number_words_gives_the_values_of_one_kind():
    assert number_words("scale")["dozen"] == 12
    assert "dozen" not in number_words("number")
