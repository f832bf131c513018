"""Marked news as examples: windows of word pieces, with the acts and cues that stand in them.

The marks are those of `GUIDELINES.md` beside the marked news: offsets of the words of each act, of
its parties, place, time and of who says so; its type and status; and the first mention of the act.
Cues with their speakers and contents are those of articles marked for attribution.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tocsin.models.networks import Ints
from tocsin.models.pieces import Segment, Vocabulary, Window, find_segments, find_windows
from training.attribution.gold import Attribution

TYPES = (
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)
STATUSES = (
    *("asserted", "reported", "alleged", "unconfirmed", "denied", "negated"),
    *("hypothetical", "future", "historical"),
)
#: What other words can be to an act, and the field of a mark that holds these words.
_OF_ACTS = {
    "actor": "actor_words",
    "recipient": "recipient_words",
    "place": "where",
    "time": "when",
    "by": "by",
}
#: All roles: those in an act, then those in an attribution.
ROLES = (*_OF_ACTS, "speaker", "content")
SPEAKER, CONTENT = len(_OF_ACTS), len(_OF_ACTS) + 1

#: Labels of pieces: no act, the first piece of an act of each type, a further piece of an act.
NONE, INSIDE = 0, len(TYPES) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One marked mention within a window; places count pieces of the window."""

    act: int  #: number of the first mention of the same act, within the article
    pieces: Ints
    type: int
    status: int
    roles: Mapping[int, Ints]  #: pieces by the number of the role


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One marked attribution within a window; places count pieces of the window."""

    pieces: Ints
    roles: Mapping[int, Ints]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One window with what is marked in it; `spans` (T, 2) are offsets, (0, 0) for its own marks.

    `acts` and `cues` are None where nobody looked for them, which is not that there are none.
    """

    window: Window
    spans: Ints
    first: int  #: pieces of the article before this window
    acts: tuple[Act, ...] | None
    cues: tuple[Cue, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One article: its windows in order, and the row it came from."""

    row: Mapping[str, Any]
    examples: tuple[Example, ...]


def read_rows(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Yield the articles of files with one JSON object a line."""
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def make_marked(
    row: Mapping[str, Any],
    vocabulary: Vocabulary,
    attributions: Sequence[Attribution] | None = None,
) -> Marked:
    """Cut an article into windows of whole paragraphs and find the pieces of what is marked.

    Args:
        row: the article; its `acts`, if it has any field of that name.
        vocabulary: of the encoder.
        attributions: those marked in its text, if anybody marked them.
    """
    segments = list(find_segments(row["text"], vocabulary))
    examples, first = [], 0
    for window in find_windows(segments, vocabulary):
        spans = _spans(window)
        acts = tuple(_acts(row["acts"], spans)) if "acts" in row else None
        cues = None if attributions is None else tuple(_cues(attributions, spans))
        one = Example(window=window, spans=spans, first=first, acts=acts, cues=cues)
        examples.append(one)
        first += len(window.ids)
    return Marked(row=row, examples=tuple(examples))


def _spans(window: Window) -> Ints:
    spans = np.zeros((len(window.ids), 2), dtype=np.int64)
    segment: Segment
    for segment, start in zip(window.segments, window.starts, strict=True):
        spans[start : start + len(segment)] = segment.spans
    return spans


def _acts(marks: Sequence[Mapping[str, Any]], spans: Ints) -> Iterator[Act]:
    for number, mark in enumerate(marks):
        pieces = _covered(spans, [mark["act"]])
        if not len(pieces):
            continue
        roles = {n: _covered(spans, mark.get(f) or ()) for n, f in enumerate(_OF_ACTS.values())}
        yield Act(
            act=_first_mention(marks, number),
            pieces=pieces,
            type=TYPES.index(mark["type"]),
            status=STATUSES.index(mark["status"]),
            roles={role: at for role, at in roles.items() if len(at)},
        )


def _cues(attributions: Sequence[Attribution], spans: Ints) -> Iterator[Cue]:
    for one in attributions:
        pieces, content = _covered(spans, one.cue), _covered(spans, one.content)
        if len(pieces) and len(content):
            roles = {SPEAKER: _covered(spans, one.source), CONTENT: content}
            yield Cue(pieces=pieces, roles={role: at for role, at in roles.items() if len(at)})


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
