"""Rows that fulfil all conditions, newest or oldest first, without looking at the others.

Every condition is a list that some index keeps in the order (day, id): the events of one actor,
the statements of one stance.  The shortest list is walked from one end, and each of its rows is
looked up in the others, which costs little because all run in the same order.  So the first
fifty rows cost the same in a store of a thousand events and of a million, unless two long lists
hardly meet.

Rows come in pages, each read in a moment, so that a reader never holds a transaction open.  What a
writer changes meanwhile may be missing or not, but no row comes twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import groupby, islice
from typing import Any

from tocsin.store import lists
from tocsin.store.lists import LAST_ID, Condition, Few, Key, Posted, Question, Rank, Searched
from tocsin.store.tables import Connection, read_value

#: Lists are counted up to these lengths until one turns out to be shorter.
_COUNTED = (1_000, 30_000)

#: Roughly what it costs, beside a step along an index: to step along a search and look its row up,
#: to gather a row of a search, and to ask a search for one row.
_STEP_SEARCH, _GATHER_SEARCH, _PROBE_SEARCH = 8, 2, 40


def find_keys(
    connection: Connection, question: Question, page: int, after: Key | None = None
) -> Iterator[Key]:
    """Yield the keys of all rows that answer `question`, in its order, reading `page` at a time.

    With `after`, only those behind the row that has, or had, this key.
    """
    driver, others = _choose(connection, question, page)
    route = _Route(connection, question, others, page, after)
    if isinstance(driver, Few):  # which is read at once
        sql, values = lists.distinct_keys(question, driver, others, driver.values)
        return iter(_in_order(connection.execute(sql, values).fetchall(), after, question.rising))
    return route.walk_posted(driver) if isinstance(driver, Posted) else route.walk_searched(driver)


def count_keys(connection: Connection, question: Question, most: int = 1 << 40) -> int:
    """Return how many rows answer `question`, or `most` where there are more."""
    driver, others = _choose(connection, question, most)
    if isinstance(driver, Searched) and driver.one_each and not others:
        return _length(connection, question, driver, most)
    parts = [
        lists.distinct_keys(question, driver, others, choice) for choice in lists.choices_of(driver)
    ]
    if not parts:
        return 0
    sql = " UNION ".join(sql for sql, _ in parts)
    values = [value for _, given in parts for value in given]
    query = f"SELECT count(*) FROM ({sql} LIMIT ?)"  # noqa: S608
    return int(read_value(connection, query, *values, most))


# --------------------------------------------------------------------------- which list to walk


def _choose(
    connection: Connection, question: Question, page: int
) -> tuple[Condition, tuple[Condition, ...]]:
    """Return the condition whose list costs least to walk, and the others, the shortest first."""
    conditions = question.conditions or (question.listing.all,)
    if len(conditions) == 1:
        return conditions[0], ()
    lengths, most = _lengths(connection, question)
    table = question.listing.table
    rows = read_value(connection, f"SELECT max(rowid) FROM {table}") or 1  # noqa: S608
    numbers = range(len(conditions))
    best = min(numbers, key=lambda n: _cost(conditions, lengths, n, most, rows, page))
    others = sorted((n for n in numbers if n != best), key=lambda n: lengths[n])
    return conditions[best], tuple(_settled(conditions[n], lengths[n]) for n in others)


def _settled(condition: Condition, length: int) -> Condition:
    """Return the condition with what its length says about looking rows up."""
    if isinstance(condition, Searched):
        return replace(condition, probes=_is_long(condition, length))
    return condition


def _lengths(connection: Connection, question: Question) -> tuple[list[int], int]:
    """Return how long each list is, counted until one is found to be short, and how far.

    A search is counted once: one for beginnings of words gathers all of them each time.
    """
    lengths: list[int] = []
    for most in _COUNTED:
        lengths = [
            lengths[n]
            if lengths and isinstance(each, Searched)
            else _length(connection, question, each, _furthest(each, most))
            for n, each in enumerate(question.conditions)
        ]
        if min(lengths) < most:
            break
    return lengths, most


def _furthest(condition: Condition, most: int) -> int:
    return _COUNTED[-1] if isinstance(condition, Searched) else most


def _cost(
    conditions: Sequence[Condition],
    lengths: Sequence[int],
    driver: int,
    most: int,
    rows: int,
    page: int,
) -> float:
    """Return what it costs to find `page` rows on the list `driver`, if all are independent."""
    steps = float(page)
    step, setup = (_STEP_SEARCH if isinstance(conditions[driver], Searched) else 1), 0
    for n, (condition, length) in enumerate(zip(conditions, lengths, strict=True)):
        if n != driver:
            steps *= max(rows / max(length, 1), 1)
            step += _PROBE_SEARCH if _is_long(condition, length) else 2
            if isinstance(condition, Searched) and not _is_long(condition, length):
                setup += _GATHER_SEARCH * length
    known = lengths[driver] < _furthest(conditions[driver], most)
    return min(steps, lengths[driver] if known else rows) * step + setup


def _is_long(condition: Condition, length: int) -> bool:
    """Whether it costs less to ask a search for single rows than to gather all: most will fit."""
    return isinstance(condition, Searched) and condition.probes and length >= _COUNTED[-1]


def _length(connection: Connection, question: Question, condition: Condition, most: int) -> int:
    """Return the length of a list between the ranks asked for, or `most` if it is longer."""
    left = most
    for choice in lists.choices_of(condition):
        sql, values = lists.listed_keys(question, condition, choice)
        if isinstance(condition, Searched):  # rows are not looked up to be counted
            sql = sql.replace(condition.joined, "", 1).replace(
                lists.from_clause(question, condition)[2], "1", 1
            )
        query = f"SELECT count(*) FROM ({sql} LIMIT ?)"  # noqa: S608
        left -= read_value(connection, query, *values, left)
        if left <= 0:
            return most
    return most - left


# --------------------------------------------------------------------------- walking a list


@dataclass(frozen=True, slots=True)
class _Route:
    """A walk along the list of one condition of a question, asking the others for each row."""

    connection: Connection
    question: Question
    others: Sequence[Condition]
    page: int
    after: Key | None

    def walk_posted(self, driver: Posted) -> Iterator[Key]:
        """Yield the keys of a list, or of several at once, in the order of their index."""
        tables, where, keys = lists.from_clause(self.question, driver)
        ranks, ids = keys.split(", ")
        held, given = lists.held_by(self.question, driver, self.others)
        start = f"SELECT {keys} FROM {tables} WHERE {where} "  # noqa: S608
        rising = self.question.rising
        behind, within, way = (">", "<=", "ASC") if rising else ("<", ">=", "DESC")
        end = f"{held} ORDER BY {ranks} {way}, {ids} {way} LIMIT ?"
        lowest, highest = lists.ends_of(self.question)
        first, furthest = (lowest, highest) if rising else (highest, lowest)
        before = self.question.listing.least if rising else LAST_ID  # no id is before it
        ranked = f"{start} AND ({ranks}, {ids}) {behind} (?, ?) AND {ranks} {within} ? {end}"
        unranked = f"{start} AND {ranks} IS NULL AND {ids} {behind} ? {end}"

        def read(sql: str, *place: Any) -> list[Key]:
            found = [
                self.connection.execute(sql, (*choice, *place, *given, self.page)).fetchall()
                for choice in driver.choices
            ]
            merged = groupby(merge(*found, reverse=not rising))  # each key once
            return [key for key, _ in islice(merged, self.page)]

        rank, last = self.after or (first, before)
        while rank is not None and (found := read(ranked, rank, last, furthest)):
            yield from found
            rank, last = found[-1]
        last = self.after[1] if self.after and self.after[0] is None else before
        while not self.question.bounded and (found := read(unranked, last)):
            yield from found
            last = found[-1][1]

    def walk_searched(self, driver: Searched) -> Iterator[Key]:
        """Walk day by day: the last day of a page is read to its end, then all is put in order."""
        tables, where, keys = lists.from_clause(self.question, driver)
        held, given = lists.held_by(self.question, driver, self.others)
        select = f"SELECT {keys} FROM {tables} WHERE {where}"  # noqa: S608
        rising = self.question.rising
        way = "ASC" if rising else "DESC"
        ranked = f"{select} AND {driver.within} {held} ORDER BY {driver.order} {way}"
        ends = list(lists.ends_of(self.question))
        nearest = 0 if rising else 1  # of the two ends that where the walk begins
        more = self.after is None or self.after[0] is not None
        if self.after and more:
            ends[nearest] = self.after[0]
        while more:
            cursor = self.connection.execute(ranked, (*driver.values, *ends, *given))
            found, more = _whole_days(cursor, self.page)
            cursor.close()
            yield from _in_order(found, self.after, rising)
            ends[nearest] = rank_beside(found[-1][0], 1 if rising else -1) if more else None
        if not self.question.bounded:
            unranked = f"{select} AND {driver.unranked} {held}"
            rows = self.connection.execute(unranked, (*driver.values, *given))
            yield from _in_order(rows.fetchall(), self.after, rising)


def _in_order(keys: list[Key], after: Key | None, rising: bool) -> list[Key]:
    """Return `keys` behind `after`, each once, in the order of all answers."""
    places = {_place_of(key, rising): key for key in keys}
    ordered = sorted(places, reverse=not rising)
    if after is not None:
        last = _place_of(after, rising)
        ordered = [each for each in ordered if (last < each if rising else each < last)]
    return [places[each] for each in ordered]


def _place_of(key: Key, rising: bool) -> tuple[Any, ...]:
    """Return what orders a key: what has no rank comes last, also where the lowest come first."""
    rank, row = key
    return (rising, row) if rank is None else (not rising, rank, row)


def _whole_days(keys: Iterable[Key], page: int) -> tuple[list[Key], bool]:
    """Return at least `page` keys, to the end of a day, and whether others with a day follow."""
    found: list[Key] = []
    for key in keys:
        if key[0] is None:
            break
        if len(found) >= page and key[0] != found[-1][0]:
            return found, True
        found.append(key)
    return found, False


def rank_beside(rank: Rank, step: int) -> Rank:
    """Return the rank one `step` up or down from `rank`, a number or a day."""
    if isinstance(rank, int):
        return rank + step
    from datetime import date, timedelta

    return (date.fromisoformat(str(rank)) + timedelta(days=step)).isoformat()
