"""Marked news as examples: windows of word pieces, with the acts and cues that stand in them.

The marks are those of `GUIDELINES.md` beside the marked news: offsets of the words of each act, of
its parties, place, time and of who says so; its type and status, the countries of its parties, and
the first mention of the act.  Cues with their speakers and contents are those of articles marked
for attribution.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.models.networks import Floats, Ints
from tocsin.models.pieces import Pieces, Vocabulary, find_segments, find_windows
from tocsin.models.reader import NAMES, STATUSES, TYPES
from training.attribution.gold import Attribution

#: The fields of a mark that hold the words of `ACT_ROLES`, in their order.
_FIELDS = ("actor_words", "recipient_words", "where", "when", "by")
_CODES = ("actors", "recipients")

#: Labels of pieces: no act, the first piece of an act of each type, a further piece of an act.
NONE, INSIDE = 0, len(TYPES) + 1
#: Likewise of names: the first piece of a name of each kind, a further piece of a name.
IN_NAME = len(NAMES) + 1

#: Probabilities in steps of 1/255.
Parts = NDArray[np.uint8]
#: Words that name a country, and its code.
CountryWords = tuple[int, int, str]
#: Words that name something, and its kind.
NameWords = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One mention of an act in a window of T pieces, as marked or as a teacher has it."""

    act: int  #: number of the first mention of the same act, within the article
    pieces: Ints
    type: int
    status: Parts  #: (9,)
    roles: Parts  #: (5, T)
    codes: tuple[Mapping[str, float], ...]  #: for each side, how surely each country is on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One marked attribution within a window of T pieces."""

    pieces: Ints
    roles: Parts  #: (2, T)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One window with what is marked in it; `spans` (T, 2) are offsets, (0, 0) for its own marks.

    `acts` and `cues` are None where nobody looked for them, which is not that there are none.
    `taught` (T, 18) is what a teacher says each piece is, where one does.  `names` (T,) numbers
    what each piece is among the names.
    """

    window: Pieces
    spans: Ints
    first: int  #: pieces of the article before this window
    acts: tuple[Act, ...] | None
    cues: tuple[Cue, ...] | None
    taught: Parts | None = None
    names: Ints | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Words that name a country: where they begin, and its code."""

    window: int
    piece: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One article: its windows in order, the countries that it names, and the row it came from.

    `same` (A, A) is how surely each two of its acts are one, where a teacher says so.
    """

    row: Mapping[str, Any]
    examples: tuple[Example, ...]
    countries: tuple[Country, ...] = ()
    same: Parts | None = None


def read_rows(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Yield the articles of files with one JSON object a line."""
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def make_marked(
    row: Mapping[str, Any],
    vocabulary: Vocabulary,
    attributions: Sequence[Attribution] | None = None,
    countries: Sequence[CountryWords] = (),
    names: Sequence[NameWords] | None = None,
) -> Marked:
    """Cut an article into windows of whole paragraphs and find the pieces of what is marked.

    Args:
        row: the article; its `acts`, if it has any field of that name.
        vocabulary: of the encoder.
        attributions: those marked in its text, if anybody marked them.
        countries: words of its text that name a country, with its code.
        names: words of its text that name something, with its kind, if anybody looked for them.
    """
    segments = list(find_segments(row["text"], vocabulary))
    examples, first = [], 0
    for window in find_windows(segments, vocabulary):
        spans = window.spans
        acts = tuple(_acts(row["acts"], spans)) if "acts" in row else None
        cues = None if attributions is None else tuple(_cues(attributions, spans))
        named = None if names is None else _names(names, spans)
        one = Example(window=window, spans=spans, first=first, acts=acts, cues=cues, names=named)
        examples.append(one)
        first += len(window.ids)
    return Marked(
        row=row, examples=tuple(examples), countries=tuple(_countries(countries, examples))
    )


def _countries(words: Sequence[CountryWords], examples: Sequence[Example]) -> Iterator[Country]:
    for start, end, code in words:
        for number, example in enumerate(examples):
            pieces = _covered(example.spans, [(start, end)])
            if len(pieces):
                yield Country(window=number, piece=int(pieces[0]), code=code)
                break


def _acts(marks: Sequence[Mapping[str, Any]], spans: Ints) -> Iterator[Act]:
    for number, mark in enumerate(marks):
        pieces = _covered(spans, [mark["act"]])
        if not len(pieces):
            continue
        yield Act(
            act=_first_mention(marks, number),
            pieces=pieces,
            type=TYPES.index(mark["type"]),
            status=_surely(len(STATUSES), [STATUSES.index(mark["status"])]),
            roles=_rows(spans, [mark.get(name) or () for name in _FIELDS]),
            codes=tuple(dict.fromkeys(mark.get(side, ()), 1.0) for side in _CODES),
        )


def _cues(attributions: Sequence[Attribution], spans: Ints) -> Iterator[Cue]:
    for one in attributions:
        pieces, content = _covered(spans, one.cue), _covered(spans, one.content)
        if len(pieces) and len(content):
            yield Cue(pieces=pieces, roles=_rows(spans, [one.source, one.content]))


def _rows(spans: Ints, words: Sequence[Iterable[Sequence[int]]]) -> Parts:
    return np.stack([_surely(len(spans), _covered(spans, each)) for each in words])


def _surely(length: int, places: Sequence[int] | Ints) -> Parts:
    row = np.zeros(length, dtype=np.uint8)
    row[places] = 255
    return row


def _names(names: Sequence[NameWords], spans: Ints) -> Ints:
    numbers = np.full(len(spans), NONE)
    for start, end, kind in names:
        pieces = _covered(spans, [(start, end)])
        numbers[pieces] = IN_NAME
        numbers[pieces[:1]] = NAMES.index(kind) + 1
    return numbers


def _first_mention(marks: Sequence[Mapping[str, Any]], number: int) -> int:
    while (earlier := marks[number].get("same")) is not None:
        number = earlier
    return number


def _covered(spans: Ints, words: Iterable[Sequence[int]]) -> Ints:
    """Return which pieces overlap any of `words`."""
    covered = np.zeros(len(spans), dtype=bool)
    for start, end in words:
        covered |= (spans[:, 0] < end) & (spans[:, 1] > start)
    return np.flatnonzero(covered)


def parts_of(chances: Floats) -> Parts:
    """Return probabilities in steps of 1/255."""
    parts: Parts = np.round(chances * 255).astype(np.uint8)
    return parts
