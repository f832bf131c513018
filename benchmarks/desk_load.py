"""The desk under load: many visitors at once on every page, while articles are added to its store.

usage: python -m benchmarks.desk_load [--seconds N] [--rate N] [--articles DIR]

Starts the real command on loopback, over a store that is made for this and thrown away, asks for a
number of pages a second, and adds articles meanwhile; it stops by itself.  Prints how many answers
there were, how many of them were faults or problems, the 95th percentile in milliseconds, and how
the memory of the desk goes with the articles that the store holds.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path

import tocsin
from benchmarks.desk import ask, running, wait_until_idle
from tocsin.publish.desk import links
from tocsin.store.kinds import KINDS

#: Seconds between two looks at the memory.
_LOOKS = 30.0

#: Visitors; each waits for one answer before it asks again.
_VISITORS = 16

#: Asked for by every visitor, beside the lists and the pages of records.
_PAGES = ("/", "/network", "/map", "/pairs", "/brief", "/read", "/api", "/search?q=navy")


@dataclass
class Load:
    """What has been asked so far, by all visitors."""

    paths: Sequence[str]
    rate: float
    ends: float  #: on the monotonic clock
    begun: float = field(default_factory=time.monotonic)
    took: list[float] = field(default_factory=list)  #: milliseconds
    failed: list[str] = field(default_factory=list)
    _turn: Iterator[int] = field(default_factory=count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def visit(self, netloc: str) -> None:
        """Ask for one page after the other, each at its time, to the end."""
        desk = HTTPConnection(netloc, timeout=60)
        while True:
            with self._lock:
                turn = next(self._turn)
            due = self.begun + turn / self.rate
            if due >= self.ends:
                return
            time.sleep(max(due - time.monotonic(), 0.0))
            path = self.paths[turn % len(self.paths)]
            try:
                desk.request("GET", path)
                answer = desk.getresponse()
                answer.read()
                if answer.status != 200:
                    self.failed.append(f"{path}: {answer.status}")
            except (OSError, HTTPException) as error:
                self.failed.append(f"{path}: {error!r}")
                desk.close()
            self.took.append((time.monotonic() - due) * 1000)  # waiting for a visitor, too


def run(seconds: float, rate: float, articles: Path, first: int) -> Iterator[str]:
    """Yield what came of it; `first` articles are in the store before anybody asks."""
    with tempfile.TemporaryDirectory() as made:
        store, more = Path(made) / "store", Path(made) / "more"
        _copy(articles, Path(made) / "first", first, 1)
        _copy(articles, more, 10_000, 20)
        _add(Path(made) / "first", store).wait()
        with running(store) as (desk, process), _adding(more, store):
            netloc, paths = f"{desk.host}:{desk.port}", _paths(store)
            for path in paths:  # what is loaded once is no growth
                ask(desk, path)
            wait_until_idle(process, 10)
            before = _memory(process)
            load = Load(paths, rate, time.monotonic() + seconds)
            visitors = [
                threading.Thread(target=load.visit, args=(netloc,)) for _ in range(_VISITORS)
            ]
            for each in visitors:
                each.start()
            held = [(_held(store), before)]
            while (rest := load.ends - time.monotonic()) > 0:
                time.sleep(min(rest, _LOOKS))
                held.append((_held(store), _memory(process)))
            for each in visitors:
                each.join()
    passed = time.monotonic() - load.begun
    yield f"{len(load.took):,} answers in {passed:.0f} s, {len(load.took) / passed:.1f} a second"
    yield f"failures: {len(load.failed)}{''.join(f'; {each}' for each in load.failed[:5])}"
    yield f"p95: {sorted(load.took)[len(load.took) * 95 // 100]:.0f} ms"
    yield "articles and memory of the desk in MB, every half minute: " + ", ".join(
        f"{articles:,} {megabytes}" for articles, megabytes in held
    )


def _paths(store: Path) -> list[str]:
    """Return every address that is asked for."""
    with tocsin.open(store) as opened:
        records = [
            *(links.to_event(each.id) for each in opened.events(limit=1)),
            *(links.to_article(each.id) for each in opened.articles(limit=1)),
            *(links.to_speaker(each.key) for each in opened.speakers(limit=1)),
        ]
    lists = [f"/{kind.name}" for kind in KINDS] + [f"/api/v1/{kind.name}" for kind in KINDS]
    return [*_PAGES, *lists, *records]


def _copy(articles: Path, folder: Path, most: int, editions: int) -> None:
    """Put articles into a folder, in several editions that differ by a word in every line."""
    folder.mkdir()
    files = sorted(articles.iterdir())[:most]
    for edition in range(editions):
        for file in files:
            text = file.read_text(encoding="utf-8")
            if edition:
                text = re.sub(r"\bthe\b", f"the {'very ' * edition}".rstrip(), text)
            (folder / f"{edition}-{file.name}").write_text(text, encoding="utf-8")


def _add(articles: Path, store: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from tocsin.cli import main; main()", "add", str(articles)]
    given = ["--store", str(store), "--workers", "1"]
    nowhere = subprocess.DEVNULL
    return subprocess.Popen([*command, *given], stdout=nowhere, stderr=nowhere)


@contextmanager
def _adding(articles: Path, store: Path) -> Iterator[None]:
    process = _add(articles, store)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _held(store: Path) -> int:
    with tocsin.open(store) as opened:
        return opened.status().articles


def _memory(process: int) -> int:
    """Return the megabytes of a process that are in memory; Linux says so."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) // 1000 if found else 0


def main() -> None:
    """Print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--rate", type=float, default=50.0)
    parser.add_argument("--articles", type=Path, default=Path("examples/crisis/articles"))
    given = parser.parse_args()
    for line in run(given.seconds, given.rate, given.articles, 40):
        print(line)


if __name__ == "__main__":
    main()
