"""The version of the store's schema, and the steps from each older version to the next.

`schema.sql` always describes the newest version; a step must turn the one before into exactly
what it says, which a test checks.  All steps run in one transaction: a store is of the old version
or of the new one, whatever kills the process in between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from importlib.resources import files

from tocsin.errors import StoreError
from tocsin.lexicons.refusals import refusal
from tocsin.store.tables import read_value

#: The version that `schema.sql` describes, kept in the file as PRAGMA user_version.
SCHEMA_VERSION = 6


def read_steps() -> dict[int, str]:
    """Return the SQL from each version to the next.  Version 1 is the first that was released."""
    data = files("tocsin.store") / "data"
    return {old: (data / f"from_{old}.sql").read_text("utf-8") for old in range(1, SCHEMA_VERSION)}


def migrate(
    connection: sqlite3.Connection,
    *,
    steps: Mapping[int, str] | None = None,
    to: int = SCHEMA_VERSION,
) -> None:
    """Bring the store up to version `to`, inside the transaction that the caller has begun.

    Raises:
        StoreError: there is no way from the version that the store has.
    """
    version = int(read_value(connection, "PRAGMA user_version"))
    steps = read_steps() if steps is None else steps
    for old in range(version, to):
        if old not in steps:
            first = min(steps, default=to)
            raise refusal(StoreError, "store_too_old", f"version {version}", first=first, last=to)
        run_script(connection, steps[old])
    connection.execute(f"PRAGMA user_version={to}")


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run the statements of `script`, each of which ends a line, inside the open transaction.

    `sqlite3.Connection.executescript` would end the transaction first.
    """
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            connection.execute(pending)
            pending = ""
    if pending.strip():
        connection.execute(pending)
