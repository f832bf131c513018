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
    text = files("tocsin.lexicons").joinpath("words.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    rows = (line.split("\t") for line in lines[1:])
    return {name: frozenset(words.split()) for name, words in rows}


def is_outlet(words: str) -> bool:
    """Tell whether `words` are the name of a news agency, outlet or photographers' agency."""
    return words in _read_outlets()


@cache
def _read_outlets() -> frozenset[str]:
    text = files("tocsin.lexicons").joinpath("outlets.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    names: set[str] = {"Getty", "Images", "Getty Images", "EPA", "Shutterstock", "PA"}
    for line in lines[1:]:
        name, _kind, aliases = [*line.split("\t"), "", ""][:3]
        names.update((name, *(a for a in aliases.split("|") if a)))
    return frozenset(names)
