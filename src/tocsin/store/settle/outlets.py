"""The user's table of outlets in the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from tocsin.reference.outlets import Outlet, index_outlets
from tocsin.store.database import write_batch


def list_outlets(connection: sqlite3.Connection) -> tuple[Outlet, ...]:
    """Return the outlets of the user's table by domain."""
    rows = connection.execute(
        "SELECT domain, name, owner, reliability, note FROM outlets ORDER BY domain"
    )
    return tuple(
        Outlet(domains=(domain,), name=name, owner=owner, reliability=reliability, note=note)
        for domain, name, owner, reliability, note in rows
    )


def read_outlets(connection: sqlite3.Connection) -> Mapping[str, Outlet]:
    """Return the outlets of the user's table by domain and by name."""
    return index_outlets(list_outlets(connection))


def write_outlets(connection: sqlite3.Connection, outlets: Iterable[Outlet]) -> None:
    """Replace the user's table and note that all reported events must be worked out anew.

    Raises:
        StoreError: the store cannot be written to.
    """
    with write_batch(connection):
        connection.execute("DELETE FROM outlets")
        connection.executemany(
            "INSERT INTO outlets (domain, name, owner, reliability, note) VALUES (?, ?, ?, ?, ?)",
            [
                (domain, each.name, each.owner, each.reliability, each.note)
                for each in outlets
                for domain in each.domains
            ],
        )
        connection.execute(
            "INSERT OR IGNORE INTO pending SELECT DISTINCT 'block', block FROM events"
        )
