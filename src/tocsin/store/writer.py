"""Keeping what was made of articles: batches in one transaction each, in any order of arrival.

What is kept is a function of what was given, never of when: keeping the same thing again changes
nothing, and where two inputs give different words for one row, a rule decides which stands.

What several articles say together is worked out later, by `tocsin.store.settle`; the writer only
notes in `pending`, in the same transaction, what has to be worked out anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from tocsin.errors import StoreError
from tocsin.keys import content_key
from tocsin.lexicons.refusals import refusal
from tocsin.records import Article, Failure, Report, SetAside
from tocsin.store.arrivals import Clock, note_arrivals, touch_run
from tocsin.store.database import write_batch
from tocsin.store.pending import add_pending, mark_affected
from tocsin.store.rows import article_row, rows_of_text, storable, text_row
from tocsin.store.tables import Connection, Row, insert_rows, put_row, read_column, read_value, run
from tocsin.together.texts.shingles import sketch_text

#: What became of one input.  An `Article` alone is one whose text is already in the store.
Result = Report | Article | Failure | SetAside

#: Kept before set aside before failed; of two origins the smaller; of two failures the later, for
#: an input is tried once in a run and what it failed for this time is what counts.
_STANDS = """
instr('kept set_aside failed', excluded.outcome) < instr('kept set_aside failed', outcome)
OR (excluded.outcome = outcome AND (outcome = 'failed' OR excluded.origin < origin))
"""

#: One article under two origins (two folders, two feeds) keeps the words of the smaller.
_KEEP_ARTICLE = """
INSERT INTO articles (id, text_id, title, url, outlet, published, published_from, origin)
VALUES (:id, :text_id, :title, :url, :outlet, :published, :published_from, :origin)
ON CONFLICT (id) DO UPDATE SET title = excluded.title, url = excluded.url,
  outlet = excluded.outlet, published_from = excluded.published_from, origin = excluded.origin
WHERE (coalesce(excluded.origin, ''), coalesce(excluded.title, ''), coalesce(excluded.outlet, ''),
       coalesce(excluded.url, ''), coalesce(excluded.published_from, ''))
    < (coalesce(origin, ''), coalesce(title, ''), coalesce(outlet, ''),
       coalesce(url, ''), coalesce(published_from, ''))
"""


class Writer:
    """Keeps results in the store that `connection` is open on, and knows what is kept."""

    def __init__(self, connection: Connection, clock: Clock | None = None) -> None:
        """Write through `connection`, as `tocsin.store.database.open_database` gives it.

        The `clock` tells the ledger when the run last wrote.
        """
        self._connection = connection
        self._clock = clock

    def known_keys(self, keys: Iterable[str]) -> set[str]:
        """Return those of `keys` whose input was kept or set aside; failures are tried again."""
        known = "SELECT key FROM items WHERE outcome <> 'failed' AND key IN (?)"
        return set(read_column(self._connection, known, keys))

    def knows_text(self, text_id: str) -> bool:
        """Whether what is found in the text is in the store, so that it need not be analysed."""
        known = "SELECT 1 FROM texts WHERE id = ?"
        return read_value(self._connection, known, text_id) is not None

    def failures(self) -> dict[str, str]:
        """Return the origins of all inputs that are held to have failed, by their keys."""
        found = self._connection.execute("SELECT key, origin FROM items WHERE outcome = 'failed'")
        return dict(found.fetchall())

    def drop_failures(self, keys: Iterable[str]) -> None:
        """Forget that these inputs failed: where they were, something else stands by now."""
        if keys := list(keys):
            with write_batch(self._connection):
                gone = "DELETE FROM items WHERE outcome = 'failed' AND key IN (?)"
                run(self._connection, gone, keys)

    def keep(self, batch: Iterable[tuple[str, str, Result]]) -> list[tuple[str, Result | None]]:
        """Keep the results in `batch` in one transaction: all of them, or none.

        Return the key of each with what was kept of it: a failure where its text is no Unicode,
        None where the input was kept or set aside before, as by another process, or its article
        was kept from another input.

        Args:
            batch: of each input its key (`Item.key`), its origin as shown to people, and what
                became of it.  An `Article` needs its text in the store or in the same batch.

        Raises:
            StoreError: the store cannot be written to, or the text of an `Article` is not there.
        """
        ordered = sorted(batch, key=lambda each: isinstance(each[2], Article))  # texts come first
        with write_batch(self._connection):
            touch_run(self._connection, self._clock)
            return [(key, self._keep(key, origin, result)) for key, origin, result in ordered]

    def _keep(self, key: str, origin: str, result: Result) -> Result | None:
        connection = self._connection
        article = _article_in(result)
        known, kept = bool(self.known_keys([key])), _is_kept(connection, article)
        connection.execute("SAVEPOINT one")
        try:
            if isinstance(result, Report):
                _keep_text(connection, result)
            if article is not None:
                _keep_print(connection, article)
            put_row(connection, "items", "key", _item_row(key, origin, result), where=_STANDS)
        except UnicodeEncodeError as error:  # one article's failure is a record
            connection.execute("ROLLBACK TO one")
            result, kept = _no_unicode(origin, error), False
            put_row(connection, "items", "key", _item_row(key, origin, result), where=_STANDS)
        connection.execute("RELEASE one")
        return None if known or kept else result


def failure_key(failure: Failure) -> str:
    """Return the key of what failed before anything could be read of it: there are no bytes."""
    return content_key("unread", failure.origin, failure.error, failure.message)


def _keep_text(connection: Connection, report: Report) -> None:
    """Keep everything that was found in a new text; triggers keep the indexes of its words."""
    text = text_row(report)
    if read_value(connection, "SELECT 1 FROM texts WHERE id = ?", text["id"]):
        return
    insert_rows(connection, "texts", [text])
    keep_found(connection, report)
    sketches = [{"key": key, "text_id": text["id"]} for key in sketch_text(text["text"])]
    insert_rows(connection, "sketches", sketches, ignore_known=True)
    add_pending(connection, "text", [text["id"]])


def keep_found(connection: Connection, report: Report) -> None:
    """Keep what was found in a text that is in the store."""
    tables = rows_of_text(report)
    for table, rows in tables.items():
        insert_rows(connection, table, rows)
    note_arrivals(connection, "finding", (each["id"] for each in tables["findings"]))


def _article_in(result: Result) -> Article | None:
    article = result.article if isinstance(result, Report) else result
    return article if isinstance(article, Article) else None


def _is_kept(connection: Connection, article: Article | None) -> bool:
    """Whether the article that an input became was kept before, as from a copy of its file."""
    known = "SELECT 1 FROM articles WHERE id = ?"
    return article is not None and read_value(connection, known, article.id) is not None


def _keep_print(connection: Connection, article: Article) -> None:
    """Keep where a text was published; all that counts articles must be worked out anew."""
    row = article_row(article)
    try:
        changed = connection.execute(_KEEP_ARTICLE, row).rowcount
    except sqlite3.IntegrityError:
        raise refusal(StoreError, "text_not_kept", article.origin or article.id) from None
    note_arrivals(connection, "article", [row["id"]])
    if changed:
        mark_affected(connection, row["text_id"])


def _item_row(key: str, origin: str, result: Result) -> Row:
    row: Row = dict.fromkeys(("article_id", "language", "error", "message"))
    row |= {"key": key, "origin": storable(origin)}
    if isinstance(result, Failure):
        message = storable(result.message)
        return row | {"outcome": "failed", "error": result.error, "message": message}
    if isinstance(result, SetAside):
        return row | {"outcome": "set_aside", "language": result.language}
    article = result if isinstance(result, Article) else result.article
    return row | {"outcome": "kept", "article_id": article.id}


def _no_unicode(origin: str, error: UnicodeEncodeError) -> Failure:
    broken = error.object[error.start : error.end].encode("ascii", "backslashreplace").decode()
    return Failure(
        origin=origin,
        error="EncodingError",
        message=f"the text holds half a character: {broken}; expected Unicode.",
    )
