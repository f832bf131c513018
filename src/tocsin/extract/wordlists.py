"""Sets of words that rules ask for, from `lexicons/words.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def word_set(name: str) -> frozenset[str]:
    """Return the words of the set `name`.

    Raises:
        KeyError: there is no such set.
    """
    return _read_sets()[name]


@cache
def _read_sets() -> Mapping[str, frozenset[str]]:
    text = files("tocsin.extract").joinpath("lexicons/words.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    rows = (line.split("\t") for line in lines[1:])
    return {name: frozenset(words.split()) for name, words in rows}
