"""Numbered things: a number with its noun in the right form, as whatever is counted is told."""

from __future__ import annotations

from collections.abc import Mapping


def counted(number: int, noun: str) -> str:
    """Return `number` with its noun in the right form: "1 article", "1,200 articles"."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"


def number_of(number: int, things: str) -> str:
    """Return `number` with what several of them are called: "1 family", "2 families known"."""
    several, blank, rest = things.partition(" ")
    if number == 1 and several != "series":
        one = f"{several[:-3]}y" if several.endswith("ies") else several.removesuffix("s")
        return f"1 {one}{blank}{rest}"
    return f"{number:,} {things}"


def most_first(counts: Mapping[str, int]) -> str:
    """Return what was counted by name, the most first: "words not found 3, told twice 1"."""
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} {number:,}" for name, number in ranked)
