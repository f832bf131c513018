"""The reader's network: an encoder (BERT or MPNet) and light heads on its states.

Heads: the type of the act that a piece begins, whether it begins or continues a cue, and the kind
of name that it begins; the roles
of other pieces in an act or attribution, by a bilinear score with distance (after Dozat and Manning
2017, deep biaffine attention); the status of an act; whether two mentions tell one act; and which
of the words that name a country say whose the parties of an act are, told by name or not.  All of
them read the states of one pass.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from tocsin.models.pieces import FLAGS, LONGEST_WINDOW
from tocsin.models.reader import AWAY, COUNTRY_FACTS, PAIR_FACTS, ROLES, SIDES, STATUSES
from training.device import DEVICE
from training.reader.marks import IN_NAME, INSIDE

#: Units of the projections that roles and pairs are scored in.
ROLE_UNITS, PAIR_UNITS = 192, 192
#: Steps of distance told apart on either side, three pieces each.
FARTHEST = 20
#: And countries.
COUNTRY_UNITS = 192
#: Units in which names are told, and depths of the encoder whose states are asked.
NAME_UNITS, DEPTHS = 128, 3
#: Units that are dropped or not, drawn once.
POOL = 1 << 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The measures of an encoder."""

    width: int
    heads: int
    layers: int
    relative: bool  #: attention has a bias by distance (MPNet)
    frozen: int = 0  #: lower layers that are not trained; flags are added above them

    @classmethod
    def of(cls, config: Mapping[str, Any], frozen: float) -> Shape:
        """Return the measures of a base by its `config.json`; so large a part is frozen."""
        layers = config["num_hidden_layers"]
        return cls(
            width=config["hidden_size"],
            heads=config["num_attention_heads"],
            layers=layers,
            relative=config["model_type"] == "mpnet",
            frozen=round(layers * frozen),
        )


class Drop(nn.Module):
    """Dropout whose masks are cut from one pool of drawn ones: drawing is dear on processors.

    The pool is the same in every run, so that a training that goes on draws as if it had not been
    broken off.
    """

    pools: ClassVar[dict[float, Tensor]] = {}

    def __init__(self, part: float) -> None:
        """Drop so large a part of the units."""
        super().__init__()
        self.part = part

    def forward(self, x: Tensor) -> Tensor:
        """Return `x`; while training with units dropped and the rest scaled up."""
        if not self.training:
            return x
        pool = self.pool()
        start = int(torch.randint(len(pool), ()))
        mask = pool[start : start + x.numel()]
        while len(mask) < x.numel():
            mask = torch.cat([mask, pool[: x.numel() - len(mask)]])
        return x * mask.view(x.shape).to(x.dtype)

    def pool(self) -> Tensor:
        """Return the masks of all modules that drop so large a part."""
        if self.part not in Drop.pools:
            drawn = torch.rand(POOL, generator=torch.Generator(DEVICE).manual_seed(1))
            Drop.pools[self.part] = (drawn >= self.part).float() / (1 - self.part)
        return Drop.pools[self.part]


#: Queries, keys and values of windows in; what is read of the values out.
Attention = Callable[[Tensor, Tensor, Tensor], Tensor]


class Layer(nn.Module):
    """Self-attention and feed-forward, each added and normalised, as in BERT."""

    def __init__(self, width: int) -> None:
        """Make a layer whose weights are still to be loaded."""
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.inner, self.outer = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = Drop(0.1)

    def forward(self, states: Tensor, attend: Attention) -> Tensor:
        """Map states, of one shape or the other as `attend` has it."""
        read = attend(self.query(states), self.key(states), self.value(states))
        states = self.norm1(states + self.drop(self.out(read)))
        inner = functional.gelu(self.inner(states))
        return self.norm2(states + self.drop(self.outer(inner)))


def attend_padded(heads: int, bias: Tensor) -> Attention:
    """Attend within windows that are padded to one length, (B, T, D).

    `bias`, broadcast to (B, H, T, T), is added to the scores.
    """

    def attend(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        rows, length, width = query.shape
        query, key, value = (
            part.view(rows, length, heads, width // heads).transpose(1, 2)
            for part in (query, key, value)
        )
        read = _read(query, key, value, bias)
        return read.transpose(1, 2).reshape(rows, length, width)

    return attend


def attend_packed(heads: int, sizes: Sequence[int], bias: Tensor | None) -> Attention:
    """Attend within windows that follow each other without padding, (N, D); so large each.

    Window by window the scores stay where the processor has them at hand.
    """

    def attend(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        windows = zip(*(part.split(sizes) for part in (query, key, value)), strict=True)
        return torch.cat([of_window(*parts) for parts in windows])

    def of_window(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        length, width = query.shape
        query, key, value = (
            part.view(length, heads, width // heads).transpose(0, 1) for part in (query, key, value)
        )
        read = _read(query, key, value, None if bias is None else bias[:, :length, :length])
        return read.transpose(0, 1).reshape(length, width)

    return attend


def _read(query: Tensor, key: Tensor, value: Tensor, bias: Tensor | None) -> Tensor:
    scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-2, -1)
    scores = scores.float() if bias is None else scores.float() + bias
    return torch.softmax(scores, -1).to(value.dtype) @ value


class Encoder(nn.Module):
    """Word pieces and flags in; states out."""

    def __init__(self, vocabulary: int, shape: Shape) -> None:
        """Make an encoder for so many word pieces."""
        super().__init__()
        self.shape = shape
        self.pieces = nn.Embedding(vocabulary, shape.width)
        self.places = nn.Embedding(LONGEST_WINDOW, shape.width)
        self.flags = nn.Embedding(FLAGS, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = Drop(0.1)
        self.layers = nn.ModuleList(Layer(shape.width) for _ in range(shape.layers))
        self.distances = nn.Embedding(32, shape.heads) if shape.relative else None
        nn.init.zeros_(self.flags.weight)

    def padded(self, mask: Tensor) -> Attention:
        """Return how windows attend that are padded, with 1.0 in `mask` (B, T) where a piece is."""
        near = self._near(mask.shape[1])
        bias = (mask[:, None, None, :] - 1.0) * 1e4
        return attend_padded(self.shape.heads, bias if near is None else bias + near[None])

    def packed(self, sizes: Sequence[int]) -> Attention:
        """Return how windows attend that follow each other, so large each."""
        return attend_packed(self.shape.heads, sizes, self._near(max(sizes)))

    def lower(self, ids: Tensor, places: Tensor, attend: Attention) -> Tensor:
        """Return the states of the frozen part; without one, of the embeddings.

        `ids` and the `places` of the pieces within their windows are those of the pieces that
        `attend` is for.
        """
        states = self.norm(self.pieces(ids) + self.places(places))
        for layer in self.layers[: self.shape.frozen]:
            states = layer(states, attend)
        return states

    def depths(self, states: Tensor, flags: Tensor, attend: Attention) -> list[Tensor]:
        """Return the states below each layer, from those of `lower`, and of the top."""
        found = [self.drop(states + self.flags(flags))]
        for layer in self.layers[self.shape.frozen :]:
            found.append(layer(found[-1], attend))
        return found

    def _near(self, length: int) -> Tensor | None:
        """Return what distance adds to the scores (H, T, T) of attention, if anything."""
        if self.distances is None:
            return None
        return self.distances(_buckets(length)).permute(2, 0, 1)


def _buckets(length: int) -> Tensor:
    """Return the bucket (T, T) of each distance, as MPNet and T5 number them."""
    place = torch.arange(length)
    away = place[:, None] - place[None, :]  # how far behind the key lies
    bucket = (away < 0).long() * 16
    away = away.abs()
    far = 8 + (torch.log(away.clamp(min=1) / 8) / math.log(128 / 8) * 8).long()
    return bucket + torch.where(away < 8, away, far.clamp(max=15))


class Heads(nn.Module):
    """What is read off the states."""

    def __init__(self, width: int) -> None:
        """Make heads for states of `width` units."""
        super().__init__()
        self.drop = Drop(0.1)
        self.act = nn.Linear(width, INSIDE + 1)
        self.cue = nn.Linear(width, 3)
        #: Teaches the states what a name is; `names` says it better.
        self.name = nn.Linear(width, IN_NAME + 1)
        self.holder, self.held = nn.Linear(width, ROLE_UNITS), nn.Linear(width, ROLE_UNITS)
        self.bilinear = nn.Parameter(torch.randn(len(ROLES), ROLE_UNITS + 1, ROLE_UNITS + 1) * 0.02)
        self.distance = nn.Embedding(2 * FARTHEST + 1, len(ROLES))
        self.status = nn.Sequential(
            nn.Linear(width, width), nn.GELU(), Drop(0.1), nn.Linear(width, len(STATUSES))
        )
        self.pair = nn.Linear(width, PAIR_UNITS)
        self.same = nn.Sequential(
            nn.Linear(2 * PAIR_UNITS + PAIR_FACTS, 96), nn.GELU(), nn.Linear(96, 1)
        )
        self.countries = Countries(width)
        self.names = Names(width)
        nn.init.zeros_(self.distance.weight)

    def roles(self, states: Tensor, rows: Tensor, places: Tensor) -> Tensor:
        """Score every piece's roles in the acts that begin at (`rows`, `places`): (N, R, T)."""
        holders = _with_one(torch.relu(self.holder(states[rows, places])))
        held = _with_one(torch.relu(self.held(states)))[rows]
        scores = torch.einsum("nx,rxy,nty->nrt", holders, self.bilinear.to(held.dtype), held)
        return scores + self.distance_of(torch.arange(states.shape[1])[None] - places[:, None])

    def distance_of(self, away: Tensor) -> Tensor:
        """Score roles (N, R, T) by the distance of (N, T) pieces alone."""
        steps = torch.div(away.clamp(-3 * FARTHEST, 3 * FARTHEST), 3, rounding_mode="floor")
        return self.distance(steps + FARTHEST).transpose(1, 2)

    def joined(self, states: Tensor, facts: Tensor) -> Tensor:
        """Score every pair of N acts: whether both mentions tell one act, (N, N).

        `facts` (N, N, 4) are those of `tocsin.models.reader.facts_of_pairs`.
        """
        small = torch.relu(self.pair(states))
        one, other = small[:, None], small[None]
        features = torch.cat([one * other, (one - other).abs(), facts.to(small.dtype)], -1)
        return self.same(features)[..., 0]


class Names(nn.Module):
    """Which pieces begin or continue a name of which kind, from states of three depths.

    How a word is written is plainer in lower states than in the last ones, which know what it is to
    an act.
    """

    def __init__(self, width: int) -> None:
        """Make a head for states of `width` units."""
        super().__init__()
        self.own = nn.Linear(DEPTHS * width, NAME_UNITS)
        self.around = nn.Conv1d(NAME_UNITS, NAME_UNITS, kernel_size=3, padding=1)
        self.kind = nn.Linear(NAME_UNITS, IN_NAME + 1)

    def forward(self, states: Tensor) -> Tensor:
        """Score the kinds (B, T, 20) by states (B, T, 3 D), those of `at_depths`."""
        own = torch.relu(self.own(states))
        around = torch.relu(self.around(own.transpose(1, 2)).transpose(1, 2))
        return self.kind(own + around)

    @staticmethod
    def at_depths(found: Sequence[Tensor]) -> Tensor:
        """Join the lowest, middle and last of the states that `Encoder.depths` gives."""
        return torch.cat([found[0], found[len(found) // 2], found[-1]], -1)


class Countries(nn.Module):
    """Which words that name a country tell whose the two sides of an act are."""

    def __init__(self, width: int) -> None:
        """Make a head for states of `width` units."""
        super().__init__()
        self.act, self.party = nn.Linear(width, COUNTRY_UNITS), nn.Linear(width, COUNTRY_UNITS)
        self.side = nn.Embedding(SIDES, COUNTRY_UNITS)
        self.named = nn.Linear(width, COUNTRY_UNITS)
        self.bilinear = nn.Parameter(
            torch.randn(SIDES, COUNTRY_UNITS + 1, COUNTRY_UNITS + 1) * 0.02
        )
        self.away = nn.Embedding(2 * AWAY + 1, SIDES)
        self.facts = nn.Linear(COUNTRY_FACTS, SIDES)
        nn.init.zeros_(self.away.weight)

    def forward(
        self, acts: Tensor, parties: Tensor, words: Tensor, away: Tensor, facts: Tensor
    ) -> Tensor:
        """Score each of C words for each side of A acts: (A, 2, C).

        Args:
            acts: (A, D) states at their first pieces.
            parties: (A, 2, D) mean states of the words for each side.
            words: (C, D) states at the first piece of each.
            away: (A, C) numbers of the steps from act to words.
            facts: (A, 2, C, 4) those of `tocsin.models.reader.facts_of_countries`.
        """
        held = torch.relu(self.act(acts)[:, None] + self.party(parties) + self.side.weight)
        named = _with_one(torch.relu(self.named(words)))
        scores = torch.einsum(
            "asx,sxy,cy->asc", _with_one(held), self.bilinear.to(named.dtype), named
        )
        told = (facts.to(self.facts.weight.dtype) * self.facts.weight[None, :, None]).sum(-1)
        told = told + self.facts.bias[None, :, None]
        return scores + self.away(away).transpose(1, 2) + told


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


# --------------------------------------------------------------------------- the base's weights

BERT = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm2": "output.LayerNorm",
}
MPNET = BERT | {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "out": "attention.attn.o",
    "norm1": "attention.LayerNorm",
}


def load_base(encoder: Encoder, weights: Mapping[str, Tensor], kept: list[int]) -> None:
    """Copy the weights of a BERT or MPNet; `kept` are the rows of its vocabulary to keep."""
    names, first_place = (MPNET, 2) if encoder.shape.relative else (BERT, 0)
    encoder.pieces.weight.data.copy_(weights["embeddings.word_embeddings.weight"][kept])
    places = weights["embeddings.position_embeddings.weight"][first_place:][:LONGEST_WINDOW]
    if not encoder.shape.relative:
        places = places + weights["embeddings.token_type_embeddings.weight"][0]
    encoder.places.weight.data.copy_(places)
    encoder.norm.weight.data.copy_(weights["embeddings.LayerNorm.weight"])
    encoder.norm.bias.data.copy_(weights["embeddings.LayerNorm.bias"])
    if encoder.distances is not None:
        encoder.distances.weight.data.copy_(weights["encoder.relative_attention_bias.weight"])
    for index, layer in enumerate(encoder.layers):
        layer.load_state_dict(
            {
                f"{ours}.{part}": weights[f"encoder.layer.{index}.{theirs}.{part}"]
                for ours, theirs in names.items()
                for part in ("weight", "bias")
            }
        )
