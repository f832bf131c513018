"""Candidate statements: words of a speaker, a cue and its content, before anything is resolved.

Rules on the parse and the learned tagger both give candidates; from there on all go the same way
(`attribution.find_statements`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from spacy.tokens import Doc

from tocsin.extract.frames import TokenRange
from tocsin.records import Span

_EDGES = frozenset(",;:—–-")

#: Characters a cell of a `Places`.
_CELL = 256

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Character spans only; `rule` names what found it ("quotation", "verb:that", "tagger").

    `quoted` says that the content is given as the speaker's own words.
    """

    speaker_words: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    quoted: bool = False
    rule: str = ""

    @property
    def start(self) -> int:
        """First character of the content."""
        return min(start for start, _ in self.content)

    @property
    def end(self) -> int:
        """One past the last character of the content."""
        return max(end for _, end in self.content)


@dataclass(slots=True)
class Places(Generic[T]):
    """Things by where in the text they stand, so that only neighbours need be compared."""

    things: list[T] = field(default_factory=list)
    cells: dict[int, list[int]] = field(default_factory=dict)

    def add(self, thing: T, spans: Iterable[Span]) -> None:
        """Add a thing that stands at `spans`."""
        for cell in _cells(spans):
            self.cells.setdefault(cell, []).append(len(self.things))
        self.things.append(thing)

    def near(self, spans: Iterable[Span]) -> list[T]:
        """Return, in the order added, at least all things that share a character with `spans`."""
        found = {i for cell in _cells(spans) for i in self.cells.get(cell, ())}
        return [self.things[i] for i in sorted(found)]


def _cells(spans: Iterable[Span]) -> set[int]:
    return {cell for start, end in spans for cell in range(start // _CELL, (end - 1) // _CELL + 1)}


@lru_cache(maxsize=2)
def text_of(doc: Doc) -> str:
    """Return `doc.text`, which spaCy puts together anew each time it is asked for."""
    return doc.text


def char_span(doc: Doc, tokens: TokenRange) -> Span:
    """Return the character span of a token range."""
    last = doc[tokens[1] - 1]
    return doc[tokens[0]].idx, last.idx + len(last)


def content_spans(
    doc: Doc, ranges: Iterable[TokenRange], without: Iterable[TokenRange], *, sentence: bool = False
) -> tuple[Span, ...]:
    """Return the character spans of `ranges` less `without`, commas and dashes trimmed off.

    With `sentence`, a final full stop is trimmed off as well: the content is a whole sentence
    and the stop belongs to the sentence that reports it.
    """
    taken = {i for start, end in without for i in range(start, end)}
    spans: list[Span] = []
    for start, end in ranges:
        run: list[int] = []
        for i in (*range(start, end), -1):
            if i >= 0 and i not in taken:
                run.append(i)
                taken.add(i)
                continue
            trimmed = _trimmed(doc, run, sentence)
            if trimmed is not None:
                spans.append(char_span(doc, trimmed))
            run = []
    return tuple(spans)


def _trimmed(doc: Doc, run: list[int], sentence: bool) -> TokenRange | None:
    start, end = 0, len(run)
    while start < end and _trims(doc, run[start], sentence=False):
        start += 1
    while start < end and _trims(doc, run[end - 1], sentence=sentence):
        end -= 1
    if start == end or not any(doc[i].is_alpha or doc[i].like_num for i in run[start:end]):
        return None
    return run[start], run[end - 1] + 1


def _trims(doc: Doc, i: int, *, sentence: bool) -> bool:
    token = doc[i]
    return token.is_space or token.text in _EDGES or (sentence and token.text == ".")


def overlap(first: Iterable[Span], second: Iterable[Span]) -> int:
    """Return how many characters two sets of spans share."""
    others = tuple(second)
    return sum(
        max(0, min(end, other_end) - max(start, other_start))
        for start, end in first
        for other_start, other_end in others
    )


def size(spans: Iterable[Span]) -> int:
    """Return how many characters `spans` cover, if they do not overlap."""
    return sum(end - start for start, end in spans)


def touch(first: Span | None, second: Span | None) -> bool:
    """Tell whether two spans share a character."""
    return (
        first is not None and second is not None and first[0] < second[1] and second[0] < first[1]
    )
