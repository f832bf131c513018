"""Roles: what other pieces of a window are to an act or cue in it, by a scorer on the states.

Deep biaffine attention (Dozat and Manning 2017) with distance: each piece is scored against each
mention once, so that a long paragraph costs no more than a short one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from tocsin.models.encoder import Encoded
from tocsin.models.networks import WEIGHTS, Floats, Ints, Network, open_network, sigmoid, softmax
from tocsin.records import Span

_RUN = re.compile(b"\x01+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """A loaded network; it holds no state between calls."""

    #: states (T, D), places (N,) -> scores of roles (N, R, T) and of statuses (N, 9).
    network: Network

    def read(self, encoded: Encoded, places: Sequence[int]) -> tuple[Floats, Floats]:
        """Return the chances of each role of `tocsin.models.reader.ROLES` for each piece of the
        window, (N, R, T), and of each status, (N, 9), of the mentions that begin at `places`.
        """
        at = np.array(places, dtype=np.int64)
        roles, statuses = self.network({"states": encoded.states, "places": at})
        return sigmoid(roles), softmax(statuses)


@cache
def load_roles(folder: Path = WEIGHTS) -> Roles:
    """Load the network whose weights lie in `folder`."""
    return Roles(network=open_network(folder / "mentions.onnx"))


def mean_by_word(chances: Floats, words: Ints) -> Floats:
    """Give all pieces of a word their mean, marks none; `chances` (..., T), `words` (T,)."""
    starts = np.flatnonzero(np.diff(words, prepend=-1))
    count = np.diff(starts, append=len(words))
    means = np.add.reduceat(chances, starts, axis=-1) / count.astype(np.float32)
    return np.where(words == 0, np.float32(0.0), np.repeat(means, count, axis=-1))


def runs_of(marked: np.typing.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the runs of true places, each as its first and one past its last."""
    return [run.span() for run in _RUN.finditer(marked.tobytes())]


def end_of_run(goes_on: np.typing.NDArray[np.bool_], start: int) -> int:
    """Return one past the run of `start` and the pieces after it, as far as they go on."""
    after = goes_on[start + 1 :]
    return start + 1 + (len(after) if after.all() else int(after.argmin()))


def offsets_of(spans: Ints, run: tuple[int, int]) -> Span:
    """Return the characters that a run of pieces covers."""
    return int(spans[run[0], 0]), int(spans[run[1] - 1, 1])
