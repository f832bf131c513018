"""Records that a table lists: found by keys, read anew from them, some hundred at a time.

So memory does not grow with the answer, and no transaction stays open between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from itertools import islice
from typing import Any

from tocsin.store.conditions import make_question
from tocsin.store.cursors import Place, Slice
from tocsin.store.fromjson import from_json, read_record
from tocsin.store.lists import Key, Listing
from tocsin.store.tables import Connection, read_rows, run
from tocsin.store.walk import count_keys, find_keys

#: Records read at a time.
PAGE = 200

#: Keys read at a time; they are small.
_PAGE_OF_KEYS = 5_000

#: Reads what has these keys; a key that is gone has nothing.
Reads = Callable[[Connection, list[str]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Listed:
    """The source of a kind that a table lists, newest first (or largest first)."""

    listing: Listing
    read: Reads

    def find(
        self, connection: Connection, parts: list[Any], piece: Slice
    ) -> Iterator[tuple[Place, Any]]:
        """Yield what fulfils all `parts`, in the order of the listing, each with its place."""
        keys = self._keys(connection, parts, piece)
        left = piece.limit
        while batch := list(islice(keys, PAGE if left is None else min(PAGE, left))):
            found = self.read(connection, [key for _, key in batch])
            there = [place for place in batch if place[1] in found]  # some may be gone by now
            yield from ((place, found[place[1]]) for place in there)
            left = None if left is None else left - len(there)

    def count(self, connection: Connection, parts: list[Any], piece: Slice) -> int:
        """Return how many records `find` would yield."""
        if piece == Slice():
            return count_keys(connection, make_question(self.listing, parts))
        # Walking so far is cheaper than counting all; `list` asks for the length each time.
        return sum(1 for _ in islice(self._keys(connection, parts, piece), piece.limit))

    def _keys(self, connection: Connection, parts: list[Any], piece: Slice) -> Iterator[Key]:
        question = make_question(self.listing, parts)
        limit, after = piece.limit, piece.after and (piece.after[0], piece.after[1])
        page = _PAGE_OF_KEYS if limit is None else max(1, min(_PAGE_OF_KEYS, limit))
        return find_keys(connection, question, page, after)


def reads_rows(cls: type[Any], listing: Listing) -> Reads:
    """Return what reads the columns of the listed table that are called as the fields of `cls`."""
    names = ", ".join(f'"{each.name}"' for each in fields(cls))
    sql = f"SELECT {names} FROM {listing.table} WHERE {listing.key} IN (?)"  # noqa: S608

    def read(connection: Connection, keys: list[str]) -> dict[str, Any]:
        rows = read_rows(connection, sql, keys)
        return {row[listing.key]: from_json(cls, row) for row in rows}

    return read


def reads_records(cls: type[Any], listing: Listing) -> Reads:
    """Return what reads the records of class `cls` that the listed table keeps as JSON."""
    sql = f"SELECT id, record FROM {listing.table} WHERE id IN (?)"  # noqa: S608

    def read(connection: Connection, keys: list[str]) -> dict[str, Any]:
        rows = run(connection, sql, keys)
        return {key: read_record(cls, record) for key, record in rows}

    return read
