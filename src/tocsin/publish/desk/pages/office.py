"""Offices and persons of the reference: who held what when, who says so, what articles say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from tocsin.checks.wording import name_office
from tocsin.errors import NotThereError
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk import links
from tocsin.publish.desk.frame import desk_of, render
from tocsin.publish.desk.pages.claims import MOST_DRAWN, claim_rows, days_claimed
from tocsin.publish.desk.pages.timeline import Row, Scale, bar, days_of, scale_of, tenure_row
from tocsin.publish.lookups import completeness_words, require_short, time_words
from tocsin.publish.wording import interval_words
from tocsin.reference.offices import OfficeMatch, Reference
from tocsin.reference.tenures import Period, Tenure, gaps_of
from tocsin.store.asked import read_day
from tocsin.store.handle import Store
from tocsin.store.kinds.offices import FoundClaim

router = APIRouter(include_in_schema=False)

#: What may be meant and is shown; claims of one page.
_MOST_FOUND, _PAGE = 40, 25

#: Days without a holder on record that are worth a row: a new one often begins days later.
_LONG = 14


@router.get("/office", name="office")
def find(request: Request, q: str = "", on: str = "") -> HTMLResponse:
    """Return the offices and persons that words can mean; of offices who held them `on` a day."""
    require_short("q", q)
    day = read_day("on", on) if on.strip() else None
    reference = desk_of(request).reference
    context = {
        "title": "Look up an office or a person",
        "asked": {"q": q, "on": on},
        "day": day,
        "offices": _find_offices(reference, q, day)[:_MOST_FOUND] if q.strip() else (),
        "people": reference.find_person(q)[:_MOST_FOUND] if q.strip() else (),
        "name_office": lambda office: name_office(reference, office),
        "time_words": time_words,
        "completeness_words": completeness_words,
    }
    return render(request, "look_up.html.jinja", context)


def _find_offices(reference: Reference, words: str, day: date | None) -> Sequence[OfficeMatch]:
    """Return the offices that words can mean; countries are known by capitals, which few type."""
    return reference.find_office(words, day) or reference.find_office(words.title(), day)


@router.get("/office/{key}")
def show_office(request: Request, key: str, after: str | None = None) -> HTMLResponse:
    """Return the page of an office: its holders on record, and what articles say of it."""
    reference = desk_of(request).reference
    office = reference.office(key)
    if office is None:
        raise refusal(NotThereError, "no_such_office", key)
    with desk_of(request).asking() as store:
        drawn, claims, cursor = _claims(store, key, after)
    tenures = reference.tenures(key)
    days = [*days_of(tenures), *days_claimed(drawn)]
    scale = scale_of(days) if days else None
    context = {
        "title": name_office(reference, key),
        "key": key,
        "office": office,
        "scale": scale,
        "said": claim_rows(drawn, _called, scale) if scale else [],
        "held": [*_holders(reference, tenures, key, scale)] if scale else [],
        "claims": claims,
        "next": cursor,
        "after": after,
    }
    return render(request, "office.html.jinja", context)


@router.get("/person/{key}")
def show_person(request: Request, key: str) -> HTMLResponse:
    """Return the page of a person of the reference: the offices held, the speaker in the store."""
    reference = desk_of(request).reference
    person = reference.person(key)
    if person is None:
        raise refusal(NotThereError, "no_such_person", key)
    with desk_of(request).asking() as store:
        speaker = store.speakers(key=f"ref:{key}").first()
    tenures = reference.tenures_of(key)
    scale = scale_of(days_of(tenures)) if tenures else None
    rows = [tenure_row(reference, each, scale, of_person=True) for each in tenures] if scale else []
    context = {
        "title": person.name,
        "person": person,
        "scale": scale,
        "held": rows[::-1],
        "speaker": speaker,
    }
    return render(request, "person.html.jinja", context)


# --------------------------------------------------------------------------- an office


def _claims(
    store: Store, office: str, after: str | None
) -> tuple[list[FoundClaim], list[FoundClaim], str | None]:
    """Return the claims to draw, and those of a page with the cursor behind it.

    Where no claim has the id, the filter looks for it as words; what that finds is left out.
    """
    drawn = list(store.offices(office=office, limit=MOST_DRAWN))
    if not any(office in each.claim.offices for each in drawn):
        return [], [], None
    page = store.offices(office=office, limit=_PAGE, after=after).page()
    return drawn, list(page.records), page.cursor


def _called(found: FoundClaim) -> tuple[str, str | None]:
    """Return who is given the office by a claim, and the claims about that name."""
    name = found.claim.name
    if name is None:
        return "nobody named", None
    return name, links.to_kind("offices", name=name, office=found.claim.offices[0])


def _holders(
    reference: Reference, tenures: Sequence[Tenure], key: str, scale: Scale
) -> Iterator[Row]:
    """Yield holders and gaps, the latest first, and below them how far the list is complete."""
    periods = reference.periods(key)
    rows = [(t.first_day, tenure_row(reference, t, scale, of_person=False)) for t in tenures]
    rows += [
        (since, _gap(since, until, periods, scale))
        for since, until in gaps_of(tenures)
        if (until - since).days >= _LONG
    ]
    yield from (row for _, row in sorted(rows, key=lambda each: each[0], reverse=True))
    if periods:
        yield _complete(periods, scale)


def _complete(periods: Sequence[Period], scale: Scale) -> Row:
    several = f", in {len(periods)} periods" if len(periods) > 1 else ""
    return Row(
        label="Every holder is listed",
        when=interval_words(periods[0].since, periods[-1].until) + several,
        note="Outside of these days there may have been others.",
        tone="complete",
        bars=tuple(bar(scale, each.since, each.until, "complete") for each in periods),
    )


def _gap(since: date, until: date, periods: Sequence[Period], scale: Scale) -> Row:
    listed = any(each.since <= since and until <= each.until for each in periods)
    return Row(
        label="Nobody held it" if listed else "Nobody is on record",
        when=interval_words(since, until),
        note="" if listed else "which says nothing about who held it",
        tone="gap",
        bars=(bar(scale, since, until, "gap"),),
    )
