"""Sentences to learn from, each with its two parties and the type between them."""

from __future__ import annotations

import csv
import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.relations.pairs import Triple

OWN = Path(__file__).parent / "sentences"
#: What the benchmark's data call CONCEDE and RETREAT alike.
YIELD = "YIELD"
_PRISON = re.compile(r"\b(years?|months|prison|jail(ed)?|life|imprison\w*|behind bars|labour)\b")
_BLOCKADE = re.compile(r"\b(blockad|besieg|siege)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence, its parties and what is between them: one of `TYPES`, or `YIELD`."""

    triple: Triple
    type: str


def read_own(folder: Path = OWN) -> Iterator[Example]:
    """Yield the project's own sentences, typed as the benchmark's data type their like."""
    for path in sorted(folder.glob("*.tsv")):
        for row in _rows(path):
            yield Example(triple=_triple(row), type=_as_benchmark(row))


def read_gold(path: Path) -> Iterator[Example]:
    """Yield the sentences of the benchmark's training file."""
    for row in _rows(path):
        yield Example(triple=_triple(row), type=row["root"])


def is_held_out(example: Example, part: float = 0.15) -> bool:
    """Tell whether the sentence belongs to the part on which the rules are weighed."""
    digest = hashlib.md5(example.triple[0].encode(), usedforsecurity=False).hexdigest()
    return int(digest[:8], 16) / 0xFFFFFFFF < part


def fold_numbers(examples: Sequence[Example], folds: int = 5) -> list[int]:
    """Give each example a fold: every type spread evenly, equal sentences together."""
    types: dict[str, str] = {}
    for one in examples:
        types.setdefault(one.triple[0], one.type)
    order = list(types)
    random.Random(0).shuffle(order)
    order.sort(key=types.__getitem__)
    number = {sentence: place % folds for place, sentence in enumerate(order)}
    return [number[one.triple[0]] for one in examples]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _triple(row: dict[str, str]) -> Triple:
    return row["sentence"], row["actor"], row["recipient"]


def _as_benchmark(row: dict[str, str]) -> str:
    """Return the type the benchmark's annotators give such a sentence.

    Their practice (CAMEO's) differs from the PLOVER manual in four places.
    """
    code = row["type"], row["mode"] or None
    if code == ("SANCTION", "convict"):
        return "COERCE" if _PRISON.search(row["sentence"]) else "ACCUSE"
    if code == ("THREATEN", "arrest") and "warrant" in row["sentence"]:
        return "COERCE"
    if code == ("COERCE", "cyber"):
        return "ASSAULT"
    if code == ("COERCE", "restrict") and _BLOCKADE.search(row["sentence"]):
        return "ASSAULT"
    return row["type"]
