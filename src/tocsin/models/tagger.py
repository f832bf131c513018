"""The learned half of attribution: cues, and what belongs to each.

It works from the encoder's states (no parse): the cues come with them, the speaker's words and the
content from the scorer of roles, so that linking is learned.  How it was made, from what, and how
good it is: `docs/model-card-reader.md`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.models.encoder import Encoded
from tocsin.models.networks import Floats
from tocsin.models.pieces import Pieces, pieces_in
from tocsin.models.reader import CONTENT, SPEAKER
from tocsin.models.roles import Roles, end_of_run, mean_by_word, offsets_of, runs_of
from tocsin.records import Span
from tocsin.spans import Places, overlap, touch

#: A piece that begins a cue with less probability is not looked at again.
LEAST_CUE = 0.1
#: Less than even: better the likeliest speaker's words than none, since few cues go without.
LEAST_SPEAKER = 0.4
#: More than even: the loss of the training makes roles likelier than they are.
LEAST_CONTENT = 0.65
#: Two candidates whose contents share more than this are one; a chain's links share less.
SAME_CONTENT = 0.7
#: Longer words are no cue; in characters.
_LONGEST_CUE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """An attribution that someone or something proposes; `confidence` lies between 0 and 1."""

    speaker_words: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagger:
    """A loaded network.  It holds no state between calls."""

    roles: Roles

    def find_candidates(
        self, states: Sequence[Encoded], given: Iterable[Span] = ()
    ) -> list[Tagged]:
        """Return every candidate, however unsure, doubles included.

        Args:
            states: of the windows of one text.
            given: words to be read as cues, whatever the network thinks of them.
        """
        words = sorted(set(given))
        return [
            candidate
            for encoded in states
            for candidate in self._read_window(encoded, words)
            if candidate.content
        ]

    def _read_window(self, encoded: Encoded, given: Sequence[Span]) -> Iterator[Tagged]:
        proposed = _proposed(encoded.cues)
        cues = sorted(proposed | _given(encoded.window, given, proposed))
        if not cues:
            return
        roles, _ = self.roles.read(encoded, [start for start, _ in cues])
        by_word = mean_by_word(roles[:, [SPEAKER, CONTENT]], encoded.window.words)
        for cue, chances in zip(cues, by_word, strict=True):
            yield _tagged(encoded, cue, chances)


# --------------------------------------------------------------------------- reading the numbers


def _proposed(chances: Floats) -> set[tuple[int, int]]:
    """Return the cues that the network proposes, as runs of pieces."""
    goes_on = chances.argmax(-1) == 2
    begun = np.flatnonzero(chances[:, 1] >= LEAST_CUE).tolist()
    return {(place, end_of_run(goes_on, place)) for place in begun}


def _given(
    window: Pieces, given: Sequence[Span], proposed: set[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Return the `given` words in `window` that are not `proposed` anyway, as runs of pieces."""
    first, end = int(window.spans[1, 0]), int(window.spans[-2, 1])
    near = bisect_left(given, (first - _LONGEST_CUE, 0))
    runs = (pieces_in(window.spans, words) for words in given[near : bisect_left(given, (end, 0))])
    return {run for run in runs if run and not any(touch(run, other) for other in proposed)}


def _tagged(encoded: Encoded, cue: tuple[int, int], by_word: Floats) -> Tagged:
    window = encoded.window
    by_word[:, cue[0] : cue[1]] = 0.0
    spoken, said = by_word
    speaker = _speaker(np.where(spoken > said, spoken, 0.0))
    content = _content((said > LEAST_CONTENT) & (said > spoken), cue, speaker, window)
    sure = np.mean([said[start:end].mean() for start, end in content]) if content else 0.0
    probability = float(encoded.cues[cue[0] : cue[1], 1].max())
    return Tagged(
        speaker_words=speaker and offsets_of(window.spans, speaker),
        cue=offsets_of(window.spans, cue),
        content=tuple(offsets_of(window.spans, run) for run in content),
        confidence=float(probability * sure**2) ** (1 / 3),
    )


def _speaker(chances: Floats) -> tuple[int, int] | None:
    """Return the run of pieces most likely to be the speaker's words, if any is likely enough."""
    runs = runs_of(chances > LEAST_SPEAKER)
    return max(runs, key=lambda run: float(chances[run[0] : run[1]].sum()), default=None)


def _content(
    said: NDArray[np.bool_], cue: tuple[int, int], speaker: tuple[int, int] | None, window: Pieces
) -> list[tuple[int, int]]:
    """Return the runs of content, with holes of one or two pieces between them closed."""
    filled = said.copy()
    for (_, end), (start, _) in zip(runs_of(said), runs_of(said)[1:], strict=False):
        filled[end:start] = start - end <= 2
    filled[cue[0] : cue[1]] = False
    filled[window.words == 0] = False
    if speaker:
        filled[slice(*speaker)] = False
    runs = runs_of(filled)
    longest = max((end - start for start, end in runs), default=0)
    return [(start, end) for start, end in runs if end - start > 1 or longest <= 2]


def without_doubles(candidates: Sequence[Tagged]) -> list[Tagged]:
    """Drop a candidate where a surer one has much the same content."""
    kept: Places[Tagged] = Places()
    for one in sorted(candidates, key=lambda one: -one.confidence):
        near = kept.near(one.content)
        if not any(overlap(one.content, other.content) > SAME_CONTENT for other in near):
            kept.add(one, one.content)
    return kept.things
