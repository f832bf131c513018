"""Articles per second: Tocsin, the bare pipeline and textacy's quotations, side by side.

usage: python -m benchmarks.speed TEXT_DIR

The three take turns on the same articles in the same process, so that the ratios hold on a machine
whose speed changes from minute to minute.  textacy's `direct_quotations` stops with an error on
articles with an odd number of quotation marks; those are counted.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from tocsin.articles.plain import read_plain
from tocsin.pipeline import Tools, open_tools, process_article
from tocsin.settings import load_settings

ARTICLES = 40


def measure_speed(text_dir: Path) -> list[str]:
    """Return one line a contestant: articles per second, and the ratio to the bare pipeline."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(text_dir.glob("*.txt"))]
    texts = texts[:ARTICLES]
    tools = open_tools(load_settings())
    contestants = _contestants(tools)
    for run in contestants.values():
        run(texts[0])  # warm up
    seconds = dict.fromkeys(contestants, 0.0)
    errors = dict.fromkeys(contestants, 0)
    for text in texts:
        for name, run in contestants.items():
            started = time.perf_counter()
            errors[name] += not run(text)
            seconds[name] += time.perf_counter() - started
    bare = seconds["bare pipeline"]
    return [
        f"speed {name}: {len(texts) / seconds[name]:.1f} articles/s, "
        f"{seconds[name] / bare:.2f} times the bare pipeline, {errors[name]} errors"
        for name in contestants
    ]


def _contestants(tools: Tools) -> dict[str, Callable[[str], bool]]:
    def bare(text: str) -> bool:
        tools.models.read(text)
        return True

    def whole(text: str) -> bool:
        process_article(read_plain(text, "benchmark"), tools)
        return True

    contestants: dict[str, Callable[[str], bool]] = {"bare pipeline": bare, "tocsin": whole}
    try:
        from textacy.extract.triples import direct_quotations
    except ImportError:
        print("speed: textacy is not installed, so it is not measured", file=sys.stderr)
        return contestants

    def textacy(text: str) -> bool:
        try:
            list(direct_quotations(tools.models.read(text).doc))
        except ValueError:
            return False
        return True

    return contestants | {"textacy direct_quotations": textacy}


if __name__ == "__main__":
    print("\n".join(measure_speed(Path(sys.argv[1]))))
