"""The user's table of outlets, put into a store and read from it."""

from __future__ import annotations

from pathlib import Path

from tocsin.reference.outlets import Outlet, read_outlet_table
from tocsin.store.database import open_database
from tocsin.store.settle import settle
from tocsin.store.settle.outlets import list_outlets as _list
from tocsin.store.settle.outlets import write_outlets


def import_outlets(table: str, store: str) -> int:
    """Make the table in the file `table` that of the store, and return how many outlets it has.

    Raises:
        InputError: the file cannot be read.
        ReferenceFileError: it is no such table; nothing was changed.
        StoreError: there is no store, or it cannot be written to.
    """
    outlets = read_outlet_table(Path(table))
    connection = open_database(store)
    try:
        write_outlets(connection, outlets)
        settle(connection)
    finally:
        connection.close()
    return len(outlets)


def list_outlets(store: str) -> tuple[Outlet, ...]:
    """Return the outlets of the store's table by domain.

    Raises:
        StoreError: there is no store.
    """
    connection = open_database(store, read_only=True)
    try:
        return _list(connection)
    finally:
        connection.close()
