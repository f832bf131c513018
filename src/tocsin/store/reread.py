"""Rereading: what an earlier reader found in a text gives way to what is found in it now.

The text, its prints and copies stay; what articles say together is worked out anew.  Ids that were
given before follow the words they were given for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tocsin.records import Account, Article, Event, Report, SecondReading, Span, Statement
from tocsin.spans import overlap
from tocsin.store.arrivals import Clock, touch_run
from tocsin.store.database import write_batch
from tocsin.store.fromjson import read_record
from tocsin.store.identity import JOINED, hang_elsewhere
from tocsin.store.judgements import follow_judgements
from tocsin.store.pending import add_pending, mark_affected
from tocsin.store.rows import TABLES_OF_TEXT, read_article_row, text_row
from tocsin.store.tables import Connection, read_column, read_rows, read_value
from tocsin.store.writer import keep_found

#: What a reader says of a text, beside the records.
_READ = """
UPDATE texts SET dating = :dating, account = :account, reader = :reader WHERE id = :id
"""


def count_stale(connection: Connection, reader: str) -> int:
    """Return how many texts were read by another reader than this version of it."""
    return int(read_value(connection, "SELECT count(*) FROM texts WHERE reader IS NOT ?", reader))


def next_stale(connection: Connection, reader: str, after: str) -> Article | None:
    """Return an article with the first text behind `after` that another reader has read."""
    text = "SELECT min(id) FROM texts WHERE reader IS NOT ? AND id > ?"
    first = "SELECT min(id) FROM articles WHERE text_id IN (?)"
    article = read_value(connection, first, read_column(connection, text, reader, after))
    return read_article_row(connection, article) if article else None


def second_of(connection: Connection, text_id: str) -> SecondReading | None:
    """Return what a second reader said of a text in the store, so that nobody is asked again."""
    account = read_value(connection, "SELECT account FROM texts WHERE id = ?", text_id)
    return read_record(Account, account).second if account else None


def replace_found(
    connection: Connection, reports: Iterable[Report], clock: Clock | None = None
) -> list[str]:
    """Keep what is found in texts of the store in the place of what was, in one transaction.

    Return the ids of reported events and quotations that lead to nothing now: nothing is found any
    more in their words.  They are kept, and lead on when something is.

    Raises:
        StoreError: the store cannot be written to.
    """
    with write_batch(connection):
        touch_run(connection, clock)
        return [lost for report in reports for lost in _replace(connection, report)]


def _replace(connection: Connection, report: Report) -> list[str]:
    text_id = report.article.text_id
    if not read_value(connection, "SELECT 1 FROM texts WHERE id = ?", text_id):
        return []  # it was forgotten meanwhile
    mark_affected(connection, text_id)
    followed = {kind: _follow(connection, kind, report) for kind in ("event", "quotation")}
    _drop_found(connection, text_id)
    connection.execute(_READ, text_row(report))
    keep_found(connection, report)
    follow_judgements(connection, text_id)
    for kind, (_, belonged) in followed.items():
        _, table, column = JOINED[kind]  # so that what a record belongs to stays as old as it is
        carry = f"UPDATE {table} SET {column} = ? WHERE id = ?"  # noqa: S608
        connection.executemany(carry, belonged)
    mark_affected(connection, text_id)
    return [given for lost, _ in followed.values() for given in lost]


def _follow(
    connection: Connection, kind: str, report: Report
) -> tuple[list[str], list[tuple[str, str]]]:
    """Hang the ids of a kind on what follows the records that they hang on.

    Return the ids that lead nowhere now, and what the records that were followed belonged to, each
    with the id of its follower.
    """
    text_id = report.article.text_id
    _, table, column = JOINED[kind]
    sql = f"SELECT id, {column}, record FROM {table} WHERE text_id = ? ORDER BY position"  # noqa: S608
    rows, cls = read_rows(connection, sql, text_id), TABLES_OF_TEXT[table]
    before: list[Any] = [read_record(cls, row["record"]) for row in rows]
    followers = find_followers(before, getattr(report, table))
    known = (row for row in rows if row[column] and row["id"] in followers)
    belonged = [(row[column], followers[row["id"]]) for row in known]
    return hang_elsewhere(connection, kind, text_id, followers), belonged


def _drop_found(connection: Connection, text_id: str) -> None:
    """Drop all that was found in the text; findings that are found again are not new ones."""
    gone = read_column(connection, "SELECT id FROM findings WHERE text_id = ?", text_id)
    add_pending(connection, "finding", gone)
    for table in TABLES_OF_TEXT:
        connection.execute(f"DELETE FROM {table} WHERE text_id = ?", (text_id,))  # noqa: S608


def find_followers(
    before: Iterable[Event | Statement], after: Iterable[Event | Statement]
) -> dict[str, str]:
    """Return, by the ids of records that were found before, those of what tells the same now.

    That is the record with the same id, or the one that shares most of its words: an event those of
    a trigger, and the type; a statement those of its content.
    """
    found = {each.id: each for each in after}
    followers = {}
    for old in before:
        likeness = {key: _likeness(old, new) for key, new in found.items()}
        best = max(likeness, key=likeness.__getitem__, default="")
        if old.id in found or likeness.get(best):
            followers[old.id] = old.id if old.id in found else best
    return followers


def _likeness(one: Event | Statement, other: Event | Statement) -> float:
    if isinstance(one, Event) and isinstance(other, Event) and one.type != other.type:
        return 0.0
    return overlap(_words(one), _words(other))


def _words(record: Event | Statement) -> tuple[Span, ...]:
    if isinstance(record, Event):
        return (record.trigger, *record.mentions)
    return record.content or ((record.cue,) if record.cue else ())
