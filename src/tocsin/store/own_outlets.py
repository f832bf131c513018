"""The user's own table of outlets: read from a file, and kept in the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tocsin.errors import NotAFileError, NotFoundError, ReferenceFileError
from tocsin.lexicons.outlets import Outlet, domain_of, index_outlets
from tocsin.lexicons.own_tables import LARGEST, read_own_table
from tocsin.lexicons.refusals import refusal
from tocsin.store.database import write_batch
from tocsin.store.pending import mark_found
from tocsin.store.tables import Connection, columns_of, insert_rows, read_rows

#: The columns of a user's table; the first must be there.
COLUMNS = ("domain", "name", "owner", "reliability", "note")


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
    outlets: dict[str, Outlet] = {}
    for number, cells in read_own_table(_read(path), path, COLUMNS, COLUMNS[:1]):
        outlet = _read_row(cells, number)
        (domain,) = outlet.domains
        if domain in outlets:
            raise refusal(ReferenceFileError, "outlet_twice", domain, number=number)
        outlets[domain] = outlet
    return tuple(outlets.values())


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise refusal(NotFoundError, "no_such_outlets", path) from None
    except (OSError, ValueError):  # ValueError: a NUL byte in the path
        raise refusal(NotAFileError, "table_unreadable", path) from None


def _read_row(row: Mapping[str, str], number: int) -> Outlet:
    domain = domain_of(row.get("domain"))
    if domain is None:
        raise refusal(ReferenceFileError, "no_domain", row.get("domain"), number=number)
    letter = row.get("reliability", "").upper()
    if letter not in ("", *"ABCDEF"):
        raise refusal(ReferenceFileError, "no_letter", letter, number=number)
    given: dict[str, Any] = {name: row.get(name) or None for name in ("name", "owner", "note")}
    return Outlet(domains=(domain,), reliability=letter or None, **given)
