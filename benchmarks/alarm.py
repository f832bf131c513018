"""Alarms on real event streams: known onsets found and dated, how late, and what else rings.

usage: python -m benchmarks.alarm STREAMS [--list]

STREAMS is a folder with event tables (*.tsv) and `onsets.tsv` (a, b, day, what, events).  An onset
with at least ten events in its first three weeks counts as found when an alarm of the pair, either
way, is dated to between a week before and three weeks after it.  Beside it the same for days
shifted by 100 and 150 days either way, which should not be found.  And how often alarms of
cooperation begin beside those of conflict, or after them: whether they mean that it eases.  With
--list, every other alarm is shown with its acts, so that a reader can say whether it was one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from tocsin.reference.countries import load_countries
from tocsin.reference.offices import load_reference
from tocsin.settings import load_settings
from tocsin.watch.alarms import Alarm, Outcome, find_alarms
from tocsin.watch.event_tables import read_event_table
from tocsin.watch.events import relations_of
from tocsin.watch.relations import Relations

_FEWEST_EVENTS = 10
_BEFORE, _AFTER = timedelta(days=7), timedelta(days=21)
_SHIFTS = (-150, -100, 100, 150)


@dataclass(frozen=True, slots=True)
class Onset:
    """A day on which a crisis between two countries is known to have begun."""

    pair: frozenset[str]
    day: date
    what: str

    def find(self, alarms: Sequence[Alarm], shift: int = 0) -> list[Alarm]:
        """Return the alarms of the pair that are dated to the onset, `shift` days on."""
        day = self.day + timedelta(days=shift)
        return [
            each
            for each in alarms
            if sides(each) == self.pair and day - _BEFORE <= each.since <= day + _AFTER
        ]


def read_onsets(path: Path) -> Iterator[Onset]:
    """Yield the onsets with enough events to be found."""
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        *sides, day, what, events = line.split("\t")
        if int(events) >= _FEWEST_EVENTS:
            codes = (load_countries().country_named(side) or side for side in sides)
            yield Onset(frozenset(codes), date.fromisoformat(day), what)


def report(name: str, outcome: Outcome, onsets: Sequence[Onset]) -> Iterator[str]:
    """Yield what was found of the onsets within the stream, and what else rang."""
    within = [each for each in onsets if outcome.first <= each.day <= outcome.last]
    hits = {each: each.find(outcome.alarms) for each in within}
    watched, number = outcome.watched, len(outcome.alarms)
    yield (
        f"{name}: {sum(map(bool, hits.values()))} of {len(within)} onsets found and dated; "
        f"{number} alarms in {watched.pair_years:.0f} pair-years of {watched.pairs} pairs "
        f"({number / watched.pair_years:.2f} a pair and year), {watched.expected_false:.0f} "
        "expected if nothing had changed"
    )
    for onset, alarms in hits.items():
        yield f"  {onset.day} {'-'.join(sorted(onset.pair))}: {onset.what}"
        yield from (
            f"    {line_of(each)}, {(each.rang - onset.day).days} days late" for each in alarms
        )
    shifted = [
        bool(each.find(outcome.alarms, shift))
        for each in within
        for shift in _SHIFTS
        if outcome.first <= each.day + timedelta(days=shift) <= outcome.last
    ]
    yield f"  shifted by {', '.join(map(str, _SHIFTS))} days: {sum(shifted)} of {len(shifted)}"


def beside(relations: Relations, alarms: Sequence[Alarm]) -> str:
    """Return how many alarms have one of cooperation beside them, and in the two months after."""
    as_conflict = replace(relations, quads=np.where(relations.quads <= 2, 4, 1))
    risen = find_alarms(as_conflict).alarms
    days = [
        {(each.since - alarm.since).days for each in risen if sides(each) == sides(alarm)}
        for alarm in alarms
    ]
    near, later = (
        sum(any(first <= day <= last for day in each) for each in days)
        for first, last in ((-14, 28), (29, 90))
    )
    return (
        f"  alarms of cooperation: beside {near} of {len(alarms)}, in the two months after {later}"
    )


def sides(alarm: Alarm) -> set[str]:
    return {alarm.actor, alarm.recipient}


def line_of(alarm: Alarm) -> str:
    return (
        f"{alarm.actor}>{alarm.recipient} since {alarm.since}, rang {alarm.rang}, "
        f"x{alarm.size:.3g} ({alarm.seen} where {alarm.expected:.2g} were expected)"
    )


def listed(outcome: Outcome, onsets: Sequence[Onset]) -> Iterator[str]:
    """Yield every alarm that is at no onset, with its acts."""
    known = {id(alarm) for each in onsets for alarm in each.find(outcome.alarms)}
    for alarm in outcome.alarms:
        if id(alarm) not in known:
            yield f"  {line_of(alarm)}"
            yield from (
                f"    {each['day']} {each['actor']}: {each['act']}: {each['recipient']}"
                for each in alarm.events
            )


def main(arguments: Sequence[str]) -> None:
    folder = Path(next(each for each in arguments if not each.startswith("--")))
    onsets = list(read_onsets(folder / "onsets.tsv"))
    for path in sorted(folder.glob("*.tsv")):
        if path.name != "onsets.tsv":
            rows = read_event_table(str(path), load_settings())
            relations = relations_of(rows, load_reference())
            outcome = find_alarms(relations)
            print("\n".join(report(path.stem, outcome, onsets)))
            print(beside(relations, outcome.alarms), flush=True)
            if "--list" in arguments:
                print("\n".join(listed(outcome, onsets)))


if __name__ == "__main__":
    main(sys.argv[1:])
