"""Shown: the English words in which codes are shown, the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tocsin.lexicons.tables import read_rows


def spelled(code: str) -> str:
    """Return a code as words ("no record", "declines to comment")."""
    return code.replace("_", " ")


def words_for(of: str, code: object) -> str:
    """Return the words in which `lexicons/shown.tsv` shows a code, else the code as words."""
    return _read_shown().get((of, str(code))) or spelled(str(code))


@cache
def _read_shown() -> Mapping[tuple[str, str], str]:
    rows = read_rows("lexicons/shown.tsv", "of code words")
    return {(of, code): words for of, code, words in rows}
