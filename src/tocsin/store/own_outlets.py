"""The user's own table of outlets: read from a file, and kept in the store."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tocsin.errors import NotAFileError, NotFoundError, ReferenceFileError
from tocsin.lexicons.outlets import Outlet, domain_of, index_outlets
from tocsin.lexicons.refusals import refusal
from tocsin.store.database import write_batch
from tocsin.store.pending import mark_found
from tocsin.store.tables import Connection, columns_of, insert_rows, read_rows

#: The columns of a user's table; the first must be there.
COLUMNS = ("domain", "name", "owner", "reliability", "note")
_LISTED = ", ".join(COLUMNS)

#: A table with more bytes is none of outlets.
_LARGEST = 20_000_000

#: Characters of a cell: what is longer is a quotation mark that never closes.
_LONGEST_CELL = 100_000


def list_outlets(connection: Connection) -> tuple[Outlet, ...]:
    """Return the outlets of the user's table by domain."""
    rows = read_rows(connection, "SELECT * FROM outlets ORDER BY domain")
    return tuple(Outlet(domains=(row.pop("domain"),), **row) for row in rows)


def read_outlets(connection: Connection) -> Mapping[str, Outlet]:
    """Return the outlets of the user's table by domain and by name."""
    return index_outlets(list_outlets(connection))


def write_outlets(connection: Connection, outlets: Iterable[Outlet]) -> None:
    """Replace the user's table and note that all reported events must be worked out anew.

    Raises:
        StoreError: the store cannot be written to.
    """
    with write_batch(connection):
        connection.execute("DELETE FROM outlets")
        rows = [
            {"domain": domain} | columns_of(each, "name owner reliability note")
            for each in outlets
            for domain in each.domains
        ]
        insert_rows(connection, "outlets", rows)
        mark_found(connection, "SELECT DISTINCT 'block', block FROM events")
        mark_found(connection, "SELECT 'event', id FROM reported_events")


# --------------------------------------------------------------------------- the file


def read_outlet_table(path: Path) -> tuple[Outlet, ...]:
    """Return the outlets of a CSV or TSV file with the columns of `COLUMNS`.

    Raises:
        InputError: the file is not there or cannot be read.
        ReferenceFileError: a column, a domain or a letter is not what it should be.
    """
    text = _read(path)
    if not text:
        raise refusal(ReferenceFileError, "table_empty", path, columns=_LISTED)
    rows = _read_cells(text, path)
    columns = [name.strip().lower() for name in next(rows, [])]
    if "domain" not in columns or set(columns) - set(COLUMNS):
        head = text.splitlines()[0]
        raise refusal(ReferenceFileError, "table_of_other_columns", head, columns=_LISTED)
    outlets: dict[str, Outlet] = {}
    for number, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row):
            outlet = _read_row(dict(zip(columns, map(str.strip, row), strict=False)), number)
            (domain,) = outlet.domains
            if domain in outlets:
                raise refusal(ReferenceFileError, "outlet_twice", domain, number=number)
            outlets[domain] = outlet
    return tuple(outlets.values())


def _read(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        raise refusal(NotFoundError, "no_such_outlets", path) from None
    except (OSError, ValueError):  # ValueError: a NUL byte in the path
        raise refusal(NotAFileError, "table_unreadable", path) from None
    try:
        if len(raw) > _LARGEST:
            raise ValueError
        return raw.decode("utf-8-sig")
    except ValueError:
        raise refusal(ReferenceFileError, "table_no_text", path, columns=_LISTED) from None


def _read_cells(text: str, path: Path) -> Iterator[list[str]]:
    separator = max("\t;,", key=text.splitlines()[0].count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            # The csv module has one limit for the process, which reading articles lifts.
            if max(map(len, row), default=0) > _LONGEST_CELL:
                raise csv.Error(f"a cell has more than {_LONGEST_CELL:,} characters")
            yield row
    except csv.Error as error:
        raise refusal(
            ReferenceFileError, "table_no_csv", path, error=error, columns=_LISTED
        ) from None


def _read_row(row: Mapping[str, str], number: int) -> Outlet:
    domain = domain_of(row.get("domain"))
    if domain is None:
        raise refusal(ReferenceFileError, "no_domain", row.get("domain"), number=number)
    letter = row.get("reliability", "").upper()
    if letter not in ("", *"ABCDEF"):
        raise refusal(ReferenceFileError, "no_letter", letter, number=number)
    given: dict[str, Any] = {name: row.get(name) or None for name in ("name", "owner", "note")}
    return Outlet(domains=(domain,), reliability=letter or None, **given)
