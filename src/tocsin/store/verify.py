"""Soundness of a store: every count, key, span and reference, looked at again.

Damage is what a sound Tocsin never writes: a disk, a copy made while the store was written, or
another program did it.  What is only not worked out yet, because `tocsin add` was broken off or an
article was forgotten, is said to be not settled; the next `tocsin add` settles it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tocsin.errors import StoreError, TocsinError
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.tables import read_records
from tocsin.store.content import word_indexes
from tocsin.store.database import database_path
from tocsin.store.pending import WHAT_SETTLES, tell_unsettled
from tocsin.store.tables import Connection, read_column, read_value
from tocsin.store.verify_text import Problem, damage, find_text_problems
from tocsin.store.verify_together import find_contradictions, find_together_problems
from tocsin.store.watched import Watch, unwatched

__all__ = ["Problem", "damage_told", "verify_store"]

#: At most so many complaints of SQLite itself, and dangling rows of one kind, are listed.
_MOST = 100

#: The table that each index of words is about, where the name does not say it.
_INDEXED = {"reported_fts": "reported_events"}

#: The lower bits of an index's rowid are the rowid of the row it is about; see schema.sql.
_ROWID = 0xFFFFFFFFF


def verify_store(connection: Connection, watch: Watch = unwatched) -> Iterator[Problem]:
    """Yield everything that is wrong with the store; nothing when it is sound.

    A connection that may write also has SQLite check the indexes of words from the inside.
    Reading goes through one moment of the store, so that a writer at work does no harm; `watch`
    shows how far it is.
    """
    try:
        yield from _find_index_damage(connection)
        connection.execute("BEGIN")
        try:
            yield from _find_problems(connection, watch)
        finally:
            connection.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        sentence = f"SQLite could not go on reading it ({error}), so the rest was not looked at."
        yield damage("database", None, sentence)


def first_damage(connection: Connection) -> str | None:
    """Return the first complaint of SQLite's own quick check, which looks at no content."""
    try:
        said = str(read_value(connection, "PRAGMA quick_check(1)"))
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if said == "ok" else said


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
        if all(each.kind != "damage" for each in verify_store(connection)):
            raise
        raise refusal(StoreError, "store_damaged", database_path(connection)) from error


def _find_problems(connection: Connection, watch: Watch) -> Iterator[Problem]:
    for find in watch((_find_file_damage, _find_always), None, "parts of the database looked at"):
        yield from find(connection)
    texts = read_value(connection, "SELECT count(*) FROM texts")
    ids = connection.execute("SELECT id FROM texts ORDER BY id")
    for (text_id,) in watch(ids, texts, "texts looked at"):
        yield from find_text_problems(connection, text_id)
    for find in watch((_find_all_unindexed, _find_together_problems), None, "parts compared"):
        yield from find(connection)


def _find_always(connection: Connection) -> Iterator[Problem]:
    yield from find_contradictions(connection, "always")
    yield from _find_dangling(connection, "always")


def _find_all_unindexed(connection: Connection) -> Iterator[Problem]:
    for index in word_indexes(connection):
        yield from _find_unindexed(connection, index)


# --------------------------------------------------------------------------- SQLite's own checks


def _find_file_damage(connection: Connection) -> Iterator[Problem]:
    for (said,) in connection.execute(f"PRAGMA integrity_check({_MOST})"):
        if said != "ok":
            yield damage("database", None, f"SQLite says: {said}.")
    for table, rowid, other, _ in connection.execute("PRAGMA foreign_key_check"):
        sentence = f"The row {rowid} of {table} points to a row of {other} that is not there."
        yield damage(table, None, sentence)


def _find_index_damage(connection: Connection) -> Iterator[Problem]:
    for index in word_indexes(connection):
        try:
            command = f"INSERT INTO {index} ({index}) VALUES ('integrity-check')"  # noqa: S608
            connection.execute(command)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY):
                return  # what may not be written to cannot be checked in this way
            yield damage(index, None, f"The index of words is damaged ({error}).")


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
        if number := read_value(connection, query):
            yield damage(index, None, sentence.format(number, table))


# --------------------------------------------------------------------------- between tables


def _find_dangling(connection: Connection, when: str) -> Iterator[Problem]:
    """Find what refers to a row that is not there, of what must be there at any such time."""
    references = read_records("store/data/references.tsv")
    for reference in (each for each in references if each["when"] == when):
        dangling = (
            "SELECT DISTINCT {column} FROM {table} WHERE {where} AND {column} IS NOT NULL"
            " AND {column} NOT IN (SELECT {key} FROM {other} WHERE {key} IS NOT NULL)"
            " ORDER BY 1 LIMIT ?"
        )
        for value in read_column(connection, dangling.format_map(reference), _MOST):
            sentence = "Its {column} {value} is in no {key} of {other}."
            yield damage(reference["table"], None, sentence.format(value=value, **reference))


def _find_together_problems(connection: Connection) -> Iterator[Problem]:
    """Find what is wrong in what the articles say together, or that it is not worked out yet."""
    pending = "SELECT kind, count(*) FROM pending GROUP BY 1 ORDER BY 1"
    unsettled = connection.execute(pending).fetchall()
    for kind, number in unsettled:
        sentence = f"Of kind {kind}, {tell_unsettled(number)}.  {WHAT_SETTLES}"
        yield Problem(kind="not settled", about="pending", sentence=sentence)
    if not unsettled:
        yield from _find_dangling(connection, "settled")
        yield from find_together_problems(connection)
