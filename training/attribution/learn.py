"""Fit the network: cue labels for every piece, roles for every marked cue, worth for every cue."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from tocsin.models.networks import Floats, Ints, pad
from tocsin.models.tagger import distances
from training.attribution.examples import Example
from training.attribution.network import Encoder, Roles

#: A piece at least this likely to begin a cue is shown to the worth head as a false cue.
FALSE_CUE = 0.05
#: For so many true cues one false one is shown, the likeliest.
TRUE_TO_FALSE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train; every number that changes the weights."""

    passes: float = 1.5
    windows: int = 8  #: in a batch
    rate: float = 1.5e-4  #: the highest learning rate of what the base knows
    new_rate: float = 1e-3  #: and of what it does not
    warm_up: float = 0.08  #: part of the steps
    seed: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """A cue shown to the role layers: where its segment lies in the batch, and its labels."""

    row: int
    at: int
    distance: Ints
    roles: Ints | None  #: None for a false cue


def train(
    encoder: Encoder,
    roles: Roles,
    examples: Sequence[Example],
    plan: Plan,
    report: Callable[[int, int, float], None],
) -> None:
    """Train both networks in place; `report(pass, step, loss)` is called now and then."""
    random.seed(plan.seed)
    order = list(examples)
    per_pass = -(-len(order) // plan.windows)
    total = int(per_pass * plan.passes)
    optimizer = torch.optim.AdamW(_groups(encoder, roles, plan), weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _rate_at(step / total, plan.warm_up)
    )
    parameters = [*encoder.parameters(), *roles.parameters()]
    encoder.train()
    roles.train()
    running = 0.0
    for step in range(total):
        place = step % per_pass
        if place == 0:
            random.shuffle(order)
        batch = order[place * plan.windows : (place + 1) * plan.windows]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = _loss(encoder, roles, batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        running = 0.98 * running + 0.02 * loss.item()
        if step % 50 == 49:
            report(step // per_pass, step, running / (1 - 0.98 ** (step + 1)))
    encoder.eval()
    roles.eval()


def _rate_at(part: float, warm_up: float) -> float:
    return part / warm_up if part < warm_up else max(0.0, (1 - part) / (1 - warm_up))


def _groups(encoder: Encoder, roles: Roles, plan: Plan) -> list[dict[str, object]]:
    new = [encoder.flags, encoder.cues, roles.distance, roles.roles, roles.worth]
    fresh = [weight for module in new for weight in module.parameters()]
    known = {id(weight) for weight in fresh}
    base = [w for w in (*encoder.parameters(), *roles.parameters()) if id(w) not in known]
    return [{"params": base, "lr": plan.rate}, {"params": fresh, "lr": plan.new_rate}]


def _loss(encoder: Encoder, roles: Roles, batch: Sequence[Example]) -> Tensor:
    ids, mask = pad([example.window.ids for example in batch])
    flags, _ = pad([example.window.flags for example in batch])
    labels, _ = pad([example.cues for example in batch])
    states, scores = encoder(*map(torch.from_numpy, (ids, flags, mask)))
    scores, seen = scores.float(), torch.from_numpy(mask) > 0
    loss = functional.cross_entropy(scores[seen], torch.from_numpy(labels)[seen])
    begins = torch.softmax(scores.detach(), -1)[:, :, 1].numpy()
    shown = sorted(_shown_cues(batch, begins), key=lambda one: len(one.distance))
    losses = [_role_loss(roles, states, part) for part in _parts(shown)]
    return 4 * loss + sum(losses, torch.zeros(())) / max(1, len(shown))


def _parts(shown: Sequence[_Shown]) -> Iterator[Sequence[_Shown]]:
    third = -(-len(shown) // 3) or 1
    for first in range(0, len(shown), third):
        yield shown[first : first + third]


def _shown_cues(batch: Sequence[Example], begins: Floats) -> list[_Shown]:
    true: list[_Shown] = []
    false: list[tuple[float, int, _Shown]] = []
    for row, example in enumerate(batch):
        window = example.window
        for segment, at, gold in zip(window.segments, window.starts, example.gold, strict=True):
            length = len(segment)
            chances = begins[row, at : at + length].copy()
            for cue in gold:
                chances[cue.start : cue.end] = 0.0
                away = distances(cue.start, cue.end, length)
                true.append(_Shown(row=row, at=at, distance=away, roles=cue.roles))
            place = int(chances.argmax())
            if chances[place] > FALSE_CUE:
                away = distances(place, place + 1, length)
                one = _Shown(row=row, at=at, distance=away, roles=None)
                false.append((float(chances[place]), len(false), one))
    likeliest = sorted(false, reverse=True)[: len(true) // TRUE_TO_FALSE]
    return true + [one for _, _, one in likeliest]


def _role_loss(roles: Roles, states: Tensor, shown: Sequence[_Shown]) -> Tensor:
    """Sum over cues: the mean role loss of the pieces (of true cues), and the worth loss."""
    distance, mask = pad([one.distance for one in shown])
    labels, _ = pad([np.zeros(0, np.int64) if one.roles is None else one.roles for one in shown])
    labels = np.pad(labels, ((0, 0), (0, mask.shape[1] - labels.shape[1])))
    true = torch.tensor([one.roles is not None for one in shown])
    seen = torch.from_numpy(mask) * true[:, None]
    length = mask.shape[1]
    rows = [states[one.row, one.at : one.at + len(one.distance)] for one in shown]
    padded = torch.stack([functional.pad(r, (0, 0, 0, length - len(r))) for r in rows])
    scores, worth = roles(padded, torch.from_numpy(distance), torch.from_numpy(mask))
    each = functional.cross_entropy(
        scores.float().transpose(1, 2), torch.from_numpy(labels), reduction="none"
    )
    by_cue = (each * seen).sum(1) / torch.from_numpy(mask).sum(1)
    worth_loss = functional.binary_cross_entropy_with_logits(worth.float(), true.float())
    return 4 * by_cue.sum() + worth_loss * len(shown)
