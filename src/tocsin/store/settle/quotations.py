"""Quotations: the same words of one speaker, and the same words under two names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tocsin.keys import quotation_key
from tocsin.records import Quotation, Statement
from tocsin.store.fromjson import read_record
from tocsin.store.identity import give_id
from tocsin.store.pending import add_pending
from tocsin.store.rows import as_json
from tocsin.store.settle.findings import OUTLET, drop_findings, side_of, write_findings
from tocsin.store.tables import (
    Connection,
    Row,
    as_day,
    columns_of,
    insert_rows,
    read_column,
    read_rows,
    read_value,
)
from tocsin.together.texts import same_words

_STATEMENTS = """
SELECT id, text_id, said, day, quotation FROM statements
WHERE speaker_key = ? AND manner <> 'indirect' ORDER BY id
"""


def settle_quotations_of(connection: Connection, speaker_key: str) -> int:
    """Write the quotations of one speaker anew and return how many there are."""
    rows = {row["id"]: row for row in read_rows(connection, _STATEMENTS, speaker_key)}
    groups = same_words.group_quotations({each: row["said"] for each, row in rows.items()})
    found, written = {}, {}
    for group in groups:
        joined = [rows[each] for each in group]
        # What a quotation is keyed by the first of; see `tocsin.keys`.
        first = min((row["day"] or "9", row["text_id"], row["id"]) for row in joined)[-1]
        key = quotation_key(first)
        found[key], written[key] = group, _make(connection, key, joined)
        former = (row["quotation"] for row in joined)
        give_id(connection, "quotation", key, (first,), former=former)
    _write(connection, speaker_key, written)
    _mark_statements(connection, speaker_key, found)
    return len(found)


def _make(connection: Connection, key: str, rows: Sequence[Row]) -> Quotation:
    earliest = min(rows, key=lambda row: (row["day"] or "9", row["id"]))
    record = read_value(connection, "SELECT record FROM statements WHERE id = ?", earliest["id"])
    prints = (
        "SELECT id FROM articles WHERE text_id IN (?) ORDER BY published IS NULL, published, id"
    )
    return Quotation(
        id=key,
        speaker=read_record(Statement, record).speaker,
        said=earliest["said"],
        statements=tuple(row["id"] for row in rows),
        articles=tuple(read_column(connection, prints, [row["text_id"] for row in rows])),
        first_published=as_day(earliest["day"]),
    )


def _write(connection: Connection, speaker_key: str, quotations: Mapping[str, Quotation]) -> None:
    """Write the quotations that are new or changed, and remove those that are no more."""
    known = dict(
        connection.execute(
            "SELECT id, record FROM quotations WHERE speaker_key = ?", (speaker_key,)
        ).fetchall()
    )
    records = {key: as_json(quotation) for key, quotation in quotations.items()}
    gone = [key for key in known if key not in records]
    changed = [key for key, record in records.items() if known.get(key) != record]
    for key in (*gone, *changed):
        _note_namesakes(connection, key)
        connection.execute("DELETE FROM quotation_keys WHERE quotation = ?", (key,))
        connection.execute("DELETE FROM quotations WHERE id = ?", (key,))
    for key in changed:
        _insert(connection, speaker_key, quotations[key], records[key])
        _note_namesakes(connection, key)


def _insert(connection: Connection, speaker_key: str, quotation: Quotation, record: str) -> None:
    speaker = columns_of(quotation.speaker, "country", speaker="name")
    row = speaker | {
        **columns_of(quotation, "id said", day="first_published"),
        "speaker_key": speaker_key,
        "articles": len(quotation.articles),
        "record": record,
    }
    insert_rows(connection, "quotations", [row])
    keys = [{"key": key, "quotation": quotation.id} for key in same_words.run_keys(quotation.said)]
    insert_rows(connection, "quotation_keys", keys)


def _mark_statements(
    connection: Connection, speaker_key: str, groups: Mapping[str, Sequence[str]]
) -> None:
    quotation = {each: key for key, group in groups.items() for each in group}
    known = connection.execute(
        "SELECT id, quotation FROM statements WHERE speaker_key = ?", (speaker_key,)
    ).fetchall()
    connection.executemany(
        "UPDATE statements SET quotation = ? WHERE id = ?",
        [(quotation.get(each), each) for each, was in known if was != quotation.get(each)],
    )


# --------------------------------------------------------------------------- under two names

#: A run of words in more quotations is a set phrase, an oath or an anthem.
_MOST_NAMESAKES = 50


def _note_namesakes(connection: Connection, key: str) -> None:
    """Note the quotation and those of other speakers that share words with it."""
    add_pending(connection, "quotation", [key, *_namesakes(connection, key)])


def _namesakes(connection: Connection, key: str, *, later: bool = False) -> list[str]:
    """Return the quotations of others that share words, or those of them that are later."""
    others = (
        "SELECT DISTINCT o.quotation FROM quotation_keys k JOIN quotation_keys o ON o.key = k.key"
        " JOIN quotations p ON p.id = k.quotation JOIN quotations q ON q.id = o.quotation"
        " WHERE k.quotation = ? AND q.speaker_key <> p.speaker_key"
        " AND (NOT ? OR (coalesce(q.day, '9'), q.id) > (coalesce(p.day, '9'), p.id))"
        " ORDER BY o.quotation"
    )
    return read_column(connection, others, key, later)


def settle_quotations(connection: Connection, quotations: Sequence[str]) -> None:
    """Write the findings about quotations that have the same words under two names."""
    drop_findings(connection, quotations)
    for key in quotations:
        later = _namesakes(connection, key, later=True)
        one = _quoted(connection, key) if 0 < len(later) <= _MOST_NAMESAKES else None
        if one is None:
            continue
        for other in filter(None, (_quoted(connection, each) for each in later)):
            finding = same_words.check_two_names(one, other)
            if finding is not None:
                day = min(filter(None, (one.day, other.day)), default=None)
                about = replace(finding, about=key)
                write_findings(connection, [about], day.isoformat() if day else None)


_QUOTED = f"""
SELECT o.id, o.text_id, o.said AS quoted, o.start, o.end, o.day, o.record, {OUTLET}, t.text
FROM quotations q JOIN statements o ON o.quotation = q.id JOIN texts t ON t.id = o.text_id
WHERE q.id = ? AND o.naming = 'named' AND o.said = q.said ORDER BY o.day, o.id LIMIT 5
"""  # noqa: S608 - our own names


def _quoted(connection: Connection, key: str) -> same_words.Quoted | None:
    """Return the earliest statement of a quotation by a person whom the words there name.

    None where there is none: who "he" is, is our own reading, and no fault of the article.
    """
    for row in read_rows(connection, _QUOTED, key):
        statement = read_record(Statement, row["record"])
        speaker, words = statement.speaker, statement.speaker_words
        if speaker and words and same_words.is_named_by(speaker, row["text"][slice(*words)]):
            day, manner = as_day(row["day"]), statement.manner
            return same_words.Quoted(
                side=side_of(row), speaker=speaker.name, manner=manner, day=day
            )
    return None
