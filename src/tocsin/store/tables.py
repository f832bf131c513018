"""Tables as every part of the store reads and writes them; their names in SQL are our own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from tocsin.records import to_json

if TYPE_CHECKING:
    import sqlite3

#: A connection to a store.  SQLite itself is loaded when one is opened, not before.
Connection: TypeAlias = "sqlite3.Connection"

#: A row by the names of its columns, without `rowid`.
Row = dict[str, Any]


def run(connection: Connection, sql: str, *values: Any) -> sqlite3.Cursor:
    """Run `sql` with `values`; one that is a collection stands for the ``?`` of an ``IN (?)``."""
    given = [value if _is_plain(value) else as_list(value) for value in values]
    return connection.execute(sql.replace("IN (?)", "IN (SELECT value FROM json_each(?))"), given)


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


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
    cursor = run(connection, sql, *values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def insert_rows(
    connection: Connection, table: str, rows: Sequence[Row], *, ignore_known: bool = False
) -> None:
    """Insert `rows`, all of the same columns."""
    if rows:
        insert = "INSERT OR IGNORE" if ignore_known else "INSERT"
        connection.executemany(f"{insert} INTO {table} {_values(rows[0])}", rows)


def put_row(connection: Connection, table: str, key: str, row: Row, *, where: str = "1") -> None:
    """Insert a row, or change the one that has its `key` where the condition `where` is true."""
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in row if name != key)
    conflict = f"ON CONFLICT ({key}) DO UPDATE SET {changes} WHERE {where}"
    connection.execute(f"INSERT INTO {table} {_values(row)} {conflict}", row)


def _values(row: Row) -> str:
    names = ", ".join(f'"{name}"' for name in row)  # "start", "end" and "check" are SQL's words
    return f"({names}) VALUES ({', '.join(f':{name}' for name in row)})"


def value_at(path: str) -> Callable[[Any], Any]:
    """Return what follows the attributes of `path` ("statement.speaker.name"); None ends it."""
    names = path.split(".")

    def value(found: Any) -> Any:
        for name in names:
            found = None if found is None else getattr(found, name)
        return found

    return value


def columns_of(record: object, names: str, **paths: str) -> Row:
    """Return columns with what `record` holds: under their own `names`, or at `paths` in it."""
    taken = {name: name for name in names.split()} | paths
    return {name: to_json(value_at(path)(record)) for name, path in taken.items()}
