"""How fast each form of corpus is read, and in how much memory.

    python -m benchmarks.reading [--articles 5000]

Articles are made up from a seed.  Each form is read twice in a process of its own, the second time
with ten times as many articles: memory should stay where it was.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count, islice
from pathlib import Path

_WORDS = (
    *("the", "a", "of", "and", "that", "with", "from", "which", "would", "were", "this"),
    *("ferry", "harbour", "minister", "said", "army", "border", "talks", "troops", "port"),
    *("city", "officials", "told", "reporters", "on", "Tuesday", "after", "struck", "capital"),
)
_ROWS_PER_GROUP = 500
_ENTRIES_PER_FEED = 100


def make_rows(number: int) -> Iterator[dict[str, str]]:
    """Make articles of about 450 words, no two alike."""
    chance = random.Random(1)
    day = datetime(2024, 10, 1, tzinfo=UTC)
    for place in range(number):
        paragraphs = (" ".join(chance.choices(_WORDS, k=45)) + "." for _ in range(10))
        yield {
            "url": f"https://quay.example/{place}",
            "title": f"Ferry {place} leaves",
            "published": format_datetime(day + timedelta(minutes=place)),
            "outlet": "The Quay",
            "text": "\n\n".join(paragraphs),
        }


def _write_folder(rows: Iterator[dict[str, str]], path: Path) -> None:
    path.mkdir()
    for number, row in enumerate(rows):
        (path / f"{number:06}.txt").write_text(row["text"])


def _write_lines(rows: Iterator[dict[str, str]], path: Path) -> None:
    with path.open("w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def _write_csv(rows: Iterator[dict[str, str]], path: Path) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["url", "title", "published", "outlet", "text"])
        writer.writerows(row.values() for row in rows)


def _write_parquet(rows: Iterator[dict[str, str]], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pylist(list(rows))
    pq.write_table(table, path, row_group_size=_ROWS_PER_GROUP)


def _write_feeds(rows: Iterator[dict[str, str]], path: Path) -> None:
    path.mkdir()
    entries = (
        f"<item><title>{row['title']}</title><link>{row['url']}</link>"
        f"<pubDate>{row['published']}</pubDate><description>{row['text']}</description></item>"
        for row in rows
    )
    for number in count():
        if not (some := "".join(islice(entries, _ENTRIES_PER_FEED))):
            break
        feed = f'<rss version="2.0"><channel><title>The Quay</title>{some}</channel></rss>'
        (path / f"{number:06}.rss").write_text(feed)


def _write_crawl(rows: Iterator[dict[str, str]], path: Path) -> None:
    with path.open("wb") as file:
        for row in rows:
            file.write(gzip.compress(_record(row), 6))


def _record(row: dict[str, str]) -> bytes:
    paragraphs = "".join(f"<p>{each}</p>" for each in row["text"].split("\n\n"))
    page = f"<html><body><article><h1>{row['title']}</h1>{paragraphs}</article></body></html>"
    payload = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {row['url']}\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(payload)}\r\n\r\n{payload}\r\n\r\n"
    ).encode()


FORMS: dict[str, tuple[str, Callable[[Iterator[dict[str, str]], Path], None]]] = {
    "folder of text": ("folder", _write_folder),
    "JSON Lines": ("a.jsonl", _write_lines),
    "CSV": ("a.csv", _write_csv),
    "Parquet": ("a.parquet", _write_parquet),
    "folder of RSS": ("feeds", _write_feeds),
    "WARC.gz": ("a.warc.gz", _write_crawl),
}


def measure(path: str) -> None:
    """Print how many items are at `path`, the seconds to find and to read them, and the memory."""
    from tocsin.articles.corpora import find_items
    from tocsin.articles.items import Item
    from tocsin.articles.read import read_item
    from tocsin.settings import Settings

    settings = Settings()
    sample: list[Item] = []
    items, start = 0, time.perf_counter()
    for item in find_items(path, settings=settings, mapping={}):
        items += isinstance(item, Item)
        if isinstance(item, Item) and len(sample) < 200:
            sample.append(item)
    found = time.perf_counter() - start
    peak = peak_megabytes()
    start = time.perf_counter()
    for item in sample:
        read_item(item, settings=settings)
    print(json.dumps([items, found, (time.perf_counter() - start) / len(sample), peak]))


def peak_megabytes() -> float:
    """Return the peak of this program; what resource.getrusage says begins with its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure)
        return
    print(f"{'form':16} {'items':>7} {'found/s':>9} {'read/s':>8} {'peak MB':>8}")
    for form, (name, write) in FORMS.items():
        for number in (options.articles, 10 * options.articles):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / name
                write(make_rows(number), path)
                _show(form, path)


def _show(form: str, path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.reading", "--measure", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    items, found, each, peak = json.loads(done.stdout)
    print(f"{form:16} {items:7,} {items / found:9,.0f} {1 / each:8,.0f} {peak:8,.0f}", flush=True)


if __name__ == "__main__":
    main()
