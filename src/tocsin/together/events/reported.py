"""One event as all articles together report it, made of its tellings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tocsin.keys import reported_key
from tocsin.records import FIRMEST_FIRST, Actor, Grade, ReportedEvent, Telling
from tocsin.together.events.corroboration import DENIED, Gathered
from tocsin.together.events.same_event import NOT_HAPPENED, names_country
from tocsin.together.events.voices import Voices


def make_reported_event(
    gathered: Gathered, voices: Voices, grade: Grade, *, contradicted: bool
) -> ReportedEvent:
    """Return the event that `gathered` tell."""
    voiced = zip(gathered.tellings, voices.numbers, strict=True)
    tellings = tuple(replace(telling, voice=number) for telling, number in voiced)
    events = [telling.event for telling in sorted(tellings, key=_firmest_first)]
    firmest = events[0]
    modes = Counter(event.mode for event in events if event.mode)
    day, until = find_days(tellings)
    places = [event.place for event in events if event.place]
    towns = [place for place in places if not names_country(place.name, place.country)]
    return ReportedEvent(
        id=reported_key(gathered.events[0]),
        type=firmest.type,
        mode=min(modes, key=lambda mode: (-modes[mode], mode), default=None),
        quad=firmest.quad,
        score=firmest.score,
        confidence=max(event.confidence for event in events),
        contexts=tuple(sorted({each for event in events for each in event.contexts})),
        actors=_fullest([event.actors for event in events]),
        recipients=_fullest([event.recipients for event in events]),
        day=day,
        until=until,
        place=next(iter((*towns, *places)), None),  # a town before a country before none
        status=firmest.status,
        statuses=tuple(sorted({event.status for event in events}, key=FIRMEST_FIRST.index)),
        articles=len({article for telling in tellings for article in telling.articles}),
        reports=len(tellings),
        independent=voices.independent,
        contradicted=contradicted,
        grade=grade,
        tellings=tellings,
    )


def find_days(tellings: Sequence[Telling]) -> tuple[date | None, date | None]:
    """Return the days between which the event was, as far as the words of all tellings narrow it.

    Where no words name a day there is none; what has happened was, when it was first published.
    """
    placed = [t.event.date for t in tellings if t.event.date]
    starts = [each.earliest for each in placed if each.earliest]
    ends = [each.latest for each in placed if each.latest]
    if not starts and not ends:
        happened = (each for each in tellings if each.event.status not in NOT_HAPPENED)
        return None, min((t.published for t in happened if t.published), default=None)
    return max(starts, default=None), min(ends, default=None)


def day_of(event: ReportedEvent) -> date | None:
    """Return the first day the event can have been on, else the last, else the earliest telling's.

    What has one day for an event cannot say that it is not known better.
    """
    told = (each.published for each in event.tellings if each.published)
    return event.day or event.until or min(told, default=None)


def _firmest_first(telling: Telling) -> tuple[object, ...]:
    event = telling.event
    known = (bool(event.place), bool(event.recipients), bool(event.mode), bool(event.date))
    return (
        event.status.is_background,
        event.status in DENIED,
        FIRMEST_FIRST.index(event.status),
        -sum(known),
        telling.published or date.max,
        event.id,
    )


def _fullest(parties: Sequence[tuple[Actor, ...]]) -> tuple[Actor, ...]:
    """Return the list that says of most parties who they are; of two, the firmer telling's."""

    def known(each: tuple[Actor, ...]) -> int:
        return sum(party.country is not None or party.reference is not None for party in each)

    return max(parties, key=lambda each: (known(each), bool(each)))
