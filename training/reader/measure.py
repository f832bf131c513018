"""What a trained network finds in articles, as `score_events.py` reads it.

Nothing is resolved but the countries, which the network itself gives; so that the figures are those
of the network alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from tocsin.models.acts import join_mentions
from tocsin.models.reader import STATUSES, TYPES, facts_of_pairs
from training.device import half_precision, to_array, to_tensor
from training.reader.learn import Batch, Mentions, country_scores, make_batch, states_of
from training.reader.marks import INSIDE, Marked
from training.reader.network import Encoder, Heads


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Mentions that a network found in one article; A of them, K countries."""

    at: list[tuple[int, int]]  #: window and piece
    labels: Tensor  #: (B, T, 18) chances of every piece of the article
    chances: Tensor  #: (A,) that an act begins there
    types: Tensor  #: (A, 16)
    statuses: Tensor  #: (A, 9)
    roles: Tensor  #: (A, R, T)
    same: Tensor  #: (A, A)
    codes: list[str]
    countries: Tensor  #: (A, 2, K)


@torch.no_grad()  # type: ignore[untyped-decorator]
def read(encoder: Encoder, heads: Heads, article: Marked, least: float) -> Read:
    """Return the mentions at least so probable."""
    encoder.eval()
    heads.eval()
    batch = make_batch(article.examples, None)
    with half_precision():
        states = states_of(encoder, batch).float()
    labels = heads.act(states).softmax(-1)
    begins = labels[..., 1:INSIDE].sum(-1) * batch.mask
    at = [
        (row, place)
        for row, place in (begins > least).nonzero().tolist()
        if article.examples[row].spans[place, 1]
        and begins[row, place] >= begins[row, max(0, place - 1) : place + 2].max()
    ]
    rows, places = torch.tensor(at, dtype=torch.long).reshape(-1, 2).T
    roles = heads.roles(states, rows, places)
    types = labels[rows, places, 1:INSIDE]
    same, far = _same(heads, states[rows, places], types, batch, at, article)
    countries, codes = torch.zeros(len(at), 2, 0), list[str]()
    if article.countries and at:
        found = _mentions(rows, places, far)
        everyone = range(len(at))
        scores, codes = country_scores(heads, states, roles, found, everyone, article, 0)
        countries = scores.sigmoid()
    return Read(
        at=at,
        labels=labels,
        chances=begins[rows, places],
        types=types / types.sum(-1, keepdim=True),
        statuses=heads.status(states[rows, places]).softmax(-1),
        roles=roles.sigmoid(),
        same=same,
        codes=codes,
        countries=countries,
    )


def _same(
    heads: Heads,
    own: Tensor,
    types: Tensor,
    batch: Batch,
    at: Sequence[tuple[int, int]],
    article: Marked,
) -> tuple[Tensor, Tensor]:
    far = torch.tensor([article.examples[r].first + p for r, p in at], dtype=torch.long)
    rows, places = torch.tensor(at, dtype=torch.long).reshape(-1, 2).T
    words = to_array(batch.ids[batch.at(rows, places)])
    facts = facts_of_pairs(to_array(types.argmax(-1)), words, to_array(far))
    joined = heads.joined(own, to_tensor(facts)).sigmoid()
    return (joined + joined.T) / 2, far


def _mentions(rows: Tensor, places: Tensor, far: Tensor) -> Mentions:
    none = torch.zeros(0)
    return Mentions(
        rows=rows, places=places, far=far, roles=none, asked=none, types=none, statuses=none,
        act=[], codes=[],
    )  # fmt: skip


def events_of(article: Marked, found: Read, least: float) -> list[dict[str, Any]]:
    """Join the mentions of one act."""
    sure = [number for number, chance in enumerate(found.chances.tolist()) if chance > least]
    groups = join_mentions(to_array(found.same), sure)
    return [_event(article, found, group) for group in groups]


def _event(article: Marked, found: Read, group: Sequence[int]) -> dict[str, Any]:
    places = [found.at[number] for number in group]
    words = [article.examples[row].spans[place].tolist() for row, place in places]
    types = found.types[list(group)].mean(0)
    countries = found.countries[list(group)].mean(0)
    sides = [[c for c, p in zip(found.codes, side, strict=True) if p > 0.5] for side in countries]
    return {
        "type": TYPES[int(types.argmax())],
        "words": words,
        "actors": sides[0],
        "recipients": sides[1],
        "status": STATUSES[int(found.statuses[group[0]].argmax())],
        "day": None,
        "chance": float(found.chances[list(group)].max()),
    }
