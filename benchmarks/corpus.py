"""Adding a corpus: speed, memory, and what copies cost; with the real command.

usage: python -m benchmarks.corpus SHARED [WORKERS]

First the news and the PolNeAR articles in one `tocsin add`; then the same ten times over, each time
with other addresses, into a new store.  Memory is the resident set of the process that writes, and
of the largest worker, looked at four times a second; that it is flat shows in the second run, which
has ten times the articles.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tocsin.errors import StoreError
from tocsin.store.database import open_database

TIMES = 10
#: Ten times the articles may take this many times the time.
ALLOWED = 10.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One look at a running `tocsin add`: inputs done, and memory in megabytes."""

    done: int
    main: float
    worker: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One `tocsin add`."""

    seconds: float
    samples: list[Sample]
    said: str  #: its closing account

    @property
    def done(self) -> int:
        """Inputs that are in the store at its end."""
        return self.samples[-1].done

    def memory(self, share: float) -> str:
        """Return the peaks up to when `share` of the inputs were done."""
        until = [each for each in self.samples if each.done <= share * self.done]
        main, worker = max(s.main for s in until), max(s.worker for s in until)
        return f"{main:.0f} MB writing, {worker:.0f} MB the largest worker"


def measure(shared: Path, options: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines to print."""
    news = shared / "news/politics_2025-12_2026-02.jsonl"
    texts = [shared / "gold/polnear" / part / "text" for part in ("train", "dev")]
    with tempfile.TemporaryDirectory() as folder:
        once, wrapped = Path(folder) / "once", Path(folder) / "wrapped"
        base = add([news, *texts], once, options)
        yield (
            f"add {base.done:,} articles: {base.seconds:.0f} s, "
            f"{base.done / base.seconds:.1f} articles/s; {base.said}"
        )
        yield f"memory after a quarter: {base.memory(0.25)}; at the end: {base.memory(1)}"
        many = Path(folder) / "wrapped.jsonl"
        wrap(news, texts, many)
        again = add([many], wrapped, options)
        ratio = again.seconds / base.seconds
        yield (
            f"add {again.done:,} articles, the same {TIMES} times over: {again.seconds:.0f} s, "
            f"{ratio:.2f} times the time (at most {ALLOWED}); {again.said}"
        )
        yield f"memory after a quarter: {again.memory(0.25)}; at the end: {again.memory(1)}"
        found, printed = count_copies(wrapped), again.done * (TIMES - 1) // TIMES
        yield f"further prints kept with the text of the first: {found:,} of {printed:,}"


def wrap(news: Path, texts: Sequence[Path], out: Path) -> None:
    """Write every article `TIMES` times to `out`, each time with an address of its own."""
    rows = [json.loads(line) for line in news.read_text(encoding="utf-8").splitlines()]
    for folder in texts:
        for path in sorted(folder.glob("*.txt")):
            rows.append({"text": path.read_text(encoding="utf-8")})
    with out.open("w", encoding="utf-8") as lines:
        for time_over in range(TIMES):
            for number, row in enumerate(rows):
                url = f"https://outlet{time_over}.example/{number}"
                lines.write(json.dumps(row | {"url": url, "outlet": None}) + "\n")


def count_copies(store: Path) -> int:
    """Return how many articles are known as copies of the first with their number."""
    groups: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    query = (
        "SELECT url, texts.id, family FROM articles JOIN texts ON texts.id = text_id ORDER BY url"
    )
    with closing(open_database(store, read_only=True)) as connection:
        for url, text_id, family in connection.execute(query):
            groups[url.rpartition("/")[2]].append((text_id, family))
    return sum(
        text_id == first or (family is not None and family == group[0][1])
        for group in groups.values()
        for first in [group[0][0]]
        for text_id, family in group[1:]
    )


def add(paths: Sequence[Path], store: Path, options: Sequence[str]) -> Run:
    """Run `tocsin add` in a process of its own and look at it while it runs."""
    program = Path(sys.executable).with_name("tocsin")
    command = [*map(str, (program, "add", *paths, "--store", store)), *options]
    started = time.monotonic()
    adding = subprocess.Popen(
        command, stdout=subprocess.PIPE, start_new_session=True, text=True, encoding="utf-8"
    )
    samples = []
    while adding.poll() is None:
        samples.append(_look_at(adding.pid, store))
        time.sleep(0.25)
    seconds = time.monotonic() - started
    said = adding.stdout.read().strip() if adding.stdout else ""
    last = Sample(done=_inputs(store), main=samples[-1].main, worker=samples[-1].worker)
    return Run(seconds=seconds, samples=[*samples, last], said=said)


def _look_at(main: int, store: Path) -> Sample:
    sizes = dict(_sizes(main))
    others = [size for pid, size in sizes.items() if pid != main]
    return Sample(done=_inputs(store), main=sizes.get(main, 0.0), worker=max(others, default=0.0))


def _sizes(session: int) -> Iterator[tuple[int, float]]:
    """Yield the processes of `session` with their resident sets in megabytes."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[3]) == session:
            yield int(folder.name), int(fields[21]) * 4096 / 1e6


def _inputs(store: Path) -> int:
    try:
        with closing(open_database(store, read_only=True)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM items").fetchone()
            return int(count)
    except StoreError:  # not there yet
        return 0


if __name__ == "__main__":
    workers = [word for number in sys.argv[2:3] for word in ("--workers", number)]
    for line in measure(Path(sys.argv[1]), workers):
        print(line, flush=True)
