"""The device that training computes on: a GPU where one is at hand."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def use_device(threads: int) -> None:
    """Make new tensors and modules on `DEVICE`; on processors compute with so many threads."""
    torch.set_num_threads(threads)
    if DEVICE.type != "cpu":  # which is the default; to name it makes every call dearer
        torch.set_default_device(DEVICE)


def to_tensor(array: NDArray[np.generic]) -> Tensor:
    """Return the values of `array` on `DEVICE`."""
    return torch.from_numpy(array).to(DEVICE)


def to_array(tensor: Tensor) -> NDArray[Any]:
    """Return the values of `tensor`, wherever it lies."""
    array: NDArray[Any] = tensor.detach().cpu().numpy()
    return array


def half_precision() -> torch.autocast:
    """Return a context in which products are computed in bfloat16, where the device has it."""
    return torch.autocast(DEVICE.type, dtype=torch.bfloat16, enabled=_has_bfloat16())


@cache
def _has_bfloat16() -> bool:
    """Tell whether it is computed with at all: without instructions for it, it is slower."""
    can: dict[str, object] = torch.cpu.get_capabilities()
    return DEVICE.type != "cpu" or any("bf16" in name and can[name] is True for name in can)
