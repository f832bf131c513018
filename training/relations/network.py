"""The network: all six layers of all-MiniLM-L6-v2 and two layers that read the marked parties."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from tocsin.models.pairs import MARKS, TYPES
from training.attribution.network import WIDTH, Encoder, Roles, load_base

LAYERS = 6


class Network(nn.Module):
    """A marked sentence in, a score for each of `TYPES` out."""

    def __init__(self, vocabulary: int) -> None:
        """Make a network for so many word pieces, marks not counted."""
        super().__init__()
        self.encoder = Encoder(vocabulary, LAYERS)
        self.encoder.cues = nn.Identity()
        self.drop = nn.Dropout(0.2)
        self.inner = nn.Linear(3 * WIDTH, WIDTH)
        self.types = nn.Linear(WIDTH, len(TYPES))

    def forward(self, ids: Tensor, flags: Tensor, mask: Tensor, at: Tensor) -> Tensor:
        """Read (B, T), and (B, 2) places of the opening marks; give scores (B, 16)."""
        states, _ = self.encoder(ids, flags, mask)
        mean = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        actor, recipient = (
            torch.gather(states, 1, at[:, party, None, None].expand(-1, 1, WIDTH)).squeeze(1)
            for party in (0, 1)
        )
        read = self.drop(torch.cat([mean.to(states.dtype), actor, recipient], -1))
        return self.types(self.drop(functional.gelu(self.inner(read))))


def load_network(network: Network, weights: Mapping[str, Tensor], kept: list[int]) -> None:
    """Copy a BERT's `weights`; the marks get rows of their own behind those of the pieces."""
    load_base(network.encoder, Roles(0), weights, kept)
    table = network.encoder.pieces.weight.data
    marks = table.mean(0) + 0.02 * torch.randn(MARKS, WIDTH)
    pieces = nn.Embedding(len(kept) + MARKS, WIDTH)
    pieces.weight.data.copy_(torch.cat([table, marks]))
    network.encoder.pieces = pieces
