"""The user's table of outlets in the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from tocsin.reference.outlets import Outlet, find_outlet, index_outlets

__all__ = ["find_outlet", "read_outlets"]


def read_outlets(connection: sqlite3.Connection) -> Mapping[str, Outlet]:
    """Return the outlets of the user's table by domain and by name."""
    rows = connection.execute(
        "SELECT domain, name, owner, reliability, note FROM outlets ORDER BY domain"
    )
    return index_outlets(
        Outlet(domains=(domain,), name=name, owner=owner, reliability=reliability, note=note)
        for domain, name, owner, reliability, note in rows
    )
