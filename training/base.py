"""The base's vocabulary with the pieces that English news cannot need left out.

Which pieces those are is decided by their characters alone, never by what a corpus holds.
"""

from __future__ import annotations

import json
from pathlib import Path

from tocsin.models.pieces import Vocabulary


def read_base_vocabulary(path: Path) -> tuple[Vocabulary, list[int]]:
    """Return the kept pieces of the tokeniser file at `path`, and their rows in the base."""
    numbers = json.loads(path.read_text(encoding="utf8"))["model"]["vocab"]
    kept = sorted((number, piece) for piece, number in numbers.items() if _is_kept(piece))
    vocabulary = Vocabulary({piece: new for new, (_, piece) in enumerate(kept)})
    return vocabulary, [number for number, _ in kept]


def write_vocabulary(vocabulary: Vocabulary, path: Path) -> None:
    """Write one piece a line, in the order of their numbers."""
    ordered = sorted(vocabulary.numbers, key=vocabulary.numbers.__getitem__)
    path.write_text("\n".join(ordered) + "\n", encoding="utf8")


def _is_kept(piece: str) -> bool:
    bare = piece.removeprefix("##")
    if bare.startswith("[unused"):
        return False
    return all(ord(char) < 0x180 or 0x2010 <= ord(char) <= 0x2044 or char == "€" for char in bare)
