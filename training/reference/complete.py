"""The periods in which an office's list of holders is complete, and why it can be said.

A check may say "somebody else held it" only within such a period, so they are drawn tightly:

- the office has one holder at a time (short overlaps and acting holders aside);
- every day in the period is covered by a tenure whose dates are good for it;
- one tenure follows the other within a few days.

How good the dates must be depends on the origin; see `_solid`.  Periods written by hand in
``known/complete.csv`` are added; those in ``corrections/incomplete.csv`` are cut out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from training.reference.read import Row, special
from training.reference.reconcile import Tenure, earliest, is_plural, latest
from training.reference.titles import office_ids

_INCOMPLETE = Path(__file__).parent / "corrections" / "incomplete.csv"

#: What the notes say of offices that several people hold at once.
_SEVERAL = re.compile(r"\bseveral\b.*\bserved?\b|\btwo\b.*\bat a time\b|\bone of (?:two|several)\b")

#: A change of office may take this long without anybody being missing from the list.
_HANDOVER = timedelta(days=4)

#: Two full holders side by side for longer than this: the office is not one person's then.
_OVERLAP = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """Days on which every holder of an office is listed."""

    office: str
    since: date
    until: date
    because: str


def find_periods(tenures: dict[str, list[Tenure]], known: Path) -> list[Period]:
    """Return the complete periods of all offices, sorted."""
    two = special("plural")
    by_hand = _union(
        p for p in read_known(known / "complete.csv") if p.office in tenures and p.office not in two
    )
    judged = {p.office for p in by_hand}
    derived = [
        period
        for office, held in tenures.items()
        if not _needs_a_hand(office, judged)
        for period in _periods_of(office, held)
    ]
    disputed = [
        replace_office(span, office)
        for office, held in tenures.items()
        for t in held
        for span in t.doubtful
    ]
    cut = [*read_incomplete(_INCOMPLETE), *_gaps(by_hand), *disputed]
    return sorted(_subtract(_union([*derived, *by_hand]), cut))


def _needs_a_hand(office: str, judged: set[str]) -> bool:
    """Whether dates alone cannot show that the list is complete.

    Deputies are called spokesman too, so no chain of spokesmen proves anything.  Of other offices
    outside the cabinet's core, what was judged by hand is judged by hand only.
    """
    kind = office.split(":")[1]
    return kind == "spokesperson" or (kind not in special("single") and office in judged)


def _periods_of(office: str, tenures: list[Tenure]) -> Iterable[Period]:
    kind = office.split(":")[1]
    if is_plural(office) or any(_SEVERAL.search(t.note) for t in tenures):
        return
    pieces = [piece for t in tenures if (piece := _solid(t, kind)) is not None]
    if kind not in special("single") and len(pieces) < 2:
        return
    doubtful = _overlaps(tenures, kind in special("single"))
    for since, until, origins, count in _chain(pieces):
        if kind in special("single") or count > 1:
            because = f"{count} tenures without a gap ({'+'.join(sorted(origins))})"
            whole = Period(office=office, since=since, until=until, because=because)
            yield from _subtract([whole], [replace_office(p, office) for p in doubtful])


def replace_office(span: tuple[date, date], office: str) -> Period:
    """A period to be cut out of those of `office`."""
    return Period(office=office, since=span[0], until=span[1], because="two holders")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Piece:
    """The days for which a tenure is good evidence; fewer where no other tenure joins it."""

    since: date
    until: date
    surely_since: date  #: before it, in the month it began, somebody not listed may have held it
    surely_until: date
    origins: str


def _solid(tenure: Tenure, kind: str) -> _Piece | None:
    """The days for which this tenure is good evidence that its holder held the office.

    A trusted origin: from the earliest day its start can mean to the latest its end can; a year
    alone says too little, so then from the end of that year, and to its beginning.  The Factbook:
    from the printed start to the last sure edition.  Wikidata: ended tenures; open ones only of
    the kinds marked "single", no successor known, and begun not long ago (see `reconcile`).  For
    both, a month alone says too little as well.
    """
    end = tenure.sure_until or tenure.until or tenure.known_until
    if not tenure.since or not end:
        return None
    if tenure.origins == ("wikidata",) and not tenure.until and kind not in special("single"):
        return None
    coarse = 4 if tenure.trusted else 7
    since = latest(tenure.since) if len(tenure.since) <= coarse else earliest(tenure.since)
    until = earliest(end) if len(end) <= coarse else latest(end)
    return _Piece(
        since=since,
        until=until,
        surely_since=latest(tenure.since),
        surely_until=earliest(end),
        origins="+".join(tenure.origins),
    )


def _chain(pieces: list[_Piece]) -> Iterable[tuple[date, date, set[str], int]]:
    """Yield first and last day, origins and number of the tenures that follow without a gap."""
    chains: list[list[_Piece]] = []
    for piece in sorted(pieces):
        if chains and piece.since <= max(p.until for p in chains[-1]) + _HANDOVER:
            chains[-1].append(piece)
        else:
            chains.append([piece])
    for chain in chains:
        since = min(p.surely_since for p in chain)
        until = max(p.surely_until for p in chain)
        if since < until:
            origins = {origin for p in chain for origin in p.origins.split("+")}
            yield since, until, origins, len(chain)


def _overlaps(tenures: list[Tenure], single: bool) -> list[tuple[date, date]]:
    """Times in which two full holders stand side by side.

    Of a ministry, two trusted rows may do so (a date known to the month); of other offices it
    means that several people hold them.
    """
    full = [t for t in tenures if t.since and not t.acting]
    found = []
    for i, one in enumerate(full):
        for other in full[i + 1 :]:
            if one.person == other.person or (single and one.trusted and other.trusted):
                continue
            start = max(earliest(one.since), earliest(other.since))
            ends = [
                latest(t.until or t.known_until) if t.until or t.known_until else start
                for t in (one, other)
            ]
            if min(ends) - start > _OVERLAP:
                found.append((start, min(ends)))
    return found


def read_known(path: Path) -> list[Period]:
    """The periods that were written by hand, with their reason."""
    if not path.exists():
        return []
    periods = []
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            row = Row(origin="known", country=line["country"], title=line["office"], person="")
            for office in office_ids(row):
                periods.append(
                    Period(
                        office=office,
                        since=earliest(line["complete_from"]),
                        until=latest(line["complete_until"]),
                        because=f"written by hand: {line['note'] or 'every holder known'}",
                    )
                )
    return periods


def _gaps(periods: list[Period]) -> Iterable[Period]:
    """What lies between two periods written by hand was left out on purpose."""
    day = timedelta(days=1)
    for one, other in pairwise(periods):
        if one.office == other.office and other.since - one.until > _HANDOVER:
            since, until = one.until + day, other.since - day
            yield Period(office=one.office, since=since, until=until, because="left out by hand")


def read_incomplete(path: Path) -> list[Period]:
    """Times that no rule may call complete, with their reason."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Period(
                office=line["office"],
                since=earliest(line["since"]),
                until=latest(line["until"]),
                because=line["because"],
            )
            for line in csv.DictReader(file)
        ]


def _union(periods: Iterable[Period]) -> list[Period]:
    """Join periods of one office that touch; the reasons of both are kept."""
    joined: list[Period] = []
    for period in sorted(periods):
        last = joined[-1] if joined else None
        if last and last.office == period.office and period.since <= last.until:
            reasons = dict.fromkeys((*last.because.split("; "), period.because))
            joined[-1] = Period(
                office=last.office,
                since=last.since,
                until=max(last.until, period.until),
                because="; ".join(reasons),
            )
        else:
            joined.append(period)
    return joined


def _subtract(periods: Iterable[Period], cut: Iterable[Period]) -> list[Period]:
    left = list(periods)
    for hole in cut:
        left = [rest for period in left for rest in _without(period, hole)]
    return left


def _without(period: Period, hole: Period) -> Iterable[Period]:
    if period.office != hole.office or hole.until < period.since or period.until < hole.since:
        yield period
        return
    day = timedelta(days=1)
    for since, until in ((period.since, hole.since - day), (hole.until + day, period.until)):
        if since < until:
            yield Period(office=period.office, since=since, until=until, because=period.because)
