"""Rows -> tenures: what several origins say about one tenure, merged, with every disagreement.

The most trusted origin that speaks of a tenure gives its dates; a finer date of a lesser origin
replaces a coarser one that it agrees with.  What was written from knowledge outranks nothing: a
day of another origin near its own replaces it, and where the two are further apart, the tenure has
the longer time and the days between them are `doubtful`.  Where an office is listed completely by
the origin compiled and checked, a holder whom only the Factbook or Wikidata has in that time is
not taken over, and the disagreement is listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from training.reference.people import Person
from training.reference.read import FIRST_DATED_EDITION, NAMING, ORIGINS, Row, special

#: Two origins that differ by no more than this on a day differ about the ceremony, not the fact.
_TOLERANCE = timedelta(days=10)

#: Two starts further apart than this are those of two terms, not two opinions on one.
_ONE_TERM = timedelta(days=200)

#: Two tenures of one person in one office with no more than this between them are one.
_BREAK = timedelta(days=20)

#: An end is inferred from a successor who begins within this of the last edition.
_DIRECT_SUCCESSION = timedelta(days=45)

#: Somebody who is not in the edition after the last with a holder came in between.
_NEXT_EDITION = timedelta(days=550)
_EDITIONS_STOP, _EDITIONS_GO_ON = date(2017, 2, 1), date(2021, 7, 1)  #: none in between is at hand

#: An edition that shows somebody for this long after a successor began is not to be believed.
_STALE = timedelta(days=400)

#: A holder missing in a trusted list for no longer than this may have been acting (or stood in).
_ACTING_AT_MOST = timedelta(days=120)

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
    edition: str = ""  #: the day to which the last Factbook edition with the holder speaks
    printed: str = ""  #: the day that this edition bears
    doubtful: tuple[tuple[date, date], ...] = ()  #: days on which the origins disagree
    after: str = ""  #: began later than this day, where the start is not on record
    sure_until: str = ""  #: the last day on which the holder was seen, before an inferred end

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


def is_plural(office: str) -> bool:
    """Whether several people hold the office at once, or several offices share the id."""
    kind = office.split(":")[1]
    return kind in special("plural") or kind.startswith("deputy_") or office in special("plural")


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
    """One person's tenures of one office: each origin's terms joined, then origin by origin."""
    merged: list[Tenure] = []
    for origin in NAMING:
        own: list[Tenure] = []
        for row in sorted(
            (r for r in rows if r.origin == origin), key=lambda r: r.since or r.until
        ):
            tenure = _tenure(office, person, row)
            alike = [t for t in own if t.acting == tenure.acting]
            place = _place_of(tenure, alike, [_BREAK] * len(alike))
            if place is None:
                own.append(tenure)
            else:
                own[own.index(place)] = _join(place, tenure)
        for tenure in own:
            # What an origin tells apart, as acting and as full holder, only an overlap joins.
            gaps = [_LOOSE_BREAK if origin not in t.origins else -_BREAK for t in merged]
            place = _place_of(tenure, merged, gaps) or _still_running(tenure, merged)
            if place is None:
                merged.append(tenure)
            else:
                merged[merged.index(place)] = _merge(place, tenure, disagreements)
    return merged


def _place_of(tenure: Tenure, others: list[Tenure], gaps: list[timedelta]) -> Tenure | None:
    """Return which of `others` is the same tenure: no more than its gap lies in between.

    A negative gap asks for an overlap of that length.
    """
    a, b = _span(tenure)
    for other, gap in zip(others, gaps, strict=True):
        c, d = _span(other)
        if c - b <= gap and a - d <= gap:
            return other
    return None


def _still_running(tenure: Tenure, others: list[Tenure]) -> Tenure | None:
    """Return which of `others` goes on: checked by hand, open, and seen again without a start."""
    if tenure.since:
        return None
    end = _span(tenure)[1]
    going = [t for t in others if t.trusted and t.since and not t.until and _span(t)[0] <= end]
    return max(going, key=_by_time, default=None)


def _tenure(office: str, person: Person, row: Row) -> Tenure:
    return Tenure(
        office=office,
        person=person.id,
        name=person.name,
        since=row.since,
        until=row.until,
        known_until=row.known_until,
        acting=row.acting,
        origins=(row.origin,),
        note=row.note,
        edition=row.edition,
        printed=row.printed,
    )


def _span(tenure: Tenure) -> tuple[date, date]:
    """First and last day known of it; with no start on record, the last day only."""
    end = tenure.until or tenure.known_until
    start = earliest(tenure.since or end)
    return start, max(start, latest(end)) if end else start


def _merge(kept: Tenure, other: Tenure, disagreements: list[Disagreement]) -> Tenure:
    since = _settle_day(kept, other, "since", disagreements)
    until = _settle_day(kept, other, "until", disagreements)
    known_until = "" if until else max(kept.known_until, other.known_until)
    return replace(
        kept,
        since=since,
        until=until,
        known_until=known_until,
        edition=max(kept.edition, other.edition),
        printed=max(kept.printed, other.printed),
        doubtful=(*kept.doubtful, *_doubtful(kept, other)),
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
        edition=max(kept.edition, other.edition),
        printed=max(kept.printed, other.printed),
    )


def _doubtful(kept: Tenure, other: Tenure) -> Iterator[tuple[date, date]]:
    """Yield the days between what is written from knowledge and what another origin says."""
    for mine, theirs in ((kept.since, other.since), (kept.until, other.until)):
        if kept.origins == ("known",) and mine and theirs:
            first, last = sorted((earliest(mine), earliest(theirs)))
            if _TOLERANCE < last - first < _ONE_TERM:
                yield first, last


def _settle_day(kept: Tenure, other: Tenure, which: str, disagreements: list[Disagreement]) -> str:
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
        longer = (min if which == "since" else max)(mine, theirs, key=earliest)
        if kept.origins == ("known",) and longer == theirs:
            _note(other, which, theirs, kept, mine, disagreements)
            return theirs
        _note(kept, which, mine, other, theirs, disagreements)
    elif kept.origins == ("known",) and apart > timedelta(0):
        return theirs
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
    trusted = [t for t in tenures if "recent" in t.origins]
    single = not is_plural(office) and _is_single(trusted)
    spans = covered(trusted) if single else []
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
    ended = [_limit_open(_end_by_successor(tenure, kept), kept) for tenure in kept]
    return [_start_after(tenure, ended) for tenure in ended]


def _start_after(tenure: Tenure, others: list[Tenure]) -> Tenure:
    """Where a start is not on record, it came after the last day of whoever was there before."""
    if tenure.since:
        return tenure
    before = [
        _span(other)[1]
        for other in others
        if other.person != tenure.person and not other.acting and _span(other)[1] < _span(tenure)[1]
    ]
    return replace(tenure, after=max(before).isoformat()) if before else tenure


def _end_by_successor(tenure: Tenure, others: list[Tenure]) -> Tenure:
    """End a tenure of the Factbook where the next one begins, if no edition lies in between.

    The holder may have gone earlier than the successor came, so `sure_until` keeps the last day
    on which an edition shows him.
    """
    if tenure.until or tenure.trusted or not tenure.edition or not tenure.since:
        return tenure
    starts = [
        earliest(other.since)
        for other in others
        if other.person != tenure.person
        and len(other.since) == 10
        and not other.acting
        and earliest(other.since) > latest(tenure.since)
    ]
    seen = date.fromisoformat(tenure.edition)
    following = min(starts, default=date.max)
    if seen - _STALE <= following <= seen + _DIRECT_SUCCESSION:
        # Editions of known date are two weeks apart: nobody fits in between.
        dated = tenure.edition >= FIRST_DATED_EDITION
        end = following.isoformat()
        sure = "" if dated else min(tenure.known_until or end, end)
        return replace(tenure, until=end, known_until="", sure_until=sure)
    next_seen = seen + _NEXT_EDITION if seen < _EDITIONS_STOP else _EDITIONS_GO_ON
    if _is_full_term(earliest(tenure.since), following) and seen < following <= next_seen:
        return replace(tenure, until=following.isoformat(), known_until="")
    if following < seen - _STALE and office_is_single(tenure.office):
        return replace(tenure, known_until=following.isoformat())
    return tenure


def office_is_single(office: str) -> bool:
    """Whether one person at a time heads the state or the government there."""
    return office.split(":")[1] in {"head_of_state", "head_of_government"}


def _is_full_term(since: date, following: date) -> bool:
    """Whether a successor begins on the same day of the year, 4 to 10 years on.

    Presidents with a fixed term change like that; who fills in for a fallen president does not.
    """
    if following == date.max:
        return False
    years = following.year - since.year
    anniversary = date(following.year, since.month, min(since.day, 28))
    return 4 <= years <= 10 and abs(following - anniversary) <= timedelta(days=4)


def _is_single(tenures: list[Tenure]) -> bool:
    """Whether an office had one full holder at a time, but for short overlaps."""
    full = sorted((t for t in tenures if not t.acting), key=_by_time)
    for one, other in pairwise(full):
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
    """Whether most of the tenure, and more than two months of it, lies within a listed time.

    Shorter ones may be acting holders whom the trusted list leaves out: they stay.
    """
    start, end = _span(tenure)
    inside = max((min(end, b) - max(start, a) for a, b in spans), default=timedelta())
    return inside > _ACTING_AT_MOST and inside * 2 > end - start


def _limit_open(tenure: Tenure, others: list[Tenure]) -> Tenure:
    """An open end that only Wikidata has is no news of the day it was read.

    Where another holder came before that day, or the tenure began long ago, nobody wrote down the
    end; the person is then only known to have begun.
    """
    if tenure.until or not tenure.since or tenure.origins != ("wikidata",):
        return tenure
    followed = not is_plural(tenure.office) and any(
        other.person != tenure.person
        and other.since
        and tenure.since < other.since <= tenure.known_until
        for other in others
    )
    if followed or tenure.since < "2017":
        return replace(tenure, known_until=tenure.since)
    return tenure
