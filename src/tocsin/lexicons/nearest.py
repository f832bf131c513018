"""Nearest words: what somebody may have meant who wrote what is not known."""

from __future__ import annotations

from collections.abc import Collection

#: The likeness, of 100, from which a word may have been meant; and how many are named.
_LIKE, _FEW = 75, 3

#: Characters of what was written that are compared: more are no slip of a key.
_LONGEST = 100


def find_nearest(written: object, known: Collection[str]) -> tuple[str, ...]:
    """Return the few of `known` that are most like what was written, the likest first.

    Capitals and signs do not count, and what differs by capitals alone is named once; a long name
    is like what is like a part of it, but nobody who writes a word means half of it.
    """
    from rapidfuzz import fuzz, process, utils

    words = str(written)[:_LONGEST]
    found = process.extract(
        words,
        [each for each in known if 2 * len(each) > len(words)],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_LIKE,
        limit=2 * _FEW,
    )
    likest: dict[str, str] = {}
    for each, *_ in found:
        likest.setdefault(each.casefold(), each)
    return tuple(likest.values())[:_FEW]


def suggest(written: object, known: Collection[str]) -> str:
    """Return the question whether one of `known` was meant; nothing where none is like it."""
    nearest = find_nearest(written, known)
    return f"Did you mean {' or '.join(nearest)}?" if nearest else ""
