"""Rows -> tenures: what several origins say about one tenure, merged, with every disagreement.

The most trusted origin that speaks of a tenure gives its dates; a finer date of a lesser origin
replaces a coarser one that it agrees with.  Where an office is listed completely by a trusted
origin, a holder whom only the Factbook or Wikidata has in that time is not taken over, and the
disagreement is listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from training.reference.people import Person
from training.reference.read import ORIGINS, Row

#: Two origins that differ by no more than this on a day differ about the ceremony, not the fact.
_TOLERANCE = timedelta(days=10)

#: Two tenures of one person in one office with no more than this between them are one.
_BREAK = timedelta(days=20)

#: The same between two origins, which may date the ends of one tenure differently.
_LOOSE_BREAK = timedelta(days=45)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """One person's time in one office, as all origins together tell it."""

    office: str
    person: str
    name: str
    since: str
    until: str
    known_until: str
    acting: bool
    origins: tuple[str, ...]
    note: str = ""

    @property
    def trusted(self) -> bool:
        """Whether an origin that was checked tenure by tenure speaks of it."""
        return bool({"known", "recent"} & set(self.origins))


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Disagreement:
    """Two origins say different things; `kept` is what went into the reference."""

    office: str
    name: str
    field: str
    kept: str
    other: str


@dataclass(slots=True)
class Reconciled:
    """All tenures by office, and what the origins disagree about."""

    tenures: dict[str, list[Tenure]] = field(default_factory=dict)
    disagreements: list[Disagreement] = field(default_factory=list)


def earliest(day: str) -> date:
    """The first day that `day`, ISO at its own precision, can mean."""
    return date.fromisoformat((day + "-01-01")[:10] if len(day) == 4 else (day + "-01")[:10])


def latest(day: str) -> date:
    """The last day that `day` can mean."""
    if len(day) == 10:
        return date.fromisoformat(day)
    if len(day) == 4:
        return date(int(day), 12, 31)
    year, month = int(day[:4]), int(day[5:7])
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def reconcile(people: Iterable[Person]) -> Reconciled:
    """Merge the rows of each person and office, then settle what the origins disagree about."""
    result = Reconciled()
    offices: dict[str, list[Tenure]] = defaultdict(list)
    for person in people:
        by_office: dict[str, list[Row]] = defaultdict(list)
        for office, row in person.rows:
            by_office[office].append(row)
        for office, rows in by_office.items():
            offices[office] += _merge_rows(office, person, rows, result.disagreements)
    for office in sorted(offices):
        kept = _settle(office, offices[office], result.disagreements)
        result.tenures[office] = sorted(kept, key=_by_time)
    result.disagreements.sort()
    return result


def _by_time(tenure: Tenure) -> tuple[str, str, str]:
    return tenure.since or tenure.until or tenure.known_until, tenure.until, tenure.person


def _merge_rows(
    office: str, person: Person, rows: list[Row], disagreements: list[Disagreement]
) -> list[Tenure]:
    merged: list[Tenure] = []
    for row in sorted(rows, key=lambda row: (ORIGINS.index(row.origin), row.since or row.until)):
        tenure = Tenure(
            office=office,
            person=person.id,
            name=person.name,
            since=row.since,
            until=row.until,
            known_until=row.known_until,
            acting=row.acting,
            origins=(row.origin,),
            note=row.note,
        )
        place = next((i for i, other in enumerate(merged) if _same_tenure(other, tenure)), None)
        if place is None:
            merged.append(tenure)
        else:
            merged[place] = _merge(merged[place], tenure, disagreements)
    return merged


def _span(tenure: Tenure) -> tuple[date, date]:
    start = earliest(tenure.since) if tenure.since else date.min
    end = tenure.until or tenure.known_until
    return start, max(start, latest(end)) if end else start


def _same_tenure(one: Tenure, other: Tenure) -> bool:
    """Whether two rows of one person and office are one tenure: they overlap, or nearly so.

    Rows of one origin are told apart by that origin, unless they follow on each other.
    """
    (a, b), (c, d) = _span(one), _span(other)
    if one.acting != other.acting and set(one.origins) & set(other.origins):
        return False
    gap = _BREAK if set(one.origins) & set(other.origins) else _LOOSE_BREAK
    return a - d <= gap and c - b <= gap


def _merge(kept: Tenure, other: Tenure, disagreements: list[Disagreement]) -> Tenure:
    if set(kept.origins) & set(other.origins):
        return _join(kept, other)
    since = _settle_day(kept, other, "since", disagreements)
    until = _settle_day(kept, other, "until", disagreements)
    known_until = "" if until else max(kept.known_until, other.known_until)
    return replace(
        kept,
        since=since,
        until=until,
        known_until=known_until,
        origins=tuple(sorted({*kept.origins, *other.origins}, key=ORIGINS.index)),
    )


def _join(kept: Tenure, other: Tenure) -> Tenure:
    """Two terms without a break, told by one origin, as one."""
    first, last = sorted((kept, other), key=_by_time)
    since = first.since
    if first.since and last.since and earliest(last.since) < earliest(first.since):
        since = last.since
    ends = [t.until for t in (first, last)]
    until = max(ends) if all(ends) else ""
    known_until = "" if until else max(first.known_until, last.known_until, *ends)
    return replace(
        kept,
        since=since,
        until=until,
        known_until=known_until,
        acting=kept.acting and other.acting,
        note=kept.note or other.note,
    )


def _settle_day(
    kept: Tenure, other: Tenure, which: str, disagreements: list[Disagreement]
) -> str:
    mine: str = getattr(kept, which)
    theirs: str = getattr(other, which)
    if not theirs or mine == theirs:
        return mine
    if not mine:
        if which == "until" and kept.known_until and latest(theirs) < earliest(kept.known_until):
            _note(kept, which, f"open on {kept.known_until}", other, theirs, disagreements)
            return mine
        return theirs
    if len(mine) < len(theirs) and earliest(mine) <= earliest(theirs) <= latest(mine):
        return theirs
    apart = max(earliest(mine) - latest(theirs), earliest(theirs) - latest(mine))
    if apart > _TOLERANCE:
        _note(kept, which, mine, other, theirs, disagreements)
    return mine


def _note(
    kept: Tenure, which: str, mine: str, other: Tenure, theirs: str, to: list[Disagreement]
) -> None:
    to.append(
        Disagreement(
            office=kept.office,
            name=kept.name,
            field=which,
            kept=f"{mine} ({'+'.join(kept.origins)})",
            other=f"{theirs} ({'+'.join(other.origins)})",
        )
    )


def _settle(office: str, tenures: list[Tenure], to: list[Disagreement]) -> list[Tenure]:
    """Drop what contradicts a trusted list; close what a successor ended."""
    trusted = [t for t in tenures if t.trusted]
    spans = covered(trusted) if _is_single(trusted) else []
    kept = []
    for tenure in tenures:
        if tenure.trusted or not _inside(tenure, spans):
            kept.append(tenure)
            continue
        start, end = tenure.since, tenure.until or f"seen to {tenure.known_until}"
        to.append(
            Disagreement(
                office=office,
                name=tenure.name,
                field="holder",
                kept="not taken over: others are listed for that time",
                other=f"{start} to {end} ({'+'.join(tenure.origins)})",
            )
        )
    return [_limit_open(tenure, kept) for tenure in kept]


def _is_single(tenures: list[Tenure]) -> bool:
    """Whether an office had one full holder at a time, but for short overlaps."""
    full = sorted((t for t in tenures if not t.acting), key=_by_time)
    for one, other in zip(full, full[1:], strict=False):
        overlap = _span(one)[1] - max(_span(one)[0], _span(other)[0])
        if one.person != other.person and overlap > timedelta(days=40):
            return False
    return True


def covered(tenures: list[Tenure], gap: timedelta = timedelta(days=4)) -> list[tuple[date, date]]:
    """The days on which one of `tenures` runs, as spans; breaks of up to `gap` are bridged."""
    spans: list[tuple[date, date]] = []
    for start, end in sorted(_span(t) for t in tenures if t.since):
        if spans and start <= spans[-1][1] + gap:
            spans[-1] = spans[-1][0], max(spans[-1][1], end)
        else:
            spans.append((start, end))
    return spans


def _inside(tenure: Tenure, spans: list[tuple[date, date]]) -> bool:
    """Whether the tenure lies within a listed time, but for a few weeks at its edges."""
    start, end = _span(tenure)
    margin = timedelta(days=60)
    return any(a - margin <= start and end <= b + margin and start < b for a, b in spans)


def _limit_open(tenure: Tenure, others: list[Tenure]) -> Tenure:
    """An open end known only to Wikidata counts no further than the next holder's start."""
    if tenure.until or tenure.trusted or not tenure.since or tenure.origins != ("wikidata",):
        return tenure
    later = [
        earliest(other.since)
        for other in others
        if other.person != tenure.person
        and other.since
        and earliest(other.since) > earliest(tenure.since)
    ]
    if later:
        return replace(tenure, known_until=tenure.since)
    if tenure.since < "2017":
        return replace(tenure, known_until=tenure.since)
    return tenure
