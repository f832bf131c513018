"""All that a store holds, in an order of its own: two stores with one content give one dump."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tocsin.store.tables import Connection

#: Tables that say in which order things came; see `tocsin.store.arrivals`.
LEDGER = frozenset({"runs", "arrivals"})


def dump_content(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """Yield every row of every table as (table, value, ...), ordered by table and key.

    Left out are the rowids and the ledger, which depend on the order of arrival, and the indexes of
    words, which follow from the tables; `tocsin.store.verify` checks those.
    """
    for table in content_tables(connection):
        columns = _columns(connection, table)
        listed, keys = (_listed(names) for names in (columns, _key(connection, table) or columns))
        query = f"SELECT {listed} FROM {table} ORDER BY {keys}"  # noqa: S608 - names of the schema
        for row in connection.execute(query):
            yield (table, *row)


def content_tables(connection: Connection) -> list[str]:
    """Return the names of the tables that hold content: no ledger and no indexes of words."""
    rows = connection.execute("PRAGMA table_list").fetchall()
    kinds = {name: kind for _, name, kind, *_ in rows}
    tables = {name for name, kind in kinds.items() if kind == "table"} - LEDGER
    return sorted(name for name in tables if not name.startswith("sqlite_"))


def word_indexes(connection: Connection) -> list[str]:
    """Return the names of the FTS5 tables."""
    rows = connection.execute("PRAGMA table_list").fetchall()
    return sorted(name for _, name, kind, *_ in rows if kind == "virtual")


def _columns(connection: Connection, table: str) -> list[str]:
    rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return [name for _, name, *_ in rows if name != "rowid"]


def _key(connection: Connection, table: str) -> list[str]:
    """Return the columns that tell the rows of `table` apart: its primary or its unique key."""
    rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    primary = sorted((place, name) for _, name, _, _, _, place in rows if place)
    if primary and primary[0][1] != "rowid":
        return [name for _, name in primary]
    indexes = connection.execute(f"PRAGMA index_list({table})").fetchall()
    unique = sorted(
        name for _, name, is_unique, origin, _ in indexes if is_unique and origin == "u"
    )
    if not unique:
        return []
    return [name for _, _, name in connection.execute(f"PRAGMA index_info({unique[0]})")]


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
