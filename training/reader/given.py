"""What a training is given: texts, bases, and where its stages are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from training.reader.bases import find_base

#: Is told the steps done, how many there are, and the loss.
Report = Callable[[int, int, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What every stage is told."""

    shared: Path  #: the shared data, with `gold` in it
    work: Path  #: where each stage is kept
    to: Path  #: where the weights go in the end
    mpnet: Path | None  #: folders of the bases; None: from their packages
    minilm: Path | None
    part: float  #: of the passes that are planned
    threads: int

    @property
    def weights(self) -> Path:
        """Return where the weights are kept until all is done."""
        return self.work / "weights"

    def teacher_base(self) -> Path:
        """Return the folder of the teacher's base."""
        return self.mpnet or find_base("mpnet", self.work)

    def small_base(self) -> Path:
        """Return the folder of the small reader's base."""
        return self.minilm or find_base("minilm", self.work)
