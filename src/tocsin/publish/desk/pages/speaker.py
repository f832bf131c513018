"""A speaker: who it is, what it says over time, the offices it is given and what the checks say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, pairwise
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from tocsin.checks.wording import name_office, name_party
from tocsin.errors import NotThereError
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk.frame import desk_of, render
from tocsin.publish.desk.pages.claims import MOST_DRAWN, claim_rows, days_claimed, name_claimed
from tocsin.publish.desk.pages.timeline import days_of, scale_of, tenure_row
from tocsin.publish.wording import stance_words
from tocsin.records import Stance, Verdict
from tocsin.reference.offices import Reference
from tocsin.reference.tenures import Tenure
from tocsin.store.asked import read_stance
from tocsin.store.kinds.offices import FoundClaim
from tocsin.store.kinds.speakers import FoundSpeaker
from tocsin.store.spoken import Spoken

router = APIRouter(include_in_schema=False)

#: Statements of one page; quotations and findings that are shown of all.
_PAGE, _QUOTATIONS, _FINDINGS = 25, 8, 12

#: Days of a bar, the first with which there are not too many bars; and fewer are not drawn.
_STEPS, _MOST_BARS, _FEWEST_BARS = (7, 28, 364), 120, 13

#: Holders of a claimed office are shown if they held it so near the days that claims speak of.
_NEAR = timedelta(days=366)

#: Verdicts that are shown one by one; of the others it is enough how many there are.
_TOLD = (Verdict.CONTRADICTED, Verdict.UNSURE)


@dataclass(frozen=True, slots=True)
class Column:
    """One bar of the chart: its days, and how many statements, of all and of the stance chosen."""

    first: date
    last: date
    all: int
    chosen: int


@router.get("/speakers/{key:path}")
def show(
    request: Request, key: str, stance: str | None = None, after: str | None = None
) -> HTMLResponse:
    """Return the page of a speaker; statements of one `stance`, behind the cursor `after`."""
    desk = desk_of(request)
    chosen = read_stance("stance", stance) if stance else ""
    with desk.asking() as store:
        speaker = store.speakers(key=key).first()
        if speaker is None:
            raise refusal(NotThereError, "no_such_speaker", key)
        said = store.statements(speaker_key=key, stance=chosen or None, limit=_PAGE, after=after)
        page, quotations = said.page(), list(store.quotations(speaker_key=key, limit=_QUOTATIONS))
        spoken = store.spoken(key, claims=MOST_DRAWN, findings=_FINDINGS)
        found = [each for each in spoken.findings if each.finding.verdict in _TOLD]
        prints = store.prints(side.text_id for each in found for side in each.finding.sides)
    context = {
        "title": speaker.name,
        "speaker": speaker,
        "country": speaker.country and name_party(speaker.country),
        "person": speaker.reference and desk.reference.person(speaker.reference),
        "stance": chosen,
        "spoken": spoken,
        "columns": columns_of(spoken, chosen),
        "statements": page.records,
        "next": page.cursor,
        "after": after,
        "quotations": quotations,
        "findings": found,
        "prints": prints,
        "stance_words": lambda each: stance_words(Stance(each)),
        **_offices(desk.reference, speaker, spoken.claims),
    }
    return render(request, "speaker.html.jinja", context)


# --------------------------------------------------------------------------- over time


def columns_of(spoken: Spoken, stance: str) -> list[Column]:
    """Return the bars of the chart; each is a week, or more where there would be too many."""
    if not spoken.by_day:
        return []
    last = spoken.by_day[-1][0]
    first = min(spoken.by_day[0][0], last - timedelta(weeks=_FEWEST_BARS - 1))
    first -= timedelta(days=first.weekday())
    days = (last - first).days + 1
    step = next((s for s in _STEPS if days <= s * _MOST_BARS), _STEPS[-1])
    starts = [first + timedelta(days=at) for at in range(0, days + step, step)]
    total, chosen = [0] * len(starts), [0] * len(starts)
    for day, each, number in spoken.by_day:
        at = (day - first).days // step
        total[at] += number
        chosen[at] += number * (each == stance)
    return [
        Column(start, end - timedelta(days=1), total[at], chosen[at])
        for at, (start, end) in enumerate(pairwise(starts))
    ]


# --------------------------------------------------------------------------- offices


def _offices(
    reference: Reference, speaker: FoundSpeaker, claims: Sequence[FoundClaim]
) -> dict[str, Any]:
    """Return the time line: offices given by articles, those on record, and others who held them.

    All are drawn on one scale, which is None where there is nothing to draw.
    """
    own = reference.tenures_of(speaker.reference) if speaker.reference else ()
    others = {office: _others(reference, office, claims, own) for office in _claimed(claims)}
    days = [*days_of([*own, *chain(*others.values())]), *days_claimed(claims)]
    scale = scale_of(days) if days else None
    if scale is None:
        return {"scale": None}
    return {
        "scale": scale,
        "given": claim_rows(claims, lambda each: name_claimed(reference, each), scale),
        "own": [tenure_row(reference, each, scale, of_person=True) for each in reversed(own)],
        "others": [
            (
                name_office(reference, office),
                [tenure_row(reference, each, scale, of_person=False) for each in reversed(held)],
            )
            for office, held in others.items()
        ],
    }


def _claimed(claims: Iterable[FoundClaim]) -> list[str]:
    """Return the ids of the offices that a claim means without doubt."""
    return sorted({each.claim.offices[0] for each in claims if len(each.claim.offices) == 1})


def _others(
    reference: Reference, office: str, claims: Sequence[FoundClaim], own: Sequence[Tenure]
) -> list[Tenure]:
    """Return who else held an office about the days that claims speak of, earliest first."""
    days = days_claimed(each for each in claims if each.claim.offices == (office,))
    if not days:
        return []
    last = reference.last_seen(office, days[-1])
    near = [
        each
        for each in reference.tenures(office)
        if each.first_day <= days[-1] + _NEAR and days[0] - _NEAR <= each.last_day
    ]
    return [each for each in dict.fromkeys((*last, *near)) if each not in own]
