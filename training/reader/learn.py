"""Fit encoder and heads to marked articles; batches are whole articles, so that acts can meet."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from tocsin.models.networks import Ints
from tocsin.models.reader import (
    LEAST_ROLE,
    ROLES,
    SIDES,
    SPEAKER,
    facts_of_countries,
    facts_of_pairs,
    steps_away,
)
from training.device import DEVICE, half_precision, to_array, to_tensor
from training.reader.given import Report
from training.reader.marks import INSIDE, NONE, Act, Cue, Example, Marked
from training.reader.network import Encoder, Heads, Names

#: How much each loss counts; few pieces begin an act, fewer still have a role.
LOST_ROLES, LOST_STATUS, LOST_SAME, LOST_COUNTRIES = 8.0, 0.5, 0.5, 1.0
WEIGHT_NONE, WEIGHT_ROLE, WEIGHT_SAME = 0.5, 4.0, 2.0
#: What a piece is where nobody looked; `cross_entropy` passes over it.
UNKNOWN = -100
#: The training is kept after so many steps.
KEPT_EVERY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train; every number that changes the weights."""

    rate: float  #: the highest learning rate of what the base knows
    new_rate: float = 1e-3  #: and of the heads
    articles: int = 3  #: in a batch
    warm_up: float = 0.1
    seed: int = 1
    countries: bool = True  #: learned together with the rest, and not afterwards


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Articles to learn from, and how often to go over them."""

    articles: Sequence[Marked]
    passes: float
    settled: int = 0  #: lower layers that learn no more, and their flags

    def steps(self, plan: Plan) -> int:
        """Return how many steps it takes."""
        return max(1, int(self.passes * len(self.articles) / plan.articles))


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Windows of some articles, one behind the other: N pieces in B windows, the longest of T."""

    sizes: list[int]  #: (B,) pieces of each window
    ids: Tensor  #: (N,)
    flags: Tensor  #: (N,)
    places: Tensor  #: (N,) within their windows
    mask: Tensor  #: (B, T) 1.0 where a window has a piece
    low: Tensor | None  #: (N, D) states of the frozen part, where kept

    def at(self, rows: Tensor, places: Tensor) -> Tensor:
        """Return the numbers of the pieces at `places` of the windows `rows`."""
        begun = torch.tensor([0, *self.sizes[:-1]]).cumsum(0)
        return begun[rows] + places


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """The marked acts of a batch, then its cues, one row each; N are both, A the acts."""

    rows: Tensor
    places: Tensor
    roles: Tensor  #: (N, R, T): wanted, 0 to 1
    asked: Tensor  #: (N, R): 1.0 for the roles that such a mention can have
    types: Tensor  #: (A,)
    statuses: Tensor  #: (A, 9): wanted, 0 to 1
    far: Tensor  #: (A,) pieces from the start of the article
    act: list[tuple[int, int]]  #: number of the article and of the act
    codes: list[tuple[Mapping[str, float], ...]]  #: of the acts: wanted countries of each side


def make_batch(examples: Sequence[Example], kept: dict[int, Tensor] | None) -> Batch:
    """Join the windows of `examples`; `kept` are states of the frozen part by the window's id."""
    windows = [each.window for each in examples]
    sizes = [len(each.ids) for each in windows]
    return Batch(
        sizes=sizes,
        ids=to_tensor(np.concatenate([each.ids for each in windows])),
        flags=to_tensor(np.concatenate([each.flags for each in windows])),
        places=torch.cat([torch.arange(size) for size in sizes]),
        mask=(torch.arange(max(sizes))[None] < torch.tensor(sizes)[:, None]).float(),
        low=None if kept is None else torch.cat([kept[id(each)].float() for each in windows]),
    )


def states_of(encoder: Encoder, batch: Batch) -> Tensor:
    """Return the states (B, T, D) of a batch."""
    return padded(depths_of(encoder, batch)[-1], batch)


def depths_of(encoder: Encoder, batch: Batch) -> list[Tensor]:
    """Return the states (N, D) of a batch above the frozen part, below each layer and of the top.

    Nothing is computed for what a window is shorter than others.
    """
    attend, low = encoder.packed(batch.sizes), batch.low
    if low is None:
        low = encoder.lower(batch.ids, batch.places, attend)
    return encoder.depths(low, batch.flags, attend)


def padded(states: Tensor, batch: Batch) -> Tensor:
    """Return states (N, D) by window, (B, T, D)."""
    return nn.utils.rnn.pad_sequence(states.split(batch.sizes), batch_first=True)


def keep_lower(encoder: Encoder, articles: Sequence[Marked]) -> dict[int, Tensor]:
    """Run the frozen part once over every window and keep its states, in 16 bits."""

    def lower(batch: Batch) -> Tensor:
        return encoder.lower(batch.ids, batch.places, encoder.packed(batch.sizes))

    return _keep(encoder, articles, lower)


def keep_states(
    encoder: Encoder, articles: Sequence[Marked], kept: dict[int, Tensor]
) -> dict[int, Tensor]:
    """Run the rest of the encoder once over what `keep_lower` kept, and keep its states."""

    def states(batch: Batch) -> Tensor:
        return depths_of(encoder, batch)[-1]

    return _keep(encoder, articles, states, kept)


def _keep(
    encoder: Encoder,
    articles: Sequence[Marked],
    states_of_pieces: Callable[[Batch], Tensor],
    lower: dict[int, Tensor] | None = None,
) -> dict[int, Tensor]:
    encoder.eval()
    kept: dict[int, Tensor] = {}
    for article in articles:
        batch = make_batch(article.examples, lower)
        with torch.no_grad(), half_precision():
            states = states_of_pieces(batch).half()
        for each, rows in zip(article.examples, states.split(batch.sizes), strict=True):
            kept[id(each.window)] = rows.clone()
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
        own = slice(0, SPEAKER) if line < len(acts) else slice(SPEAKER, None)
        wanted[line, own, : mention.roles.shape[1]] = to_tensor(mention.roles) / 255
        asked[line, own] = 1.0
    statuses = np.stack([act.status for *_, act in acts]) if acts else np.zeros((0, 9))
    return Mentions(
        rows=torch.tensor([row for row, _ in mentions], dtype=torch.long),
        places=torch.tensor([int(m.pieces[0]) for _, m in mentions], dtype=torch.long),
        roles=wanted,
        asked=asked,
        types=torch.tensor([act.type for *_, act in acts], dtype=torch.long),
        statuses=to_tensor(statuses).float() / 255,
        far=torch.tensor([first + int(act.pieces[0]) for *_, first, act in acts]),
        act=[(number, act.act) for _, number, _, act in acts],
        codes=[act.codes for *_, act in acts],
    )


def labels_of(examples: Sequence[Example], length: int) -> tuple[Tensor, Tensor]:
    """Return what each piece is, (B, T, 18): no act, the first piece of one of each type, a further
    piece; and (B, T) where that is known.
    """
    labels = torch.zeros(len(examples), length, INSIDE + 1)
    known = torch.zeros(len(examples), length)
    for row, seen, example in zip(labels, known, examples, strict=True):
        size = len(example.window.ids)
        if example.taught is not None:
            row[:size] = to_tensor(example.taught) / 255
        elif example.acts is not None:
            row[torch.arange(size), to_tensor(_numbers(example, size))] = 1.0
        else:
            continue
        seen[:size] = 1.0
    return labels, known


def _numbers(example: Example, size: int) -> Ints:
    numbers = np.full(size, NONE)
    for act in example.acts or ():
        inside = act.pieces[1:]
        numbers[inside[numbers[inside] == NONE]] = INSIDE
    for act in example.acts or ():
        numbers[act.pieces[0]] = act.type + 1
    return numbers


def cue_labels_of(examples: Sequence[Example], length: int) -> Tensor:
    """Return what each piece is: no cue, the first piece of one, a further one; or `UNKNOWN`."""
    labels = torch.full((len(examples), length), UNKNOWN)
    for row, example in zip(labels, examples, strict=True):
        if example.cues is None:
            continue
        row[: len(example.window.ids)] = NONE
        for cue in example.cues:
            row[to_tensor(cue.pieces[1:])] = 2
        for cue in example.cues:
            row[cue.pieces[0]] = 1
    return labels


def name_labels_of(examples: Sequence[Example], length: int) -> Tensor:
    """Return what each piece is: no name, the first piece of one of each kind, a further one; or
    `UNKNOWN`.
    """
    labels = torch.full((len(examples), length), UNKNOWN)
    for row, example in zip(labels, examples, strict=True):
        if example.names is not None:
            row[: len(example.names)] = to_tensor(example.names)
    return labels


def train(
    encoder: Encoder,
    heads: Heads,
    courses: Sequence[Course],
    plan: Plan,
    report: Report,
    saved: Path,
    kept: dict[int, Tensor] | None = None,
) -> None:
    """Train in place, on one course after the other with one rate that rises and falls.

    What `saved` holds is taken up where it was left; it is kept up to date.  `kept` are the states
    of the frozen part, where there is one.
    """
    known = list(encoder.layers[encoder.shape.frozen :].parameters())
    fresh = [*encoder.flags.parameters(), *heads.parameters()]
    weights = [*known, *fresh]
    encoder.requires_grad_(False)
    for weight in weights:
        weight.requires_grad_(True)
    groups = [{"params": known, "lr": plan.rate}, {"params": fresh, "lr": plan.new_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    total = sum(course.steps(plan) for course in courses)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _rate_at(step / max(1, total), plan.warm_up)
    )
    done = _resume(saved, encoder, heads, optimizer, schedule)
    running = 0.0
    for step, (course, group) in enumerate(_groups(courses, plan)):
        if step < done:
            continue
        _settle(encoder, course.settled)
        torch.manual_seed(plan.seed * 1_000_003 + step)
        encoder.train()
        heads.train()
        with half_precision():
            loss = _loss(encoder, heads, group, kept, countries=plan.countries)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        schedule.step()
        running = 0.98 * running + 0.02 * loss.item()
        if step % 25 == 24:
            report(step + 1, total, running / (1 - 0.98 ** (step + 1 - done)))
        if step % KEPT_EVERY == KEPT_EVERY - 1 or step + 1 == total:
            _save(saved, step + 1, encoder, heads, optimizer, schedule)


def train_countries(
    encoder: Encoder,
    heads: Heads,
    course: Course,
    plan: Plan,
    report: Report,
    lower: dict[int, Tensor],
) -> None:
    """Train the head of countries alone, on states that stay as they are."""
    heads.eval()
    kept = keep_states(encoder, course.articles, lower)

    def loss_of(group: Sequence[Marked]) -> Tensor:
        batch = make_batch([example for article in group for example in article.examples], kept)
        assert batch.low is not None
        states = padded(batch.low, batch)
        found = make_mentions(group, states.shape[1])
        acts = len(found.types)
        if not acts:
            return torch.zeros(())
        scores = heads.roles(states, found.rows[:acts], found.places[:acts])
        return country_loss(heads, states, scores, found, group)

    _train_head(heads, heads.countries, course, plan, report, loss_of)


def train_names(encoder: Encoder, heads: Heads, course: Course, plan: Plan, report: Report) -> None:
    """Train the head of names alone, on states that stay as they are."""
    kept = {id(article): _keep_depths(encoder, article) for article in course.articles}

    def loss_of(group: Sequence[Marked]) -> Tensor:
        windows = [window for article in group for window in kept[id(article)]]
        examples = [example for article in group for example in article.examples]
        states = nn.utils.rnn.pad_sequence(windows, batch_first=True).float()
        scores = heads.names(states).transpose(1, 2)
        return functional.cross_entropy(scores, name_labels_of(examples, states.shape[1]))

    _train_head(heads, heads.names, course, plan, report, loss_of)


def _train_head(
    heads: Heads,
    head: nn.Module,
    course: Course,
    plan: Plan,
    report: Report,
    loss_of: Callable[[Sequence[Marked]], Tensor],
) -> None:
    """Train one of the `heads`; a group of articles in which it is asked nothing is passed over."""
    heads.requires_grad_(False)
    head.requires_grad_(True)
    optimizer = torch.optim.AdamW(head.parameters(), lr=plan.new_rate, fused=True)
    torch.manual_seed(plan.seed)
    total = course.steps(plan)
    running = 0.0
    for step, (_, group) in enumerate(_groups([course], plan)):
        for part in optimizer.param_groups:
            part["lr"] = plan.new_rate * _rate_at(step / total, plan.warm_up)
        loss = loss_of(group)
        if not loss.requires_grad:
            continue
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        running = 0.98 * running + 0.02 * loss.item()
        if step % 50 == 49:
            report(step + 1, total, running / (1 - 0.98 ** (step + 1)))


@torch.no_grad()  # type: ignore[untyped-decorator]
def _keep_depths(encoder: Encoder, article: Marked) -> list[Tensor]:
    """Return of each window the states that names are read from, in 16 bits."""
    encoder.eval()
    batch = make_batch(article.examples, None)
    with half_precision():
        depths = depths_of(encoder, batch)
    states = Names.at_depths([each.bfloat16() for each in depths])
    return [rows.clone() for rows in states.split(batch.sizes)]


def _settle(encoder: Encoder, layers: int) -> None:
    """Let so many of the layers above the frozen part learn no more: nothing goes back to them."""
    if layers:
        encoder.flags.requires_grad_(False)
    first = encoder.shape.frozen
    encoder.layers[first : first + layers].requires_grad_(False)


def _groups(courses: Sequence[Course], plan: Plan) -> Iterator[tuple[Course, list[Marked]]]:
    """Yield the course and the articles of each step; the same ones whenever it is asked."""
    shuffled = random.Random(plan.seed)
    for course in courses:
        order: list[Marked] = []
        for _ in range(course.steps(plan)):
            if len(order) < plan.articles:
                order = list(course.articles)
                shuffled.shuffle(order)
            yield course, [order.pop() for _ in range(min(plan.articles, len(order)))]


def _rate_at(part: float, warm_up: float) -> float:
    return part / warm_up if part < warm_up else max(0.0, (1 - part) / (1 - warm_up))


def _loss(
    encoder: Encoder,
    heads: Heads,
    articles: Sequence[Marked],
    kept: dict[int, Tensor] | None,
    *,
    countries: bool,
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
    if not acts:
        return loss
    own = states[found.rows[:acts], found.places[:acts]]
    loss = loss + LOST_STATUS * functional.cross_entropy(heads.status(own).float(), found.statuses)
    loss = loss + LOST_SAME * _same_loss(heads, own, batch, found, articles)
    if not countries:
        return loss
    return loss + LOST_COUNTRIES * country_loss(heads, states, scores[:acts], found, articles)


def _label_loss(heads: Heads, states: Tensor, examples: Sequence[Example]) -> Tensor:
    """Return what is lost on what each piece is, as far as anybody marked it."""
    loss = torch.zeros(())
    wanted, known = labels_of(examples, states.shape[1])
    if known.any():
        weighed = wanted * torch.tensor([WEIGHT_NONE] + [1.0] * (INSIDE - 1) + [WEIGHT_NONE])
        logs = torch.log_softmax(heads.act(states).float(), -1)
        loss = loss - ((logs * weighed).sum(-1) * known).sum() / (weighed.sum(-1) * known).sum()
    cues = cue_labels_of(examples, states.shape[1])
    if (cues >= 0).any():
        scores = heads.cue(states).float().transpose(1, 2)
        loss = loss + functional.cross_entropy(scores, cues)
    names = name_labels_of(examples, states.shape[1])
    if (names >= 0).any():
        scores = heads.name(states).float().transpose(1, 2)
        loss = loss + functional.cross_entropy(scores, names)
    return loss


def _same_loss(
    heads: Heads, own: Tensor, batch: Batch, found: Mentions, articles: Sequence[Marked]
) -> Tensor:
    words = batch.ids[batch.at(found.rows[: len(own)], found.places[: len(own)])]
    facts = facts_of_pairs(to_array(found.types), to_array(words), to_array(found.far))
    scores = heads.joined(own, to_tensor(facts)).float()
    article = torch.tensor([number for number, _ in found.act])
    wanted = torch.tensor([[float(a == b) for b in found.act] for a in found.act])
    for number, one in enumerate(articles):
        if one.same is not None:
            at = (article == number).nonzero()[:, 0]
            wanted[at[:, None], at[None]] = to_tensor(one.same).float() / 255
    pairs = (article[:, None] == article[None]) & ~torch.eye(len(article), dtype=torch.bool)
    if not pairs.any():
        return torch.zeros(())
    return functional.binary_cross_entropy_with_logits(
        scores[pairs], wanted[pairs], pos_weight=torch.tensor(WEIGHT_SAME)
    )


def country_loss(
    heads: Heads, states: Tensor, roles: Tensor, found: Mentions, articles: Sequence[Marked]
) -> Tensor:
    """Return what is lost on whose the parties are, over all countries that an article names."""
    lost, rows = [], 0
    for number, article in enumerate(articles):
        first, rows = rows, rows + len(article.examples)
        acts = [n for n, (own, _) in enumerate(found.act) if own == number]
        if not article.countries or not acts:
            continue
        scores, codes = country_scores(heads, states, roles[acts], found, acts, article, first)
        wanted = torch.tensor(
            [[[side.get(c, 0.0) for c in codes] for side in found.codes[n]] for n in acts]
        )
        lost.append(functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none"))
    if not lost:
        return torch.zeros(())
    return torch.stack([each.sum(-1).mean() for each in lost]).mean()


def country_scores(
    heads: Heads,
    states: Tensor,
    roles: Tensor,
    found: Mentions,
    acts: Sequence[int],
    article: Marked,
    first: int,
) -> tuple[Tensor, list[str]]:
    """Score each country that an article names, for each side of some of its acts: (A, 2, K).

    Args:
        heads: what scores.
        states: of the batch, (B, T, D).
        roles: (A, R, T) scores of the roles in the acts.
        found: the acts of the batch.
        acts: their numbers in it.
        article: theirs.
        first: row of the article's first window.
    """
    rows, places = found.rows[list(acts)], found.places[list(acts)]
    windows = torch.tensor([c.window for c in article.countries])
    pieces = torch.tensor([c.piece for c in article.countries])
    begun = np.array([e.first for e in article.examples])[to_array(windows)]
    sides = roles[:, :SIDES].detach().sigmoid()
    here = rows[:, None] == first + windows[None]
    overlap = sides[:, :, pieces] * here[:, None]
    codes = sorted({c.code for c in article.countries})
    numbers = np.array([codes.index(c.code) for c in article.countries])
    far, away = to_array(found.far[list(acts)]), begun + to_array(pieces)
    facts = facts_of_countries(
        to_array(overlap), away, numbers, (to_array(rows) - first, to_array(windows))
    )
    scores = heads.countries(
        states[rows, places],
        mean_of_sides(states[rows], sides),
        states[first + windows, pieces],
        to_tensor(steps_away(far, away)),
        to_tensor(facts),
    ).float()
    at = to_tensor(numbers)
    of_codes = [torch.logsumexp(scores[..., at == n], -1) for n in range(len(codes))]
    return torch.stack(of_codes, -1), codes


def mean_of_sides(states: Tensor, sides: Tensor) -> Tensor:
    """Return the mean states (A, 2, D) of the words for each side, by (A, 2, T) chances."""
    weights = sides * (sides > LEAST_ROLE)
    weights = weights / weights.sum(-1, keepdim=True).clamp(min=1e-6)
    return torch.einsum("ast,atd->asd", weights.to(states.dtype), states)


def load(saved: Path, encoder: Encoder, heads: Heads) -> None:
    """Load the weights that a training left in `saved`."""
    state = torch.load(saved, map_location=DEVICE)
    encoder.load_state_dict(state["encoder"])
    heads.load_state_dict(state["heads"])


def _resume(
    saved: Path, encoder: Encoder, heads: Heads, optimizer: torch.optim.Optimizer, schedule: object
) -> int:
    if not saved.exists():
        return 0
    load(saved, encoder, heads)
    state = torch.load(saved, map_location=DEVICE)
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
