"""Kinship: what texts of a family have in common, two by two, as it was found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from tocsin.store.tables import Connection, read_rows

_KIN = """
WITH these AS MATERIALIZED (SELECT value AS id FROM json_each(?))
SELECT c.one, c.other, c.kind, c.similarity, json_extract(c.record, '$.sentence') AS sentence
FROM these CROSS JOIN copies c ON c.one = these.id
WHERE c.other IN (SELECT id FROM these) ORDER BY c.one, c.other
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """What two texts of a family have in common; a `CopyMatch` without the passages."""

    one: str  #: `Article.text_id`
    other: str
    kind: str  #: near or passage
    similarity: float
    sentence: str


def read_kinship(connection: Connection, texts: Iterable[str]) -> list[Kinship]:
    """Return what these texts have in common: a large family has far more in all than is shown."""
    return [Kinship(**row) for row in read_rows(connection, _KIN, json.dumps([*texts]))]
