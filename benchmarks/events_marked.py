"""Events of marked news, beside what careful readers marked, and how sure Tocsin was of each.

usage: python -m benchmarks.events_marked [GOLD] [--texts FILE] [--scorer FILE] [--write FILE]
                                          [--misses N] [--processes N]

GOLD holds one article a line with its acts (`../shared/gold/events/GUIDELINES.md`); articles
without a text have theirs under the same id in the file of `--texts`.  Predictions
are written as `../shared/gold/score_events.py` reads them, and it scores them: all acts, news only,
and by type.  Then follow the same figures for fewer and surer events, and whether `confidence` is
the share of events that were found: an event of 0.8 should be a marked act of this type four times
in five.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from tocsin.pipeline import Tools, open_tools, process_article
from tocsin.records import Actor, Article, Event
from tocsin.settings import load_settings
from tocsin.store.judged import day_of

GOLD, SCORER = Path("../shared/gold/events/dev.jsonl"), Path("../shared/gold/score_events.py")
THRESHOLDS = tuple(n / 20 for n in range(20))
BINS = 10

Row = dict[str, Any]

#: Precision, recall and F1 by scope (all, news) and measure (found, parties, right).
Figures = dict[tuple[str, str], tuple[float, float, float]]


# --------------------------------------------------------------------------- predictions


def predict(gold: Sequence[Row], processes: int) -> Iterator[Row]:
    """Yield what Tocsin finds in each article, in the scorer's format with `confidence` added."""
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(_predict, gold, chunksize=4)


def _predict(row: Row) -> Row:
    return predicted(row, process_article(article_of(row), _tools()).events)


def article_of(row: Row) -> Article:
    """Return a marked article as it is read."""
    return Article(
        id=row["id"],
        text=row["text"],
        title=row.get("title"),
        outlet=row.get("outlet"),
        published=date.fromisoformat(row["date"]) if row["date"] else None,
    )


def predicted(row: Row, events: Iterable[Event]) -> Row:
    """Return the events of an article as the scorer wants them."""
    return {"id": row["id"], "events": [prediction(each) for each in events]}


@cache
def _tools() -> Tools:
    """Load what each process loads once."""
    return open_tools(load_settings())


def prediction(event: Event) -> Row:
    """Return one event as the scorer wants it."""
    return {
        "type": event.type,
        "words": [event.trigger, *event.mentions],
        "actors": _codes(event.actors),
        "recipients": _codes(event.recipients),
        "status": str(event.status),
        "day": day_of(event.date),
        "confidence": event.confidence,
    }


def _codes(actors: Sequence[Actor]) -> list[str]:
    return sorted({actor.country for actor in actors if actor.country is not None})


# --------------------------------------------------------------------------- scores


def score(scorer: Path, gold: Path, predicted: Path, *options: object) -> str:
    """Return what the scorer prints."""
    command = [sys.executable, scorer, gold, predicted, *options]
    done = subprocess.run([*map(str, command)], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.rstrip()


def surer(predicted: Sequence[Row], least: float) -> list[Row]:
    """Return the predictions with only the events at least so probable."""
    return [
        row | {"events": [e for e in row["events"] if e["confidence"] >= least]}
        for row in predicted
    ]


def curve(scorer: Path, gold: Path, predicted: Sequence[Row]) -> Iterator[str]:
    """Yield a line for each threshold that drops events: how many stay, and what they are worth."""
    columns = [(scope, what) for scope in ("all", "news") for what in ("found", "right")]
    yield f"  {'least':6} events " + "  ".join(f"{' '.join(each):17}" for each in columns)
    before = 0
    for least in THRESHOLDS:
        kept = surer(predicted, least)
        count = sum(len(row["events"]) for row in kept)
        if count not in (0, before):
            figures = figures_of(scorer, gold, kept)
            shown = (" ".join(f"{n:.3f}" for n in figures[each]) for each in columns)
            yield f"  {least:<6.2f} {count:6} " + "  ".join(shown)
        before = count


def figures_of(scorer: Path, gold: Path, predicted: Sequence[Row]) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "predicted.jsonl"
        write_rows(predicted, out)
        return read_figures(score(scorer, gold, out))


def read_figures(printed: str) -> Figures:
    """Read what the scorer prints."""
    figures: Figures = {}
    scope = ""
    for line in printed.splitlines():
        if head := re.match(r"(\w+): \d+ acts marked", line):
            scope = head[1]
        elif got := re.match(r"  (\w+) +P ([\d.]+) +R ([\d.]+) +F1 ([\d.]+)", line):
            figures[scope, got[1]] = (float(got[2]), float(got[3]), float(got[4]))
    return figures


def calibration(found: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """Yield a line for each bin of `confidence` that has events: its mean, and the share found."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, is_found in found:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, is_found))
    for number, inside in enumerate(bins):
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            share = sum(f for _, f in inside) / len(inside)
            span = f"{number / BINS:.1f}-{(number + 1) / BINS:.1f}"
            yield f"  {span} {len(inside):6} events  said {mean:.3f}  found {share:.3f}"


def found_by_confidence(
    scorer: ModuleType, gold: Sequence[Row], predicted: Sequence[Row]
) -> list[tuple[float, bool]]:
    """Return, for each event, how sure Tocsin was and whether it stands for a marked act."""
    pairs = []
    for article, row in zip(gold, predicted, strict=True):
        paired, _ = scorer.pair(row["events"], scorer.acts_of(article))
        found = {number for number, *_ in paired}
        pairs += [(e["confidence"], n in found) for n, e in enumerate(row["events"])]
    return pairs


def load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_events", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def per_article(scorer: ModuleType, gold: Sequence[Row], predicted: Sequence[Row]) -> str:
    marked = sum(len(scorer.acts_of(article)) for article in gold)
    given = sum(len(row["events"]) for row in predicted)
    count = len(gold)
    return f"an article: {given / count:.1f} events predicted, {marked / count:.1f} acts marked"


# --------------------------------------------------------------------------- files and printing


def read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def with_texts(gold: Sequence[Row], texts: Path | None) -> list[Row]:
    """Return the marked articles with their texts, those of `texts` where they have none."""
    found = {row["id"]: row["text"] for row in read_rows(texts)} if texts else {}
    return [{"text": found.get(row["id"])} | row for row in gold]


def write_rows(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")


def report(
    scorer: Path, gold: Path, predicted: Sequence[Row], written: Path, misses: int
) -> Iterator[str]:
    """Yield every figure for the predictions, which are also in the file `written`."""
    module, rows = load_scorer(scorer), read_rows(gold)
    yield f"events of marked news, {len(rows)} articles"
    yield per_article(module, rows, predicted)
    yield score(scorer, gold, written, "--by-type", f"--misses={misses}")
    yield "events at least so sure: precision, recall and F1"
    yield from curve(scorer, gold, predicted)
    yield "how sure Tocsin says it is, and the share found"
    yield from calibration(found_by_confidence(module, rows, predicted))


def main() -> None:
    """Predict, score and print what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.events_marked", description=__doc__)
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD)
    parser.add_argument("--texts", type=Path, help="articles whose texts GOLD does not have")
    parser.add_argument("--scorer", type=Path, default=SCORER)
    parser.add_argument("--write", type=Path, help="keep the predictions in this file")
    parser.add_argument("--misses", type=int, default=0, help="print so many misses and extras")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        written = given.write or Path(folder) / "predicted.jsonl"
        gold = Path(folder) / "gold.jsonl"
        write_rows(with_texts(read_rows(given.gold), given.texts), gold)
        predicted = list(predict(read_rows(gold), given.processes))
        write_rows(predicted, written)
        print("\n".join(report(given.scorer, gold, predicted, written, given.misses)))


if __name__ == "__main__":
    main()
