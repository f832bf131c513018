"""Series: how much one country did to another, by type of event and day, week or month.

Its records are sums and have no keys, so no list is walked here: the periods are, from the newest
on, each with one query that an index by day answers alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tocsin.extract.mentions.dates import unit_around
from tocsin.faces import InNotebooks
from tocsin.lexicons.plover import types_of, value_of
from tocsin.records import to_json
from tocsin.store.asked import Period
from tocsin.store.conditions import Asks, read_rejected
from tocsin.store.kinds.declared import declare, news_unless_named
from tocsin.store.kinds.kind import Kind
from tocsin.store.tables import Connection, read_rows, read_value
from tocsin.store.walk import rank_beside

if TYPE_CHECKING:
    from tocsin.store.cursors import Place, Slice


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally(InNotebooks):
    """Reported events of one type by which a country acted on another, in one period."""

    day: date  #: the first of the period
    actor: str | None  #: PLOVER's code of a country; None where no actor's is known
    recipient: str | None  #: likewise
    type: str  #: PLOVER's
    quad: int  #: 1 to 4, as of an `Event`
    events: int  #: one with actors of two countries counts for each
    score: float  #: PLOVER's scores together
    independent: int  #: independent reports together
    contradicted: int  #: events on which articles contradict each other


@dataclass(frozen=True, slots=True)
class _Where:
    sql: str
    value: str | float | list[str]


def _where(sql: str) -> Asks:
    return lambda _, value: _Where(sql, to_json(value))


def _rejected(connection: Connection, wanted: bool) -> _Where | None:
    """Ask for what judges reject alone, or not at all."""
    keys = read_rejected(connection)
    if wanted or keys:
        return _Where(f"reported {'IN' if wanted else 'NOT IN'} (?)", keys)
    return None


def _of_quad(_: Connection, quad: int) -> _Where:
    return _Where("type IN (?)", [*types_of(quad)])


_LAST_DAY = "9999-12-31"

_NEWEST = "SELECT max(day) FROM reported_pairs WHERE {where} AND day <= ?"

_TALLIES = """
SELECT actor, recipient, type, count(*) AS events, sum(score) AS score,
  sum(independent) AS independent, sum(contradicted) AS contradicted
FROM reported_pairs WHERE {where} AND day BETWEEN ? AND ? AND (actor, recipient, type) > (?, ?, ?)
GROUP BY actor, recipient, type ORDER BY actor, recipient, type LIMIT ?
"""


class _Tallied:
    """The source of the series: newest period first, in it by actor, recipient and type."""

    def find(
        self, connection: Connection, parts: list[Any], piece: Slice
    ) -> Iterator[tuple[Place, Tally]]:
        """Yield what of the series fulfils all `parts`, each with its place."""
        period = next((each for each in parts if isinstance(each, Period)), Period.DAY)
        asked = [each for each in parts if isinstance(each, _Where)]
        values = [each.value for each in asked]
        newest, tallies = (
            sql.format(where=" AND ".join(["1", *(each.sql for each in asked)]))
            for sql in (_NEWEST, _TALLIES)
        )
        begun, *behind = piece.after or (None, "", "", "")
        until = days_of(begun, period)[1] if begun else _LAST_DAY
        left = -1 if piece.limit is None else piece.limit  # below 0 it is no limit to SQLite
        while left and (day := read_value(connection, newest, *values, until)):
            first, last = days_of(day, period)
            after = behind if first == begun else ("", "", "")
            rows = read_rows(connection, tallies, *values, first, last, *after, left)
            for row in rows:
                place = (first, *(row[each] for each in ("actor", "recipient", "type")))
                countries = {role: row[role] or None for role in ("actor", "recipient")}
                of_all = {
                    "day": date.fromisoformat(first),
                    "quad": value_of(row["type"], None).quad,
                }
                yield place, Tally(**row | countries | of_all)
            left -= len(rows)
            until = str(rank_beside(first, -1))

    def count(self, connection: Connection, parts: list[Any], piece: Slice) -> int:
        """Return how many records `find` would yield."""
        return sum(1 for _ in self.find(connection, parts, piece))


def days_of(day: str, period: Period) -> tuple[str, str]:
    """Return the first and the last day of the period that `day` lies in; weeks begin on Monday."""
    first, last = unit_around(date.fromisoformat(day), period)
    return first.isoformat(), last.isoformat()


SERIES = Kind(
    **declare(
        "series",
        asks={
            **{each: _where(f"{each} = ?") for each in ("actor", "recipient", "type", "status")},
            "quad": _of_quad,
            "since": _where("day >= ?"),
            "until": _where("day <= ?"),
            "background": _where("background <= ?"),
            "sure": _where("confidence >= ?"),
            "rejected": _rejected,
            "by": lambda _, period: period,
        },
        cells={
            "actor": lambda found: found.actor or "(none)",
            "recipient": lambda found: found.recipient or "(none)",
        },
    ),
    supposed=news_unless_named,
    source=_Tallied(),
    yields=Tally,
)
