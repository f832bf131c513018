"""Records that a table lists: found by keys, read anew from them, some hundred at a time.

So memory does not grow with the answer, and no transaction stays open between them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from tocsin.store.conditions import make_question
from tocsin.store.lists import Listing
from tocsin.store.walk import count_keys, find_keys

if TYPE_CHECKING:
    import sqlite3

#: Records read at a time.
PAGE = 200

#: Keys read at a time; they are small.
_PAGE_OF_KEYS = 5_000

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """The source of a kind that a table lists, newest first (or largest first)."""

    listing: Listing
    read: Callable[[sqlite3.Connection, list[str]], dict[str, Any]]  #: a key that is gone has none

    def find(
        self, connection: sqlite3.Connection, parts: list[Any], limit: int | None
    ) -> Iterator[Any]:
        """Yield what fulfils all `parts`, in the order of the listing; at most `limit`."""
        question = make_question(self.listing, parts)
        keys = find_keys(connection, question, _page(limit))
        wanted = (key for _, key in islice(keys, limit))
        while batch := list(islice(wanted, PAGE)):
            found = self.read(connection, batch)
            yield from (found[key] for key in batch if key in found)

    def count(self, connection: sqlite3.Connection, parts: list[Any], limit: int | None) -> int:
        """Return how many records `find` would yield."""
        question = make_question(self.listing, parts)
        if limit is None:
            return count_keys(connection, question)
        # Walking so far is cheaper than counting all; `list` asks for the length each time.
        return sum(1 for _ in islice(find_keys(connection, question, _page(limit)), limit))


def _page(limit: int | None) -> int:
    return _PAGE_OF_KEYS if limit is None else max(1, min(_PAGE_OF_KEYS, limit))


def read_rows(connection: sqlite3.Connection, sql: str, keys: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of `sql`, in which ``(?)`` stands for `keys`, by the names of columns."""
    cursor = connection.execute(
        sql.replace("(?)", "(SELECT value FROM json_each(?))"), (json.dumps(list(keys)),)
    )
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
