"""Pending work: what has to be worked out anew, as (kind, key); `tocsin.store.settle` works it off.

Notes are written in the transaction of what made them necessary, so that none is ever lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tocsin.lexicons.numbered import counted
from tocsin.store.tables import Connection, read_column, read_value, run

#: The blocks of what a text tells, and the reported events that it tells.
_TOLD = (
    "SELECT 'block', block FROM events WHERE text_id = ?",
    "SELECT 'event', reported FROM events WHERE text_id = ? AND reported IS NOT NULL",
)
#: What a text has to do with, as (kind, key).
_AFFECTED = (
    "SELECT 'family', coalesce(family, id) FROM texts WHERE id = ?",
    *_TOLD,
    "SELECT 'speaker', speaker_key FROM statements WHERE text_id = ? AND speaker_key IS NOT NULL",
    "SELECT 'office', office_id FROM office_claims WHERE text_id = ? AND office_id IS NOT NULL",
)


#: Said wherever it is said that a store is not settled.
WHAT_SETTLES = (
    "While `tocsin add` runs this passes by itself; after it was broken off, run it again."
)


def tell_unsettled(left: int | None = None) -> str:
    """Return what it means that a store is not settled, with the number of steps that are left."""
    told = "articles are still to be compared: what several of them say together is not complete"
    return told if left is None else f"{told} ({counted(left, 'step')} left)"


def add_pending(connection: Connection, kind: str, keys: Iterable[str]) -> None:
    """Note that `keys` have to be worked out anew."""
    connection.executemany(
        "INSERT OR IGNORE INTO pending (kind, key) VALUES (?, ?)", ((kind, key) for key in keys)
    )


def mark_found(connection: Connection, query: str, *values: Any) -> None:
    """Note what `query` yields as (kind, key)."""
    run(connection, f"INSERT OR IGNORE INTO pending {query}", *values)


def mark_affected(connection: Connection, text_id: str) -> None:
    """Note that all that the text has to do with must be worked out anew."""
    for query in _AFFECTED:
        mark_found(connection, query, text_id)


def mark_told(connection: Connection, text_id: str) -> None:
    """Note that what is told in the text must be worked out anew, with its voices."""
    for query in _TOLD:
        mark_found(connection, query, text_id)


def take_pending(connection: Connection, kind: str, size: int) -> list[str]:
    """Take the first keys of `kind` out of what is pending."""
    first = "SELECT key FROM pending WHERE kind = ? ORDER BY key LIMIT ?"
    keys = read_column(connection, first, kind, size)
    connection.executemany(
        "DELETE FROM pending WHERE kind = ? AND key = ?", ((kind, key) for key in keys)
    )
    return keys


def count_pending(connection: Connection) -> int:
    """Return how much is left."""
    return int(read_value(connection, "SELECT count(*) FROM pending"))
