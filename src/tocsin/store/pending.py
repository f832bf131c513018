"""Pending work: what has to be worked out anew, as (kind, key); `tocsin.store.settle` works it off.

Notes are written in the transaction of what made them necessary, so that none is ever lost.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

#: What a text has to do with, as (kind, key).
_AFFECTED = (
    "SELECT 'family', coalesce(family, id) FROM texts WHERE id = :text",
    "SELECT 'block', block FROM events WHERE text_id = :text",
    "SELECT 'speaker', speaker_key FROM statements"
    " WHERE text_id = :text AND speaker_key IS NOT NULL",
    "SELECT 'office', office_id FROM office_claims WHERE text_id = :text AND office_id IS NOT NULL",
)


def add_pending(connection: sqlite3.Connection, kind: str, keys: Iterable[str]) -> None:
    """Note that `keys` have to be worked out anew."""
    connection.executemany(
        "INSERT OR IGNORE INTO pending (kind, key) VALUES (?, ?)", ((kind, key) for key in keys)
    )


def mark_affected(connection: sqlite3.Connection, text_id: str) -> None:
    """Note that all that the text has to do with must be worked out anew."""
    for query in _AFFECTED:
        connection.execute(f"INSERT OR IGNORE INTO pending {query}", {"text": text_id})


def take_pending(connection: sqlite3.Connection, kind: str, size: int) -> list[str]:
    """Take the first keys of `kind` out of what is pending."""
    rows = connection.execute(
        "SELECT key FROM pending WHERE kind = ? ORDER BY key LIMIT ?", (kind, size)
    ).fetchall()
    keys = [key for (key,) in rows]
    connection.executemany(
        "DELETE FROM pending WHERE kind = ? AND key = ?", ((kind, key) for key in keys)
    )
    return keys


def count_pending(connection: sqlite3.Connection) -> int:
    """Return how much is left."""
    (count,) = connection.execute("SELECT count(*) FROM pending").fetchone()
    return int(count)


def as_list(values: Iterable[object]) -> str:
    """Return `values` as what ``IN (SELECT value FROM json_each(?))`` reads."""
    return json.dumps(sorted(set(values), key=str))
