"""How long a brief takes over a store of synthetic reported events, and how large its page is.

usage: python -m benchmarks.brief [--events N] [--store DIR] [--runs N]

Each run opens the store anew, makes the brief with all it reads (alarms over all pairs too), and
dresses it as a page.  Prints seconds, the median and the worst of the runs, and those in which the
processor computed, which tells what other work on the machine costs.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import tocsin
from benchmarks.synthetic import measure_in_store
from tocsin.publish.brief.dresses import render_html
from tocsin.watch.brief.stored import make_brief, read_scope

#: The goal in seconds that the processor computes, for a brief without its page.
GOAL = 3.0

_ASKED = {
    "three countries, four weeks": ("PRK,RUS,UKR", date(2024, 12, 4)),
    "three countries, a year": ("PRK,RUS,UKR", date(2024, 1, 1)),
    "the loudest country, a year": ("USA", date(2024, 1, 1)),
}

Times = tuple[float, float]  #: passed and computing


def measure(folder: Path, about: str, since: date) -> tuple[Times, Times, int]:
    """Return the times of a brief and of its page, and the characters of the page."""
    stamps = [(time.perf_counter(), time.process_time())]
    with tocsin.open(folder) as store:
        brief = make_brief(store, read_scope(store, about, "USA", since=since))
    stamps.append((time.perf_counter(), time.process_time()))
    page = render_html(brief)
    stamps.append((time.perf_counter(), time.process_time()))
    made, dressed = (
        (after[0] - before[0], after[1] - before[1]) for before, after in pairwise(stamps)
    )
    return made, dressed, len(page)


def run(folder: Path, runs: int) -> Iterator[str]:
    """Yield the lines of the table."""
    with tocsin.open(folder) as store:
        yield f"{store.status().reported_events:,} reported events; seconds of {runs} runs"
    yield f"{'brief on':<30}{'median':>8}{'worst':>8}{'cpu':>8}{'page':>8}{'KB':>6}"
    under = 0
    for title, asked in _ASKED.items():
        times = [measure(folder, *asked) for _ in range(runs)]
        passed, computed = sorted(t[0][0] for t in times), sorted(t[0][1] for t in times)
        under += computed[runs // 2] < GOAL
        dressed = sorted(t[1][0] for t in times)[runs // 2]
        yield (
            f"{title:<30}{passed[runs // 2]:8.2f}{passed[-1]:8.2f}{computed[runs // 2]:8.2f}"
            f"{dressed:8.2f}{times[-1][2] / 1000:6.0f}"
        )
    yield f"{under} of {len(_ASKED)} lines compute for less than {GOAL:g} s."


def main() -> None:
    """Build the store where it is not there yet, and print the table."""
    measure_in_store("brief", __doc__, 100_000, 5, run)


if __name__ == "__main__":
    main()
