"""Event: a reported event with all its tellings, what stands against what, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from tocsin.errors import NotThereError
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk import links
from tocsin.publish.desk.frame import desk_of, render
from tocsin.publish.desk.judging import judge_of
from tocsin.records import Actor, ReportedEvent, Telling
from tocsin.store.kinds.events import FoundEvent
from tocsin.store.kinds.printed import Print
from tocsin.together.events.corroboration import DENIED, HAPPENED
from tocsin.together.events.grades import code_of

router = APIRouter(include_in_schema=False)

#: Tellings that are shown, the earliest; a list has all of them.
_MOST = 200


@router.get("/events/{key}")
def show(request: Request, key: str) -> Response:
    """Return the page of a reported event; an id of former days leads to what it is now."""
    with desk_of(request).asking() as store:
        now = store.now("event", key)
        found = store.event(now)
        if found is None:
            raise refusal(NotThereError, "no_such_event", key)
        if now != key:
            return RedirectResponse(links.to_event(now))
        findings = store.findings_about(found.event)
        said = list(store.judgements(record=found.event.id))
    event = found.event
    prints = {each.text_id: _printed(found, each) for each in event.tellings}
    context = {
        "title": _title(event),
        "event": event,
        "told": found.told,
        "groups": _groups(event.tellings[:_MOST]),
        "prints": prints,
        "more": max(len(event.tellings) - _MOST, 0),
        "grade": code_of(event.grade),
        "findings": findings,
        "pairs": _pairs(event),
        "said": said,
        "judge": judge_of(request),
    }
    return render(request, "event.html.jinja", context)


def _title(event: ReportedEvent) -> str:
    """Return who did what to whom, in short."""
    sides = [_parties(event.actors), *([_parties(event.recipients)] if event.recipients else [])]
    return f"{' → '.join(sides)}: {event.type.lower()}"


def _parties(actors: Iterable[Actor]) -> str:
    return ", ".join(dict.fromkeys(actor.name for actor in actors)) or "(not named)"


def _groups(tellings: Iterable[Telling]) -> list[tuple[str, list[Telling]]]:
    """Return the tellings by what they say of whether it happened, each group with its title."""
    told = list(tellings)
    happened = [each for each in told if each.event.status in HAPPENED]
    denied = [each for each in told if each.event.status in DENIED]
    rest = [each for each in told if each not in happened and each not in denied]
    named = (
        ("Told as having happened", happened),
        ("Denied", denied),
        ("Told otherwise: recalled, planned, feared or unconfirmed", rest),
    )
    return [(title, group) for title, group in named if group]


def _printed(found: FoundEvent, telling: Telling) -> tuple[Print, ...]:
    return tuple(found.named[each] for each in telling.articles if each in found.named)


def _pairs(event: ReportedEvent) -> list[tuple[str, str]]:
    """Return the countries of those who did it, each with those of whom it was done to."""
    actors, recipients = (
        dict.fromkeys(each.country for each in parties if each.country)
        for parties in (event.actors, event.recipients)
    )
    return list(product(actors, recipients))
