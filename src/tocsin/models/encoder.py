"""The encoder: a text cut into windows of word pieces, and a state for each piece.

Every head (`tocsin.models.tagger`, `tocsin.models.acts`) works from these states, so that a text is
read once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tocsin.models.networks import WEIGHTS, Floats, Ints, Network, open_network, pad, softmax
from tocsin.models.pieces import Pieces, Vocabulary, find_segments, find_windows, read_vocabulary

#: Windows that are computed together.
WINDOWS_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Encoded:
    """A window of T pieces as the encoder reads it.

    `states` has shape (T, D).  `acts`, shape (T, 18), are the chances of each piece to belong to no
    act, to begin one of each type and to go on with one; `cues`, shape (T, 3), to lie outside a
    cue, to begin one and to go on with one.  `names`, shape (T,), numbers what each piece is: of no
    name, the first of a name of each kind of `tocsin.models.reader.NAMES`, or a further one.
    """

    window: Pieces
    states: Floats
    acts: Floats
    cues: Floats
    names: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoder:
    """A loaded encoder; it holds no state between calls."""

    vocabulary: Vocabulary
    #: ids, flags, mask, each (B, T) -> states (B, T, D), scores of acts (B, T, 18), cues (B, T, 3),
    #: names (B, T, 20).
    network: Network

    def encode(self, text: str) -> tuple[Encoded, ...]:
        """Return the windows of `text` in their order, each with its states."""
        segments = find_segments(text, self.vocabulary)
        return self.encode_windows(list(find_windows(segments, self.vocabulary)))

    def encode_windows(self, windows: Sequence[Pieces]) -> tuple[Encoded, ...]:
        """Return `windows` in their order, each with its states."""
        # Windows of like length together, so that little is filled up.
        order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
        found: dict[int, Encoded] = {}
        for first in range(0, len(order), WINDOWS_AT_ONCE):
            group = order[first : first + WINDOWS_AT_ONCE]
            found.update(zip(group, self._encode([windows[i] for i in group]), strict=True))
        return tuple(found[i] for i in range(len(windows)))

    def _encode(self, windows: list[Pieces]) -> list[Encoded]:
        ids, mask = pad([window.ids for window in windows])
        flags, _ = pad([window.flags for window in windows])
        states, acts, cues, names = self.network({"ids": ids, "flags": flags, "mask": mask})
        rows = zip(states, softmax(acts), softmax(cues), names.argmax(-1), strict=True)
        return [
            Encoded(window, *(of_piece[: len(window.ids)] for of_piece in row))
            for window, row in zip(windows, rows, strict=True)
        ]


@cache
def load_encoder(folder: Path = WEIGHTS) -> Encoder:
    """Load the encoder whose weights lie in `folder`."""
    return Encoder(
        vocabulary=read_vocabulary(folder / "vocabulary.txt"),
        network=open_network(folder / "reader.onnx"),
    )
