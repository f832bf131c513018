"""Fit the head to sentences, and ask it about others."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.relations.pairs import Marked, batch, mark
from tocsin.models.encoder import Encoder
from tocsin.models.networks import Floats, softmax
from tocsin.models.reader import TYPES
from training.device import half_precision, to_array, to_tensor
from training.relations.network import Network
from training.relations.sentences import YIELD, Example

_YIELDS = [TYPES.index("CONCEDE"), TYPES.index("RETREAT")]
_AT_ONCE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train; every number that changes the weights."""

    passes: float = 6
    rows: int = 24  #: in a batch
    rate: float = 3e-4  #: the highest learning rate
    warm_up: float = 0.08  #: part of the steps
    smooth: float = 0.05  #: part of each label that is spread over all types
    seed: int = 5


#: On the project's own sentences, and from there on the benchmark's.
FIRST = Plan(passes=14)
SECOND = Plan(passes=6, rate=2e-4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An example as the encoder reads it, and the types (places in `TYPES`) its label allows."""

    marked: Marked
    allowed: tuple[int, ...]


def show(examples: Sequence[Example], encoder: Encoder) -> list[Shown]:
    """Read examples with the encoder that ships."""
    shown = []
    for first in range(0, len(examples), _AT_ONCE):
        group = examples[first : first + _AT_ONCE]
        for one, marked in zip(group, mark([e.triple for e in group], encoder), strict=True):
            allowed = _YIELDS if one.type == YIELD else [TYPES.index(one.type)]
            shown.append(Shown(marked=marked, allowed=tuple(allowed)))
    return shown


def train(
    network: Network, shown: Sequence[Shown], plan: Plan, report: Callable[[int, float], None]
) -> None:
    """Train in place; `report(step, loss)` is called now and then."""
    chance = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    per_pass = -(-len(shown) // plan.rows)
    total = int(per_pass * plan.passes)
    optimizer = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _rate_at(step / total, plan.warm_up)
    )
    network.train()
    running = 0.0
    for step, rows in zip(range(total), _forever(shown, plan.rows, chance), strict=False):
        loss = _loss(network, rows, plan)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        running = 0.98 * running + 0.02 * loss.item()
        if step % 100 == 99:
            report(step + 1, running / (1 - 0.98 ** (step + 1)))
    network.eval()


def _rate_at(part: float, warm_up: float) -> float:
    return part / warm_up if part < warm_up else max(0.0, (1 - part) / (1 - warm_up))


def _forever(shown: Sequence[Shown], rows: int, chance: random.Random) -> Iterator[Sequence[Shown]]:
    """Yield batches of sentences of about one length, in random order, pass after pass."""
    while True:
        order = sorted(shown, key=lambda one: len(one.marked.parties) + chance.uniform(-6, 6))
        batches = [order[first : first + rows] for first in range(0, len(order), rows)]
        chance.shuffle(batches)
        yield from batches


def _tensors(shown: Sequence[Shown]) -> list[Tensor]:
    arrays = batch([one.marked for one in shown])
    return [to_tensor(arrays[name]) for name in ("states", "mask", "parties")]


def _loss(network: Network, rows: Sequence[Shown], plan: Plan) -> Tensor:
    with half_precision():
        scores = network(*_tensors(rows))
    logs = torch.log_softmax(scores.float(), -1)
    allowed = torch.zeros_like(logs, dtype=torch.bool)
    for row, one in enumerate(rows):
        allowed[row, list(one.allowed)] = True
    right = torch.logsumexp(logs.masked_fill(~allowed, -torch.inf), -1)
    return -((1 - plan.smooth) * right + plan.smooth * logs.mean(-1)).mean()


def ask(network: nn.Module, shown: Sequence[Shown], rows: int = 32) -> Floats:
    """Return the probabilities (n, 16) by the network as it is, before any export."""
    order = sorted(range(len(shown)), key=lambda i: len(shown[i].marked.parties))
    found = np.zeros((len(shown), len(TYPES)), dtype=np.float32)
    for first in range(0, len(order), rows):
        group = order[first : first + rows]
        with torch.no_grad():
            found[group] = softmax(to_array(network(*_tensors([shown[i] for i in group]))))
    return found
