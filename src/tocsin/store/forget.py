"""Forgetting an article: after settling, the store is as if the article had never been added.

Forgetting is no block list: when the same file is added again, the article is back.
"""

from __future__ import annotations

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.store.database import write_batch
from tocsin.store.identity import pass_on_ids
from tocsin.store.judgements import forget_judgements
from tocsin.store.pending import add_pending, mark_affected
from tocsin.store.rows import TABLES_OF_TEXT
from tocsin.store.settle.pairs import note_gaps
from tocsin.store.tables import Connection, read_column, read_value

#: An id is found by its beginning from this length on.
SHORTEST_PREFIX = 4

#: How many articles are named when one had to be meant.
_NAMED = 5


def forget_article(connection: Connection, which: str) -> str:
    """Remove the article that `which` names, and return its id.

    Its text goes with it, and all that was found in the text, unless another article prints the
    text.  What articles say together is marked to be worked out anew by `tocsin.store.settle`.
    The room is overwritten with zeros; in the indexes of words a word may stay until they are
    merged.

    Args:
        connection: a store open to be written.
        which: the id of an article, its address, or the beginning of an id that only it has.

    Raises:
        ValueNotUnderstood: it names no article, or several.
        StoreError: the store cannot be written to.
    """
    connection.execute("PRAGMA secure_delete=ON")
    with write_batch(connection):
        article_id = find_article(connection, which)
        text = "SELECT text_id FROM articles WHERE id = ?"
        text_id = read_value(connection, text, article_id)
        mark_affected(connection, text_id)
        connection.execute("DELETE FROM arrivals WHERE kind = 'article' AND id = ?", (article_id,))
        connection.execute("DELETE FROM items WHERE article_id = ?", (article_id,))
        connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))
        read_through = "DELETE FROM judgements WHERE what = 'article' AND record = ?"
        connection.execute(read_through, (article_id,))
        if not read_value(connection, "SELECT 1 FROM articles WHERE text_id = ?", text_id):
            note_gaps(connection, text_id)
            pass_on_ids(connection, text_id)
            _forget_text(connection, text_id)
    return article_id


def find_article(connection: Connection, which: str) -> str:
    """Return the id of the one article that `which` names, as `forget_article` takes it.

    Raises:
        ValueNotUnderstood: it names no article, or several.
    """
    there = "SELECT id FROM articles WHERE url = ? ORDER BY id LIMIT ?"
    for found in (_by_id(connection, which), read_column(connection, there, which, _NAMED + 1)):
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(found[:_NAMED])
            raise refusal(ValueNotUnderstood, "several_articles", which, ids=several)
    raise refusal(ValueNotUnderstood, "article_unknown", which, least=SHORTEST_PREFIX)


def _by_id(connection: Connection, which: str) -> list[str]:
    if read_value(connection, "SELECT 1 FROM articles WHERE id = ?", which):
        return [which]
    if len(which) < SHORTEST_PREFIX:
        return []
    begun = "SELECT id FROM articles WHERE id >= ? AND id < ? || 'g' ORDER BY id LIMIT ?"
    return read_column(connection, begun, which, which, _NAMED + 1)  # ids are hexadecimal


def _forget_text(connection: Connection, text_id: str) -> None:
    forget_judgements(connection, text_id)
    connection.execute(
        "DELETE FROM arrivals WHERE kind = 'finding'"
        " AND id IN (SELECT id FROM findings WHERE text_id = ?)",
        (text_id,),
    )
    for table in (*TABLES_OF_TEXT, "sketches"):
        connection.execute(f"DELETE FROM {table} WHERE text_id = ?", (text_id,))  # noqa: S608
    connection.execute("DELETE FROM copies WHERE one = ?1 OR other = ?1", (text_id,))
    connection.execute("DELETE FROM pending WHERE kind = 'text' AND key = ?", (text_id,))
    add_pending(connection, "passage", [text_id])
    connection.execute("DELETE FROM texts WHERE id = ?", (text_id,))
