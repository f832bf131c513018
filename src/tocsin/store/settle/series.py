"""Pairs of countries of which one acts on the other: what series are sums of."""

from __future__ import annotations

import sqlite3

_WRITE = """
INSERT INTO reported_pairs
  (reported, actor, recipient, type, day, score, status, independent, contradicted)
SELECT DISTINCT e.id, coalesce(a.country, ''), coalesce(r.country, ''), e.type, e.day, e.score,
  e.status, e.independent, e.contradicted
FROM reported_events e
LEFT JOIN reported_parties a ON a.reported = e.id AND a.role = 'actor'
LEFT JOIN reported_parties r ON r.reported = e.id AND r.role = 'recipient'
WHERE e.day IS NOT NULL AND e.id IN (SELECT value FROM json_each(?))
"""


def write_pairs(connection: sqlite3.Connection, events: str) -> None:
    """Write the pairs of `events` (ids of reported ones, as a list); those without a day have none.

    The events and their parties must have been written.
    """
    connection.execute(_WRITE, (events,))
