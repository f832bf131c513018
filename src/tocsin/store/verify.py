"""Whether a store is sound: every count, key, span and reference, looked at again.

Damage is what a sound Tocsin never writes: a disk, a copy made while the store was written, or
another program did it.  What is only not worked out yet, because `tocsin add` was broken off or an
article was forgotten, is said to be not settled; the next `tocsin add` settles it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from tocsin.errors import StoreError, TocsinError
from tocsin.store.content import word_indexes
from tocsin.store.database import database_path
from tocsin.store.tables import Connection
from tocsin.store.verify_text import Problem, find_text_problems
from tocsin.store.verify_together import find_together_problems

__all__ = ["Problem", "damage_told", "verify_store"]

#: At most so many complaints of SQLite itself, and dangling rows of one kind, are listed.
_MOST = 100


class _Reference(NamedTuple):
    """Each value of a column must stand in another column."""

    table: str
    column: str
    other: str
    key: str
    where: str = "1"


#: True at any moment.  References that are declared in the schema are SQLite's to check.
_REFERENCES = (
    _Reference("texts", "id", "articles", "text_id"),
    _Reference("articles", "id", "items", "article_id"),
    _Reference("items", "article_id", "articles", "id", "outcome = 'kept'"),
    _Reference("sketches", "text_id", "texts", "id"),
    _Reference("copies", "one", "texts", "id"),
    _Reference("copies", "other", "texts", "id"),
    _Reference("pending", "key", "texts", "id", "kind = 'text'"),
    _Reference("arrivals", "id", "articles", "id", "kind = 'article'"),
    _Reference("articles", "id", "arrivals", "id"),
    _Reference("arrivals", "record", "events", "id", "kind = 'event'"),
    _Reference("arrivals", "record", "statements", "id", "kind = 'quotation'"),
    _Reference("arrivals", "record", "texts", "id", "kind = 'family'"),
    _Reference("arrivals", "beside", "texts", "id"),
)

#: True when the store is settled.
_SETTLED_REFERENCES = (
    _Reference("texts", "family", "families", "id"),
    _Reference("families", "id", "family_members", "family"),
    _Reference("family_members", "family", "families", "id"),
    _Reference("family_members", "text_id", "texts", "id"),
    _Reference("families", "origin", "articles", "id"),
    _Reference("statements", "quotation", "quotations", "id"),
    _Reference("quotations", "id", "statements", "quotation"),
    _Reference("quotation_keys", "quotation", "quotations", "id"),
    _Reference("statements", "speaker_key", "speakers", "key"),
    _Reference("speakers", "key", "statements", "speaker_key"),
    _Reference("events", "reported", "reported_events", "id"),
    _Reference("reported_events", "id", "events", "reported"),
    _Reference("reported_events", "id", "reported_statuses", "reported"),
    _Reference("reported_statuses", "reported", "reported_events", "id"),
    _Reference("reported_facets", "reported", "reported_events", "id"),
    _Reference("reported_parties", "reported", "reported_events", "id"),
    _Reference("arrivals", "id", "findings", "id", "kind = 'finding'"),
    _Reference("findings", "id", "arrivals", "id"),
    _Reference("reported_events", "id", "arrivals", "id"),
    _Reference("quotations", "id", "arrivals", "id"),
    _Reference("families", "id", "arrivals", "id"),
    _Reference("reported_pairs", "reported", "reported_events", "id"),
    _Reference("reported_events", "id", "reported_pairs", "reported", "day IS NOT NULL"),
)

#: The table that each index of words is about, where the name does not say it.
_INDEXED = {"reported_fts": "reported_events"}

#: The lower bits of an index's rowid are the rowid of the row it is about; see schema.sql.
_ROWID = 0xFFFFFFFFF


def verify_store(connection: Connection) -> Iterator[Problem]:
    """Yield everything that is wrong with the store; nothing when it is sound.

    A connection that may write also has SQLite check the indexes of words from the inside.
    Reading goes through one moment of the store, so that a writer at work does no harm.
    """
    try:
        yield from _find_index_damage(connection)
        connection.execute("BEGIN")
        try:
            yield from _find_problems(connection)
        finally:
            connection.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        sentence = f"SQLite could not go on reading it ({error}), so the rest was not looked at."
        yield Problem(kind="damage", about="database", sentence=sentence)


@contextmanager
def damage_told(connection: Connection) -> Iterator[None]:
    """Say so where the body goes wrong because the store is damaged.

    A row that another program has taken out, as with the ``-wal`` file of another store, is noticed
    anywhere and as anything; so after an error that nobody foresaw the store is looked at.

    Raises:
        StoreError: the store is damaged; otherwise the error stays as it is.
    """
    try:
        yield
    except TocsinError:
        raise
    except Exception as error:
        damage = next((each for each in verify_store(connection) if each.kind == "damage"), None)
        if damage is None:
            raise
        raise StoreError(
            "the store is damaged",
            value=database_path(connection),
            expected="a store that only Tocsin writes to",
            advice="`tocsin verify` says where.",
        ) from error


def _find_problems(connection: Connection) -> Iterator[Problem]:
    yield from _find_file_damage(connection)
    yield from _find_item_problems(connection)
    for reference in _REFERENCES:
        yield from _find_dangling(connection, reference)
    for (text_id,) in connection.execute("SELECT id FROM texts ORDER BY id"):
        yield from find_text_problems(connection, text_id)
    for index in word_indexes(connection):
        yield from _find_unindexed(connection, index)
    yield from _find_together_problems(connection)


# --------------------------------------------------------------------------- SQLite's own checks


def _find_file_damage(connection: Connection) -> Iterator[Problem]:
    for (said,) in connection.execute(f"PRAGMA integrity_check({_MOST})"):
        if said != "ok":
            yield Problem(kind="damage", about="database", sentence=f"SQLite says: {said}.")
    for table, rowid, other, _ in connection.execute("PRAGMA foreign_key_check"):
        sentence = f"The row {rowid} of {table} points to a row of {other} that is not there."
        yield Problem(kind="damage", about=table, sentence=sentence)


def _find_index_damage(connection: Connection) -> Iterator[Problem]:
    for index in word_indexes(connection):
        try:
            command = f"INSERT INTO {index} ({index}) VALUES ('integrity-check')"  # noqa: S608
            connection.execute(command)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY):
                return  # what may not be written to cannot be checked in this way
            sentence = f"The index of words is damaged ({error})."
            yield Problem(kind="damage", about=index, sentence=sentence)


def _find_unindexed(connection: Connection, index: str) -> Iterator[Problem]:
    table = _INDEXED.get(index, index.removesuffix("_fts"))
    found = f"SELECT id & {_ROWID} FROM {index}_docsize"  # noqa: S608 - names of the schema
    rows = f"SELECT rowid FROM {table}"  # noqa: S608
    missing = f"SELECT count(*) FROM ({rows} EXCEPT {found})"  # noqa: S608
    surplus = f"SELECT count(*) FROM ({found} EXCEPT {rows})"  # noqa: S608
    for query, sentence in (
        (missing, "The words of {} rows of {} cannot be found by a search."),
        (surplus, "The index of words has {} rows that {} has not."),
    ):
        (number,) = connection.execute(query).fetchone()
        if number:
            yield Problem(kind="damage", about=index, sentence=sentence.format(number, table))


# --------------------------------------------------------------------------- between tables


def _find_item_problems(connection: Connection) -> Iterator[Problem]:
    """Find inputs whose row does not say what became of them."""
    rows = connection.execute(
        "SELECT key, outcome FROM items WHERE"
        " (outcome = 'kept') <> (article_id IS NOT NULL)"
        " OR (outcome = 'set_aside') <> (language IS NOT NULL)"
        " OR (outcome = 'failed') <> (error IS NOT NULL AND message IS NOT NULL) ORDER BY key"
    )
    for key, outcome in rows:
        sentence = f"The input is {outcome}, and its row does not say what goes with that."
        yield Problem(kind="damage", about=f"items {key}", sentence=sentence)


def _find_dangling(connection: Connection, reference: _Reference) -> Iterator[Problem]:
    table, column, other, key, where = reference
    rows = connection.execute(
        f"SELECT DISTINCT {column} FROM {table} WHERE {where} AND {column} IS NOT NULL"  # noqa: S608
        f" AND {column} NOT IN (SELECT {key} FROM {other} WHERE {key} IS NOT NULL)"
        f" ORDER BY 1 LIMIT {_MOST}"
    )
    for (value,) in rows:
        sentence = f"Its {column} {value} is in no {key} of {other}."
        yield Problem(kind="damage", about=table, sentence=sentence)


def _find_together_problems(connection: Connection) -> Iterator[Problem]:
    """Find what is wrong in what the articles say together, or that it is not worked out yet."""
    pending = connection.execute("SELECT kind, count(*) FROM pending GROUP BY 1 ORDER BY 1")
    unsettled = pending.fetchall()
    for kind, number in unsettled:
        sentence = f"{number} of kind {kind} are still to be worked out; `tocsin add` does it."
        yield Problem(kind="not settled", about="pending", sentence=sentence)
    if not unsettled:
        for reference in _SETTLED_REFERENCES:
            yield from _find_dangling(connection, reference)
        yield from find_together_problems(connection)
