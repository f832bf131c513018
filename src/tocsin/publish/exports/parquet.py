"""Parquet: a file for each table, or by month a data set with a file for each table and month.

The data set's folders are Hive's (``events/year=2024/month=10/events.parquet``), which DuckDB,
polars, Spark and pyarrow read as columns; what has no day lies in Hive's partition for null.  All
files of a table have one schema.  Their rows come by day, in row groups with statistics.

A manifest says what each month was made of.  A later export into the same folder reads only months
of which that has changed; the other files are taken over as they are.  The data set is made beside
the one that is there, and put in its place when it is whole.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, cast

from tocsin.corpus.parts import hash_file
from tocsin.errors import StoreError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.publish.exports.export import Export, Kept, Outcome
from tocsin.publish.exports.tables import (
    IN_FOLDERS,
    TABLES,
    asked_of,
    tables_in,
    texts_of,
    told_in,
    write_parquet,
)
from tocsin.publish.exports.target import new_folder, require_folder
from tocsin.records import to_json
from tocsin.store.database import store_errors
from tocsin.store.frames import BATCH, arrow_batches, arrow_schema
from tocsin.store.fromjson import read_record
from tocsin.store.handle import Results
from tocsin.store.kinds import EVENTS, KINDS
from tocsin.store.kinds.declared import columns_of
from tocsin.store.kinds.kind import Column, Kind
from tocsin.store.months import LISTS, Month, find_in_month, read_states
from tocsin.store.tables import read_value

#: The version of the folders and of the manifest.
FORMAT = 1

MANIFEST = "manifest.json"

#: A row group has no more rows than this, and ends with the batch that makes it so many bytes:
#: so memory does not grow with a month, and engines have enough to do with each.
ROWS, BYTES = 1 << 16, 1 << 25

_NO_DAY = "__HIVE_DEFAULT_PARTITION__"

#: Tables that are made of what is found for another: they lie in that one's months.
_MADE_OF: Mapping[str, Mapping[str, Callable[[Kept, list[Any]], Iterable[Any]]]] = {
    "events": {"tellings": told_in},
    "articles": {"texts": texts_of},
}

_KINDS = {kind.table: kind for kind in KINDS}

#: By the list that tells what has changed: the kinds that are read for it.
_READ = {name: (_KINDS[name],) for name in LISTS} | {"events": (_KINDS["events"], _KINDS["series"])}

#: Kinds without a day, which are read each time.
_DAYLESS = [each for each in KINDS if not any(each in kinds for kinds in _READ.values())]

#: The columns of each table.
COLUMNS = {kind.table: kind.columns for kind in KINDS} | {
    name: columns_of(name) for made in _MADE_OF.values() for name in made
}
_OURS = re.compile(rf"{MANIFEST}|({'|'.join(COLUMNS)})(/year=[^/]+/month=[^/]+)?/\1\.parquet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file of the data set."""

    rows: int
    size: int
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a data set was made of, and by what."""

    format: int
    tocsin: str  #: its version
    columns: str  #: a digest of all columns
    asked: Mapping[str, Any]  #: the filters that were given
    store: Mapping[str, Any]  #: when it was begun, and how much it held
    states: Mapping[str, Mapping[str, str]]  #: by list and month; the month of no day is ""
    files: Mapping[str, Written]  #: by path

    def fits(self, other: Manifest) -> bool:
        """Tell whether its files are what the other would write of the same rows."""
        return all(getattr(self, each) == getattr(other, each) for each in _FITTING)


_FITTING = ("format", "tocsin", "columns", "asked")
_HELD = ("articles", "texts", "statements", "reported_events", "background", "readers", "pending")


def path_of(table: str, month: Month) -> str:
    """Return where the rows of a month lie in the data set."""
    year, number = (_NO_DAY, _NO_DAY) if month is None else map(int, month.split("-"))
    return f"{table}/year={year}/month={number}/{table}.parquet"


def write_months(kept: Kept, path: Path, force: bool) -> Outcome:
    """Write the data set to `path`, or bring the one that is there up to date.

    Raises:
        ValueNotUnderstood: there is something else; or there is a data set of another store or
            without a manifest that can be read, and no `force`, which writes all anew.
    """
    before = _read_before(path, force)
    with store_errors(kept.store.folder), new_folder(path) as folder:
        writing = _Writing(kept=kept, folder=folder, old=path, before=before)
        writing.write()
    return writing.outcome()


def _read_before(path: Path, force: bool) -> Manifest | None:
    require_folder(path)
    inside = [each for each in path.rglob("*") if not each.is_dir()] if path.exists() else []
    for each in (one.relative_to(path).as_posix() for one in inside):
        if not _OURS.fullmatch(each):
            raise refusal(ValueNotUnderstood, "folder_with_others", path, name=each)
    if force or not inside:
        return None
    try:
        return read_record(Manifest, (path / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, StoreError):
        raise refusal(ValueNotUnderstood, "export_there", path) from None


def _tables_of(kind: Kind[Any]) -> Mapping[str, Callable[[Kept, list[Any]], Iterable[Any]]]:
    """Return the tables that what is found of a kind is written to, and what each takes of it."""
    return {kind.table: lambda _, found: found, **_MADE_OF.get(kind.table, {})}


# --------------------------------------------------------------------------- one file


class MonthFile:
    """A file of a table that is being written; there is none without a row or `empty`."""

    def __init__(self, path: Path, columns: tuple[Column, ...]) -> None:
        """Write to `path`, whose folder is made."""
        self.rows = 0
        self._path, self._schema = path, arrow_schema(columns)
        self._held: list[Any] = []
        self._writer: Any = None

    def add(self, batches: Iterable[Any]) -> None:
        """Add rows in Arrow's batches."""
        for batch in batches:
            self._held.append(batch)
            self.rows += len(batch)
            if (
                sum(map(len, self._held)) > ROWS - BATCH
                or sum(b.nbytes for b in self._held) > BYTES
            ):
                self._write()

    def close(self, *, empty: bool = False) -> Written | None:
        """End the file and return what it is; None for none."""
        if self._held or empty:
            self._write()
        if self._writer is None:
            return None
        self._writer.close()
        whole = hash_file(self._path)
        return Written(rows=self.rows, size=whole.size, sha256=whole.sha256)

    def _write(self) -> None:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter

        if self._writer is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = ParquetWriter(self._path, self._schema, compression="zstd")
        self._writer.write_table(pa.Table.from_batches(self._held, self._schema))
        self._held = []


# --------------------------------------------------------------------------- all files


@dataclass(slots=True, kw_only=True)
class _Writing:
    """One export, in a folder of its own."""

    kept: Kept
    folder: Path  #: to be filled
    old: Path  #: with the data set of `before`
    before: Manifest | None  #: None where nothing can be taken over
    files: dict[str, Written] = field(default_factory=dict)
    anew: int = 0  #: files that were not there before, or are others now

    def write(self) -> None:
        """Write or take over every table, then write the manifest."""
        connection, watch = self.kept.store.connection(), self.kept.watch
        states = {
            each: read_states(connection, each) for each in watch(LISTS, len(LISTS), "lists read")
        }
        ours = self._manifest(states)
        if self.before and self.before.store.get("begun") != ours.store["begun"]:
            raise refusal(ValueNotUnderstood, "export_there", self.old)  # of another store
        if self.before and not self.before.fits(ours):
            self.before = None
        months = [(name, each) for name in states for each in sorted(states[name], key=str)]
        for name, month in watch(months, len(months), "months written"):
            if not self._take_over(name, month, states[name][month]):
                for kind in _READ[name]:
                    asked = asked_of(kind, self.kept)
                    found = find_in_month(connection, kind, asked, month)
                    self._write(kind, found, partial(path_of, month=month))
        for kind in _DAYLESS:
            whole = Results(self.kept.store, kind, asked_of(kind, self.kept))
            self._write(kind, whole.found(), "{0}/{0}.parquet".format)
        self._write_empty()
        ours = replace(ours, files=dict(sorted(self.files.items())))
        written = json.dumps(to_json(ours), indent=1)
        (self.folder / MANIFEST).write_text(written, encoding="utf-8")

    def outcome(self) -> Outcome:
        """Return how many rows each table has, and how many files are new."""
        rows: Counter[str] = Counter()
        for path, each in sorted(self.files.items()):
            rows[path.partition("/")[0]] += each.rows
        return Outcome(
            written=Counter({**rows, "files": len(self.files), "of them written anew": self.anew})
        )

    def _manifest(self, states: Mapping[str, Mapping[Month, str]]) -> Manifest:
        """Return the manifest but for the files."""
        held = self.kept.store.status()
        columns = {name: [(c.name, c.kind, c.help) for c in of] for name, of in COLUMNS.items()}
        return Manifest(
            format=FORMAT,
            tocsin=version("tocsin"),
            columns=sha256(repr(sorted(columns.items())).encode()).hexdigest(),
            asked=to_json(dict(self.kept.asked)),
            store={
                "begun": self._begun(),
                **to_json({each: getattr(held, each) for each in _HELD}),
            },
            states={
                name: {month or "": state for month, state in sorted(months.items(), key=str)}
                for name, months in states.items()
            },
            files={},
        )

    def _begun(self) -> str | None:
        """Return when the first run of the store began, which no other store shares."""
        first = "SELECT started FROM runs ORDER BY number LIMIT 1"
        return cast("str | None", read_value(self.kept.store.connection(), first))

    def _take_over(self, name: str, month: Month, state: str) -> bool:
        """Take over what a month was written to, unless it has changed or is not as it was."""
        if not self.before or self.before.states.get(name, {}).get(month or "") != state:
            return False
        tables = (table for kind in _READ[name] for table in _tables_of(kind))
        paths = {path_of(table, month) for table in tables} & self.before.files.keys()
        if whole := all(self._is_still(path, self.before.files[path]) for path in paths):
            for path in paths:
                self._link(path)
                self.files[path] = self.before.files[path]
        return whole

    def _write(self, kind: Kind[Any], found: Iterator[Any], path: Callable[[str], str]) -> None:
        """Write what is found of a kind to its table, and to those that are made of it."""
        tables = _tables_of(kind)
        files = {name: MonthFile(self.folder / path(name), COLUMNS[name]) for name in tables}
        while some := list(islice(found, BATCH)):
            for name, rows in tables.items():
                files[name].add(arrow_batches(rows(self.kept, some), COLUMNS[name]))
        for name, file in files.items():
            self._note(path(name), file.close())

    def _write_empty(self) -> None:
        """Give each table that has no row a file without one, so that it can be read."""
        for table in COLUMNS.keys() - {path.partition("/")[0] for path in self.files}:
            path = path_of(table, None)
            self._note(path, MonthFile(self.folder / path, COLUMNS[table]).close(empty=True))

    def _note(self, path: str, written: Written | None) -> None:
        """Note a file that was written; one that is what it was stays the file that it was."""
        if written is None:
            return
        self.files[path] = written
        if self.before and self.before.files.get(path) == written and self._is_still(path, written):
            self._link(path)
        else:
            self.anew += 1

    def _is_still(self, path: str, written: Written) -> bool:
        found = hash_file(self.old / path)
        return (found.size, found.sha256) == (written.size, written.sha256)

    def _link(self, path: str) -> None:
        """Take a file over from the old data set: the same one, where the file system can."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        try:
            os.link(self.old / path, target)
        except OSError:
            shutil.copy2(self.old / path, target)


PARQUET = Export(
    name="parquet",
    summary="Every table as Parquet: a folder.",
    more="""With --by month the folder is a data set: a file for each table and month, in Hive's
layout.  When it is there already, it is brought up to date: only what has changed is written.""",
    examples=("out/tables --store crisis --background", "out/months --store crisis --by month"),
    kind=EVENTS,
    own=tuple(each.name for each in EVENTS.filters if each.name not in IN_FOLDERS),
    folder=lambda kept, folder: write_parquet(folder, tables_in(kept, TABLES)),
    names=tuple(f"{name}.parquet" for name in TABLES),
    by={"month": write_months},
)
