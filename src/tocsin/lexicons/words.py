"""Words that rules ask for: sets, each with what it is for, and what means a number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tocsin.lexicons.tables import read_rows


@cache
def word_set(name: str) -> frozenset[str]:
    """Return the words of the set `name`.

    Raises:
        KeyError: there is no such set.
    """
    return _read_sets()[name]


@cache
def number_words(kind: str) -> Mapping[str, int]:
    """Return the words of one kind of `lexicons/numbers.tsv` ("number", "scale", "some")."""
    rows = read_rows("lexicons/numbers.tsv", "word kind value")
    return {word: int(value) for word, each, value in rows if each == kind}


@cache
def _read_sets() -> Mapping[str, frozenset[str]]:
    rows = read_rows("lexicons/words.tsv", "set words")
    return {name: frozenset(words.split()) for name, words in rows}
