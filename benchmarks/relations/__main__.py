"""Type the relation between given actors and recipients.

usage: python -m benchmarks.relations IN.tsv OUT.tsv

IN.tsv has the columns sentence, actor (or source) and recipient (or target).  OUT.tsv has one line
per input line, in its order, with the columns root, mode, confidence, words and because; score it
with score_relations.py.
"""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

from benchmarks.relations.typed import type_relations
from tocsin.models.reading import load_models
from tocsin.settings import load_settings

COLUMNS = ("root", "mode", "confidence", "words", "because")


def main(in_path: str, out_path: str) -> None:
    with Path(in_path).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    models = load_models(load_settings())
    type_relations([("Norway praised Sweden.", "Norway", "Sweden")], models)  # loads the rest once
    started = time.perf_counter()
    relations = type_relations([(row["sentence"], *_pair(row)) for row in rows], models)
    with Path(out_path).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        for row, found in zip(rows, relations, strict=True):
            told = " … ".join(row["sentence"][a:b] for a, b in found.words)
            writer.writerow((found.type, found.mode or "", found.confidence, told, found.because))
    seconds = time.perf_counter() - started
    print(
        f"relations: {len(rows)} sentences in {seconds:.1f} s, {len(rows) / seconds:.0f} a second"
    )


def _pair(row: dict[str, str]) -> tuple[str, str]:
    actor = row.get("actor") or row.get("source") or ""
    return actor, row.get("recipient") or row.get("target") or ""


if __name__ == "__main__":
    main(*sys.argv[1:3])
