"""Sums: what parties did to each other, and what happened at places, in steps of equal days.

They are for what moves through time: all news of a span of days is summed up at once, step by step,
and any window of the span is put together from steps.  Steps are counted back from the last, which
is number 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain
from typing import Any

from tocsin.lexicons.plover import types_of
from tocsin.store.tables import Connection, as_day, read_value, run

#: A step in days: the first with which a span has no more steps than so many.
_LENGTHS, _MOST_STEPS = (1, 7, 30, 365), 200

#: A span of its own choice has no more days than this, and no more acts: they are summed at once.
_DAYS, _ACTS = 90, 100_000

#: More places are not looked at, those with the most events first.
_PLACES = 5_000

#: The number of a step, events, and other sums: see `read_flows` and `read_spots`.
Cell = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySpan:
    """Days in steps of equal length; the last step ends with the last day."""

    first: date
    last: date
    step: int = 1  #: days

    @property
    def steps(self) -> int:
        """How many there are."""
        return -(-((self.last - self.first).days + 1) // self.step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """What is summed; None asks for nothing."""

    about: str | None = None  #: a country: one of the two parties, or where it happened
    type: str | None = None
    quad: int | None = None
    stands: bool | None = None  #: True: only what nothing contradicts and somebody stands for


@dataclass(frozen=True, slots=True)
class Course:
    """What the steps hold of one pair or place, those without any event left out."""

    of: tuple[Any, ...]
    cells: list[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The courses with the most events, and how many events each step has beside them."""

    span: DaySpan
    courses: Sequence[Course]
    left_out: Mapping[str, list[int]]  #: by the reason, a number for each step


def make_span(first: date, last: date) -> DaySpan:
    """Return a span from about `first` to `last`, in whole steps and no more than are shown."""
    days = (last - first).days + 1
    step = next((each for each in _LENGTHS if days <= each * _MOST_STEPS), _LENGTHS[-1])
    steps = min(-(-days // step), _MOST_STEPS)
    begun = last.toordinal() - steps * step + 1
    return DaySpan(first=date.fromordinal(max(begun, 1)), last=last, step=step)


_LAST = "SELECT max(told) FROM reported_pairs WHERE background = 0 AND told > '' AND told < ?"
_FROM = "SELECT count(DISTINCT reported) FROM reported_pairs WHERE background = 0 AND told >= ?"
_ACTS_BACK = """
SELECT told FROM reported_pairs WHERE background = 0 AND told BETWEEN '0' AND ?
ORDER BY told DESC LIMIT 1 OFFSET ?
"""


def read_last(connection: Connection, before: date = date.max) -> date | None:
    """Return the last day on which news was told, before a day; None where nothing ever was."""
    return as_day(read_value(connection, _LAST, str(before)))


def count_from(connection: Connection, day: date) -> int:
    """Return how many events are news that was first told on a day or later."""
    return int(read_value(connection, _FROM, str(day)))


def read_first(connection: Connection, last: date) -> date:
    """Return from which day to sum up, until `last`; later where much was told on each."""
    full = as_day(read_value(connection, _ACTS_BACK, str(last), _ACTS))
    far = max(last.toordinal() - _DAYS, full.toordinal() if full else 0)
    return date.fromordinal(max(min(far + 1, last.toordinal()), 1))


_BACK = "CAST((julianday(?) - julianday({})) / ? AS INTEGER)"

_ACTED = "FROM reported_pairs AS r INDEXED BY reported_pairs_by_told"
_OF_ACTS = {
    "about": "? IN (actor, recipient)",
    "type": "type = ?",
    "quad": "type IN (?)",
    "stands": "stands = ?",
}

_FLOWS = f"""
WITH most AS MATERIALIZED (
  SELECT actor, recipient {_ACTED} WHERE actor <> '' AND recipient <> '' AND {{where}}
  GROUP BY actor, recipient ORDER BY count(*) DESC, actor, recipient LIMIT ?
)
SELECT {_BACK.format("told")} AS back, actor, recipient, count(*), sum(type IN (?)),
  round(sum(score), 1)
{_ACTED} JOIN most USING (actor, recipient) WHERE {{where}} GROUP BY 1, 2, 3
"""

_ALL_ACTS = f"""
SELECT {_BACK.format("told")} AS back, sum(actor <> '' AND recipient <> ''),
  sum(actor = '' OR recipient = '')
{_ACTED} WHERE {{where}} GROUP BY 1
"""


def read_flows(connection: Connection, span: DaySpan, which: Which, most: int) -> Sums:
    """Return what parties did to each other, by the days on which it was first told.

    A course is of an actor and a recipient.  Its cells hold the events (one counts for each of its
    pairs), those of conflict, and their scores together.
    """
    given = _given(which)
    if which.quad:
        given["quad"] = types_of(which.quad)
    where = " AND ".join(("background = 0 AND told BETWEEN ? AND ?", *_named(_OF_ACTS, given)))
    first, last = str(span.first), str(span.last)
    kept, step = (first, last, *given.values()), (last, span.step)
    conflict = types_of(3) + types_of(4)
    rows = run(connection, _FLOWS.format(where=where), *kept, most, *step, conflict, *kept)
    courses = _courses(rows, 2)
    left_out = {"no party": [0] * span.steps, "beyond": [-n for n in _per_step(span, courses)]}
    for back, between, others in run(connection, _ALL_ACTS.format(where=where), *step, *kept):
        left_out["no party"][back] += others
        left_out["beyond"][back] += between
    return Sums(span=span, courses=courses, left_out=left_out)


_HAPPENED = "reported_events AS e INDEXED BY reported_events_by_place"
_PAIR = "EXISTS (SELECT 1 FROM reported_pairs AS r WHERE r.reported = e.id AND r.{} = ?)"
_OF_EVENTS = {
    "about": "e.country = ?",
    "type": _PAIR.format("type"),
    "quad": "e.quad = ?",
    "stands": _PAIR.format("stands"),
}

_SPOTS = f"""
SELECT {_BACK.format("e.day")} AS back, p.key, p.name, p.country, p.latitude, p.longitude, count(*),
  sum(e.quad = 1), sum(e.quad = 2), sum(e.quad = 3), sum(e.quad = 4)
FROM (
  SELECT key, name, country, latitude, longitude FROM places
  WHERE "last" >= ? AND "first" <= ? ORDER BY events DESC, key LIMIT {_PLACES}
) AS p CROSS JOIN {_HAPPENED} ON e.place = p.name AND e.country IS p.country
WHERE {{where}} GROUP BY 1, 2
"""  # noqa: S608

_NOWHERE = f"""
SELECT {_BACK.format("e.day")} AS back, NULL, NULL, NULL, NULL, NULL, count(*)
FROM {_HAPPENED} WHERE e.place IS NULL AND {{where}} GROUP BY 1
"""  # noqa: S608


def read_spots(connection: Connection, span: DaySpan, which: Which, most: int) -> Sums:
    """Return what happened at places, by the days of the events.

    A course is of a key, name, country, latitude and longitude of the store's places.  Its cells
    hold the events, and those of each of PLOVER's quad classes, 1 to 4.
    """
    given = _given(which)
    happened = "e.background = 0 AND e.day BETWEEN ? AND ?"
    where = " AND ".join((happened, *_named(_OF_EVENTS, given)))
    first, last = str(span.first), str(span.last)
    kept, step = (first, last, *given.values()), (last, span.step)
    spots = run(connection, _SPOTS.format(where=where), *step, first, last, *kept)
    nowhere = run(connection, _NOWHERE.format(where=where), *step, *kept)
    every = _courses(chain(spots, nowhere), 5)
    placed = [each for each in every if each.of[-1] is not None]
    others = [each for each in every if each.of[-1] is None]
    aside = {
        "no place": [each for each in others if each.of[0] is None],
        "no coordinates": [each for each in others if each.of[0] is not None],
        "beyond": placed[most:],
    }
    left_out = {reason: _per_step(span, courses) for reason, courses in aside.items()}
    return Sums(span=span, courses=placed[:most], left_out=left_out)


def _given(which: Which) -> dict[str, Any]:
    return {name: value for name, value in asdict(which).items() if value is not None}


def _named(conditions: Mapping[str, str], given: Iterable[str]) -> Iterable[str]:
    return (conditions[name] for name in given)


def _courses(rows: Iterable[tuple[Any, ...]], width: int) -> list[Course]:
    """Return rows of step, `width` columns and sums by these columns, those with most first."""
    cells: dict[tuple[Any, ...], list[Cell]] = defaultdict(list)
    for row in rows:
        cells[row[1 : width + 1]].append(row[:1] + row[width + 1 :])
    events = {of: sum(cell[1] for cell in own) for of, own in cells.items()}
    ranked = sorted(events, key=lambda of: (-events[of], str(of)))
    return [Course(of, cells[of]) for of in ranked]


def _per_step(span: DaySpan, courses: Iterable[Course]) -> list[int]:
    """Return the events that `courses` have in each step."""
    events = [0] * span.steps
    for back, number, *_ in chain.from_iterable(each.cells for each in courses):
        events[back] += number
    return events
