"""How long the desk takes to answer over a store of synthetic reported events, page by page.

usage: python -m benchmarks.desk [--events N] [--store DIR] [--runs N]

Starts the real command on loopback and asks it over HTTP, one request after the other, as a browser
would: the first page, each list with its counts, filters, orders, pages behind cursors, the search,
and the first byte of each download.  The values asked for run from the commonest to rare ones.
Prints milliseconds to the whole answer: the median and the 95th percentile of the runs, and the
mean of those in which the desk computed, which tells what other work on the machine costs.
"""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import tocsin
from benchmarks.queries import find_questions
from benchmarks.synthetic import measure_in_store
from tocsin.publish.desk.pages.downloads import FORMATS
from tocsin.store.kinds import KINDS

#: The goals: p95 in milliseconds of a list, and of the first page.
GOAL, GOAL_FIRST = 150, 300

#: Pages that are turned from the first of a list.
_TURNS = 8

_NEXT = re.compile(r'href="([^"]+)" rel="next"')


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: addresses that are asked for in turn."""

    title: str
    paths: Sequence[str]
    goal: int | None = GOAL
    first_byte: bool = False


@contextmanager
def running(folder: Path) -> Iterator[tuple[HTTPConnection, int]]:
    """Yield a connection to a desk on the store in `folder`, and its process; it ends with them."""
    command = [sys.executable, "-c", "from tocsin.cli import main; main()", "desk"]
    given = ["--store", str(folder), "--port", "0", "--no-browser"]
    with subprocess.Popen([*command, *given], stderr=subprocess.PIPE, text=True) as desk:
        try:
            assert desk.stderr
            found = re.search(r"http://\S+", desk.stderr.readline())
            assert found, "the desk did not say where it answers"
            yield HTTPConnection(urlsplit(found[0]).netloc, timeout=60), desk.pid
        finally:
            desk.terminate()


def ask(desk: HTTPConnection, path: str, *, first_byte: bool = False) -> tuple[float, bytes]:
    """Return the milliseconds to an answer, or to its first byte, and what was read of it.

    Raises:
        ValueError: the answer is a problem.
    """
    begun = time.perf_counter()
    desk.request("GET", path)
    answer = desk.getresponse()
    body = answer.read(1) if first_byte else answer.read()
    passed = (time.perf_counter() - begun) * 1000
    if first_byte:
        desk.close()  # the rest is not wanted
    if answer.status != 200:
        raise ValueError(f"{path}: {answer.status}")
    return passed, body


def computed(process: int) -> float:
    """Return the milliseconds that a process has computed, in steps of ten; Linux says so."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def wait_until_idle(process: int, most: float = 120.0) -> None:
    """Wait until a process computes nothing, as a desk does that works out the situation."""
    ends, before = time.monotonic() + most, -1.0
    while time.monotonic() < ends and computed(process) > before:
        before = computed(process)
        time.sleep(1)


def find_lines(folder: Path, desk: HTTPConnection) -> Iterator[Line]:
    """Yield the lines of the table."""
    yield Line("first page", ["/"], GOAL_FIRST)
    for kind in KINDS:
        yield Line(kind.name, [f"/{kind.name}"])
    with tocsin.open(folder) as store:
        questions = list(find_questions(store))
    for title, kind_name, asked in questions:
        if asked and "limit" not in asked[0]:
            paths = [f"/{kind_name}?{_query(each)}" for each in asked]
            yield Line(f"{kind_name} by {title.removeprefix(kind_name + ' ')}", paths)
    for kind in KINDS:
        for order in kind.orders[1:]:
            yield Line(f"{kind.name}, {order.help}", [f"/{kind.name}?sort={order.name}"])
        yield Line(f"{kind.name}, next pages", list(_turned(desk, f"/{kind.name}")))
    yield Line("search", [f"/search?{_query({'q': each})}" for each in _words(questions)])
    for kind in KINDS:
        for form in FORMATS:
            if form.fits(kind):
                path = f"/{kind.name}.{form.name}"
                yield Line(f"{path}, first byte", [path], None, first_byte=True)


def _query(asked: dict[str, object]) -> str:
    return urlencode({k: str(v).lower() if isinstance(v, bool) else v for k, v in asked.items()})


def _words(questions: Sequence[tuple[str, str, list[dict[str, object]]]]) -> list[object]:
    """Return words to search for, common ones and rare ones."""
    asked = next(asked for title, _, asked in questions if title == "events text")
    return [each["text"] for each in asked][::4]


def _turned(desk: HTTPConnection, path: str) -> Iterator[str]:
    """Yield the addresses of the pages behind the first."""
    here = path
    for _ in range(_TURNS):
        _, body = ask(desk, here)
        onward = _NEXT.search(body.decode())
        if not onward:
            break
        here = path + onward[1].replace("&amp;", "&")
        yield here


def run(folder: Path, runs: int) -> Iterator[str]:
    """Yield the lines of the table."""
    with tocsin.open(folder) as store:
        yield f"{store.status().reported_events:,} reported events; milliseconds over HTTP"
    yield f"{'answer':<44}{'p50':>8}{'p95':>8}{'cpu':>8}{'KB':>8}"
    over, measured = 0, 0
    with running(folder) as (desk, process):
        yield _measured(Line("first page, just started", ["/"], None), desk, process, runs)[0]
        wait_until_idle(process)
        for line in find_lines(folder, desk):
            if line.paths:
                row, late = _measured(line, desk, process, runs)
                over, measured = over + late, measured + (line.goal is not None)
                yield row
    yield f"{measured - over} of {measured} lines have a p95 within their goal."


def _measured(line: Line, desk: HTTPConnection, process: int, runs: int) -> tuple[str, bool]:
    """Return a line of the table, and whether it is beyond its goal."""
    asked, before = islice(cycle(line.paths), max(runs, 1)), computed(process)
    desk.close()  # an idle connection may have been closed at the other end
    answers = [ask(desk, path, first_byte=line.first_byte) for path in asked]
    computing = (computed(process) - before) / len(answers)
    times = sorted(passed for passed, _ in answers)
    median, p95 = times[len(times) // 2], times[math.ceil(0.95 * len(times)) - 1]
    largest = max(len(body) for _, body in answers) / 1000
    late = line.goal is not None and p95 > line.goal
    row = f"{line.title:<44}{median:8.1f}{p95:8.1f}{computing:8.1f}{largest:8.0f}"
    return row + "  late" * late, late


def main() -> None:
    """Build the store where it is not there yet, and print the table."""
    measure_in_store("desk", __doc__, 1_000_000, 20, run)


if __name__ == "__main__":
    main()
