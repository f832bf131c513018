"""What the steps of settling share: noting what is pending, asking for many ids at once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable


def add_pending(connection: sqlite3.Connection, kind: str, keys: Iterable[str]) -> None:
    """Note that `keys` have to be worked out anew."""
    connection.executemany(
        "INSERT OR IGNORE INTO pending (kind, key) VALUES (?, ?)", ((kind, key) for key in keys)
    )


def as_list(values: Iterable[object]) -> str:
    """Return `values` as what ``IN (SELECT value FROM json_each(?))`` reads."""
    return json.dumps(sorted(set(values), key=str))
