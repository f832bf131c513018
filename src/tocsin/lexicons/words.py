"""Sets of words that rules ask for, each with what it is for: `lexicons/words.tsv`."""

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
def _read_sets() -> Mapping[str, frozenset[str]]:
    rows = read_rows("lexicons/words.tsv", "set words")
    return {name: frozenset(words.split()) for name, words in rows}
