"""Event tables from elsewhere: who did what to whom on which day, in the formats of others.

POLECAT, GDELT 2.0 (with or without a header), ICEWS as published or as its R package keeps it, and
the plain form (day, source, cameo, target) are known by their header (`lexicons/event_files.tsv`).
Columns are kept, not rows: each distinct value is understood once, however many rows have it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from os import fstat
from typing import BinaryIO

import numpy as np

from tocsin.articles.compressed import Stream, without_compression
from tocsin.articles.csv_rows import read_csv_rows
from tocsin.articles.decode import refuse_binary
from tocsin.articles.files import open_file, unreadable
from tocsin.articles.forms import HEAD
from tocsin.articles.opened import Columns, OpenedFile
from tocsin.errors import (
    BinaryInputError,
    EmptyInputError,
    InputError,
    NotFoundError,
    ValueNotUnderstood,
)
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.tables import given, listed, read_records
from tocsin.settings import Settings
from tocsin.store.watched import Watch, unwatched
from tocsin.watch.detector import Ints

#: The parts of an event that a table may tell; of actor and recipient the country is enough.
PARTS = ("day", "actor", "actor_country", "recipient", "recipient_country", "act")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its distinct values in the order in which they come, and which each row has."""

    values: tuple[str, ...]
    rows: Ints

    def take(self, meaning: Callable[[str], int]) -> Ints:
        """Return for each row what its value means."""
        return np.array([*map(meaning, self.values)], dtype=np.int64)[self.rows]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table, by the parts of an event (day, actor, actor_country ..., act)."""

    parts: dict[str, Column]
    unread: int  #: rows that could not be read
    damage: str | None  #: why the file ended early


def read_event_table(
    origin: str,
    settings: Settings,
    watch: Watch = unwatched,
    mapping: Mapping[str, str] | None = None,
) -> Rows:
    """Read the event table in the file `origin`; "-" is standard input.

    Gzip and Zstandard are undone; `watch` shows progress.

    Args:
        origin: the file.
        settings: how much of it is read at most.
        watch: passes the rows on while it shows how many there are.
        mapping: the column of each part of an event, where the header is of no known format.

    Raises:
        InputError: it cannot be read, or has not the columns of any format, or of the mapping.
        ValueNotUnderstood: the mapping names what is no part of an event, or leaves one out.
    """
    if mapping:
        _check_mapping(mapping)
    try:
        with open_file(origin) as raw:
            return _read(origin, raw, settings, watch, mapping or {})
    except NotFoundError:
        raise refusal(NotFoundError, "no_such_table", origin) from None
    except BinaryInputError:
        raise refusal(BinaryInputError, "binary_table", origin) from None
    except OSError as error:
        raise unreadable(origin, error) from None


def _check_mapping(mapping: Mapping[str, str]) -> None:
    for part in mapping:
        if part not in PARTS:
            raise refusal(ValueNotUnderstood, "no_such_part", part, parts=", ".join(PARTS))
    for part in ("day", "actor", "recipient", "act"):
        if part not in mapping and f"{part}_country" not in mapping:
            given = ",".join(f"{each}={column}" for each, column in mapping.items())
            raise refusal(ValueNotUnderstood, "part_not_mapped", given, part=part)


def _read(
    origin: str, raw: BinaryIO, settings: Settings, watch: Watch, mapping: Mapping[str, str]
) -> Rows:
    stream = Stream(raw)
    head = stream.peek(HEAD)
    if not head and stream.damage is None:
        raise EmptyInputError("the file is empty", value=origin, expected="an event table")
    refuse_binary(head, origin)
    known_size = head and origin != "-" and not stream.is_compressed
    total = fstat(raw.fileno()).st_size * head.count(b"\n") // len(head) if known_size else None
    file = OpenedFile(
        origin=origin,
        name=without_compression(origin),
        raw=raw,
        stream=stream,
        columns=Columns(names={}),
        settings=settings,
    )
    columns: list[tuple[str, str, dict[str, int], list[int]]] = []
    unread = 0
    for _, row in watch(read_csv_rows(file, _missing_header(head)), total, "rows read"):
        if isinstance(row, InputError):
            unread += 1
            continue
        if not columns:
            named = _mapped(list(row), mapping) if mapping else _columns(list(row), origin)
            columns = [(*each, {}, []) for each in named.items()]
        for _, column, values, numbers in columns:
            numbers.append(values.setdefault(row[column], len(values)))
    if not columns:
        raise refusal(InputError, "no_event_days", origin)
    parts = {
        part: Column(tuple(map(str.strip, values)), np.array(numbers, dtype=np.int64))
        for part, _, values, numbers in columns
    }
    return Rows(parts, unread, stream.damage)


def _columns(header: list[str], origin: str) -> dict[str, str]:
    """Return the name of each part's column in the first format that has all of its own here."""
    written = {_plain(name): name for name in header}
    for form in read_records("lexicons/event_files.tsv"):
        del form["file"], form["columns"]
        wanted = {part: _plain(column) for part, column in form.items() if given(column)}
        if wanted and {*wanted.values()} <= written.keys():
            return {part: written[column] for part, column in wanted.items()}
    raise refusal(InputError, "no_event_columns", origin, columns=", ".join(header)[:300])


def _mapped(header: list[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the name of each part's column as the table writes it."""
    written = {_plain(name): name for name in header}
    for part, column in mapping.items():
        if _plain(column) not in written:
            there = ", ".join(header)[:300]
            raise refusal(InputError, "no_mapped_column", column, part=part, columns=there)
    return {part: written[_plain(column)] for part, column in mapping.items()}


def _plain(name: str) -> str:
    """Return the name of a column as it is compared: ICEWS's "Event Date" is also event_date."""
    return name.strip().lower().replace(" ", "_")


def _missing_header(head: bytes) -> tuple[str, ...]:
    """Return the header that a file lacks: GDELT's own begin with an event."""
    forms = read_records("lexicons/event_files.tsv")
    columns = next(listed(each["columns"]) for each in forms if each["file"] == "gdelt_events")
    cells = head.partition(b"\n")[0].split(b"\t")
    return columns if len(cells) == len(columns) and cells[1].isdigit() else ()
