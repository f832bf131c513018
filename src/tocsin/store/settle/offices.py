"""Offices that articles give to two people on one day."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence


def settle_offices(connection: sqlite3.Connection, offices: Sequence[str]) -> None:
    """Write the findings about `offices` anew."""
