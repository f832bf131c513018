"""The learned half of relation typing: what one given party does to another in a sentence.

It is a head on the encoder's states (no parse): two layers that see which pieces stand for the two
parties give each PLOVER type a probability; `benchmarks.relations.typed` weighs these together with
what the rules say.  How it was made, from what, and how good it is:
`docs/model-card-reader.md`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from tocsin.models.encoder import Encoder, load_encoder
from tocsin.models.networks import Floats, Ints, Network, open_network, softmax
from tocsin.models.pieces import Pieces, find_segments, find_windows, pieces_in
from tocsin.models.reader import TYPES
from tocsin.records import Span

#: Sentence, words that stand for the actor, words for the recipient.
Triple = tuple[str, str, str]

ROWS_AT_ONCE = 16
#: Where the classifier's own weights lie; the encoder's come with the package.
RELATIONS = Path(__file__).with_name("relations.onnx")
#: What a piece stands for: neither party, the actor, the recipient.
PARTIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A sentence as the encoder reads it, with the parties' pieces marked.

    `states` has shape (T, D), `parties` shape (T,): numbers as in `PARTIES`.
    """

    states: Floats
    parties: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class PairClassifier:
    """A loaded network; it holds no state between calls."""

    encoder: Encoder
    #: states (B, T, D), mask (B, T), parties (B, T) -> scores (B, 16).
    network: Network

    def chances(self, triples: Sequence[Triple]) -> Floats:
        """Return the probability of each of `TYPES` for each triple, shape (n, 16)."""
        found = np.zeros((len(triples), len(TYPES)), dtype=np.float32)
        order = sorted(range(len(triples)), key=lambda i: len(triples[i][0]))
        for first in range(0, len(order), ROWS_AT_ONCE):
            group = order[first : first + ROWS_AT_ONCE]
            marked = mark([triples[i] for i in group], self.encoder)
            (scores,) = self.network(batch(marked))
            found[group] = softmax(scores)
        return found


@cache
def load_pair_classifier() -> PairClassifier:
    """Load the network, on the encoder that reads articles too."""
    return PairClassifier(encoder=load_encoder(), network=open_network(RELATIONS))


# --------------------------------------------------------------------------- the input


def mark(triples: Sequence[Triple], encoder: Encoder) -> list[Marked]:
    """Read sentences and mark the pieces of the actor and of the recipient.

    Words that do not occur are not marked; a second party is looked for outside the first.  Of a
    sentence of several windows only the first is read.
    """
    read = [encoder.encode_window(_window(sentence, encoder)) for sentence, _, _ in triples]
    return [
        Marked(states=encoded.states, parties=_parties(triple, encoded.window))
        for triple, encoded in zip(triples, read, strict=True)
    ]


def _window(sentence: str, encoder: Encoder) -> Pieces:
    """Return the first window; a sentence without any word is read as a full stop."""
    segments = find_segments(sentence, encoder.vocabulary)
    return next(find_windows(segments, encoder.vocabulary), None) or _window(".", encoder)


def _parties(triple: Triple, window: Pieces) -> Ints:
    sentence, actor, recipient = triple
    parties = np.zeros(len(window.ids), dtype=np.int64)
    first = place(sentence, actor)
    for number, span in enumerate((first, place(sentence, recipient, first)), 1):
        run = pieces_in(window.spans, span) if span is not None else None
        if run is not None:
            parties[slice(*run)] = number
    return parties


def place(sentence: str, words: str, taken: Span | None = None) -> Span | None:
    """Return where `words` first stand as words, outside `taken` if they do so anywhere."""
    plain = words.split()
    if not plain:
        return None
    pattern = r"\s+".join(map(re.escape, plain))
    found = [m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", sentence)]
    found = found or [m.span() for m in re.finditer(pattern, sentence)]
    free = [s for s in found if taken is None or s[1] <= taken[0] or s[0] >= taken[1]]
    return next(iter(free or found), None)


def batch(marked: Sequence[Marked]) -> dict[str, Ints | Floats]:
    """Return states (B, T, D), mask and parties (B, T) of sentences of unlike length."""
    parties, mask = pad([one.parties for one in marked])
    states = np.zeros((*mask.shape, marked[0].states.shape[1]), dtype=np.float32)
    for row, one in zip(states, marked, strict=True):
        row[: len(one.states)] = one.states
    return {"states": states, "mask": mask, "parties": parties}


def pad(rows: Sequence[Ints]) -> tuple[Ints, Floats]:
    """Return rows of unlike length as one array (B, T), and 1.0 where there is a value."""
    shape = (len(rows), max(len(row) for row in rows))
    values, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.float32)
    for value, seen, row in zip(values, mask, rows, strict=True):
        value[: len(row)] = row
        seen[: len(row)] = 1.0
    return values, mask
