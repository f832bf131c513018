"""Records that a table lists: found by keys, read anew from them, some hundred at a time.

So memory does not grow with the answer, and no transaction stays open between them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tocsin.store.conditions import make_question
from tocsin.store.cursors import Place, Slice
from tocsin.store.lists import Key, Listing
from tocsin.store.tables import Connection
from tocsin.store.walk import count_keys, find_keys

#: Records read at a time.
PAGE = 200

#: Keys read at a time; they are small.
_PAGE_OF_KEYS = 5_000

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """The source of a kind that a table lists, newest first (or largest first)."""

    listing: Listing
    read: Callable[[Connection, list[str]], dict[str, Any]]  #: a key that is gone has none

    def find(
        self, connection: Connection, parts: list[Any], piece: Slice
    ) -> Iterator[tuple[Place, Any]]:
        """Yield what fulfils all `parts`, in the order of the listing, each with its place."""
        keys = self._keys(connection, parts, piece)
        while batch := list(islice(keys, PAGE)):
            found = self.read(connection, [key for _, key in batch])
            yield from ((place, found[place[1]]) for place in batch if place[1] in found)

    def count(self, connection: Connection, parts: list[Any], piece: Slice) -> int:
        """Return how many records `find` would yield."""
        if piece == Slice():
            return count_keys(connection, make_question(self.listing, parts))
        # Walking so far is cheaper than counting all; `list` asks for the length each time.
        return sum(1 for _ in self._keys(connection, parts, piece))

    def _keys(self, connection: Connection, parts: list[Any], piece: Slice) -> Iterator[Key]:
        question = make_question(self.listing, parts)
        limit, after = piece.limit, piece.after and (piece.after[0], piece.after[1])
        page = _PAGE_OF_KEYS if limit is None else max(1, min(_PAGE_OF_KEYS, limit))
        return islice(find_keys(connection, question, page, after), limit)


def read_rows(connection: Connection, sql: str, keys: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of `sql`, in which ``(?)`` stands for `keys`, by the names of columns."""
    cursor = connection.execute(
        sql.replace("(?)", "(SELECT value FROM json_each(?))"), (json.dumps(list(keys)),)
    )
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
