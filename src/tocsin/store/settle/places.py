"""Places over all reported events that are news: how much happened there, between which days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tocsin.store.pending import mark_found
from tocsin.store.tables import Connection

_MARK = """
SELECT 'place', coalesce(country, '') || ':' || lower(place) FROM reported_events
WHERE place IS NOT NULL AND id IN (?)
"""

#: One row where anything happened there; the index alone has all that is counted.
_WRITE = """
WITH counted AS MATERIALIZED (
  SELECT place, latitude, longitude, quad, count(*) AS events, min(day) AS "first",
    max(day) AS "last"
  FROM reported_events INDEXED BY reported_events_by_place
  WHERE place = :name AND country IS :country AND NOT background
  GROUP BY place COLLATE BINARY, latitude, longitude, quad
), spots AS (
  SELECT latitude, longitude FROM counted GROUP BY 1, 2
  ORDER BY latitude IS NULL, sum(events) DESC, 1, 2 LIMIT 1
)
INSERT INTO places (key, name, country, latitude, longitude, events, verbal_cooperation,
  material_cooperation, verbal_conflict, material_conflict, "first", "last")
SELECT :key,
  (SELECT place FROM counted GROUP BY place COLLATE BINARY
   ORDER BY sum(events) DESC, place COLLATE BINARY LIMIT 1),
  :country, (SELECT latitude FROM spots), (SELECT longitude FROM spots), sum(events),
  sum(events * (quad = 1)), sum(events * (quad = 2)), sum(events * (quad = 3)),
  sum(events * (quad = 4)), min("first"), max("last")
FROM counted HAVING count(*) > 0
"""


def mark_places(connection: Connection, events: Iterable[str]) -> None:
    """Note that where `events` (ids of reported ones) happened is to be counted anew."""
    mark_found(connection, _MARK, events)


def settle_places(connection: Connection, places: Sequence[str]) -> None:
    """Write the rows of `places` anew; their keys are ``COUNTRY:name in small letters``."""
    for key in places:
        country, _, name = key.partition(":")
        connection.execute("DELETE FROM places WHERE key = ?", (key,))
        connection.execute(_WRITE, {"key": key, "name": name, "country": country or None})
