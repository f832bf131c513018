"""The learned half of attribution: a small network that finds cues and what belongs to each.

It works from the encoder's states (no parse): the cues come with them, the speaker's words and the
content from one short pass a cue, so that linking is learned.  How it was made, from what, and how
good it is: `docs/model-card-attribution.md`.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tocsin.models.encoder import Encoded
from tocsin.models.networks import WEIGHTS, Floats, Ints, Network, open_network, pad, softmax
from tocsin.models.pieces import Segment, pieces_in
from tocsin.records import Span
from tocsin.spans import Places, overlap, touch

#: Distances to the cue that the network tells apart, on either side.
FARTHEST = 24
#: A piece that begins a cue with less probability is not looked at again.
LEAST_CUE = 0.1
#: Less than even: better the likeliest speaker's words than none, since few cues go without.
LEAST_SPEAKER = 0.3
#: Two candidates whose contents share more than this are one; a chain's links share less.
SAME_CONTENT = 0.7
#: Longer words are no cue; in characters.
_LONGEST_CUE = 200
#: Pieces of cue paragraphs that are computed together.
PIECES_AT_ONCE = 1024
_SPEAKER, _CONTENT = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """An attribution that someone or something proposes; `confidence` lies between 0 and 1."""

    speaker_words: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cue:
    """A proposed cue: pieces `start` to `end` of `segment`, whose states are at hand."""

    segment: Segment
    states: Floats
    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagger:
    """A loaded network.  Load it once with `load_tagger`; it holds no state between calls."""

    #: states (C, L, D), distance (C, L), mask (C, L) -> role scores (C, L, 3), worth (C,).
    network: Network
    threshold: float

    def find_attributions(self, states: Sequence[Encoded]) -> list[Tagged]:
        """Return the attributions of a text that are sure enough, in the order of their cues."""
        found = without_doubles(self.find_candidates(states))
        sure = [one for one in found if one.confidence >= self.threshold]
        return sorted(sure, key=lambda one: (one.cue or one.content[0], one.content))

    def find_candidates(
        self, states: Sequence[Encoded], given: Iterable[Span] = ()
    ) -> list[Tagged]:
        """Return every candidate, however unsure, doubles included.

        Args:
            states: of the windows of one text.
            given: words to be read as cues, whatever the network thinks of them.
        """
        words = sorted(set(given))
        shortest_first = sorted(states, key=lambda each: len(each.window.ids))
        found = [cue for each in shortest_first for cue in _cues_in(each, words)]
        cues = sorted(found, key=lambda cue: len(cue.segment))
        return [
            candidate
            for batch in _batches(cues)
            for candidate in self._read_roles(batch)
            if candidate.content
        ]

    def _read_roles(self, cues: Sequence[_Cue]) -> Iterator[Tagged]:
        distance, mask = pad([distances(cue.start, cue.end, len(cue.segment)) for cue in cues])
        states = np.zeros((*mask.shape, cues[0].states.shape[1]), dtype=np.float32)
        for row, cue in zip(states, cues, strict=True):
            row[: len(cue.segment)] = cue.states
        arrays = {"states": states, "distance": distance, "mask": mask}
        scores, worth = self.network(arrays)
        for cue, chances, merit in zip(cues, softmax(scores), worth, strict=True):
            yield _tagged(cue, chances[: len(cue.segment)], float(1 / (1 + np.exp(-merit))))


@cache
def load_tagger(folder: Path = WEIGHTS) -> Tagger:
    """Load the tagger whose weights lie in `folder`."""
    settings = json.loads((folder / "tagger.json").read_text(encoding="utf8"))
    return Tagger(network=open_network(folder / "roles.onnx"), threshold=settings["threshold"])


# --------------------------------------------------------------------------- arrays


def distances(start: int, end: int, length: int) -> Ints:
    """Number each of `length` pieces by its distance to the cue `start:end`, far ones alike."""
    place = np.arange(length)
    away = np.where(place < start, place - start, np.maximum(place - end + 1, 0))
    numbers: Ints = np.clip(away, -FARTHEST, FARTHEST) + FARTHEST
    numbers[start:end] = 2 * FARTHEST + 1
    return numbers


def _batches(cues: Sequence[_Cue]) -> Iterator[Sequence[_Cue]]:
    """Cut `cues`, shortest paragraph first, into batches of about as many pieces."""
    first = 0
    for last in range(1, len(cues) + 1):
        longest = len(cues[last - 1].segment) if last == len(cues) else len(cues[last].segment)
        if last == len(cues) or longest * (last - first + 1) > PIECES_AT_ONCE:
            yield cues[first:last]
            first = last


# --------------------------------------------------------------------------- reading the numbers


def _cues_in(encoded: Encoded, given: Sequence[Span]) -> Iterator[_Cue]:
    window = encoded.window
    for segment, start in zip(window.segments, window.starts, strict=True):
        here = encoded.cues[start : start + len(segment)]
        proposed = _proposed(here)
        for first, last in sorted(proposed | _given(segment, given, proposed)):
            yield _Cue(
                segment=segment,
                states=encoded.states[start : start + len(segment)],
                start=first,
                end=last,
                probability=float(here[first:last, 1].max()),
            )


def _proposed(chances: Floats) -> set[tuple[int, int]]:
    """Return the cues that the network proposes, as runs of pieces."""
    found = set()
    for place in np.flatnonzero(chances[:, 1] >= LEAST_CUE).tolist():
        end = place + 1
        while end < len(chances) and chances[end].argmax() == 2:
            end += 1
        found.add((place, end))
    return found


def _given(
    segment: Segment, given: Sequence[Span], proposed: set[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Return the `given` words in `segment` that are not `proposed` anyway, as runs of pieces."""
    if not len(segment):
        return set()
    first, end = int(segment.spans[0, 0]), int(segment.spans[-1, 1])
    near = bisect_left(given, (first - _LONGEST_CUE, 0))
    runs = (pieces_in(segment.spans, words) for words in given[near : bisect_left(given, (end, 0))])
    return {run for run in runs if run and not any(touch(run, other) for other in proposed)}


def _tagged(cue: _Cue, chances: Floats, worth: float) -> Tagged:
    by_word = _mean_by_word(chances, cue.segment.words)
    by_word[cue.start : cue.end] = (1.0, 0.0, 0.0)
    spoken, said = by_word[:, _SPEAKER], by_word[:, _CONTENT]
    speaker = _speaker(np.where(spoken > said, spoken, 0.0))
    content = _content((said > 0.5) & (said > spoken), cue, speaker)
    sure = np.mean([said[start:end].mean() for start, end in content]) if content else 0.0
    spans = cue.segment.spans
    return Tagged(
        speaker_words=speaker and _offsets(spans, speaker),
        cue=_offsets(spans, (cue.start, cue.end)),
        content=tuple(_offsets(spans, run) for run in content),
        confidence=float(cue.probability * worth * sure**2) ** 0.25,
    )


def _mean_by_word(chances: Floats, words: Ints) -> Floats:
    """Give all pieces of a word their mean."""
    _, number, count = np.unique(words, return_inverse=True, return_counts=True)
    sums = np.zeros((len(count), chances.shape[1]), dtype=np.float32)
    np.add.at(sums, number, chances)
    means: Floats = np.divide(sums, count[:, None], dtype=np.float32)[number]
    return means


def _runs(marked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _speaker(chances: Floats) -> tuple[int, int] | None:
    """Return the run of pieces most likely to be the speaker's words, if any is likely enough."""
    runs = _runs(chances > LEAST_SPEAKER)
    return max(runs, key=lambda run: float(chances[run[0] : run[1]].sum()), default=None)


def _content(
    said: NDArray[np.bool_], cue: _Cue, speaker: tuple[int, int] | None
) -> list[tuple[int, int]]:
    """Return the runs of content, with holes of one or two pieces between them closed."""
    filled = said.copy()
    for (_, end), (start, _) in zip(_runs(said), _runs(said)[1:], strict=False):
        filled[end:start] = start - end <= 2
    filled[cue.start : cue.end] = False
    if speaker:
        filled[slice(*speaker)] = False
    runs = _runs(filled)
    longest = max((end - start for start, end in runs), default=0)
    return [(start, end) for start, end in runs if end - start > 1 or longest <= 2]


def _offsets(spans: Ints, run: tuple[int, int]) -> Span:
    return int(spans[run[0], 0]), int(spans[run[1] - 1, 1])


def without_doubles(candidates: Sequence[Tagged]) -> list[Tagged]:
    """Drop a candidate where a surer one has much the same content."""
    kept: Places[Tagged] = Places()
    for one in sorted(candidates, key=lambda one: -one.confidence):
        near = kept.near(one.content)
        if not any(overlap(one.content, other.content) > SAME_CONTENT for other in near):
            kept.add(one, one.content)
    return kept.things
