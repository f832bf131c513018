"""CSV and Parquet: every table of a store, or the reported events that were asked for.

Columns are those that the kinds declare; tellings and texts, which only exports have, are added
here.  Cells of CSV are those of ``tocsin events --csv`` and its like.  Parquet (zstd) is for
DuckDB, polars, pandas and Spark: rows are written in groups as they come, so memory does not grow
with the store, and text is kept as it is, for offsets must hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from tocsin.publish import tables
from tocsin.publish.exports.export import Export, Kept, Outcome
from tocsin.publish.exports.target import file_in
from tocsin.records import Article, ReportedEvent, Telling
from tocsin.store.frames import BATCH, arrow_batches, arrow_schema
from tocsin.store.handle import Results
from tocsin.store.kinds import EVENTS, KINDS
from tocsin.store.kinds.articles import FoundArticle
from tocsin.store.kinds.declared import columns_of
from tocsin.store.kinds.events import FoundEvent
from tocsin.store.kinds.kind import Column, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table; `rows` gives its records anew each time it is called."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One telling with the reported event it belongs to."""

    event: ReportedEvent
    telling: Telling


_Rows = Callable[[Kept], Iterable[Any]]


def asked_of(kind: Kind[Any], kept: Kept) -> dict[str, Any]:
    """Return what was asked that a kind has filters for."""
    known = {each.name for each in kind.filters}
    return {name: value for name, value in kept.asked.items() if name in known}


def _of(kind: Kind[Any], kept: Kept) -> Iterable[Any]:
    results: Results[Any] = Results(kept.store, kind, asked_of(kind, kept))
    return kept.found(results, kind.table.replace("_", " "))


def told_in(_: Kept, found: Iterable[FoundEvent]) -> Iterator[Told]:
    """Yield the tellings of reported events."""
    for each in found:
        yield from (Told(event=each.event, telling=telling) for telling in each.event.tellings)


def texts_of(kept: Kept, found: Iterable[FoundArticle]) -> Iterator[Article]:
    """Yield those of some articles that are the first to print their text, with the text."""
    articles, read = list(found), kept.look_up()
    prints = kept.store.prints(each.text_id for each in articles)
    return (read(each.id) for each in articles if prints[each.text_id][0].id == each.id)


def _tellings(kept: Kept) -> Iterator[Told]:
    return told_in(kept, kept.found(kept.store.events(**kept.asked), "tellings"))


def _texts(kept: Kept) -> Iterator[Article]:
    """Yield an article for each text."""
    found = iter(kept.found(kept.store.articles(), "texts"))
    while some := list(islice(found, BATCH)):
        yield from texts_of(kept, some)


_TABLES: Mapping[str, tuple[tuple[Column, ...], _Rows]] = {
    **{kind.table: (kind.columns, partial(_of, kind)) for kind in KINDS},
    "tellings": (columns_of("tellings"), _tellings),
    "texts": (columns_of("texts"), _texts),
}

#: The tables of the Parquet export; the CSV export has all but the texts.
TABLES = tuple(_TABLES)


def tables_in(kept: Kept, names: Iterable[str]) -> Iterator[Table]:
    """Yield the tables called `names`, their rows newest first."""
    for name in names:
        columns, rows = _TABLES[name]
        yield Table(name=name, columns=columns, rows=partial(rows, kept))


# --------------------------------------------------------------------------- CSV


def write_csv(folder: Path, parts: Iterable[Table]) -> Outcome:
    """Write each table to a file ``NAME.csv`` in `folder`."""
    outcome = Outcome()
    for table in parts:
        with file_in(folder, f"{table.name}.csv") as file:
            outcome.written.update(write_table(file, table).written)
    return outcome


def write_table(file: TextIO, table: Table) -> Outcome:
    """Write one table with its header."""
    count = tables.write_csv(table.rows(), table.columns, file)
    return Outcome(written=Counter({table.name: count}))


def _events(kept: Kept) -> Table:
    rows = partial(kept.found, kept.store.events(**kept.asked), "events")
    return Table(name="events", columns=EVENTS.columns, rows=rows)


#: Filters that a folder takes for all its tables that have them.
IN_FOLDERS = ("background", "sure")

_IN_CSV = [name for name in TABLES if name != "texts"]

CSV = Export(
    name="csv",
    summary="Every table as CSV: a folder, or a file.",
    more="""A folder holds all tables but the texts; a file (NAME.csv or -) reported events alone.
Filters choose reported events, and need a file, but for --background and --sure.  Text that a
spreadsheet would calculate is defused.""",
    examples=(
        "out/csv --store crisis",
        "events.csv --store crisis --actor RUS --since 2024-10-01",
    ),
    kind=EVENTS,
    in_folders=IN_FOLDERS,
    file=lambda kept, file: write_table(file, _events(kept)),
    folder=lambda kept, folder: write_csv(folder, tables_in(kept, _IN_CSV)),
    names=tuple(f"{name}.csv" for name in _IN_CSV),
)


# --------------------------------------------------------------------------- Parquet


def write_parquet(folder: Path, parts: Iterable[Table]) -> Outcome:
    """Write each of `parts` to a file ``NAME.parquet`` in `folder`; empty ones have a schema."""
    rows = {table.name: _write(folder / f"{table.name}.parquet", table) for table in parts}
    return Outcome(written=Counter(rows))


def _write(path: Path, table: Table) -> int:
    from pyarrow.parquet import ParquetWriter

    rows = 0
    with ParquetWriter(path, arrow_schema(table.columns), compression="zstd") as writer:
        for batch in arrow_batches(table.rows(), table.columns):
            writer.write_batch(batch)
            rows += len(batch)
    return rows


class _Taken:
    """A file that holds what is written to it until it is taken."""

    closed = False

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._written = 0

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None: ...

    def close(self) -> None: ...

    def take(self) -> bytes:
        """Return what was written since the last time."""
        data = b"".join(self._held)
        self._held.clear()
        return data


def parquet_pieces(found: Iterable[Any], columns: tuple[Column, ...]) -> Iterator[bytes]:
    """Yield `found` as a Parquet file, piece by piece as the rows come."""
    from pyarrow.parquet import ParquetWriter

    file = _Taken()
    with ParquetWriter(file, arrow_schema(columns), compression="zstd") as writer:
        for batch in arrow_batches(found, columns):
            writer.write_batch(batch)
            yield file.take()
    yield file.take()
