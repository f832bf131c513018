"""Fit encoder and heads to marked articles; batches are whole articles, so that acts can meet."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from tocsin.models.networks import Ints
from training.reader.marks import INSIDE, NONE, ROLES, SPEAKER, Act, Cue, Example, Marked
from training.reader.network import Encoder, Heads

#: How much each loss counts; few pieces begin an act, fewer still have a role.
LOST_ROLES, LOST_STATUS, LOST_SAME = 8.0, 0.3, 0.5
WEIGHT_NONE, WEIGHT_ROLE, WEIGHT_SAME = 0.5, 4.0, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train; every number that changes the weights."""

    passes: float
    rate: float  #: the highest learning rate of what the base knows
    new_rate: float = 1e-3  #: and of the heads
    articles: int = 3  #: in a batch
    warm_up: float = 0.1
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Windows of some articles, padded to one length."""

    ids: Tensor
    flags: Tensor
    mask: Tensor
    low: Tensor | None  #: states of the frozen part, where kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """The marked acts of a batch, then its cues, one row each; N are both, A the acts."""

    rows: Tensor
    places: Tensor
    roles: Tensor  #: (N, R, T): wanted
    asked: Tensor  #: (N, R): 1.0 for the roles that such a mention can have
    types: Tensor  #: (A,)
    statuses: Tensor  #: (A,)
    far: Tensor  #: (A,) pieces from the start of the article
    act: list[tuple[int, int]]  #: number of the article and of the act


def make_batch(examples: Sequence[Example], kept: dict[int, Tensor] | None) -> Batch:
    """Pad the windows of `examples`; `kept` are states of the frozen part by the window's id."""
    length = max(len(each.window.ids) for each in examples)

    def pad(rows: Sequence[Ints]) -> Tensor:
        table = np.zeros((len(rows), length), dtype=np.int64)
        for line, row in zip(table, rows, strict=True):
            line[: len(row)] = row
        return torch.from_numpy(table)

    mask = pad([np.ones(len(each.window.ids), dtype=np.int64) for each in examples]).float()
    low = None
    if kept is not None:
        states = [kept[id(each.window)].float() for each in examples]
        low = torch.stack([functional.pad(s, (0, 0, 0, length - len(s))) for s in states])
    return Batch(
        ids=pad([each.window.ids for each in examples]),
        flags=pad([each.window.flags for each in examples]),
        mask=mask,
        low=low,
    )


def states_of(encoder: Encoder, batch: Batch) -> Tensor:
    """Return the states (B, T, D) of a batch."""
    low = encoder.lower(batch.ids, batch.mask) if batch.low is None else batch.low
    return encoder.upper(low, batch.flags, batch.mask)


@torch.no_grad()  # type: ignore[untyped-decorator]
def keep_lower(encoder: Encoder, articles: Sequence[Marked]) -> dict[int, Tensor]:
    """Run the frozen part once over every window and keep its states, in 16 bits."""
    encoder.eval()
    examples = sorted((e for a in articles for e in a.examples), key=lambda e: len(e.window.ids))
    kept: dict[int, Tensor] = {}
    for first in range(0, len(examples), 8):
        group = examples[first : first + 8]
        batch = make_batch(group, None)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = encoder.lower(batch.ids, batch.mask)
        for each, row in zip(group, states, strict=True):
            kept[id(each.window)] = row[: len(each.window.ids)].half().clone()
    return kept


def make_mentions(articles: Sequence[Marked], length: int) -> Mentions:
    """Gather what is marked in some articles whose windows follow each other in a batch."""
    examples = [(n, each) for n, article in enumerate(articles) for each in article.examples]
    acts = [
        (row, number, example.first, act)
        for row, (number, example) in enumerate(examples)
        for act in example.acts or ()
    ]
    cues = [(row, cue) for row, (_, example) in enumerate(examples) for cue in example.cues or ()]
    mentions: list[tuple[int, Act | Cue]] = [(row, act) for row, _, _, act in acts]
    mentions += cues
    wanted = torch.zeros(len(mentions), len(ROLES), length)
    asked = torch.zeros(len(mentions), len(ROLES))
    for line, (_, mention) in enumerate(mentions):
        for role, at in mention.roles.items():
            wanted[line, role, torch.from_numpy(at)] = 1.0
        if line < len(acts):
            asked[line, :SPEAKER] = 1.0
        else:
            asked[line, SPEAKER:] = 1.0
    return Mentions(
        rows=torch.tensor([row for row, _ in mentions], dtype=torch.long),
        places=torch.tensor([int(m.pieces[0]) for _, m in mentions], dtype=torch.long),
        roles=wanted,
        asked=asked,
        types=torch.tensor([act.type for *_, act in acts], dtype=torch.long),
        statuses=torch.tensor([act.status for *_, act in acts], dtype=torch.long),
        far=torch.tensor([first + int(act.pieces[0]) for *_, first, act in acts]).float(),
        act=[(number, act.act) for _, number, _, act in acts],
    )


def labels_of(examples: Sequence[Example], length: int) -> Tensor:
    """Return what each piece is: no act, the first piece of one, a further one; else -100."""
    labels = torch.full((len(examples), length), -100)
    for row, example in zip(labels, examples, strict=True):
        if example.acts is None:
            continue
        row[: len(example.window.ids)] = NONE
        for act in example.acts:
            for piece in act.pieces[1:]:
                if row[piece] == NONE:
                    row[piece] = INSIDE
        for act in example.acts:
            row[act.pieces[0]] = act.type + 1
    return labels


def cue_labels_of(examples: Sequence[Example], length: int) -> Tensor:
    """Return what each piece is: no cue, the first piece of one, a further one; else -100."""
    labels = torch.full((len(examples), length), -100)
    for row, example in zip(labels, examples, strict=True):
        if example.cues is None:
            continue
        row[: len(example.window.ids)] = NONE
        for cue in example.cues:
            row[torch.from_numpy(cue.pieces[1:])] = 2
        for cue in example.cues:
            row[cue.pieces[0]] = 1
    return labels


def train(
    encoder: Encoder,
    heads: Heads,
    articles: Sequence[Marked],
    plan: Plan,
    report: Callable[[int, int, float], None],
    saved: Path,
) -> None:
    """Train in place.  What `saved` holds is taken up where it was left; it is kept up to date."""
    kept = keep_lower(encoder, articles) if encoder.shape.frozen else None
    known = list(encoder.layers[encoder.shape.frozen :].parameters())
    fresh = [*encoder.flags.parameters(), *heads.parameters()]
    weights = [*known, *fresh]
    encoder.requires_grad_(False)
    for weight in weights:
        weight.requires_grad_(True)
    groups = [{"params": known, "lr": plan.rate}, {"params": fresh, "lr": plan.new_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    total = int(plan.passes * len(articles) / plan.articles)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _rate_at(step / max(1, total), plan.warm_up)
    )
    done = _resume(saved, encoder, heads, optimizer, schedule)
    running = 0.0
    for step, group in enumerate(_groups(articles, plan, total)):
        if step < done:
            continue
        torch.manual_seed(plan.seed * 1_000_003 + step)
        encoder.train()
        heads.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = _loss(encoder, heads, group, kept)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        schedule.step()
        running = 0.98 * running + 0.02 * loss.item()
        if step % 25 == 24:
            report(step + 1, total, running / (1 - 0.98 ** (step + 1 - done)))
        if step % 100 == 99 or step + 1 == total:
            _save(saved, step + 1, encoder, heads, optimizer, schedule)


def _groups(articles: Sequence[Marked], plan: Plan, total: int) -> Iterator[list[Marked]]:
    """Yield the articles of each step; the same ones whenever it is asked."""
    shuffled = random.Random(plan.seed)
    order: list[Marked] = []
    for _ in range(total):
        if len(order) < plan.articles:
            order = list(articles)
            shuffled.shuffle(order)
        yield [order.pop() for _ in range(min(plan.articles, len(order)))]


def _rate_at(part: float, warm_up: float) -> float:
    return part / warm_up if part < warm_up else max(0.0, (1 - part) / (1 - warm_up))


def _loss(
    encoder: Encoder, heads: Heads, articles: Sequence[Marked], kept: dict[int, Tensor] | None
) -> Tensor:
    examples = [example for article in articles for example in article.examples]
    batch = make_batch(examples, kept)
    states = heads.drop(states_of(encoder, batch))
    length = batch.mask.shape[1]
    loss = _label_loss(heads, states, examples)
    found = make_mentions(articles, length)
    if not len(found.rows):
        return loss
    scores = heads.roles(states, found.rows, found.places).float()
    seen = batch.mask[found.rows][:, None] * found.asked[:, :, None]
    each = functional.binary_cross_entropy_with_logits(
        scores, found.roles, reduction="none", pos_weight=torch.tensor(WEIGHT_ROLE)
    )
    loss = loss + LOST_ROLES * (each * seen).sum() / seen.sum() * 2
    acts = len(found.types)
    own = states[found.rows[:acts], found.places[:acts]]
    if not acts:
        return loss
    loss = loss + LOST_STATUS * functional.cross_entropy(heads.status(own).float(), found.statuses)
    return loss + LOST_SAME * _same_loss(heads, own, batch, found)


def _label_loss(heads: Heads, states: Tensor, examples: Sequence[Example]) -> Tensor:
    """Return what is lost on what each piece is, as far as anybody marked it."""
    loss = torch.zeros(())
    weights = torch.tensor([WEIGHT_NONE] + [1.0] * (INSIDE - 1) + [WEIGHT_NONE])
    for head, labels, weight in (
        (heads.act, labels_of(examples, states.shape[1]), weights),
        (heads.cue, cue_labels_of(examples, states.shape[1]), None),
    ):
        if (labels >= 0).any():
            scores = head(states).float().transpose(1, 2)
            loss = loss + functional.cross_entropy(scores, labels, weight=weight)
    return loss


def _same_loss(heads: Heads, own: Tensor, batch: Batch, found: Mentions) -> Tensor:
    words = batch.ids[found.rows[: len(own)], found.places[: len(own)]]
    scores = heads.joined(own, found.types, words, found.far).float()
    wanted = torch.tensor([[float(a == b) for b in found.act] for a in found.act])
    article = torch.tensor([number for number, _ in found.act])
    pairs = (article[:, None] == article[None]) & ~torch.eye(len(article), dtype=torch.bool)
    if not pairs.any():
        return torch.zeros(())
    return functional.binary_cross_entropy_with_logits(
        scores[pairs], wanted[pairs], pos_weight=torch.tensor(WEIGHT_SAME)
    )


def _resume(
    saved: Path, encoder: Encoder, heads: Heads, optimizer: torch.optim.Optimizer, schedule: object
) -> int:
    if not saved.exists():
        return 0
    state = torch.load(saved)
    encoder.load_state_dict(state["encoder"])
    heads.load_state_dict(state["heads"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])  # type: ignore[attr-defined]
    return int(state["step"])


def _save(
    saved: Path,
    step: int,
    encoder: Encoder,
    heads: Heads,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
) -> None:
    """Write where the training is; the file is whole, or it is the one before."""
    written = saved.with_suffix(".part")
    torch.save(
        {
            "step": step,
            "time": time.time(),
            "encoder": encoder.state_dict(),
            "heads": heads.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
        },
        written,
    )
    written.replace(saved)
