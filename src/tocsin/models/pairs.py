"""The learned half of relation typing: a small network that says what one party does to another.

It reads a sentence in which the two parties are marked (no parse) and gives each PLOVER type a
probability; `tocsin.extract.events.relations` weighs these together with what the rules say.
How the network was made, from what, and how good it is: `docs/model-card-relations.md`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from tocsin.lexicons.tables import read_rows
from tocsin.models.networks import WEIGHTS, Floats, Ints, Network, open_network, pad, softmax
from tocsin.models.pieces import Vocabulary, find_segments, pieces_in, read_vocabulary
from tocsin.records import Span

#: Sentence, words that stand for the actor, words for the recipient.
Triple = tuple[str, str, str]

#: The types in the manual's order, which is that of the network's scores.
TYPES = tuple(root for root, mode in read_rows("lexicons/plover.tsv", "type mode") if mode == "-")
#: The pieces of a longer sentence that come after these are not read.
LONGEST = 190
#: Marks set around the parties: actor begins, ends, recipient begins, ends.  Their numbers follow
#: those of the vocabulary.
MARKS = 4
ROWS_AT_ONCE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A sentence as the network reads it.

    `ids` and `flags` have shape (T,), marks included; `at` are the places of the two opening marks,
    or 0.
    """

    ids: Ints
    flags: Ints
    at: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairClassifier:
    """A loaded network; it holds no state between calls."""

    vocabulary: Vocabulary
    #: ids, flags, mask (B, T), at (B, 2) -> scores (B, 16); `at` is where the actor and the
    #: recipient begin, 0 for one that is not in the sentence.
    network: Network

    def chances(self, triples: Sequence[Triple]) -> Floats:
        """Return the probability of each of `TYPES` for each triple, shape (n, 16)."""
        marked = [mark(*triple, self.vocabulary) for triple in triples]
        order = sorted(range(len(marked)), key=lambda i: len(marked[i].ids))
        found = np.zeros((len(marked), len(TYPES)), dtype=np.float32)
        for first in range(0, len(order), ROWS_AT_ONCE):
            group = order[first : first + ROWS_AT_ONCE]
            (scores,) = self.network(batch([marked[i] for i in group]))
            found[group] = softmax(scores)
        return found


@cache
def load_pair_classifier(folder: Path = WEIGHTS) -> PairClassifier:
    """Load the network whose weights lie in `folder`."""
    return PairClassifier(
        vocabulary=read_vocabulary(folder / "vocabulary.txt"),
        network=open_network(folder / "relations.onnx"),
    )


# --------------------------------------------------------------------------- the input


def mark(sentence: str, actor: str, recipient: str, vocabulary: Vocabulary) -> Marked:
    """Cut `sentence` into pieces and set marks around the actor and the recipient.

    Words that do not occur are not marked; a second party is looked for outside the first.
    """
    first = _place(sentence, actor, None)
    spans = (first, _place(sentence, recipient, first))
    ids, flags, where = _pieces(sentence, vocabulary)
    opening = len(vocabulary.numbers)
    # (before which piece, closing marks first, number of the mark)
    marks = sorted(
        (edge, 1 - side, opening + 2 * party + side)
        for party, span in enumerate(spans)
        if span is not None and (run := pieces_in(where, span)) is not None
        for side, edge in enumerate(run)
    )
    places = [edge for edge, _, _ in marks]
    numbers = [number for _, _, number in marks]
    ids, flags = np.insert(ids, places, numbers), np.insert(flags, places, 0)
    start, end = vocabulary.numbers["[CLS]"], vocabulary.numbers["[SEP]"]
    at = tuple(_first(ids, opening + 2 * party) for party in (0, 1))
    return Marked(
        ids=np.concatenate(([start], ids, [end])),
        flags=np.concatenate(([0], flags, [0])),
        at=(at[0], at[1]),
    )


def _first(ids: Ints, number: int) -> int:
    """Return where `number` will stand behind the first mark, 0 if nowhere."""
    places = np.flatnonzero(ids == number)
    return int(places[0]) + 1 if len(places) else 0


def _place(sentence: str, words: str, taken: Span | None) -> Span | None:
    """Return where `words` first stand as words, outside `taken` if they do so anywhere."""
    plain = words.split()
    if not plain:
        return None
    pattern = r"\s+".join(map(re.escape, plain))
    found = [m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", sentence)]
    found = found or [m.span() for m in re.finditer(pattern, sentence)]
    free = [s for s in found if taken is None or s[1] <= taken[0] or s[0] >= taken[1]]
    return next(iter(free or found), None)


def _pieces(sentence: str, vocabulary: Vocabulary) -> tuple[Ints, Ints, Ints]:
    """Return numbers, flags and spans (n, 2) of the first pieces of `sentence`."""
    none = np.zeros(0, dtype=np.int64)
    segments = list(find_segments(sentence, vocabulary))
    ids = np.concatenate([none, *(s.ids for s in segments)])[:LONGEST]
    flags = np.concatenate([none, *(s.flags for s in segments)])[:LONGEST]
    spans = np.concatenate([none.reshape(0, 2), *(s.spans for s in segments)])[:LONGEST]
    return ids, flags, spans


def batch(marked: Sequence[Marked]) -> dict[str, Ints | Floats]:
    """Return ids, flags, mask (B, T) and places (B, 2) of sentences of unlike length."""
    ids, mask = pad([one.ids for one in marked])
    flags, _ = pad([one.flags for one in marked])
    at = np.array([one.at for one in marked], dtype=np.int64)
    return {"ids": ids, "flags": flags, "mask": mask, "at": at}
