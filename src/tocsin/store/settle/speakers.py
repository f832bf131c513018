"""Speakers over all articles, and what they are quoted with."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tocsin.records import WORST_FIRST, Verdict
from tocsin.store.pending import as_list
from tocsin.store.settle.quotations import settle_quotations_of

_STATEMENTS = """
SELECT speaker, office, country, day, text_id, json_extract(record, '$.speaker.kind'),
  json_extract(record, '$.speaker.reference')
FROM statements WHERE speaker_key = ? ORDER BY day, id
"""

_VERDICTS = """
SELECT DISTINCT o.verdict FROM statements s
JOIN office_claims o ON o.text_id = s.text_id AND o.name = s.speaker
WHERE s.speaker_key = ? AND o.verdict IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a statement says of its speaker."""

    name: str
    office: str | None
    country: str | None
    day: str | None
    text_id: str
    kind: str
    reference: str | None


def settle_speakers(connection: sqlite3.Connection, speakers: Sequence[str]) -> None:
    """Write the rows about `speakers` anew, and those about what they are quoted with."""
    for key in speakers:
        quotations = settle_quotations_of(connection, key)
        spoken = [_Spoken(*row) for row in connection.execute(_STATEMENTS, (key,))]
        if spoken:
            _write_speaker(connection, key, spoken, quotations)
        else:
            connection.execute("DELETE FROM speakers WHERE key = ?", (key,))


def _write_speaker(
    connection: sqlite3.Connection, key: str, spoken: Sequence[_Spoken], quotations: int
) -> None:
    days = sorted(each.day for each in spoken if each.day)
    row = (
        key,
        _fullest_name([each.name for each in spoken]),
        _commonest(each.kind for each in spoken),
        next((each.office for each in reversed(spoken) if each.office), None),
        _commonest(each.country for each in spoken),
        _commonest(each.reference for each in spoken),
        len(spoken),
        quotations,
        _count_articles(connection, {each.text_id for each in spoken}),
        days[0] if days else None,
        days[-1] if days else None,
        _worst_verdict(connection, key),
    )
    connection.execute(
        "INSERT INTO speakers (key, name, kind, office, country, reference, statements, quotations,"
        " articles, first, last, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET name = excluded.name, kind = excluded.kind,"
        " office = excluded.office, country = excluded.country, reference = excluded.reference,"
        " statements = excluded.statements, quotations = excluded.quotations,"
        " articles = excluded.articles, first = excluded.first, last = excluded.last,"
        " verdict = excluded.verdict",
        row,
    )


def _fullest_name(names: Sequence[str]) -> str:
    """Return the commonest name of at least two words, else the commonest."""
    return _commonest(name for name in names if " " in name) or _commonest(names) or ""


def _commonest(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def _count_articles(connection: sqlite3.Connection, texts: set[str]) -> int:
    (count,) = connection.execute(
        "SELECT count(*) FROM articles WHERE text_id IN (SELECT value FROM json_each(?))",
        (as_list(texts),),
    ).fetchone()
    return int(count)


def _worst_verdict(connection: sqlite3.Connection, key: str) -> str | None:
    verdicts = [Verdict(verdict) for (verdict,) in connection.execute(_VERDICTS, (key,))]
    return str(min(verdicts, key=WORST_FIRST.index)) if verdicts else None
