"""All that a store holds, in an order of its own: two stores with one content give one dump."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tocsin.store.tables import Connection, read_column, read_value

#: Tables that say in which order things came and what users judge of them; see
#: `tocsin.store.arrivals` and `tocsin.store.judgements`.
LEDGER = frozenset({"runs", "arrivals", "judgements"})

_TABLES = "SELECT name FROM pragma_table_list WHERE type = ?"
_COLUMNS = "SELECT name FROM pragma_table_info(?) WHERE name <> 'rowid'"
_PRIMARY = "SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk"
_UNIQUE = "SELECT min(name) FROM pragma_index_list(?) WHERE \"unique\" AND origin = 'u'"


def dump_content(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """Yield every row of every table as (table, value, ...), ordered by table and key.

    Left out are the rowids and the ledger, which depend on the order of arrival and on users, and
    the indexes of words, which follow from the tables; `tocsin.store.verify` checks those.
    """
    for table in content_tables(connection):
        columns = read_column(connection, _COLUMNS, table)
        listed, keys = map(_listed, (columns, _key(connection, table) or columns))
        query = f"SELECT {listed} FROM {table} ORDER BY {keys}"  # noqa: S608 - names of the schema
        for row in connection.execute(query):
            yield (table, *row)


def content_tables(connection: Connection) -> list[str]:
    """Return the names of the tables that hold content: no ledger and no indexes of words."""
    tables = set(read_column(connection, _TABLES, "table")) - LEDGER
    return sorted(name for name in tables if not name.startswith("sqlite_"))


def word_indexes(connection: Connection) -> list[str]:
    """Return the names of the FTS5 tables."""
    return sorted(read_column(connection, _TABLES, "virtual"))


def _key(connection: Connection, table: str) -> list[str]:
    """Return the columns that tell the rows of `table` apart: its primary or its unique key."""
    primary = read_column(connection, _PRIMARY, table)
    if primary and primary[0] != "rowid":
        return primary
    unique = read_value(connection, _UNIQUE, table)
    return read_column(connection, "SELECT name FROM pragma_index_info(?)", unique)


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
