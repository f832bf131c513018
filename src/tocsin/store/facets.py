"""Facets: how many records of an answer have which type, status, country, month ...

Counting stops at a deadline, so that nobody waits for a number.  Where it has stopped, the numbers
are those among the first records of the answer, and each is said to be "at least" so many.
"""

from __future__ import annotations

import time
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from tocsin.errors import SlowQuestionError, ValueNotUnderstood
from tocsin.store.conditions import make_question
from tocsin.store.cursors import Slice
from tocsin.store.lists import Question
from tocsin.store.queries import Listed
from tocsin.store.tables import Connection, run
from tocsin.store.walk import count_keys, find_keys

if TYPE_CHECKING:
    from tocsin.store.kinds.kind import Counted, Kind

#: Seconds that counting may take, unless told otherwise.
SECONDS = 0.06

#: The share of them that is left for the number of records, where they are too many for facets.
_FOR_NUMBER = 0.25

#: Records are counted up to this number, and facets among as many.
MOST = 10_000

#: Records whose facets are read at a time, at first and at most: what is in hand at the deadline is
#: lost.
_BATCHES = (50, 250)

#: Values of one facet, the commonest.
_VALUES = 16

#: The facet that sets two filters.
_MONTH = "month"

#: How `data/facets.tsv` writes what a filter takes as a truth value.
_YES_OR_NO = {"true": True, "false": False}

#: Stops what its body asks the store after so many seconds, with `SlowQuestionError`.
Within = Callable[[float], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """A number of records: exactly so many, or at least."""

    least: int
    exact: bool

    def __str__(self) -> str:
        """Return "1,234", or "1,234+" where there may be more."""
        return f"{self.least:,}{'' if self.exact else '+'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value: how many records of the answer have it, and the filters that ask for these."""

    value: str
    label: str  #: the value, or the name of what it is the key of
    number: Number
    asks: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """What an answer is counted by: the commonest values first, months from the latest on."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """An answer in numbers."""

    records: Number
    among: Number  #: the first records of the answer, among which facets have been counted
    facets: tuple[Facet, ...]


NOTHING = Facets(records=Number(0, exact=True), among=Number(0, exact=True), facets=())


def count_records(
    connection: Connection, kind: Kind[Any], parts: list[Any], within: Within, seconds: float
) -> Number:
    """Return how many records the answer of a kind to `parts` has, up to `MOST`."""
    number = 0
    with suppress(SlowQuestionError), within(seconds):
        if isinstance(kind.source, Listed):
            number = count_keys(connection, make_question(kind.source.listing, parts), MOST + 1)
            return Number(min(number, MOST), number <= MOST)
        for _ in kind.source.find(connection, parts, Slice(limit=MOST)):
            number += 1
        return Number(number, number < MOST)
    return Number(number, exact=False)


def count_facets(
    connection: Connection,
    kind: Kind[Any],
    parts: list[Any],
    given: Mapping[str, Any],
    within: Within,
    seconds: float,
) -> Facets:
    """Return the numbers of the answer of a kind to `parts`, as far as `seconds` let count.

    Facets of the filters that are `given` are left out.
    """
    wanted = [each for each in kind.facets if not _sets(each.name) <= given.keys()]
    tally = _Tally()
    for_number = seconds * _FOR_NUMBER
    if isinstance(kind.source, Listed) and wanted:
        question = make_question(kind.source.listing, parts)
        with suppress(SlowQuestionError), within(seconds - for_number):
            tally.count(connection, question, wanted, seconds - for_number)
    records = among = Number(tally.among, tally.whole)
    if not among.exact:
        records = max(among, count_records(connection, kind, parts, within, for_number))
    return Facets(
        records=records,
        among=among,
        facets=tuple(_facets(connection, kind, given, wanted, tally)),
    )


@dataclass(slots=True)
class _Tally:
    """How often each value of each facet has been met, and among how many records."""

    among: int = 0
    whole: bool = False  #: whether the answer has no others
    found: dict[str, Counter[str | None]] = field(default_factory=lambda: defaultdict(Counter))

    def count(
        self, connection: Connection, question: Question, wanted: Sequence[Counted], seconds: float
    ) -> None:
        """Count record by record until all are counted, or `MOST`, or the time is over."""
        until = time.monotonic() + seconds
        batch, most = _BATCHES
        found = find_keys(connection, question, most)
        while self.among < MOST and time.monotonic() < until:
            batch = min(batch, MOST - self.among)
            keys = [key for _, key in islice(found, batch)]
            met = list(_values(connection, wanted, keys)) if keys else []
            for name, values in met:
                self.found[name].update(values)
            self.among += len(keys)
            if len(keys) < batch:
                self.whole = True
                return
            batch = min(2 * batch, most)


def _values(
    connection: Connection, wanted: Sequence[Counted], keys: Sequence[str]
) -> Iterator[tuple[str, Sequence[str | None]]]:
    """Yield each facet and its values for records with `keys`, each value once for a record."""
    for (table, key), several in groupby(sorted(wanted, key=_place), _place):
        counted = list(several)
        columns = ", ".join(each.value for each in counted)
        sql = f"SELECT DISTINCT {key}, {columns} FROM {table} WHERE {key} IN (?)"  # noqa: S608
        rows = list(run(connection, sql, keys))
        yield from ((each.name, [row[n] for row in rows]) for n, each in enumerate(counted, 1))


def _place(counted: Counted) -> tuple[str, str]:
    return counted.table, counted.key


def _facets(
    connection: Connection,
    kind: Kind[Any],
    given: Mapping[str, Any],
    wanted: Sequence[Counted],
    tally: _Tally,
) -> Iterator[Facet]:
    """Yield the facets of which there is a value that can be asked for."""
    for counted in wanted:
        found = {value: n for value, n in tally.found[counted.name].items() if value}
        common = _in_order(counted.name, found)[:_VALUES]
        labels = dict(run(connection, counted.label, common)) if counted.label else {}
        values = tuple(
            FacetValue(
                value=value,
                label=labels.get(value, value),
                number=Number(found[value], tally.whole),
                asks=asks,
            )
            for value in common
            if (asks := _asks(kind, given, counted.name, value))
        )
        if values:
            yield Facet(name=counted.name, values=values)


def _in_order(name: str, found: Mapping[str, int]) -> list[str]:
    """Return values as they are listed: months from the latest on, others by how many there are."""
    if name == _MONTH:
        return sorted(found, reverse=True)
    return sorted(found, key=lambda value: (-found[value], value))


def _sets(name: str) -> set[str]:
    """Return the filters that a value of a facet sets."""
    return {"since", "until"} if name == _MONTH else {name}


def _asks(kind: Kind[Any], given: Mapping[str, Any], name: str, value: str) -> Mapping[str, Any]:
    """Return the filters that ask for a value; none where it cannot be asked for beside the others.

    It cannot where no question can name it, or where naming it changes what else is asked, as
    background does that is news in another report.
    """
    asks: dict[str, Any] = {name: value}
    if name == _MONTH:  # within the days that are asked for
        year, month = map(int, value.split("-"))
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        asked = {"since": first, "until": last} | kind.read_filters(given)
        asks = {"since": str(max(first, asked["since"])), "until": str(min(last, asked["until"]))}
    elif value in _YES_OR_NO:
        asks = {name: _YES_OR_NO[value]}
    try:
        before, after = kind.read_filters(given), kind.read_filters({**given, **asks})
    except ValueNotUnderstood:
        return {}
    return asks if all(after[each] == before[each] for each in before.keys() - asks) else {}
