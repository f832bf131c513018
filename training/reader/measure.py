"""What a trained network finds in articles: acts as `score_events.py` reads them, and cues.

Nothing is resolved but the countries, which the network itself gives; so that the figures are those
of the network alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from tocsin.models.networks import Ints
from tocsin.models.reader import CONTENT, SPEAKER, STATUSES, TYPES, facts_of_pairs
from tocsin.models.tagger import Tagged
from tocsin.records import Span
from training.reader.learn import Batch, Mentions, country_scores, make_batch, states_of
from training.reader.marks import INSIDE, Marked
from training.reader.network import Encoder, Heads

#: More mentions of one act than this are not compared with each other.
LEAST_SAME = 0.5


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
    with torch.autocast("cpu", dtype=torch.bfloat16):
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
    words = np.array([int(batch.ids[row, place]) for row, place in at], dtype=np.int64)
    facts = facts_of_pairs(types.argmax(-1).numpy(), words, far.numpy())
    joined = heads.joined(own, torch.from_numpy(facts)).sigmoid()
    return (joined + joined.T) / 2, far


def _mentions(rows: Tensor, places: Tensor, far: Tensor) -> Mentions:
    none = torch.zeros(0)
    return Mentions(
        rows=rows, places=places, far=far, roles=none, asked=none, types=none, statuses=none,
        act=[], codes=[],
    )  # fmt: skip


def events_of(article: Marked, found: Read, least: float) -> list[dict[str, Any]]:
    """Join the mentions of one act."""
    groups: list[list[int]] = []
    for number, chance in enumerate(found.chances.tolist()):
        if chance <= least:
            continue
        likeness = [sum(float(found.same[number, k]) for k in g) / len(g) for g in groups]
        best = max(range(len(groups)), key=likeness.__getitem__, default=None)
        if best is not None and likeness[best] > LEAST_SAME:
            groups[best].append(number)
        else:
            groups.append([number])
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


# --------------------------------------------------------------------------- attributions


@torch.no_grad()  # type: ignore[untyped-decorator]
def find_attributions(
    encoder: Encoder, heads: Heads, article: Marked, least: float
) -> list[Tagged]:
    """Return the attributions whose cue is at least so probable."""
    encoder.eval()
    heads.eval()
    batch = make_batch(article.examples, None)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = states_of(encoder, batch).float()
    begins = heads.cue(states).softmax(-1)[..., 1] * batch.mask
    at = [(r, p) for r, p in (begins > least).nonzero().tolist() if article.examples[r].spans[p, 1]]
    if not at:
        return []
    rows, places = torch.tensor(at).T
    roles = heads.roles(states, rows, places).sigmoid()
    found = []
    for number, (row, place) in enumerate(at):
        spans = article.examples[row].spans
        content = _runs(spans, roles[number, CONTENT] > 0.5)
        speaker = _runs(spans, roles[number, SPEAKER] > 0.5)
        if content:
            found.append(
                Tagged(
                    speaker_words=speaker[0] if speaker else None,
                    cue=(int(spans[place, 0]), int(spans[place, 1])),
                    content=content,
                    confidence=float(begins[row, place]),
                )
            )
    return found


def _runs(spans: Ints, chosen: torch.Tensor) -> tuple[Span, ...]:
    """Return the stretches of text that pieces in a row cover."""
    runs: list[Span] = []
    before = -2
    for piece in chosen.nonzero()[:, 0].tolist():
        if piece >= len(spans) or not spans[piece, 1]:
            continue
        start, end = (int(x) for x in spans[piece])
        if piece == before + 1 and runs:
            runs[-1] = runs[-1][0], end
        else:
            runs.append((start, end))
        before = piece
    return tuple(runs)
