"""The encoder: a text cut into windows of word pieces, and a state for each piece.

Every head (`tocsin.models.tagger`, `tocsin.models.acts`) works from these states, so that a text is
read once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from tocsin.models.networks import WEIGHTS, Floats, Ints, Network, open_network, softmax
from tocsin.models.pieces import Pieces, Vocabulary, find_segments, find_windows, read_vocabulary


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
        return tuple(map(self.encode_window, find_windows(segments, self.vocabulary)))

    def encode_window(self, window: Pieces) -> Encoded:
        """Return `window` with its states: alone, for several of unlike length take a sixth more.

        Nor does what is found in it depend on others then, by whose values eight bits would be set.
        """
        seen = np.ones(len(window.ids), dtype=np.float32)
        states, acts, cues, names = self.network(
            {"ids": window.ids[None], "flags": window.flags[None], "mask": seen[None]}
        )
        return Encoded(window, states[0], softmax(acts[0]), softmax(cues[0]), names[0].argmax(-1))


@cache
def load_encoder(folder: Path = WEIGHTS) -> Encoder:
    """Load the encoder whose weights lie in `folder`."""
    return Encoder(
        vocabulary=read_vocabulary(folder / "vocabulary.txt"),
        network=open_network(folder / "reader.onnx"),
    )
