"""Event: a reported event with all its tellings, what stands against what, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from tocsin.errors import NotThereError
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.shown import spelled, words_for
from tocsin.publish.desk import links
from tocsin.publish.desk.frame import desk_of, render
from tocsin.publish.desk.judging import judge_of
from tocsin.publish.desk.pages.record import Link
from tocsin.publish.desk.pages.said import Prints, findings_said
from tocsin.publish.wording import interval_words
from tocsin.records import Actor, ReportedEvent, Telling
from tocsin.store.kinds.events import FoundEvent
from tocsin.store.kinds.printed import Print, with_country
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
    prints: Prints = {each.text_id: _printed(found, each) for each in event.tellings}
    context = {
        "title": _title(event),
        "event": event,
        "told": found.told,
        "groups": _groups(event.tellings[:_MOST]),
        "prints": prints,
        "more": max(len(event.tellings) - _MOST, 0),
        "facts": list(_facts(event)),
        "grade": code_of(event.grade),
        "findings": findings_said(findings, prints),
        "pairs": list(_pairs(event)),
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


def _facts(event: ReportedEvent) -> Iterator[tuple[str, str]]:
    """Yield what is known of the event, with what it is called."""
    yield "who", _named(event.actors) or "not named"
    if event.recipients:
        yield "to whom", _named(event.recipients)
    kind = f"{event.type} / {event.mode}" if event.mode else event.type
    score = f"score {event.score:+.1f}" if event.score else "score 0"
    yield "act", f"{kind}: {words_for('quad', event.quad)}, {score}"
    if event.contexts:
        yield "contexts", ", ".join(event.contexts)
    if event.day or event.until:
        yield "when", interval_words(event.day, event.until)
    else:
        yield "when", "no telling says on which day"
    yield "where", with_country(event.place) or "no telling says where"
    others = [spelled(each) for each in event.statuses if each is not event.status]
    beside = f"; also {', '.join(others)}" if others else ""
    yield "status", f"{spelled(event.status)}, the firmest that any report gives it{beside}"
    yield "confidence", f"{event.confidence:.0%} that careful reading marks this act in its words"


def _named(actors: Iterable[Actor]) -> str:
    return "; ".join(
        dict.fromkeys(f"{with_country(a)}{f', {a.office}' if a.office else ''}" for a in actors)
    )


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


def _pairs(event: ReportedEvent) -> Iterator[Link]:
    """Yield the ways to what the countries of the actors do to those of the recipients."""
    actors, recipients = (
        dict.fromkeys(each.country for each in parties if each.country)
        for parties in (event.actors, event.recipients)
    )
    for actor, recipient in product(actors, recipients):
        yield Link(f"{actor} → {recipient}", links.to_pair(actor, recipient))
