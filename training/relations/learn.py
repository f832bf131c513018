"""Fit the network to sentences, and ask it about others."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from tocsin.models.networks import Floats, softmax
from tocsin.models.pairs import MARKS, TYPES, Marked, batch, mark
from tocsin.models.pieces import Vocabulary
from training.relations.network import Network
from training.relations.sentences import YIELD, Example

_YIELDS = [TYPES.index("CONCEDE"), TYPES.index("RETREAT")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train; every number that changes the weights."""

    passes: float = 4
    rows: int = 24  #: in a batch
    rate: float = 1.5e-4  #: the highest learning rate of what the base knows
    new_rate: float = 1e-3  #: and of what it does not
    warm_up: float = 0.08  #: part of the steps
    hidden: float = 0.05  #: part of the pieces that are hidden
    smooth: float = 0.05  #: part of each label that is spread over all types
    seed: int = 5


#: From the base to the project's own sentences, and from there to the benchmark's.
FIRST = Plan()
SECOND = Plan(passes=3, rate=1e-4, new_rate=3e-4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An example cut into pieces, and the types (places in `TYPES`) its label allows."""

    marked: Marked
    allowed: tuple[int, ...]


def show(examples: Sequence[Example], vocabulary: Vocabulary) -> list[Shown]:
    """Cut examples into pieces."""
    return [
        Shown(
            marked=mark(*one.triple, vocabulary),
            allowed=tuple(_YIELDS if one.type == YIELD else [TYPES.index(one.type)]),
        )
        for one in examples
    ]


def train(
    network: Network,
    shown: Sequence[Shown],
    plan: Plan,
    mask_number: int,
    report: Callable[[int, float], None],
) -> None:
    """Train in place; `report(step, loss)` is called now and then."""
    chance = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    per_pass = -(-len(shown) // plan.rows)
    total = int(per_pass * plan.passes)
    optimizer = torch.optim.AdamW(_groups(network, plan), weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _rate_at(step / total, plan.warm_up)
    )
    network.train()
    running = 0.0
    for step, rows in zip(range(total), _forever(shown, plan.rows, chance), strict=False):
        loss = _loss(network, rows, plan, mask_number)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        running = 0.98 * running + 0.02 * loss.item()
        if step % 50 == 49:
            report(step + 1, running / (1 - 0.98 ** (step + 1)))
    network.eval()


def _rate_at(part: float, warm_up: float) -> float:
    return part / warm_up if part < warm_up else max(0.0, (1 - part) / (1 - warm_up))


def _groups(network: Network, plan: Plan) -> list[dict[str, object]]:
    fresh = [*network.encoder.flags.parameters(), *network.inner.parameters()]
    fresh += network.types.parameters()
    known = {id(weight) for weight in fresh}
    base = [weight for weight in network.parameters() if id(weight) not in known]
    return [{"params": base, "lr": plan.rate}, {"params": fresh, "lr": plan.new_rate}]


def _forever(shown: Sequence[Shown], rows: int, chance: random.Random) -> Iterator[Sequence[Shown]]:
    """Yield batches of sentences of about one length, in random order, pass after pass."""
    while True:
        order = sorted(shown, key=lambda one: len(one.marked.ids) + chance.uniform(-6, 6))
        batches = [order[first : first + rows] for first in range(0, len(order), rows)]
        chance.shuffle(batches)
        yield from batches


def _loss(network: Network, rows: Sequence[Shown], plan: Plan, mask_number: int) -> Tensor:
    ids, flags, mask, at = map(torch.from_numpy, batch([one.marked for one in rows]).values())
    marks = len(network.encoder.pieces.weight) - MARKS
    hidden = (torch.rand(ids.shape) < plan.hidden) & (ids < marks)
    hidden[:, 0] = False
    ids = torch.where(hidden, mask_number, ids)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = network(ids, flags, mask, at)
    logs = torch.log_softmax(scores.float(), -1)
    allowed = torch.zeros_like(logs, dtype=torch.bool)
    for row, one in enumerate(rows):
        allowed[row, list(one.allowed)] = True
    right = torch.logsumexp(logs.masked_fill(~allowed, -torch.inf), -1)
    return -((1 - plan.smooth) * right + plan.smooth * logs.mean(-1)).mean()


def ask(network: Network, shown: Sequence[Shown], rows: int = 32) -> Floats:
    """Return the probabilities (n, 16) by the network as it is, before any export."""
    order = sorted(range(len(shown)), key=lambda i: len(shown[i].marked.ids))
    found = np.zeros((len(shown), len(TYPES)), dtype=np.float32)
    for first in range(0, len(order), rows):
        group = order[first : first + rows]
        arrays = map(torch.from_numpy, batch([shown[i].marked for i in group]).values())
        with torch.no_grad():
            found[group] = softmax(network(*arrays).numpy())
    return found
