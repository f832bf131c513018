"""The situation: how things stand in a whole store, worked out once for each state of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from tocsin.errors import InputError
from tocsin.store.handle import Store
from tocsin.store.holdings import Holdings
from tocsin.store.situation import read_deeds
from tocsin.watch.alarms import CONFIRMED, Alarm, Outcome, Watch, watch
from tocsin.watch.brief.choice import choose_main
from tocsin.watch.course import LATELY
from tocsin.watch.relations import Relations
from tocsin.watch.stored import read_relations

#: Days whose main events are shown, and events that are told with an alarm.
_DAYS, _TOLD = 7, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class OverTime:
    """What parties do to each other, day by day, and where it got worse."""

    watch: Watch
    outcome: Outcome  #: its alarms tell of an event no more than its `row` in the relations
    alarms: tuple[Alarm, ...]  #: all of them: those of now, what rings first; then the past ones
    since: date  #: the first of the last days
    main: tuple[str, ...]  #: ids of the main events of the last days, the heaviest first

    @property
    def relations(self) -> Relations:
        """All acts."""
        return self.watch.relations

    def told(self, alarm: Alarm) -> Alarm:
        """Return an alarm with the first of its events as the store tells them."""
        rows = (each["row"] for each in alarm.events[:_TOLD])
        return replace(alarm, events=tuple(self.relations.event(row) for row in rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is in a store, and what goes on in it."""

    holdings: Holdings
    over_time: OverTime | None  #: None where no article has a day


def read_situation(store: Store) -> Situation:
    """Return the situation of a store at this moment; of a million events it takes seconds."""
    with store.at_one_moment():
        return Situation(holdings=store.status(), over_time=_over_time(store))


def _over_time(store: Store) -> OverTime | None:
    try:
        relations = read_relations(store)
    except InputError:
        return None
    watched = watch(relations)
    # Telling the events of all alarms would take longer than all the rest.
    untold = replace(watched, relations=replace(relations, event=lambda row: {"row": row}))
    outcome = untold.outcome()
    since = max(outcome.last - timedelta(_DAYS - 1), outcome.first)
    deeds = read_deeds(store.connection(), None, (since, outcome.last))
    main = choose_main(deeds)
    alarms = sorted(outcome.alarms, key=partial(_rank, outcome.last))
    return OverTime(watch=watched, outcome=outcome, alarms=tuple(alarms), since=since, main=main)


def _rank(today: date, alarm: Alarm) -> tuple[bool, int, bool, bool, int]:
    """Return where an alarm belongs among others.

    Those that ring or rang in the last weeks come first: what has not eased before what has, what
    rings on what stands before the rest, more acts before fewer.  Of others the latest.
    """
    over = alarm.until is not None
    past = over and (today - alarm.rang).days >= LATELY
    rang = -alarm.rang.toordinal() if past else 0
    return past, rang, over or alarm.eased is not None, alarm.rings != CONFIRMED, -alarm.seen
