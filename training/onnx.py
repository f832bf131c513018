"""Networks written as ONNX graphs, their matrix products and tables in 8 bits where asked."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

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


def write_graph(
    network: nn.Module,
    inputs: Mapping[str, Tensor],
    outputs: Sequence[str],
    shapes: Mapping[str, Mapping[int, str]],
    path: Path,
) -> None:
    """Write `network` to `path`; `shapes` names the axes that may have any length."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(),
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={name: dict(axes) for name, axes in shapes.items()},
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
