"""Sentences of an article with their numbers, by which a model says where its words stand.

They are cut by signs alone, before anything is analysed, and need not be those of the parser: they
are addresses, and words that a cut goes through are found all the same (`grounding`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tocsin.records import Span

#: The end of a sentence within a line: a full stop that follows neither an initial nor a short
#: title, and what closes with it, before a capital, a digit or an opening mark.
_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|vs))(?<!\b(?:Mrs|Gen|Col|Maj|Lt\.|Sgt|Sen|Rep|Gov|Rev))"
    r"[.!?…]+[\"”’')\]]*\s+(?=[A-Z0-9\"“‘'(\[])"
)
_LINE = re.compile(r"[^\n]+")
#: Characters after which a sentence without an end is cut at a space.
_LONGEST = 2_000
_PIECE = re.compile(rf"\S(?:[^\n]{{0,{_LONGEST - 1}}}(?!\S)|\S{{1,{_LONGEST - 1}}})", re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence, where it stands, and its number from 1."""

    number: int
    span: Span
    words: str  #: in one line


def number_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of `text`, the prose of an article, in their order."""
    return tuple(
        Sentence(number=number, span=span, words=" ".join(text[slice(*span)].split()))
        for number, span in enumerate(_spans(text), 1)
    )


def _spans(text: str) -> Iterator[Span]:
    for line in (each for each in _LINE.finditer(text) if not each[0].isspace()):
        start = line.start()
        ends = (end.end() for end in _END.finditer(text, line.start(), line.end()))
        for end in (*ends, line.end()):
            for piece in _PIECE.finditer(text, start, end):
                words = piece[0].rstrip()
                yield piece.start(), piece.start() + len(words)
            start = end


def in_parts(sentences: Iterable[Sentence], most: int) -> list[Sequence[Sentence]]:
    """Return the sentences in parts of at most `most` characters, or of one sentence each."""
    parts: list[list[Sentence]] = []
    room = 0
    for each in sentences:
        if not parts or len(each.words) > room:
            parts.append([])
            room = most
        parts[-1].append(each)
        room -= len(each.words)
    return list(parts)
