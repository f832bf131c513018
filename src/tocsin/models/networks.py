"""Networks: small ones that onnxruntime runs on one thread, and the arrays that go in and out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
#: Arrays by name in, arrays out.
Network = Callable[[Mapping[str, Ints | Floats]], Sequence[Floats]]

WEIGHTS = Path(__file__).parent / "weights"


@cache
def reader_version() -> str:
    """Return the version of what finds records in texts: that of the package, and its weights' key.

    Texts read by two versions may differ in what is found; a store notes the version of each.
    """
    digest = blake2b(digest_size=4)
    for path in sorted(each for each in WEIGHTS.rglob("*") if each.is_file()):
        digest.update(path.name.encode() + path.read_bytes())
    return f"{version('tocsin')}+{digest.hexdigest()}"


def open_network(path: Path) -> Network:
    """Load the network whose graph and weights lie at `path`."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread a process: articles, not matrices, are what runs side by side.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it keeps what the longest text took, 110 MB in news
    options.log_severity_level = 3
    # Adding and normalising in one step takes it eight times as long as one after the other.
    open_session = partial(
        onnxruntime.InferenceSession, disabled_optimizers=["SkipLayerNormFusion"]
    )
    return partial(open_session(path, options, providers=["CPUExecutionProvider"]).run, None)


def softmax(scores: Floats) -> Floats:
    """Turn scores into probabilities along the last axis."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    probabilities: Floats = powers / powers.sum(-1, keepdims=True)
    return probabilities


def sigmoid(scores: Floats) -> Floats:
    """Turn each score into a probability of its own."""
    probabilities: Floats = 1 / (1 + np.exp(-scores.clip(-30, 30)))
    return probabilities
