"""What an export wrote and what it left out, for the line that closes it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How many rows of each kind were written, and how many records were left out, by reason."""

    written: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def sentence(self) -> str:
        """Return "12 events, 40 mentions; left out: 3 told as denied, 1 without a day"."""
        said = _list(self.written) or "nothing"
        return f"{said}; left out: {_list(self.left_out)}" if self.left_out.total() else said


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
