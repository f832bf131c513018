"""Series: how much one country did to another, by type of event and day, week or month.

Its records are sums and have no keys, so no list is walked here: the periods are, from the newest
on, each with one query that an index by day answers alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any

from tocsin.records import Status
from tocsin.store.asked import one_of, read_country, read_day_of, read_quad, read_type
from tocsin.store.kinds.kind import Filter, Kind, day, integer, real, shown, text

if TYPE_CHECKING:
    import sqlite3

    from tocsin.store.cursors import Place


class Period(StrEnum):
    """What is summed up in one record."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Reported events of one type by which a country acted on another, in one period."""

    day: date  #: the first of the period
    actor: str | None  #: PLOVER's code of a country; None where no actor's is known
    recipient: str | None
    type: str
    quad: int
    events: int  #: one with actors of two countries counts for each
    score: float  #: PLOVER's scores together
    independent: int  #: independent reports together
    contradicted: int  #: events on which articles contradict each other


# --------------------------------------------------------------------------- asked


@dataclass(frozen=True, slots=True)
class _Where:
    sql: str
    value: str


def _where(sql: str) -> Callable[[sqlite3.Connection, Any], _Where]:
    return lambda _, value: _Where(sql, str(value))


def _of_quad(_: sqlite3.Connection, quad: int) -> _Where:
    from tocsin.extract.events.plover import types

    meant = [each for each in types() if _quad_of(each) == quad]
    return _Where("type IN (SELECT value FROM json_each(?))", json.dumps(meant))


def _quad_of(kind: str) -> int:
    """Return the quad class of a type, which all its modes share."""
    from tocsin.extract.events.plover import value_of

    return value_of(kind, None).quad


# --------------------------------------------------------------------------- found

_LAST_DAY = "9999-12-31"

_NEWEST = "SELECT max(day) FROM reported_pairs WHERE {where} AND day <= ?"

_TALLIES = """
SELECT actor, recipient, type, count(*), sum(score), sum(independent), sum(contradicted)
FROM reported_pairs WHERE {where} AND day BETWEEN ? AND ? AND (actor, recipient, type) > (?, ?, ?)
GROUP BY actor, recipient, type ORDER BY actor, recipient, type
"""


class _Tallied:
    """The source of the series: newest period first, in it by actor, recipient and type."""

    def find(
        self,
        connection: sqlite3.Connection,
        parts: list[Any],
        limit: int | None,
        after: Place | None,
    ) -> Iterator[tuple[Place, Tally]]:
        """Yield what fulfils all `parts`, each with its place."""
        return islice(_walk(connection, parts, after), limit)

    def count(
        self,
        connection: sqlite3.Connection,
        parts: list[Any],
        limit: int | None,
        after: Place | None,
    ) -> int:
        """Return how many records `find` would yield."""
        return sum(1 for _ in self.find(connection, parts, limit, after))


def _walk(
    connection: sqlite3.Connection, parts: list[Any], after: Place | None
) -> Iterator[tuple[Place, Tally]]:
    period = next((each for each in parts if isinstance(each, Period)), Period.DAY)
    asked = [each for each in parts if isinstance(each, _Where)]
    where = " AND ".join(["1", *(each.sql for each in asked)])
    values = [each.value for each in asked]
    until = _LAST_DAY
    if after:
        first, last = _days_of(date.fromisoformat(after[0]), period)
        yield from _tallies(connection, where, values, first, last, after[1:])
        until = (first - timedelta(days=1)).isoformat()
    newest = _NEWEST.format(where=where)
    while found := connection.execute(newest, (*values, until)).fetchone()[0]:
        first, last = _days_of(date.fromisoformat(found), period)
        yield from _tallies(connection, where, values, first, last, ("", "", ""))
        until = (first - timedelta(days=1)).isoformat()


def _tallies(
    connection: sqlite3.Connection,
    where: str,
    values: list[Any],
    first: date,
    last: date,
    behind: Place,
) -> Iterator[tuple[Place, Tally]]:
    sql = _TALLIES.format(where=where)
    given = (*values, first.isoformat(), last.isoformat(), *behind)
    for actor, recipient, kind, events, score, independent, contradicted in connection.execute(
        sql, given
    ).fetchall():
        yield (
            (first.isoformat(), actor, recipient, kind),
            Tally(
                day=first,
                actor=actor or None,
                recipient=recipient or None,
                type=kind,
                quad=_quad_of(kind),
                events=events,
                score=score,
                independent=independent,
                contradicted=contradicted,
            ),
        )


def _days_of(day: date, period: Period) -> tuple[date, date]:
    """Return the first and the last day of the period that `day` lies in; weeks begin on Monday."""
    if period is Period.WEEK:
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    if period is Period.MONTH:
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return day, day


# --------------------------------------------------------------------------- the kind

SERIES = Kind(
    name="series",
    summary="List how much one country did to another, by type and day, newest first.",
    more=(
        "Each reported event counts on the first day that it can have been on, once for each pair "
        "of an actor's and a recipient's country."
    ),
    examples=(
        "--actor RUS --recipient UKR --by week",
        "--recipient UKR --quad 4 --since 2024-10-01 --csv",
    ),
    filters=(
        Filter("actor", "COUNTRY", read_country, "whose country did it", _where("actor = ?")),
        Filter(
            "recipient",
            "COUNTRY",
            read_country,
            "to which country it was done",
            _where("recipient = ?"),
        ),
        Filter("type", "TYPE", read_type, "PLOVER's type, like MOBILIZE", _where("type = ?")),
        Filter(
            "quad",
            "1-4",
            read_quad,
            "1, 2 verbal, material cooperation; 3, 4 verbal, material conflict",
            _of_quad,
        ),
        Filter(
            "status",
            "STATUS",
            one_of(Status),
            "events of which this is the firmest that any report gives",
            _where("status = ?"),
        ),
        Filter("since", "DAY", read_day_of, "events on or after this day", _where("day >= ?")),
        Filter("until", "DAY", read_day_of, "events on or before this day", _where("day <= ?")),
        Filter(
            "by",
            "PERIOD",
            one_of(Period),
            "summed up by day, week or month; by day unless told otherwise",
            lambda _, period: period,
        ),
    ),
    source=_Tallied(),
    yields=Tally,
    columns=(
        day("day", "first day of the period"),
        text("actor", "country that did it"),
        text("recipient", "country to which it was done"),
        text("type", "PLOVER's type"),
        integer("quad", "PLOVER's quad class, 1 to 4"),
        integer("events", "reported events"),
        real("score", "PLOVER's scores together"),
        integer("independent", "independent reports together"),
        integer("contradicted", "events on which articles contradict each other"),
    ),
    screen=(
        shown("day", 10),
        shown("actor", 5, lambda f: f.actor or "(none)", share=1),
        shown("recipient", 9, lambda f: f.recipient or "(none)", share=1),
        shown("type", 12),
        shown("events", 6),
        shown("score", 6, lambda f: f"{f.score:+g}"),
        shown("independent", 11, drop=1),
        shown("≠", 3, "contradicted", drop=2),
    ),
    legend=(
        ("score", "", "PLOVER's, conflict to cooperation, of all events together"),
        ("≠", "", "events on which articles contradict each other"),
    ),
)
