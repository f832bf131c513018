"""Write the trained network as an 8-bit ONNX graph, which onnxruntime runs without torch."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch

from training.attribution.export import SmallTable, quantize
from training.relations.network import Network

_OPSET = 20


def export(network: Network, path: Path, *, eight_bits: bool = True) -> None:
    """Write `network` to `path`, and leave it as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table = network.encoder.pieces
    if eight_bits:
        network.encoder.pieces = SmallTable(table.weight.data)
    _write(network, path)
    network.encoder.pieces = table
    if eight_bits:
        quantize(path)


def _write(network: Network, path: Path) -> None:
    ids, mask = torch.ones(2, 16, dtype=torch.int64), torch.ones(2, 16)
    at = torch.ones(2, 2, dtype=torch.int64)
    long = {0: "rows", 1: "length"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(),
            (ids, ids, mask, at),
            str(path),
            input_names=["ids", "flags", "mask", "at"],
            output_names=["scores"],
            dynamic_axes={
                "ids": long,
                "flags": long,
                "mask": long,
                "at": {0: "rows"},
                "scores": {0: "rows"},
            },
            opset_version=_OPSET,
            dynamo=False,
        )
