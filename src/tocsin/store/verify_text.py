"""Agreement of what the store keeps of one text with the text's words, and with itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from tocsin.articles.prose import keys_of
from tocsin.errors import StoreError
from tocsin.keys import article_key
from tocsin.records import Report, Span
from tocsin.store.rows import TABLES_OF_TEXT, article_of, make_report, rows_of_text, text_row
from tocsin.store.tables import Connection, Row, read_rows
from tocsin.together.texts.shingles import sketch_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a store."""

    kind: str  #: "damage" or "not settled"
    about: str  #: the table and, where one row is meant, its key
    sentence: str


def find_text_problems(connection: Connection, text_id: str) -> Iterator[Problem]:
    """Yield what is wrong with the text, its articles and all that was found in it."""
    row = _rows(connection, "texts", "id", text_id)[0]
    yield from _find_article_problems(connection, row)
    stored = {
        table: sorted(_rows(connection, table, "text_id", text_id), key=lambda r: r["position"])
        for table in TABLES_OF_TEXT
    }
    try:
        article, *_ = _rows(connection, "articles", "text_id", text_id) or [{}]
        report = _report(row | {"published_from": article.get("published_from")}, stored)
    except (StoreError, ValueError) as error:
        yield damage("texts", text_id, f"A record cannot be read: {error}")
        return
    if report.article.text_id != text_id:
        yield damage("texts", text_id, "The key does not fit the words, the day and the form.")
    yield from _find_differences("texts", [row], [text_row(report)])
    for table, expected in rows_of_text(report).items():
        yield from _find_differences(table, stored[table], expected)
    for table in TABLES_OF_TEXT:
        for record in getattr(report, table):
            yield from _find_wrong_spans(table, record, len(row["text"]))
    for record in (report.article.dateline, report.account.second):
        yield from _find_wrong_spans("texts", record, len(row["text"]))
    yield from _find_wrong_keys(report)
    yield from _find_dangling(report)
    keys = {each["key"] for each in _rows(connection, "sketches", "text_id", text_id)}
    if keys != set(sketch_text(row["text"])):
        yield damage("sketches", text_id, "The keys for finding copies are not those of the text.")


def _rows(connection: Connection, table: str, column: str, key: str) -> list[Row]:
    return read_rows(connection, f"SELECT * FROM {table} WHERE {column} = ?", key)  # noqa: S608


def damage(table: str, key: str | None, sentence: str) -> Problem:
    """Return damage to the row of `table` with this key, or to the table."""
    return Problem(kind="damage", about=f"{table} {key}" if key else table, sentence=sentence)


def _report(row: Row, stored: Mapping[str, list[Row]]) -> Report:
    """Put the records together again, under an article that stands for all with this text."""
    names = ("text", "language", "media_type", "dateline", "published_from")
    kept = {name: row[name] for name in names}
    records = {table: [each["record"] for each in rows] for table, rows in stored.items()}
    return make_report(article_of(kept | {"id": "any", "published": row["day"]}), row, records)


# --------------------------------------------------------------------------- rows and words


def _find_article_problems(connection: Connection, text: Row) -> Iterator[Problem]:
    for article in _rows(connection, "articles", "text_id", text["id"]):
        key = article_key(text["id"], article["url"])
        if article["url"] is not None and article["id"] != key:
            yield damage("articles", article["id"], "The key does not fit text and address.")


def _find_differences(
    table: str, stored: Sequence[Row], expected: Sequence[Row]
) -> Iterator[Problem]:
    """Compare rows with what their records make of them.

    Columns that are filled when the store is settled are left alone.
    """
    if len(stored) != len(expected):
        yield damage(table, None, f"{len(stored)} rows hold {len(expected)} records.")
    for row, should in zip(stored, expected, strict=False):
        for column, value in should.items():
            agrees = _is_filed(row[column], value) if column == "block" else row[column] == value
            if not agrees:
                sentence = f"The column {column} is not what the record and the text make it."
                yield damage(table, row["id"], sentence)


def _is_filed(block: str, own: str) -> bool:
    """Whether an event is in its own block, or in that of an earlier day: of a copy of its text."""
    kind, _, day = block.rpartition("|")
    own_kind, _, own_day = own.rpartition("|")
    return kind == own_kind and (day <= own_day or not own_day)


def _find_wrong_spans(table: str, record: Any, length: int) -> Iterator[Problem]:
    for start, end in _spans(record):
        if not 0 <= start <= end <= length:
            sentence = f"The words {start} to {end} are not inside the text of {length} characters."
            yield damage(table, getattr(record, "id", None), sentence)


def _spans(value: object) -> Iterator[Span]:
    """Yield every pair of offsets that a record holds."""
    if isinstance(value, tuple):
        if len(value) == 2 and all(type(each) is int for each in value):
            yield value
        else:
            for each in value:
                yield from _spans(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _spans(getattr(value, each.name))


# --------------------------------------------------------------------------- keys and references


def _find_wrong_keys(report: Report) -> Iterator[Problem]:
    """Work out the keys of statements, events and claims from what they are keys of."""
    text_id = report.article.text_id
    for table in ("statements", "events", "office_claims"):
        for record in getattr(report, table):
            if record.id not in keys_of(record, text_id):
                yield damage(table, record.id, "The key does not fit what it is the key of.")


def _find_dangling(report: Report) -> Iterator[Problem]:
    """Find records that point to a record that is not in the text's report."""
    statements = {each.id for each in report.statements}
    claims = {each.id for each in report.office_claims}
    conflict = report.dating.conflict if report.dating else ()
    known = statements | claims | {each.id for each in report.events}
    pointers = (
        *(("statements", s.id, s.within, statements) for s in report.statements),
        *(("events", e.id, e.asserted_by, statements | {"article"}) for e in report.events),
        *(("findings", f.about, f.about, known) for f in report.findings),
        *(("texts", report.article.text_id, each, claims) for each in conflict),
    )
    for table, key, target, targets in pointers:
        if target is not None and target not in targets:
            yield damage(table, key, f"It points to {target}, which is not in the text's report.")
