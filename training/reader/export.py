"""Write the trained reader as ONNX graphs, which onnxruntime runs without torch."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from tocsin.models.reader import COUNTRY_FACTS, PAIR_FACTS, SIDES
from training.onnx import SmallTable, quantize, write_graph
from training.reader.network import Encoder, Heads, _with_one


class Reader(nn.Module):
    """The encoder with what it says of each piece."""

    def __init__(self, encoder: Encoder, heads: Heads) -> None:
        """Join what one pass needs."""
        super().__init__()
        self.encoder, self.heads = encoder, heads

    def forward(self, ids: Tensor, flags: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Read (B, T); give states (B, T, D), scores of acts (B, T, 18), of cues (B, T, 3) and of
        names (B, T, 20).
        """
        heads, attend = self.heads, self.encoder.padded(mask)
        low = self.encoder.lower(ids, torch.arange(ids.shape[1]), attend)
        depths = self.encoder.depths(low, flags, attend)
        names = heads.names(heads.names.at_depths(depths))
        return depths[-1], heads.act(depths[-1]), heads.cue(depths[-1]), names


class Mentions(nn.Module):
    """What the pieces of one window are to the acts and cues in it."""

    def __init__(self, heads: Heads) -> None:
        """Take the heads of roles and status."""
        super().__init__()
        self.heads = heads

    def forward(self, states: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
        """Read states (T, D) and N places; give scores of roles (N, R, T) and status (N, 9)."""
        heads = self.heads
        holders = _with_one(torch.relu(heads.holder(states[places])))
        held = _with_one(torch.relu(heads.held(states)))
        scores = torch.matmul(torch.matmul(holders, heads.bilinear), held.T).transpose(0, 1)
        away = torch.arange(states.shape[0])[None] - places[:, None]
        return scores + heads.distance_of(away), heads.status(states[places])


class Acts(nn.Module):
    """Which of A acts of an article are one, and which of C words say whose their parties are."""

    def __init__(self, heads: Heads) -> None:
        """Take the heads of pairs and countries."""
        super().__init__()
        self.heads = heads

    def forward(
        self, acts: Tensor, pairs: Tensor, parties: Tensor, words: Tensor, away: Tensor,
        facts: Tensor,
    ) -> tuple[Tensor, Tensor]:  # fmt: skip
        """Give (A, A) scores of pairs and (A, 2, C) of words; shapes as in `network`."""
        heads = self.heads
        return heads.joined(acts, pairs), heads.countries(acts, parties, words, away, facts)


def export(encoder: Encoder, heads: Heads, folder: Path) -> None:
    """Write `reader.onnx` (in 8 bits), `mentions.onnx` and `acts.onnx` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    width = encoder.shape.width
    table = encoder.pieces
    encoder.pieces = SmallTable(table.weight.data)
    ids, mask = torch.ones(2, 16, dtype=torch.int64), torch.ones(2, 16)
    across = {0: "rows", 1: "length"}
    write_graph(
        Reader(encoder, heads),
        {"ids": ids, "flags": ids, "mask": mask},
        ("states", "acts", "cues", "names"),
        dict.fromkeys(("ids", "flags", "mask", "states", "acts", "cues", "names"), across),
        folder / "reader.onnx",
    )
    quantize(folder / "reader.onnx")
    encoder.pieces = table
    places = torch.tensor([1, 3, 5])
    write_graph(
        Mentions(heads),
        {"states": torch.zeros(16, width), "places": places},
        ("roles", "statuses"),
        {"states": {0: "length"}, "places": {0: "mentions"}, "roles": {0: "mentions", 2: "length"},
         "statuses": {0: "mentions"}},
        folder / "mentions.onnx",
    )  # fmt: skip
    write_graph(
        Acts(heads),
        {
            "acts": torch.zeros(3, width),
            "pairs": torch.zeros(3, 3, PAIR_FACTS),
            "parties": torch.zeros(3, SIDES, width),
            "words": torch.zeros(5, width),
            "away": torch.zeros(3, 5, dtype=torch.int64),
            "facts": torch.zeros(3, SIDES, 5, COUNTRY_FACTS),
        },
        ("same", "countries"),
        {"acts": {0: "acts"}, "pairs": {0: "acts", 1: "acts"}, "parties": {0: "acts"},
         "words": {0: "words"}, "away": {0: "acts", 1: "words"}, "facts": {0: "acts", 2: "words"},
         "same": {0: "acts", 1: "acts"}, "countries": {0: "acts", 2: "words"}},
        folder / "acts.onnx",
    )  # fmt: skip
