"""The ten questions of `docs/analysis.md` over a data set of synthetic reported events, timed.

usage: python -m benchmarks.analysis [--events N] [--source DIR] [--out DIR]

A store of 30,000 synthetic reported events of a year is exported by month (or DIR is taken, an
export by month of such a year).  Then the exporter's own writer is given the rows of each month as
often as it takes, with other ids and the days of ten years: no store of that size is made.  Tables
that no question asks are left out.  As words repeat, files are smaller than those of a store; what
the synthetic store leaves empty (coordinates, who says it, offices) is drawn at random.

Prints for each question the seconds that passed, and those that the processors computed, which
tells what other work on the machine costs.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import tocsin
from benchmarks.synthetic import build_store
from tocsin.publish.exports.export import Kept
from tocsin.publish.exports.parquet import COLUMNS, PARQUET, MonthFile, path_of

_PAGE = Path(__file__).parents[1] / "docs" / "analysis.md"
_SEED_EVENTS, _YEARS = 30_000, range(2015, 2025)
_ASKED = ("events", "tellings", "statements", "findings", "office_claims", "articles")
_IDS = ("id", "event", "text_id", "article", "about", "quotation")
_NEAR = 64  #: rows that are repeated together
_EPOCH = date(1970, 1, 1)

_DRAWN: Mapping[str, Callable[[Any, int], Any]] = {
    "latitude": lambda drawn, rows: drawn.uniform(-60, 70, rows),
    "longitude": lambda drawn, rows: drawn.uniform(-180, 180, rows),
    "speaker": lambda drawn, rows: [f"Speaker {n}" for n in drawn.zipf(1.3, rows) % 5_000],
    "office": lambda drawn, rows: [f"office {n}" for n in drawn.zipf(1.3, rows) % 300],
}


def read_questions() -> tuple[str, dict[str, str]]:
    """Return the SQL of the page: what makes the tables, and each question by its title."""
    page = _PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"^(?:## \d+\. ([^\n]+)\n\n)?```sql\n(.*?)^```", page, re.M | re.S)
    (_, views), *questions = blocks
    return views, dict(questions)


def make_source(out: Path) -> None:
    """Export a store of a year of synthetic events to `out`."""
    with tempfile.TemporaryDirectory() as folder:
        build_store(Path(folder) / "store", _SEED_EVENTS)
        with tocsin.open(Path(folder) / "store") as store:
            kept = Kept(store=store, asked={}, watch=lambda things, *_: things)
            PARQUET.write(kept, str(out), force=False, by="month")


def multiply(source: Path, out: Path, events: int) -> int:
    """Write a data set of about so many events, and return how many."""
    from pyarrow.parquet import read_table

    seed = sum(len(read_table(each, columns=["id"])) for each in (source / "events").rglob("*.*"))
    times = max(1, round(events / seed / len(_YEARS)))
    rows = 0
    for table in _ASKED:
        for year, month in ((y, m) for y in _YEARS for m in (*range(1, 13), None)):
            path = source / path_of(table, month and f"{_YEARS[-1]}-{month:02}")
            if not path.exists() or (month is None and year != _YEARS[-1]):
                continue
            held = read_table(path, partitioning=None)
            to = path_of(table, month and f"{year}-{month:02}")
            file = MonthFile(out / to, COLUMNS[table])
            file.add(_repeated(held, times, year, month).to_batches(max_chunksize=2_000))
            file.close()
            rows += file.rows if table == "events" else 0
    return rows


def _repeated(table: Any, times: int, year: int, month: int | None) -> Any:
    """Return the rows so many times, with ids of their own and days of that year.

    Some rows at a time, so that they still come by day, and not the same one again and again.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    some = np.array_split(np.arange(len(table)), max(1, len(table) // _NEAR))
    rows = pa.array(np.concatenate([np.tile(each, times) for each in some]))
    number = np.concatenate([np.repeat(np.arange(times), len(each)) for each in some])
    ends = pa.array([f"-{year}-{n}" for n in range(times)]).take(pa.array(number))
    repeated, drawn = table.take(rows), np.random.default_rng(year * 100 + (month or 0))
    for place, field in enumerate(table.schema):
        column = repeated.column(place)
        if field.name in _DRAWN and column.null_count == len(column):
            column = pa.array(_DRAWN[field.name](drawn, len(column)), field.type)
        elif field.name in _IDS:
            column = pc.binary_join_element_wise(column, ends, "")
        elif month and pa.types.is_date32(field.type):
            column = _moved(column, year, month)
        repeated = repeated.set_column(place, field, column)
    return repeated


def _moved(days: Any, year: int, month: int) -> Any:
    """Return days in the same month of that year."""
    import pyarrow as pa
    import pyarrow.compute as pc

    there = date(year, month, 1)
    last = (there.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    by = (there - date(_YEARS[-1], month, 1)).days
    moved = pc.add(days.cast(pa.int32()), pa.scalar(by, pa.int32()))
    latest = pa.scalar((last - _EPOCH).days, pa.int32())
    return pc.min_element_wise(moved, latest, skip_nulls=False).cast(pa.date32())


def ask(out: Path) -> Iterator[str]:
    """Yield a line for each question."""
    import duckdb

    views, questions = read_questions()
    connection = duckdb.connect()
    connection.execute(views.replace("'out/", f"'{out}/"))
    yield f"{'seconds':>8}{'computed':>10}{'rows':>7}  question"
    for title, sql in questions.items():
        start, computing = time.perf_counter(), time.process_time()
        rows = len(connection.execute(sql).fetchall())
        passed, computed = time.perf_counter() - start, time.process_time() - computing
        yield f"{passed:8.2f}{computed:10.2f}{rows:7}  {title}"


def main() -> None:
    """Make what is not there, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.analysis", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--source", type=Path, help="an export by month of a synthetic year")
    parser.add_argument("--out", type=Path, help="keep the data set here, or use the one that is")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, out = given.source or Path(folder) / "year", given.out or Path(folder) / "out"
        if not out.exists():
            if not source.exists():
                make_source(source)
            start = time.process_time()
            rows = multiply(source, out, given.events)
            print(f"{rows:,} events written in {time.process_time() - start:.0f} s", flush=True)
        size = sum(each.stat().st_size for each in out.rglob("*.parquet"))
        print(f"{size / 1e9:.1f} GB", flush=True)
        for line in ask(out):
            print(line, flush=True)


if __name__ == "__main__":
    main()
