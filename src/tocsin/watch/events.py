"""Events from elsewhere as relations over time, and the alarms in them with what drives each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from tocsin.articles.days import read_stamp
from tocsin.errors import InputError
from tocsin.extract.events.plover import types, value_of
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.tables import read_rows
from tocsin.reference.offices import Reference
from tocsin.watch.alarms import RATE, Change, Watched, find_changes
from tocsin.watch.detector import FEWEST_EVENTS, LONGEST, Bools, Ints, exposure_of
from tocsin.watch.event_tables import Rows
from tocsin.watch.parties import INTERNATIONAL, find_parties

#: A table that says nothing of who confirms an event is taken at its word.
CONFIRMED = "confirmed"
#: Days further than this from the middle of a table are slips of a key, not its span.
_FURTHEST = 15_000
#: Days of the course that an alarm comes with: before the change, and after it rang.
_BEFORE, _AFTER = 56, 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One party's acts against another, or inside a country, have become more than before.

    Parties are ISO alpha-3 or PLOVER's codes; actor and recipient are alike inside a country.
    """

    actor: str
    recipient: str
    since: date  #: the day the change is dated to
    rang: date  #: the day it could first have been known
    until: date | None  #: the last day on which it rang; None while it goes on
    size: float  #: how many times as many events as before, in the first weeks
    rings: str  #: on what: "confirmed", "unconfirmed"
    seen: int  #: events in these weeks
    expected: float  #: as many as its past let expect
    types: Mapping[str, int]  #: of these events, the most frequent first
    events: tuple[Mapping[str, Any], ...]  #: day, actor, recipient, act as in the table, type
    before: tuple[int, ...]  #: events of each day in eight weeks before the change
    after: tuple[int, ...]  #: and since the change


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All alarms of a table by the day they rang, what was watched, and what was not counted."""

    alarms: tuple[Alarm, ...]
    watched: Watched
    first: date
    last: date
    left_out: Mapping[str, int]  #: rows, by the reason


def find_alarms(rows: Rows, people: Reference, rate: float = RATE) -> Outcome:
    """Find the alarms of a table at a `rate` of false ones for each pair and year.

    Exposure is made of all events, those without known parties too.

    Raises:
        InputError: no row has a day.
    """
    table = _understand(rows, people)
    dated = _dated(table.days)
    if not dated.any():
        raise refusal(InputError, "no_event_days", ", ".join(rows.parts["day"].values[:3]))
    span = range(int(table.days[dated].min()), int(table.days[dated].max()) + 1)
    conflict = dated & (table.quads >= 3)
    events = _of_pairs(table, conflict)
    pairs, pair = np.unique(table.pairs[events], return_inverse=True)
    counts = np.zeros((len(pairs), len(span)), dtype=np.int32)
    np.add.at(counts, (pair, table.days[events] - span[0]), 1)
    totals, half = (
        np.bincount(table.days[some] - span[0], minlength=len(span)).astype(np.float64)
        for some in (dated, dated & table.in_half)
    )
    watched = find_changes(counts, exposure_of(totals, half), rate)
    return Outcome(
        alarms=tuple(
            _alarm(table, events[pair == each.pair], counts[each.pair].tolist(), each, span)
            for each in watched.changes
        ),
        watched=watched,
        first=date.fromordinal(span[0]),
        last=date.fromordinal(span[-1]),
        left_out={
            "without a day": int((~dated).sum()),
            "that could not be read": rows.unread,
            "of conflict without two known parties": int((conflict & (table.pairs < 0)).sum()),
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """What the rows mean, as numbers; -1 where a cell tells none."""

    rows: Rows
    parties: tuple[str, ...]
    days: Ints
    pairs: Ints  #: of actor and recipient
    types: Ints
    quads: Ints
    in_half: Bools  #: those of half of the actors

    def parties_of(self, row: int) -> tuple[str, str]:
        """Return actor and recipient."""
        actor, recipient = divmod(int(self.pairs[row]), len(self.parties))
        return self.parties[actor], self.parties[recipient]


def _understand(rows: Rows, people: Reference) -> _Table:
    """Read days, acts and parties; a party by its country where the table has it, else by name."""
    sides = [
        [rows.parts[part] for part in (f"{side}_country", side) if part in rows.parts]
        for side in ("actor", "recipient")
    ]
    names: Counter[str] = Counter()
    for column in (each for side in sides for each in side):
        names.update(dict(zip(column.values, np.bincount(column.rows).tolist(), strict=True)))
    found = find_parties(names, people)
    parties = tuple(sorted({*found.values()}))
    number = {name: parties.index(party) for name, party in found.items()}
    known = [[column.take(lambda name: number.get(name, -1)) for column in side] for side in sides]
    actors, recipients = (np.where(each[0] < 0, each[-1], each[0]) for each in known)
    told = (actors >= 0) & (recipients >= 0)
    kinds = rows.parts["act"].take(lambda act: _types().get(act.lower(), -1))
    quads = np.array([*(value_of(each, None).quad for each in types()), -1])
    return _Table(
        rows=rows,
        parties=parties,
        days=rows.parts["day"].take(_day_number),
        pairs=np.where(told, actors * len(parties) + recipients, -1),
        types=kinds,
        quads=quads[kinds],
        in_half=sides[0][-1].rows % 2 == 0,
    )


def _day_number(cell: str) -> int:
    day = read_stamp(cell)
    return day.toordinal() if day else -1


def _dated(days: Ints) -> Bools:
    """Tell which rows have a day that can be one of the table's."""
    middle = np.median(days[days >= 0]) if (days >= 0).any() else 0
    return np.asarray((days >= 0) & (np.abs(days - middle) <= _FURTHEST))


@cache
def _types() -> Mapping[str, int]:
    """Return the number of PLOVER's type for each type, CAMEO code and CAMEO name in lower case."""
    numbers = {name: number for number, name in enumerate(types())}
    acts = {name.lower(): number for name, number in numbers.items()}
    for code, name, type_ in read_rows("lexicons/cameo.tsv", "code name type"):
        if type_ in numbers:
            acts |= dict.fromkeys((code, code.removeprefix("0"), name.lower()), numbers[type_])
    return acts


def _of_pairs(table: _Table, conflict: Bools) -> Ints:
    """Return the rows of conflict between parties that have enough of it to ring, day by day.

    Bodies of one kind (IGO) are several parties: what they do to each other is nobody's inner
    affair.
    """
    several = [n for n, party in enumerate(table.parties) if party in INTERNATIONAL]
    inside = np.array(several, dtype=np.int64) * (len(table.parties) + 1)
    rows = np.flatnonzero(conflict & (table.pairs >= 0) & ~np.isin(table.pairs, inside))
    _, pair, times = np.unique(table.pairs[rows], return_inverse=True, return_counts=True)
    rows = rows[(times >= FEWEST_EVENTS)[pair]]
    return rows[np.argsort(table.days[rows], kind="stable")]


def _alarm(table: _Table, rows: Ints, counts: list[int], change: Change, span: range) -> Alarm:
    """Return the alarm of a change, with the events among `rows`, those of its pair."""
    days = table.days[rows] - span[0]
    events = rows[(days >= change.since) & (days <= change.height)].tolist()
    actor, recipient = table.parties_of(events[0])
    ended = change.until + LONGEST < len(span)
    return Alarm(
        actor=actor,
        recipient=recipient,
        since=date.fromordinal(span[change.since]),
        rang=date.fromordinal(span[change.rang]),
        until=date.fromordinal(span[change.until]) if ended else None,
        size=round(change.seen / change.expected, 2),
        rings=CONFIRMED,
        seen=change.seen,
        expected=round(change.expected, 3),
        types=dict(Counter(types()[table.types[row]] for row in events).most_common()),
        events=tuple(_act(table, row) for row in events),
        before=tuple(counts[max(change.since - _BEFORE, 0) : change.since]),
        after=tuple(counts[change.since : change.rang + _AFTER]),
    )


def _act(table: _Table, row: int) -> Mapping[str, Any]:
    """Return the event in a row as the table tells it."""
    cells = {part: column.values[column.rows[row]] for part, column in table.rows.parts.items()}
    sides = {side: cells.get(side) or cells[f"{side}_country"] for side in ("actor", "recipient")}
    day = date.fromordinal(int(table.days[row]))
    return {"day": day, **sides, "act": cells["act"], "type": types()[table.types[row]]}
