"""Differences: what of two texts stands in both, and what in one alone, in the order of reading.

Words and punctuation are compared as they are written; white space is not, since every page breaks
its lines elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Indel, Opcode

#: Words and marks of each text that are compared: some fifteen pages.  Time and memory grow with
#: the product; this much takes a few hundredths of a second.
MOST_WORDS = 10_000

#: Fewer words in a row that happen to be the same between changes make no common ground.
_GROUND = 3

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of two texts; where these are the same, as the one text has them."""

    shared: bool
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text, and where each begins; what follows the last is the end."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]

    def between(self, first: int, last: int) -> str:
        """Return the text from a word up to another, with the white space before that."""
        return self.text[self.starts[first] : self.starts[last]] if last > first else ""


def find_differences(one: str, other: str) -> tuple[Stretch, ...]:
    """Return both texts as stretches that are shared and stretches that are not, by turns.

    The longest order of words that both have is shared.  Of longer texts only the first
    `MOST_WORDS` words are compared and returned; `is_too_long` tells.
    """
    left, right = _read_words(one), _read_words(other)
    return tuple(
        Stretch(shared, left.between(here.start, here.stop), right.between(there.start, there.stop))
        for shared, here, there in _turns(left.words, right.words)
    )


def is_too_long(text: str) -> bool:
    """Tell whether `text` has more words than are compared."""
    return len(_WORD.findall(text)) > MOST_WORDS


def _read_words(text: str) -> _Words:
    found = list(_WORD.finditer(text))
    ends = [found[MOST_WORDS].start()] if len(found) > MOST_WORDS else [len(text)]
    found = found[:MOST_WORDS]
    words = tuple(each.group() for each in found)
    return _Words(text, words, (*(each.start() for each in found), *ends))


def _turns(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[bool, range, range]]:
    """Yield what is the same and what is not, by turns, as numbers of words."""
    numbers = {word: number for number, word in enumerate({*one, *other})}
    codes = Indel.opcodes([numbers[each] for each in one], [numbers[each] for each in other])
    ends = {(0, 0), (len(one), len(other))}
    for shared, group in groupby(codes, lambda code: _is_ground(code, ends)):
        run = list(group)
        here = range(run[0].src_start, run[-1].src_end)
        yield shared, here, range(run[0].dest_start, run[-1].dest_end)


def _is_ground(code: Opcode, ends: AbstractSet[tuple[int, int]]) -> bool:
    """Tell whether both texts have these words, and enough of them or at an end of both."""
    first, last = (code.src_start, code.dest_start), (code.src_end, code.dest_end)
    enough = code.src_end - code.src_start >= _GROUND or not ends.isdisjoint((first, last))
    return code.tag == "equal" and enough
