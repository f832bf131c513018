"""Speakers over all articles, and what they are quoted with."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence


def settle_speakers(connection: sqlite3.Connection, speakers: Sequence[str]) -> None:
    """Write the rows about `speakers` anew."""
