"""Two readers of the same news, the one scored by the other: what marking by hand agrees on.

usage: python -m benchmarks.readers [--texts FILE] [--scorer FILE]

Articles that were marked twice for this project, each time without sight of the other marks
(`training/reader/marked/README.md`).  The second marks are taken for predictions and scored as
those of Tocsin are; mentions of one act are one event, as the first of them tells it.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.events_marked import SCORER, Row, read_rows, score, with_texts, write_rows

MARKED = Path("training/reader/marked")
TEXTS = Path("../shared/gold/events/unmarked.jsonl")


def as_predicted(row: Row) -> Row:
    """Return a marked article as the scorer wants predictions."""
    events: dict[int, Row] = {}
    for number, act in enumerate(row["acts"]):
        first = number if act["same"] is None else act["same"]
        event = events.setdefault(first, {**act, "words": []})
        event["words"].append(act["act"])
    return {"id": row["id"], "events": list(events.values())}


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.readers", description=__doc__)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--scorer", type=Path, default=SCORER)
    given = parser.parse_args()
    again = read_rows(MARKED / "again.jsonl")
    once = {row["id"]: row for row in read_rows(MARKED / "news.jsonl")}
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder) / "gold.jsonl", Path(folder) / "predicted.jsonl"
        write_rows(with_texts([once[row["id"]] for row in again], given.texts), gold)
        write_rows([as_predicted(row) for row in again], predicted)
        print(f"two readers of {len(again)} articles")
        print(score(given.scorer, gold, predicted, "--by-type"))


if __name__ == "__main__":
    main()
