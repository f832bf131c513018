"""Write the trained network as two 8-bit ONNX graphs, which onnxruntime runs without torch."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from training.attribution.network import WIDTH, Encoder, Roles

_OPSET = 20


class SmallTable(nn.Module):
    """An embedding with 8 bits a value and one scale a row."""

    def __init__(self, table: Tensor) -> None:
        """Round `table` (n, d)."""
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("values", torch.round(table / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """Look up rows."""
        values, scale = self.values[ids], self.scale[ids]
        return values.to(torch.float32) * scale


def export(encoder: Encoder, roles: Roles, folder: Path, *, eight_bits: bool = True) -> None:
    """Write `cues.onnx` and `roles.onnx` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    table = encoder.pieces
    if eight_bits:
        encoder.pieces = SmallTable(table.weight.data)
    ids, mask = torch.ones(2, 16, dtype=torch.int64), torch.ones(2, 16)
    states = torch.zeros(2, 16, WIDTH)
    _write(encoder, {"ids": ids, "flags": ids, "mask": mask}, ("states", "cues"), folder / "cues")
    inputs = {"states": states, "distance": ids, "mask": mask}
    _write(roles, inputs, ("roles", "worth"), folder / "roles")
    encoder.pieces = table
    for name in ("cues", "roles"):
        path = folder / f"{name}.onnx"
        if eight_bits:
            quantize(path)


def _write(
    network: nn.Module, inputs: dict[str, Tensor], outputs: tuple[str, ...], path: Path
) -> None:
    shapes = {name: {0: "rows", 1: "length"} for name in (*inputs, *outputs)}
    shapes["worth"] = {0: "rows"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(),
            tuple(inputs.values()),
            str(path.with_suffix(".onnx")),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={n: a for n, a in shapes.items() if n in inputs or n in outputs},
            opset_version=_OPSET,
            dynamo=False,
        )


def quantize(path: Path) -> None:
    """Put 8-bit weights into the matrix products of the graph at `path`."""
    with tempfile.TemporaryDirectory() as scratch:
        ready = Path(scratch) / "ready.onnx"
        quant_pre_process(path, ready, skip_symbolic_shape=True)
        # Seven bits for the weights: processors without VNNI would overflow with eight.
        quantize_dynamic(
            ready,
            path,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
        )
