"""The learned half of relation typing: a small network that says what one party does to another.

It reads a sentence in which the two parties are marked (no parse) and gives each PLOVER type a
probability; `weigh` brings these together with what the rules say.
How the network was made, from what, and how good it is: `docs/model-card-relations.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tocsin.models.pieces import Ints, Vocabulary, find_segments, read_vocabulary
from tocsin.models.tagger import softmax

if TYPE_CHECKING:
    from tocsin.extract.events.relations import Relation

Floats = NDArray[np.float32]
#: (ids (B, T), flags (B, T), mask (B, T), at (B, 2)) -> scores (B, 16); `at` is where the actor
#: and the recipient begin, 0 for one that is not in the sentence.
Score = Callable[[Ints, Ints, Floats, Ints], Floats]
#: Sentence, words that stand for the actor, words for the recipient.
Triple = tuple[str, str, str]

MODELS = Path(__file__).parent / "weights"
#: The types in the order of the network's scores.
TYPES = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
#: The pieces of a longer sentence that come after these are not read.
LONGEST = 190
#: Marks set around the parties: actor begins, ends, recipient begins, ends.  Their numbers follow
#: those of the vocabulary.
MARKS = 4
ROWS_AT_ONCE = 16
_Range = tuple[int, int]

#: What a vote of 8 (the rules' best), and full confidence in their choice, add to the logarithm of
#: a type's probability.  A fit on sentences that neither the rules nor the network had seen gives
#: 0.75 and 0.71; up to 1.5 votes do as well there, and serve plain relative clauses better.
VOTE = 1.5
CHOICE = 0.71
BEST_VOTE = 8.0
_STEPS_BACK = ("CONCEDE", "RETREAT")


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
class RelationModel:
    """A loaded network.  Load it once with `load_relation_model`; it holds no state."""

    vocabulary: Vocabulary
    score: Score

    def chances(self, triples: Sequence[Triple]) -> Floats:
        """Return the probability of each of `TYPES` for each triple, shape (n, 16)."""
        marked = [mark(*triple, self.vocabulary) for triple in triples]
        order = sorted(range(len(marked)), key=lambda i: len(marked[i].ids))
        found = np.zeros((len(marked), len(TYPES)), dtype=np.float32)
        for first in range(0, len(order), ROWS_AT_ONCE):
            group = order[first : first + ROWS_AT_ONCE]
            found[group] = softmax(self.score(*batch([marked[i] for i in group])))
        return found


@cache
def load_relation_model(folder: Path = MODELS) -> RelationModel:
    """Load the network whose weights lie in `folder`."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread a process: articles, not matrices, are what runs side by side.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    network = onnxruntime.InferenceSession(
        folder / "relations.onnx", options, providers=["CPUExecutionProvider"]
    )

    def score(ids: Ints, flags: Ints, mask: Floats, at: Ints) -> Floats:
        scores: Floats
        (scores,) = network.run(None, {"ids": ids, "flags": flags, "mask": mask, "at": at})
        return scores

    return RelationModel(vocabulary=read_vocabulary(folder / "vocabulary.txt"), score=score)


def weigh(relation: Relation, chances: Floats) -> Relation:
    """Bring what the rules say together with what the network says of the same sentence.

    Args:
        relation: as the rules have it.
        chances: the network's probability of each of `TYPES`, shape (16,).

    Returns the relation of the likeliest type.  `confidence` is its probability if there is any
    relation between the two.  The mode is the rules' own, and none where the type is not theirs or
    is their mere guess.  `because` says where the two differ.
    """
    together = softmax(np.log(np.maximum(chances, 1e-6)) + _of_rules(relation))
    best = _likeliest(together)
    return replace(
        relation,
        type=best,
        mode=relation.mode if relation.votes and best == relation.type else None,
        confidence=round(float(together[TYPES.index(best)]), 3),
        because=_because(relation, best, TYPES[int(chances.argmax())]),
    )


def _because(relation: Relation, best: str, learned: str) -> str:
    if best != relation.type:
        return f"{relation.because} The classifier reads {best} instead of {relation.type}."
    if not relation.votes:
        return f"{relation.because} The classifier reads {best} too."
    if best != learned:
        return f"{relation.because} The classifier reads {learned}, and is outweighed."
    return relation.because


def _of_rules(relation: Relation) -> Floats:
    """Return what the rules add to the logarithm of each type's probability, shape (16,)."""
    added = np.zeros(len(TYPES), dtype=np.float32)
    for name, vote in relation.votes.items():
        added[TYPES.index(name)] += VOTE * vote / BEST_VOTE
    if relation.votes:
        added[TYPES.index(relation.type)] += CHOICE * relation.confidence
    return added


def _likeliest(chances: Floats) -> str:
    """Return the likeliest type; the two ways of stepping back stand together until they win."""
    families = {name: float(chance) for name, chance in zip(TYPES, chances, strict=True)}
    back = sorted(_STEPS_BACK, key=families.__getitem__)
    families[back[1]] += families.pop(back[0])
    return max(families, key=families.__getitem__)


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
        if span is not None and (run := _covered(where, span)) is not None
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


def _place(sentence: str, words: str, taken: _Range | None) -> _Range | None:
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


def _covered(spans: Ints, wanted: _Range) -> _Range | None:
    """Return the run of pieces that overlap `wanted`."""
    inside = np.flatnonzero((spans[:, 0] < wanted[1]) & (spans[:, 1] > wanted[0]))
    return (int(inside[0]), int(inside[-1]) + 1) if len(inside) else None


def batch(marked: Sequence[Marked]) -> tuple[Ints, Ints, Floats, Ints]:
    """Return ids, flags, mask (B, T) and places (B, 2) of sentences of unlike length."""
    shape = (len(marked), max(len(one.ids) for one in marked))
    ids, flags = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    mask = np.zeros(shape, dtype=np.float32)
    for row, one in enumerate(marked):
        ids[row, : len(one.ids)] = one.ids
        flags[row, : len(one.ids)] = one.flags
        mask[row, : len(one.ids)] = 1.0
    return ids, flags, mask, np.array([one.at for one in marked], dtype=np.int64)
