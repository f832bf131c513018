"""How far a speaker can be identified who is only described, from the noun that describes them."""

from __future__ import annotations

from functools import cache

from tocsin.lexicons.tables import read_rows
from tocsin.records import Naming


@cache
def _speaker_nouns() -> dict[tuple[str, str], Naming]:
    rows = read_rows("lexicons/speaker_nouns.tsv", "noun number naming")
    return {(noun, number): Naming(naming) for noun, number, naming in rows}


def noun_naming(noun: str, *, plural: bool) -> Naming | None:
    """Return how far a speaker who is only called `noun` can be identified; None if not listed."""
    nouns = _speaker_nouns()
    found = nouns.get((noun, "plural")) if plural else None
    found = found or nouns.get((noun, "any"))
    if plural and found is Naming.OFFICE:
        return Naming.COLLECTIVE
    return found
