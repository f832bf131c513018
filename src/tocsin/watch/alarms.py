"""Alarms: which relations got worse, since when, on whose word, and what drives each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from tocsin.lexicons.plover import types
from tocsin.watch.changes import (
    RATE,
    Change,
    Watched,
    Weighing,
    by_pair,
    weigh_pairs,
)
from tocsin.watch.detector import FEWEST_EVENTS, LONGEST, Bools, Ints
from tocsin.watch.relations import Relations

Counts = npt.NDArray[np.int32]
Ring = tuple[str, str, date]  #: actor, recipient, and the day on which the alarm rang

#: What an alarm rings on: what stands alone would ring too, or only all reports together.
CONFIRMED, UNCONFIRMED = "confirmed", "unconfirmed"
#: How an alarm stands that no longer rings.
QUIET = "quiet"
#: Days of the course that an alarm comes with: before the change, and after it rang.
_BEFORE, _AFTER = 56, 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One party's acts against another, or inside a country, have become more than before.

    Parties are those of `Relations`; actor and recipient are alike inside a country.
    """

    actor: str  #: whose acts became more
    recipient: str  #: against whom
    since: date  #: the day the change is dated to
    rang: date  #: the day it could first have been known
    until: date | None  #: the last day on which it rang; None while it goes on
    size: float  #: how many times as many events as before, in the first weeks
    rings: str  #: "confirmed" where what stands rings alone, else "unconfirmed"
    seen: int  #: events in these weeks
    standing: int  #: as many of them as stand
    expected: float  #: as many as its past let expect
    types: Mapping[str, int]  #: of these events, the most frequent first
    eased: date | None = None  #: the day on which conflict was known to be back where it was
    again: date | None = None  #: the day on which it was known to have risen anew, having eased
    events: tuple[Mapping[str, Any], ...]  #: as their origin tells them
    before: tuple[int, ...]  #: events of each day in eight weeks before the change
    after: tuple[int, ...]  #: and since the change

    @property
    def bell(self) -> str:
        """Return on what it rings at the end of the days watched, or that it is quiet by then."""
        return QUIET if self.until else self.rings

    @property
    def turn(self) -> str | None:
        """Return what became of it by then: "ended", "eased" or "again"; None: it goes on."""
        turns = (("ended", self.until), ("eased", self.eased), ("again", self.again))
        return next((turn for turn, day in turns if day), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All alarms by the day they rang, what was watched, and what was not counted."""

    alarms: tuple[Alarm, ...]
    watched: Watched
    first: date
    last: date
    left_out: Mapping[str, int]  #: acts, by the reason

    def __iter__(self) -> Iterator[Alarm]:
        """Yield the alarms."""
        return iter(self.alarms)


def find_alarms(
    relations: Relations,
    rate: float = RATE,
    *,
    budget: float | None = None,
    about: Collection[str] = (),
    since: date | None = None,
) -> Outcome:
    """Find the alarms: all reports ring, and what would ring on what stands alone is confirmed.

    Args:
        relations: all acts, also of parties that nobody asks about: they say what is usual.
        rate: false alarms for each pair and year, at most.
        budget: false alarms among all that are returned, at most; it lowers the rate.
        about: parties of which one must be actor or recipient; anybody where there are none.
        since: the first day that counts: what ended before is left out.
    """
    return watch(relations, rate, budget=budget, about=about, since=since).outcome(about, since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Relations, watched: weighed once, the alarms of any parties and days are found at once."""

    relations: Relations
    rows: Ints  #: of conflict, in the order of the pairs
    pair: Ints  #: of each of these, its number
    weighing: Weighing  #: of all reports
    standing: Mapping[int, Sequence[Change]]  #: by pair, the changes of what stands alone

    def outcome(self, about: Collection[str] = (), since: date | None = None) -> Outcome:
        """Return the alarms, as `find_alarms` does."""
        relations, counts = self.relations, self.weighing.counts
        asked = _asked(relations, self.rows, self.pair, about)
        watched = self.weighing.watched(asked, _day_of(relations, since))
        return Outcome(
            alarms=tuple(
                _alarm(
                    relations,
                    self.rows[_of(self.pair, each)],
                    counts[each.pair].tolist(),
                    each,
                    self.standing.get(each.pair, ()),
                )
                for each in watched.changes
            ),
            watched=watched,
            first=date.fromordinal(relations.span[0]),
            last=date.fromordinal(relations.span[-1]),
            left_out=relations.left_out,
        )


def watch(
    relations: Relations,
    rate: float = RATE,
    *,
    budget: float | None = None,
    about: Collection[str] = (),
    since: date | None = None,
) -> Watch:
    """Weigh all pairs; a budget is for alarms about some parties since a day (`find_alarms`)."""
    rows, pair = _conflict(relations)
    counts, asked = _counts(relations, rows, pair), _asked(relations, rows, pair, about)
    weighing = weigh_pairs(
        counts,
        relations.exposure,
        rate,
        budget=budget,
        about=asked,
        since=_day_of(relations, since),
    )
    standing: Iterable[Change] = weighing.changes
    stands = _sound(relations, rows, pair)
    if len(stands) < len(rows):
        confirmed = _counts(relations, rows[stands], pair[stands], len(counts))
        standing = weigh_pairs(confirmed, relations.exposure, weighing.rate).changes
    return Watch(
        relations=relations, rows=rows, pair=pair, weighing=weighing, standing=by_pair(standing)
    )


def _asked(relations: Relations, rows: Ints, pair: Ints, about: Collection[str]) -> Bools | None:
    """Tell which pairs have one of `about` as a side; None where all are asked for."""
    if not about:
        return None
    first = rows[pair.searchsorted(np.arange(int(pair.max(initial=-1)) + 1))]
    asked = np.array([each in about for each in relations.parties], dtype=np.bool_)
    return np.asarray(asked[relations.actors[first]] | asked[relations.recipients[first]])


def _day_of(relations: Relations, since: date | None) -> int:
    """Return the number of a day in the span; the first where it is earlier, or None."""
    return max(since.toordinal() - relations.span[0], 0) if since else 0


def find_rings(relations: Relations, rate: float = RATE) -> list[Ring]:
    """Return no more of each alarm than who against whom, and the day on which it rang."""
    rows, pair = _conflict(relations)
    weighing = weigh_pairs(_counts(relations, rows, pair), relations.exposure, rate)
    changes = weighing.watched().changes
    first = relations.pairs[[rows[_of(pair, each).start] for each in changes]].tolist()
    rang = (date.fromordinal(relations.span[each.rang]) for each in changes)
    return [(*relations.parties_of(code), day) for code, day in zip(first, rang, strict=True)]


def _sound(relations: Relations, rows: Ints, pair: Ints) -> Ints:
    """Return which of `rows` stand; of what one speaker alone tells of a pair, one in four weeks.

    So no speaker can ring alone, however often and in however many outlets.
    """
    stands = np.flatnonzero(relations.stands[rows])
    if relations.speakers is None:
        return stands
    heard: dict[tuple[int, int], int] = {}
    kept = []
    told = (pair[stands], relations.speakers[rows[stands]], relations.days[rows[stands]])
    for of_pair, speaker, day in zip(*(each.tolist() for each in told), strict=True):
        last = heard.get((of_pair, speaker), -LONGEST)
        kept.append(speaker < 0 or day - last >= LONGEST)
        if kept[-1]:
            heard[of_pair, speaker] = day
    return stands[np.array(kept, dtype=np.bool_)]


def _conflict(relations: Relations) -> tuple[Ints, Ints]:
    """Return the rows of conflict of pairs that have enough of it to ring, and which pair each is.

    They are in the order of the pairs, and of the days of each.
    """
    rows = np.flatnonzero(relations.quads >= 3)
    _, pair, times = np.unique(relations.pairs[rows], return_inverse=True, return_counts=True)
    enough = (times >= FEWEST_EVENTS)[pair]
    rows, pair = rows[enough], np.unique(pair[enough], return_inverse=True)[1]
    order = np.argsort(pair, kind="stable")
    return rows[order], pair[order]


def _of(pair: Ints, change: Change) -> slice:
    """Return where the pair of `change` stands in what is in the order of the pairs."""
    return slice(*np.searchsorted(pair, change.pair + np.arange(2)).tolist())


def _counts(relations: Relations, rows: Ints, pair: Ints, pairs: int | None = None) -> Counts:
    """Return the events of each pair (row) on each day (column)."""
    number = int(pair.max(initial=-1)) + 1 if pairs is None else pairs
    counts = np.zeros((number, len(relations.span)), dtype=np.int32)
    np.add.at(counts, (pair, relations.days[rows] - relations.span[0]), 1)
    return counts


def _alarm(
    relations: Relations,
    rows: Ints,
    counts: list[int],
    change: Change,
    standing: Sequence[Change],
) -> Alarm:
    """Return the alarm of a change, with the events among `rows`.

    Rows and counts are those of its pair, and so are the changes of what stands.
    """
    span = relations.span
    days = relations.days[rows] - span[0]
    driving = rows[(days >= change.since) & (days <= change.height)]
    ended = change.until + LONGEST < len(span)
    confirmed = any(_overlap(change, each) for each in standing)
    return Alarm(
        actor=relations.parties[relations.actors[driving[0]]],
        recipient=relations.parties[relations.recipients[driving[0]]],
        since=date.fromordinal(span[change.since]),
        rang=date.fromordinal(span[change.rang]),
        until=date.fromordinal(span[change.until]) if ended else None,
        size=round(change.seen / change.expected, 2),
        rings=CONFIRMED if confirmed else UNCONFIRMED,
        seen=change.seen,
        standing=int(relations.stands[driving].sum()),
        expected=round(change.expected, 3),
        eased=None if change.eased is None else date.fromordinal(span[change.eased]),
        again=None if change.again is None else date.fromordinal(span[change.again]),
        types=dict(Counter(types()[each] for each in relations.types[driving]).most_common()),
        events=tuple(relations.event(row) for row in driving.tolist()),
        before=tuple(counts[max(change.since - _BEFORE, 0) : change.since]),
        after=tuple(counts[change.since : change.rang + _AFTER]),
    )


def _overlap(one: Change, other: Change) -> bool:
    """Tell whether two changes of a pair last at one time, `one` up to its height at least."""
    return one.since <= other.until and other.since <= max(one.until, one.height)
