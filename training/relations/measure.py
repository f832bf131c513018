"""How often types are right, and how much the rules should count beside the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.relations.typed import BEST_VOTE, Relation
from tocsin.models.networks import Floats
from tocsin.models.reader import TYPES
from training.relations.sentences import YIELD, Example

_QUADS: Mapping[str, int] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", YIELD), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
Features = NDArray[np.float64]


def merged(type: str) -> str:
    """Return the type as the benchmark counts it."""
    return YIELD if type in ("CONCEDE", "RETREAT") else type


def rates(gold: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """Return accuracy, and macro-F1 of types, quad classes and cooperation against conflict."""
    pairs = [(merged(g), merged(f)) for g, f in zip(gold, found, strict=True)]
    quads = [(_QUADS[g], _QUADS[f]) for g, f in pairs]
    return {
        "accuracy": sum(g == f for g, f in pairs) / len(pairs),
        "root": _macro_f1(pairs),
        "quad": _macro_f1(quads),
        "binary": _macro_f1([(g > 2, f > 2) for g, f in quads]),
    }


def _macro_f1(pairs: Sequence[tuple[object, object]]) -> float:
    labels = {gold for gold, _ in pairs}
    each = []
    for label in labels:
        hit = sum(gold == found == label for gold, found in pairs)
        said = sum(found == label for _, found in pairs)
        there = sum(gold == label for gold, _ in pairs)
        each.append(2 * hit / (said + there))
    return sum(each) / len(each)


def features(chances: Floats, relations: Sequence[Relation]) -> Features:
    """Return (n, 16, 3): what network, votes and choice of the rules say for each type."""
    found = np.zeros((*chances.shape, 3))
    found[:, :, 0] = np.log(np.maximum(chances, 1e-6))
    for row, relation in zip(found, relations, strict=True):
        for name, vote in relation.votes.items():
            row[TYPES.index(name), 1] = vote / BEST_VOTE
        if relation.votes:
            row[TYPES.index(relation.type), 2] = relation.confidence
    return found


def fit_weights(found: Features, examples: Sequence[Example]) -> tuple[float, float]:
    """Return the weights `VOTE` and `CHOICE` under which the right types are likeliest.

    The network's logarithm counts once: its own weight is divided out.
    """
    right = torch.tensor([[merged(t) == merged(e.type) for t in TYPES] for e in examples])
    exact = torch.tensor([[t == e.type or e.type == YIELD for t in TYPES] for e in examples])
    allowed, values = right & exact, torch.tensor(found)
    weights = torch.tensor([1.0, 0.5, 0.5], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=100)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        logs = torch.log_softmax((values * weights).sum(-1), -1).masked_fill(~allowed, -1e9)
        missed: torch.Tensor = -torch.logsumexp(logs, -1).mean() + 1e-3 * (weights**2).sum()
        missed.backward()
        return missed

    optimizer.step(loss)
    network, vote, choice = weights.tolist()
    return vote / network, choice / network
