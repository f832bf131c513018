"""`dating`: on which days can all office claims of an article be true together?

Each claim allows a set of days: those on which somebody of that name held the office, and, where
nobody of that name is on record, those on which the list of holders is not complete.  The article
can only have been true on the days that all its claims allow.  If there are none, the smallest set
of claims that exclude each other is named; if there are, but the article's day is none of them, it
is the day that is in doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from itertools import combinations

from tocsin.checks.office_questions import GRACE
from tocsin.checks.wording import as_evidence, name_day, name_office, name_origin, name_tenure
from tocsin.lexicons.words import number_words
from tocsin.records import Article, Dating, Evidence, Finding, Modifier, OfficeClaim, Verdict
from tocsin.reference.offices import Reference
from tocsin.reference.standing import may_mean
from tocsin.reference.tenures import Period, Tenure

#: Half-open intervals of days would need a day after the last; these include both ends.
Days = tuple[tuple[date, date], ...]

_ONE_DAY = timedelta(days=1)
#: How long before a known tenure the same person may have held the office unrecorded.
_CAREER = timedelta(days=15 * 366)
#: Larger sets of conflicting claims are narrowed down instead of searched for.
_LARGEST_SEARCHED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Allowed:
    """The days that one claim allows, and the facts behind them.

    `recorded` are the days on which the reference has the person in office, `days` also those on
    which it may have missed that: the first say when an article is true, only the second when
    it cannot be.
    """

    claim: OfficeClaim
    recorded: Days
    days: Days
    tenures: tuple[Tenure, ...]
    sentence: str


def check_dating(
    claims: Sequence[OfficeClaim], reference: Reference, told: Collection[str | None] = ()
) -> tuple[Dating | None, list[Finding]]:
    """Return the window of days in which all claims hold, and a finding if there is none.

    Only claims to hold an office at present count, by name, with the country in the title itself.
    The window ends on the last day that the reference covers.  None if no claim can be placed.
    The finding is of officials who held their offices at different times; `told` are the ids of
    the claims that were contradicted one by one, which needs no telling again.
    """
    last = reference.as_of
    placed = _placed(claims, reference)
    if not placed:
        return None, []
    everywhere: Days = ((date.min, last),)
    recorded = reduce(_intersect, (each.recorded for each in placed), everywhere)
    if days := recorded or _common(placed, everywhere):
        return _window(days, placed, last), []
    conflict = _smallest_conflict(placed, everywhere)
    # A name that is on no list of that office belongs to the explanation, in the set or not.
    strangers = [each for each in placed if not each.tenures and each not in conflict]
    sentences = tuple(each.sentence for each in [*conflict, *strangers])
    ids = tuple(each.claim.id for each in conflict)
    dating = Dating(earliest=None, latest=None, because=sentences, conflict=ids)
    new = all(each.tenures and each.claim.id not in told for each in conflict)
    return dating, [_finding(conflict, reference)] if new else []


def check_day(
    claims: Sequence[OfficeClaim], article: Article, reference: Reference
) -> Iterator[Finding]:
    """Yield the finding that the article's day is not its own, where its officials say so.

    They all held office together on other days, but not on that: two of them at least, and half
    of all.  One alone is as likely to be the wrong person.
    """
    day, last = article.published, reference.as_of
    placed = [each for each in _placed(claims, reference) if each.tenures]
    everywhere: Days = ((date.min, last),)
    window = reduce(_intersect, (each.recorded for each in placed), everywhere)
    if day is None or not window:
        return
    judged = min(day, last)  # who was in office on the last day that is known may be so still
    away = {each.claim.name for each in placed if _distance(judged, each.recorded) > GRACE}
    people = len({each.claim.name for each in placed})
    if len(away) < 2 or 2 * len(away) < people or not _distance(judged, window):
        return
    since, until = min(window, key=lambda days: _distance(judged, (days,)))
    together = f"between {name_day(since)} and {name_day(until)}"
    together = f"from {name_day(since)} on" if until >= last else together
    number = next((w for w, n in number_words("number").items() if n == people), str(people))
    yield Finding(
        check="dating",
        verdict=Verdict.UNSURE,
        sentence=f"The {number} officials named held office together {together}; the page's day, "
        f"{name_day(day)}, is probably not its own.",
        compared={"on": day.isoformat(), "claims": [each.claim.id for each in placed]},
        evidence=_evidence(placed, reference),
    )


def _distance(day: date, days: Days) -> int:
    """Return how far `day` is from the nearest of `days`; 0 if it is among them."""
    return min(max((start - day).days, (day - end).days, 0) for start, end in days)


def _placed(claims: Sequence[OfficeClaim], reference: Reference) -> list[_Allowed]:
    allowed = (_allowed(claim, reference, reference.as_of) for claim in _usable(claims))
    return [each for each in allowed if each is not None]


def _evidence(told: Iterable[_Allowed], reference: Reference) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(as_evidence(reference, t) for each in told for t in each.tenures))


def _usable(claims: Sequence[OfficeClaim]) -> list[OfficeClaim]:
    """Return one claim for each person and office that says who holds it now, and of what."""
    usable: dict[tuple[str | None, tuple[str, ...]], OfficeClaim] = {}
    for claim in claims:
        present = all(m is Modifier.DEPUTY for m in claim.modifiers)
        sure = claim.absence is None and claim.country_because is None and claim.offices
        known = any(
            offices == claim.offices and (name or "").endswith(f" {claim.name}")
            for name, offices in usable
        )
        if claim.name and present and sure and claim.day is None and not known:
            usable.setdefault((claim.name, claim.offices), claim)
    # Where an article gives one office to two people, it tells of two times.
    holders = Counter(offices for _, offices in usable)
    return [claim for claim in usable.values() if holders[claim.offices] == 1]


def _allowed(claim: OfficeClaim, reference: Reference, last: date) -> _Allowed | None:
    """Return the days that `claim` allows; None where the reference has nothing to say."""
    recorded: list[tuple[date, date]] = []
    missed: list[tuple[date, date]] = []
    tenures: list[Tenure] = []
    for office in claim.offices:
        if reference.office(office) is None:
            return None
        own = [t for t in reference.tenures(office) if may_mean(claim.name or "", t)]
        tenures += own
        recorded += [(t.first_day, _last_day(t, reference, last)) for t in own]
        if own:
            gaps = _gaps(reference.periods(office), last)
            missed += _intersect(tuple(gaps), (_career(own),))
    if tenures:
        told = "; ".join(name_tenure(reference, t) for t in tenures)
        return _Allowed(
            claim=claim,
            recorded=_union(recorded),
            days=_union([*recorded, *missed]),
            tenures=tuple(tenures),
            sentence=f"{told} ({name_origin(tenures[-1])}).",
        )
    return _allowed_unknown(claim, reference, last)


def _allowed_unknown(claim: OfficeClaim, reference: Reference, last: date) -> _Allowed | None:
    """Return the days on which somebody who is not on record can have held the office."""
    periods = {office: reference.periods(office) for office in claim.offices}
    if not all(periods.values()):
        return None
    days = _union([gap for each in periods.values() for gap in _gaps(each, last)])
    spans = "; ".join(
        f"No {claim.name} was {name_office(reference, office)} between "
        + " or between ".join(f"{name_day(p.since)} and {name_day(p.until)}" for p in each)
        for office, each in periods.items()
    )
    return _Allowed(claim=claim, recorded=days, days=days, tenures=(), sentence=f"{spans}.")


def _career(own: Sequence[Tenure]) -> tuple[date, date]:
    """Return the days before the known tenures on which there may have been one unrecorded."""
    first = max(own[0].first_day, date.min + _CAREER)
    return first - _CAREER, first


def _last_day(tenure: Tenure, reference: Reference, last: date) -> date:
    """Return the last day of the tenure; an open end lasts until a complete list shows another."""
    if tenure.until is not None:
        return tenure.last_day
    later = [
        t.first_day - _ONE_DAY
        for t in reference.tenures(tenure.office)
        if t.first_day > tenure.last_day and reference.complete(tenure.office, t.first_day)
    ]
    return min([*later, max(last, tenure.last_day)])


# --------------------------------------------------------------------------- sets of days


def _union(days: list[tuple[date, date]]) -> Days:
    merged: list[tuple[date, date]] = []
    for start, end in sorted(days):
        if merged and (merged[-1][1] == date.max or start <= merged[-1][1] + _ONE_DAY):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _intersect(a: Days, b: Days) -> Days:
    shared = [(max(s, t), min(e, f)) for s, e in a for t, f in b]
    return tuple((start, end) for start, end in shared if start <= end)


def _gaps(periods: Sequence[Period], last: date) -> list[tuple[date, date]]:
    """Return the days up to `last` that lie in none of `periods`."""
    gaps, start = [], date.min
    for period in sorted(periods, key=lambda p: p.since):
        if period.since > start:
            gaps.append((start, period.since - _ONE_DAY))
        start = max(start, period.until + _ONE_DAY)
    return [*gaps, (start, last)] if start <= last else gaps


def _common(allowed: Iterable[_Allowed], everywhere: Days) -> Days:
    return reduce(_intersect, (each.days for each in allowed), everywhere)


# --------------------------------------------------------------------------- what is said of it


def _window(days: Days, placed: list[_Allowed], last: date) -> Dating:
    """Return the window, with the facts of the claims that set its ends."""
    earliest, latest = days[0][0], days[-1][1]
    deciding = [
        each
        for each in placed
        if any(start == earliest for start, _ in each.recorded)
        or any(end == latest for _, end in each.recorded)
    ]
    because = [each.sentence for each in deciding]
    if latest == last:
        because.append(f"The reference reaches to {name_day(last)}.")
    return Dating(
        earliest=None if earliest == date.min else earliest,
        latest=latest,
        because=tuple(dict.fromkeys(because)),
    )


def _smallest_conflict(placed: list[_Allowed], everywhere: Days) -> list[_Allowed]:
    """Return the smallest set of claims that allow no common day."""
    for size in range(1, min(_LARGEST_SEARCHED, len(placed)) + 1):
        for chosen in combinations(placed, size):
            if not _common(chosen, everywhere):
                return list(chosen)
    kept = list(placed)
    for each in placed:
        rest = [other for other in kept if other is not each]
        if rest and not _common(rest, everywhere):
            kept = rest
    return kept


def _finding(conflict: list[_Allowed], reference: Reference) -> Finding:
    facts = " ".join(each.sentence for each in conflict)
    names = " and ".join(f"{each.claim.name} as {each.claim.office}" for each in conflict)
    start = f"There is no day on which the article can name {names}"
    return Finding(
        check="dating",
        verdict=Verdict.CONTRADICTED,
        sentence=f"{start}. {facts}",
        about=conflict[0].claim.id if len(conflict) == 1 else None,
        words=conflict[0].claim.words if len(conflict) == 1 else None,
        compared={"conflict": [each.claim.id for each in conflict]},
        evidence=_evidence(conflict, reference),
    )
