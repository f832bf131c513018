"""Sounds of words in names: the keys on which transliterations meet, by
lexicons/transliteration.tsv.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tocsin.lexicons.tables import given, read_rows

_Rewritings = list[tuple[re.Pattern[str], str]]
#: Rewritings that are tried together.
_AT_A_TIME = 6


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return the key on which transliterations of one folded word meet ("shoygu", "shoigu")."""
    return _rewrite(word, "any")


@lru_cache(maxsize=8192)
def korean_sound(word: str) -> str:
    """Return the key on which romanisations of one Korean word meet ("jong", "chong")."""
    return _rewrite(word, "korean")


def _rewrite(word: str, system: str) -> str:
    for any_of_them, rewritings in _rewritings(system):
        if any_of_them.search(word):
            for pattern, replacement in rewritings:
                word = pattern.sub(replacement, word)
    return word


@cache
def _rewritings(system: str) -> tuple[tuple[re.Pattern[str], _Rewritings], ...]:
    """Return what one sound is written as and becomes, in the order in which it is applied, a few
    at a time, each time with what tells whether any of them applies: most do not.
    """
    table = read_rows("lexicons/transliteration.tsv", "system pattern replacement")
    rows = [(pattern, given(becomes) or "") for each, pattern, becomes in table if each == system]
    return tuple(
        (
            re.compile("|".join(pattern for pattern, _ in some)),
            [(re.compile(pattern), becomes) for pattern, becomes in some],
        )
        for some in (rows[at : at + _AT_A_TIME] for at in range(0, len(rows), _AT_A_TIME))
    )
