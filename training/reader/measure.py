"""What a trained network finds in marked articles: acts as `score_events.py` reads them, and cues.

Countries of parties are looked up in the marks by the words (an upper bound for resolving them),
so that the figures are those of the network alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import torch

from tocsin.models.networks import Ints
from tocsin.models.tagger import Tagged
from tocsin.records import Span
from training.reader.learn import make_batch, states_of
from training.reader.marks import CONTENT, INSIDE, SPEAKER, STATUSES, TYPES, Marked
from training.reader.network import Encoder, Heads

#: A mention in the network's eyes: probability, type, place in the article and so on.
Found = dict[str, Any]


@torch.no_grad()  # type: ignore[untyped-decorator]
def find_mentions(
    encoder: Encoder, heads: Heads, article: Marked, least: float
) -> tuple[list[Found], torch.Tensor]:
    """Return the mentions at least so probable, and how probably each two tell one act."""
    encoder.eval()
    heads.eval()
    batch = make_batch(article.examples, None)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = states_of(encoder, batch).float()
    chances = heads.act(states).softmax(-1)
    begins = chances[..., 1:INSIDE].sum(-1) * batch.mask
    at = [
        (row, place)
        for row, place in (begins > least).nonzero().tolist()
        if article.examples[row].spans[place, 1]
        and begins[row, place] >= begins[row, max(0, place - 1) : place + 2].max()
    ]
    if not at:
        return [], torch.zeros(0, 0)
    rows, places = torch.tensor(at).T
    roles = heads.roles(states, rows, places).sigmoid()
    own = states[rows, places]
    statuses = heads.status(own).argmax(-1)
    types = chances[rows, places, 1:INSIDE].argmax(-1)
    far = torch.tensor([article.examples[r].first + p for r, p in at], dtype=torch.float)
    joined = heads.joined(own, types, batch.ids[rows, places], far)
    found = []
    for number, (row, place) in enumerate(at):
        spans = article.examples[row].spans
        words = {
            name: [spans[z].tolist() for z in range(len(spans)) if roles[number, k, z] > 0.6]
            for k, name in enumerate(("actors", "recipients"))
        }
        found.append(
            {
                "chance": float(begins[row, place]),
                "type": TYPES[int(types[number])],
                "words": [spans[place].tolist()],
                "status": STATUSES[int(statuses[number])],
                **words,
            }
        )
    return found, ((joined + joined.T) / 2).sigmoid()


def events_of(
    article: Marked, found: Sequence[Found], joined: torch.Tensor, least: float
) -> list[dict[str, Any]]:
    """Join the mentions of one act and look their parties up in the marks."""
    groups: list[list[int]] = []
    for number, mention in enumerate(found):
        if mention["chance"] <= least:
            continue
        likeness = [sum(float(joined[number, k]) for k in g) / len(g) for g in groups]
        best = max(range(len(groups)), key=likeness.__getitem__, default=None)
        if best is not None and likeness[best] > 0.5:
            groups[best].append(number)
        else:
            groups.append([number])
    return [_event(article.row["acts"], [found[k] for k in group]) for group in groups]


def _event(marks: Sequence[Mapping[str, Any]], mentions: Sequence[Found]) -> dict[str, Any]:
    types = [m["type"] for m in mentions]
    return {
        "type": max(types, key=types.count),
        "words": [w for m in mentions for w in m["words"]],
        "actors": _vote(
            [tuple(sorted(set(_codes(marks, "actor", m["actors"])))) for m in mentions]
        ),
        "recipients": _vote(
            [tuple(sorted(set(_codes(marks, "recipient", m["recipients"])))) for m in mentions]
        ),
        "status": mentions[0]["status"],
        "day": None,
    }


def _vote(sides: Iterable[Iterable[str]]) -> list[str]:
    named = Counter(side for each in sides if (side := tuple(sorted(set(each)))))
    return list(named.most_common(1)[0][0]) if named else []


def _codes(
    marks: Sequence[Mapping[str, Any]], side: str, words: Sequence[Sequence[int]]
) -> Iterator[str]:
    for mark in marks:
        pairs = zip(mark[f"{side}s"], mark[f"{side}_words"], strict=False)
        for code, (start, end) in pairs:
            if any(a < end and start < b for a, b in words):
                yield code


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
