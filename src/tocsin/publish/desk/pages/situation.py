"""The situation: the first page, what is going on and what is new."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse

from tocsin.publish.brief.items import item_of_record
from tocsin.publish.desk.frame import desk_of, render
from tocsin.publish.desk.pages.told import addresses_of, read_references, tell_alarm
from tocsin.publish.view import Item
from tocsin.records import Verdict
from tocsin.store import kinds
from tocsin.store.arrivals import Run, last_bringing, last_run, run_of
from tocsin.store.asked import Check
from tocsin.store.handle import Store
from tocsin.store.situation import count_new, read_new_deeds
from tocsin.watch.alarms import Alarm
from tocsin.watch.brief.choice import choose_main
from tocsin.watch.brief.records import Course, Reference
from tocsin.watch.course import BEFORE, read_course
from tocsin.watch.situation import OverTime

router = APIRouter(include_in_schema=False)

#: What of each sort there is room for.
_ALARMS, _NEW, _DOUBTS = 6, 4, 4
#: News are counted up to here, of the newest the weightiest are chosen; findings that are looked at
#: for some that do not say the same.
_COUNTED, _LOOKED_AT = 1_000, 60
#: A cookie is kept for a year.
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What came since the visitor last pressed "seen"; without that, with the last run."""

    after: Run | None  #: the last run that was seen; None: nothing was marked as seen
    first: int  #: the number of the run behind which all is new
    now: Run  #: the last run there is: what "seen" marks
    brought: Run  #: the last run that brought articles
    counts: dict[str, int]  #: articles, events, findings; up to one more than `most`
    main: list[Reference]
    most: int = _COUNTED


@dataclass(frozen=True, slots=True)
class Ringing:
    """An alarm as the page shows it."""

    alarm: Alarm
    course: Course

    @property
    def item(self) -> Item:
        """What is told of it."""
        return tell_alarm(self.alarm)


@router.get("/", name="situation")
def show(request: Request) -> HTMLResponse:
    """Return the first page."""
    desk = desk_of(request)
    seen, over_time = desk.over_time()
    with desk.asking() as store:
        news = _read_news(store, request.cookies.get(_cookie(request)))
        contradicted = _read_contradicted(store)
        impossible = _read_impossible(store)
        standing = _standing(store, over_time)
    told = [*standing["main"], *contradicted, *impossible, *(news.main if news else ())]
    context = {
        "title": "Situation",
        "seen": seen,
        "news": news,
        "contradicted": contradicted,
        "impossible": impossible,
        "item": item_of_record,
        **standing,
        **addresses_of(told, [each.alarm for each in standing["alarms"]]),
    }
    return render(request, "situation.html.jinja", context)


@router.get("/situation/alarms", name="situation_alarms")
def show_alarms(request: Request) -> HTMLResponse:
    """Return the alarms and main events alone: what follows where a large store takes longer."""
    desk = desk_of(request)
    seen, over_time = desk.over_time()
    with desk.asking() as store:
        standing = _standing(store, over_time)
    context = {
        "title": "Alarms and main events",
        "seen": seen,
        "item": item_of_record,
        **standing,
        **addresses_of(standing["main"], [each.alarm for each in standing["alarms"]]),
    }
    return render(request, "situation_alarms.html.jinja", context)


@router.post("/situation/seen", name="situation_seen")
def mark_seen(request: Request, run: int) -> RedirectResponse:
    """Note in a cookie that all up to a run was seen, and lead back to the first page."""
    back = RedirectResponse("/", status_code=303)
    back.set_cookie(_cookie(request), str(run), _YEAR, httponly=True, samesite="strict")
    return back


def _cookie(request: Request) -> str:
    """Return the name of the cookie of this store: desks on other ports share all cookies."""
    folder = str(desk_of(request).folder.resolve())
    return f"seen-{hashlib.sha256(folder.encode()).hexdigest()[:8]}"


def _standing(store: Store, over_time: OverTime | None) -> dict[str, Any]:
    """Return what the page shows of what was worked out of the whole store."""
    if over_time is None:
        return {"over_time": None, "alarms": [], "main": []}
    ringing = [over_time.told(each) for each in over_time.alarms[:_ALARMS]]
    return {
        "over_time": over_time,
        "alarms": [Ringing(each, _course_of(over_time, each)) for each in ringing],
        "main": read_references(store, kinds.EVENTS, over_time.main),
    }


def _course_of(over_time: OverTime, alarm: Alarm) -> Course:
    """Return the course of the pair from some weeks before the alarm up to now."""
    pair = alarm.actor, alarm.recipient
    return read_course(over_time.relations, pair, alarm.since - BEFORE, over_time.outcome.last)


def _read_contradicted(store: Store) -> list[Reference]:
    """Return the latest events on which articles contradict each other."""
    found = store.events(contradicted=True, limit=_DOUBTS)
    return read_references(store, kinds.EVENTS, [each.id for each in found])


def _read_impossible(store: Store) -> list[Reference]:
    """Return the latest claims that cannot be as told; those that say the same as one."""
    doubts = [
        each
        for check in Check
        if check is not Check.CONTRADICTION
        for each in store.findings(
            check=check, verdict=Verdict.CONTRADICTED, limit=_LOOKED_AT
        ).found()
    ]
    doubts.sort(key=lambda each: each.day or date.min, reverse=True)
    alike = Counter(each.finding.sentence for each in doubts)
    first = {each.finding.sentence: each.id for each in reversed(doubts)}
    ids = [first[sentence] for sentence in alike][:_DOUBTS]
    found = read_references(store, kinds.FINDINGS, ids)
    return [replace(each, alike=alike[each.words] - 1) for each in found]


def _read_news(store: Store, marked: str | None) -> News | None:
    """Return what is new; None where the store notes nothing of when things came."""
    connection = store.connection()
    now, brought = last_run(connection), last_bringing(connection)
    if now is None or brought is None:
        return None
    after = _read_mark(marked, now.number)
    first = brought.number - 1 if after is None else after
    deeds = read_new_deeds(connection, first, _COUNTED)
    return News(
        after=None if after is None else run_of(connection, after),
        first=first,
        now=now,
        brought=brought,
        counts=count_new(connection, first, _COUNTED + 1),
        main=read_references(store, kinds.EVENTS, choose_main(deeds, _NEW)),
    )


def _read_mark(marked: str | None, last: int) -> int | None:
    """Return the number of the run in a cookie, if it can be one of this store."""
    whole = marked is not None and marked.isascii() and marked.isdecimal() and len(marked) < 16
    return int(marked or 0) if whole and int(marked or 0) <= last else None
