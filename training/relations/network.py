"""The head of relations: two layers over the encoder's states that see which pieces are whose."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.relations.pairs import PARTIES
from tocsin.models.reader import TYPES
from training.reader.network import Drop, Layer, attend_padded

LAYERS, HEADS = 2, 12


class Network(nn.Module):
    """States of a sentence and its parties in, a score for each of `TYPES` out."""

    def __init__(self, width: int) -> None:
        """Make a network for states of `width` units."""
        super().__init__()
        self.parties = nn.Embedding(PARTIES, width)
        self.layers = nn.ModuleList(Layer(width) for _ in range(LAYERS))
        self.drop = Drop(0.2)
        self.inner = nn.Linear(3 * width, width)
        self.types = nn.Linear(width, len(TYPES))
        nn.init.normal_(self.parties.weight, std=0.3)
        for layer in self.layers:  # each begins as the identity, but for its norms
            nn.init.zeros_(layer.out.weight)
            nn.init.zeros_(layer.outer.weight)

    def forward(self, states: Tensor, mask: Tensor, parties: Tensor) -> Tensor:
        """Read (B, T, D), (B, T) and (B, T); give scores (B, 16)."""
        states = self.drop(states) + self.parties(parties)
        attend = attend_padded(HEADS, (mask[:, None, None, :] - 1.0) * 1e4)
        for layer in self.layers:
            states = layer(states, attend)
        means = [_mean(states, mask)]
        means += [_mean(states, (parties == party).to(mask.dtype)) for party in (1, 2)]
        read = self.drop(torch.cat(means, -1))
        return self.types(self.drop(functional.gelu(self.inner(read))))


class Several(nn.Module):
    """Networks that differ in where they began and in the order of what they saw; the mean of their
    scores is surer than each.
    """

    def __init__(self, networks: Sequence[Network]) -> None:
        """Ask all of `networks`."""
        super().__init__()
        self.networks = nn.ModuleList(networks)

    def forward(self, states: Tensor, mask: Tensor, parties: Tensor) -> Tensor:
        """Read (B, T, D), (B, T) and (B, T); give scores (B, 16)."""
        each = [functional.log_softmax(net(states, mask, parties), -1) for net in self.networks]
        return torch.stack(each).mean(0)


def _mean(states: Tensor, weights: Tensor) -> Tensor:
    weights = weights / weights.sum(1, keepdim=True).clamp(min=1.0)
    return (states * weights[:, :, None].to(states.dtype)).sum(1)
