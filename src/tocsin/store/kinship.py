"""Kinship: what the texts of a family have in common, two by two, as it was found."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.store.tables import Connection, read_rows

_KIN = """
SELECT c.one, c.other, c.kind, c.similarity, json_extract(c.record, '$.sentence') AS sentence
FROM family_members m CROSS JOIN copies c ON c.one = m.text_id
CROSS JOIN family_members o ON o.family = m.family AND o.text_id = c.other
WHERE m.family = ? ORDER BY c.one, c.other
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """What two texts of a family have in common; a `CopyMatch` without the passages."""

    one: str  #: `Article.text_id`
    other: str
    kind: str  #: near or passage
    similarity: float
    sentence: str


def read_kinship(connection: Connection, family: str) -> list[Kinship]:
    """Return what the texts of a family have in common."""
    return [Kinship(**row) for row in read_rows(connection, _KIN, family)]
