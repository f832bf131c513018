"""Speakers over all articles, and what they are quoted with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tocsin.records import WORST_FIRST, Verdict, to_json
from tocsin.store.conditions import CLAIMS
from tocsin.store.settle.quotations import settle_quotations_of
from tocsin.store.tables import Connection, Row, put_row, read_column, read_rows, read_value

_STATEMENTS = """
SELECT speaker AS name, office, country, day, text_id,
  json_extract(record, '$.speaker.kind') AS kind,
  json_extract(record, '$.speaker.reference') AS reference
FROM statements WHERE speaker_key = ? ORDER BY day, id
"""

_VERDICTS = f"{CLAIMS.format('o.verdict')} AND o.verdict IS NOT NULL"

_ARTICLES = "SELECT count(*) FROM articles WHERE text_id IN (?)"


def settle_speakers(connection: Connection, speakers: Sequence[str]) -> None:
    """Write the rows about `speakers` anew, and those about what they are quoted with."""
    for key in speakers:
        quotations = settle_quotations_of(connection, key)
        if spoken := read_rows(connection, _STATEMENTS, key):
            _write_speaker(connection, key, spoken, quotations)
        else:
            connection.execute("DELETE FROM speakers WHERE key = ?", (key,))


def _write_speaker(
    connection: Connection, key: str, spoken: Sequence[Row], quotations: int
) -> None:
    days = [each["day"] for each in spoken if each["day"]]
    names = [each["name"] for each in spoken]
    verdicts = map(Verdict, read_column(connection, _VERDICTS, key))
    row = {
        "key": key,
        "name": _commonest(name for name in names if " " in name) or _commonest(names) or "",
        "kind": _commonest(each["kind"] for each in spoken),
        "office": next((each["office"] for each in reversed(spoken) if each["office"]), None),
        "country": _commonest(each["country"] for each in spoken),
        "reference": _commonest(each["reference"] for each in spoken),
        "statements": len(spoken),
        "quotations": quotations,
        "articles": read_value(connection, _ARTICLES, {each["text_id"] for each in spoken}),
        "first": min(days, default=None),
        "last": max(days, default=None),
        "verdict": to_json(min(verdicts, key=WORST_FIRST.index, default=None)),
    }
    put_row(connection, "speakers", "key", row)


def _commonest(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None
