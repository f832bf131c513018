"""Tables as every part of the store reads and writes them; their names in SQL are our own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from tocsin.records import to_json

if TYPE_CHECKING:
    import sqlite3

#: A connection to a store.  SQLite itself is loaded when one is opened, not before.
Connection: TypeAlias = "sqlite3.Connection"

#: A row by the names of its columns, without `rowid`.
Row = dict[str, Any]


def run(connection: Connection, sql: str, *values: Any) -> sqlite3.Cursor:
    """Run `sql` with `values`; a collection is all values of an ``IN (?)``."""
    if "(?)" in sql:
        plain = (str, int, float, type(None))
        values = tuple(each if isinstance(each, plain) else as_list(each) for each in values)
        sql = sql.replace("IN (?)", "IN (SELECT value FROM json_each(?))")
    return connection.execute(sql, values)


def as_day(value: str | None) -> date | None:
    """Return the day that a column holds."""
    return date.fromisoformat(value) if value else None


def as_list(values: Iterable[object]) -> str:
    """Return `values` as what ``json_each(?)`` reads."""
    return json.dumps(sorted(set(values), key=str))


def read_value(connection: Connection, sql: str, *values: Any) -> Any:
    """Return the first value of the first row; None where there is no row."""
    row = run(connection, sql, *values).fetchone()
    return row[0] if row else None


def read_column(connection: Connection, sql: str, *values: Any) -> list[Any]:
    """Return the first value of every row."""
    return [row[0] for row in run(connection, sql, *values)]


def read_rows(connection: Connection, sql: str, *values: Any) -> list[Row]:
    """Return the rows by the names of their columns."""
    return list(walk_rows(connection, sql, *values))


def walk_rows(connection: Connection, sql: str, *values: Any) -> Iterator[Row]:
    """Yield the rows by the names of their columns, as they are read."""
    cursor = run(connection, sql, *values)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def insert_rows(
    connection: Connection, table: str, rows: Sequence[Row], *, ignore_known: bool = False
) -> None:
    """Insert `rows`, all of the same columns."""
    if rows:
        verb = "INSERT OR IGNORE" if ignore_known else "INSERT"
        connection.executemany(_insertion(verb, table, tuple(rows[0])), rows)


def put_row(connection: Connection, table: str, key: str, row: Row, *, where: str = "1") -> None:
    """Insert a row, or change the one that has its `key` where the condition `where` is true."""
    connection.execute(_insertion("INSERT", table, tuple(row), key, where), row)


@cache
def _insertion(
    verb: str, table: str, columns: tuple[str, ...], key: str = "", where: str = ""
) -> str:
    names = ", ".join(f'"{name}"' for name in columns)  # "start" and "check" are SQL's words
    sql = f"{verb} INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in columns)})"
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name != key)
    return f"{sql} ON CONFLICT ({key}) DO UPDATE SET {changes} WHERE {where}" if key else sql


def columns_of(record: object, names: str, **others: str) -> Row:
    """Return columns with fields of `record`, under their `names` or others; NULL without one."""
    taken = {name: name for name in names.split()} | others
    return {
        name: None if record is None else to_json(getattr(record, field))
        for name, field in taken.items()
    }
