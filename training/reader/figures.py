"""What a reader finds in the development parts, beside the one that ships; and shipping it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.attribution import predict
from benchmarks.events_marked import article_of, figures_of, predicted, read_rows, write_rows
from tocsin.models.networks import WEIGHTS
from tocsin.pipeline import process_article
from training.reader.calibrate import open_tools_of
from training.reader.given import Given, Report

FILE = "figures.txt"


def write_figures(given: Given, report: Report) -> None:
    """Print the figures of the trained reader and of the one that ships."""
    saved = given.work / FILE
    if not saved.exists():
        lines = []
        for number, (name, weights) in enumerate(_both(given), 1):
            lines += [f"{name}: {line}" for line in _figures(given.shared / "gold", weights)]
            report(number, 2, 0.0)
        saved.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(saved.read_text(encoding="utf-8"), end="")


def ship(given: Given, report: Report) -> None:
    """Put the trained reader in the place of the one that ships."""
    given.to.mkdir(parents=True, exist_ok=True)
    files = sorted(given.weights.iterdir())
    for number, path in enumerate(files, 1):
        shutil.copyfile(path, given.to / path.name)
        report(number, len(files), 0.0)


def _both(given: Given) -> Iterator[tuple[str, Path]]:
    yield "what ships", WEIGHTS
    yield "trained", given.weights


def _figures(gold: Path, weights: Path) -> Iterator[str]:
    """Yield what the scorers say of the acts and the attributions of the development parts."""
    tools = open_tools_of(weights)
    dev = gold / "events/dev.jsonl"
    rows = [
        predicted(row, process_article(article_of(row), tools).events) for row in read_rows(dev)
    ]
    rates = figures_of(gold / "score_events.py", dev, rows)
    for what in ("found", "right"):
        precision, recall, f1 = rates["all", what]
        yield f"acts {what}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
    polnear = gold / "polnear/dev"
    statements = [
        {"file": path.stem, "statements": found}
        for path, found in predict(sorted((polnear / "text").glob("*.txt")), tools.models)
    ]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "statements.jsonl"
        write_rows(statements, out)
        command = [sys.executable, gold / "score_attribution.py", polnear, out]
        done = subprocess.run([*map(str, command)], stdout=subprocess.PIPE, text=True, check=True)
    yield from done.stdout.splitlines()
