"""The network: a shared encoder that finds cues, and layers that label roles for one cue.

The encoder is the lower part of all-MiniLM-L6-v2 (a BERT with 384 units).  The upper layers read
the paragraph again for each cue, with the cue's place added to the states, so that which words
belong to which cue is learned and not linked afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from tocsin.models.pieces import FLAGS, LONGEST_WINDOW

WIDTH = 384
HEADS = 12
INNER = 1536
#: Distances to the cue that are told apart, on either side.
FARTHEST = 24


class Layer(nn.Module):
    """One BERT layer: self-attention and feed-forward, each added and normalised."""

    def __init__(self) -> None:
        """Make a layer whose weights are still to be loaded."""
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """Map states (B, T, WIDTH); `bias` (B, 1, 1, T) is added to the attention scores."""
        rows, length, _ = states.shape
        shape = (rows, length, HEADS, WIDTH // HEADS)
        query = self.query(states).view(shape).transpose(1, 2)
        key = self.key(states).view(shape).transpose(1, 2)
        value = self.value(states).view(shape).transpose(1, 2)
        scores = query @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + bias
        read = torch.softmax(scores, dim=-1) @ value
        read = read.transpose(1, 2).reshape(rows, length, WIDTH)
        states = self.norm1(states + self.out(read))
        inner = functional.gelu(self.inner(states))
        return self.norm2(states + self.drop(self.outer(inner)))


class Encoder(nn.Module):
    """Word pieces and flags in; states and cue scores (outside, begins, goes on) out."""

    def __init__(self, vocabulary: int, layers: int) -> None:
        """Make an encoder for so many word pieces, with so many layers."""
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(LONGEST_WINDOW, WIDTH)
        self.flags = nn.Embedding(FLAGS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.cues = nn.Linear(WIDTH, 3)
        nn.init.zeros_(self.flags.weight)

    def forward(self, ids: Tensor, flags: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Read (B, T), `mask` 1.0 where there is a piece; give (B, T, WIDTH) and (B, T, 3)."""
        places = self.places.weight[: ids.shape[1]]
        states = self.drop(self.norm(self.pieces(ids) + places + self.flags(flags)))
        bias = (mask[:, None, None, :] - 1.0) * 1e4
        for layer in self.layers:
            states = layer(states, bias)
        return states, self.cues(states)


class Roles(nn.Module):
    """States of one paragraph and one cue in; roles (none, speaker, content) and worth out."""

    def __init__(self, layers: int) -> None:
        """Make so many layers, whose weights are still to be loaded."""
        super().__init__()
        self.distance = nn.Embedding(2 * FARTHEST + 2, WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.roles = nn.Linear(WIDTH, 3)
        self.worth = nn.Linear(WIDTH, 1)
        self.drop = nn.Dropout(0.1)
        nn.init.normal_(self.distance.weight, std=0.02)

    def forward(self, states: Tensor, distance: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Label (C, L, WIDTH) for the cue at `distance` (C, L); (C, L, 3) and (C,) out.

        `distance` is `tocsin.models.tagger.distances` of the cue: its pieces are
        `2 * FARTHEST + 1`.
        """
        states = states + self.distance(distance)
        bias = (mask[:, None, None, :] - 1.0) * 1e4
        for layer in self.layers:
            states = layer(states, bias)
        marked = (distance == 2 * FARTHEST + 1).to(states.dtype) * mask
        cue = (states * marked[:, :, None]).sum(1) / marked.sum(1, keepdim=True).clamp(min=1.0)
        return self.roles(self.drop(states)), self.worth(self.drop(cue)).squeeze(-1)


def load_base(
    encoder: Encoder, roles: Roles, weights: Mapping[str, Tensor], kept: list[int]
) -> None:
    """Copy a BERT's `weights` into both networks; `kept` are the rows of its vocabulary to keep.

    The role layers start from the topmost layers of the base.
    """
    table = weights["embeddings.word_embeddings.weight"]
    encoder.pieces.weight.data.copy_(table[torch.tensor(kept)])
    places = weights["embeddings.position_embeddings.weight"][:LONGEST_WINDOW]
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    encoder.places.weight.data.copy_(places + kind)
    encoder.norm.weight.data.copy_(weights["embeddings.LayerNorm.weight"])
    encoder.norm.bias.data.copy_(weights["embeddings.LayerNorm.bias"])
    for index, layer in enumerate(encoder.layers):
        _load_layer(layer, weights, index)
    for index, layer in enumerate(roles.layers):
        _load_layer(layer, weights, 6 - len(roles.layers) + index)


def _load_layer(layer: nn.Module, weights: Mapping[str, Tensor], index: int) -> None:
    names = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "norm2": "output.LayerNorm",
    }
    state = {
        f"{ours}.{part}": weights[f"encoder.layer.{index}.{theirs}.{part}"]
        for ours, theirs in names.items()
        for part in ("weight", "bias")
    }
    layer.load_state_dict(state)
