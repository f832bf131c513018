"""Refusals: errors in the words of one table, which says what, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import TypeVar

from tocsin.errors import TocsinError
from tocsin.lexicons.nearest import suggest
from tocsin.lexicons.tables import given, read_rows

E = TypeVar("E", bound=TocsinError)


def refusal(kind: type[E], key: str, value: object = None, /, **said: object) -> E:
    """Return an error of this kind, as the row `key` of `lexicons/refusals.tsv` words it.

    Args:
        kind: the class of the error.
        key: of the row.
        value: what the error is about.
        said: what stands for the names in curly brackets.
    """
    what, expected, advice = (words.format_map(said) for words in _read_refusals()[key])
    return kind(what, value=value, expected=expected, advice=advice)


def refusal_among(
    kind: type[E], key: str, value: object, known: Collection[str], /, **said: object
) -> E:
    """Return such an error about a value that is none of `known`: with all and the nearest."""
    listed = ", ".join(known)
    return refusal(kind, key, value, known=listed, meant=suggest(value, known), **said)


@cache
def _read_refusals() -> Mapping[str, tuple[str, ...]]:
    rows = read_rows("lexicons/refusals.tsv", "key what expected advice")
    return {key: tuple(given(cell) or "" for cell in cells) for key, *cells in rows}
