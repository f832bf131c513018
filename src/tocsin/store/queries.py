"""Records that a table lists: found by keys, read anew from them, some hundred at a time.

So memory does not grow with the answer, and no transaction stays open between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any

from tocsin.store.conditions import list_of, make_question
from tocsin.store.cursors import Place, Slice
from tocsin.store.fromjson import from_json, read_record
from tocsin.store.lists import Key, Listing
from tocsin.store.tables import Connection, read_rows, read_value, run
from tocsin.store.walk import count_keys, find_keys

#: Records read at a time.
PAGE = 200

#: Keys read at a time; they are small.
_PAGE_OF_KEYS = 5_000

#: Reads what has these keys; a key that is gone has nothing.
Reads = Callable[[Connection, list[str]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Listed:
    """The source of a kind that a table lists, newest first (or largest first) unless asked."""

    listing: Listing
    read: Reads

    def find(
        self, connection: Connection, parts: list[Any], piece: Slice
    ) -> Iterator[tuple[Place, Any]]:
        """Yield what fulfils all `parts`, in the order of `piece`, each with its place."""
        keys = self._keys(connection, parts, piece)
        left = piece.limit
        while batch := list(islice(keys, PAGE if left is None else min(PAGE, left))):
            found = self.read(connection, [place[-1] for place in batch])
            there = [place for place in batch if place[-1] in found]  # some may be gone by now
            yield from ((place, found[place[-1]]) for place in there)
            left = None if left is None else left - len(there)

    def count(self, connection: Connection, parts: list[Any], piece: Slice) -> int:
        """Return how many records `find` would yield."""
        if piece.limit is None and piece.after is None:
            return count_keys(connection, make_question(self.listing, parts))
        # Walking so far is cheaper than counting all; `list` asks for the length each time.
        return sum(1 for _ in islice(self._keys(connection, parts, piece), piece.limit))

    def _keys(self, connection: Connection, parts: list[Any], piece: Slice) -> Iterator[Place]:
        """Yield places: of the usual order rank and key, of one by a number that before them."""
        limit, order = piece.limit, piece.order
        page = _PAGE_OF_KEYS if limit is None else max(1, min(_PAGE_OF_KEYS, limit))
        if order and order.column:
            return self._by_number(connection, parts, order.column, page, piece.after)
        rising = order is not None and order.rising
        question = replace(make_question(self.listing, parts), rising=rising)
        return find_keys(connection, question, page, piece.after and _key(piece.after))

    def _by_number(
        self,
        connection: Connection,
        parts: list[Any],
        column: str,
        page: int,
        after: Place | None,
    ) -> Iterator[Place]:
        """Yield the places of each number in a column, the largest number first."""
        table = self.listing.table
        below = f"SELECT max({column}) FROM {table} WHERE {column} < ?"  # noqa: S608
        number = after[0] if after else read_value(connection, below, 1 << 40)
        while number is not None:
            only = list_of(self.listing, column, number)
            question = make_question(self.listing, [*parts, only])
            behind = _key(after[1:]) if after and after[0] == number else None
            for key in find_keys(connection, question, page, behind):
                yield number, *key
            number = read_value(connection, below, number)


def _key(place: Place) -> Key:
    rank, key = place
    return rank, key


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
