"""Pairs: what one party does to another over time, and where that got worse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tocsin.checks.wording import name_pair
from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.publish.brief.items import sections_ahead
from tocsin.publish.desk import links
from tocsin.publish.desk.frame import desk_of, render
from tocsin.publish.desk.pages.cells import headings_of, rows_of
from tocsin.publish.desk.pages.told import addresses_of, tell_alarm
from tocsin.reference.countries import load_countries
from tocsin.store.asked import NO_STATES, Period, read_first_day, read_last_day, read_period
from tocsin.store.handle import Store
from tocsin.store.kinds import EVENTS
from tocsin.store.situation import read_between, read_found
from tocsin.watch.alarms import Alarm
from tocsin.watch.brief.ahead import look_both_ways
from tocsin.watch.course import Stretch, find_busiest, read_stretches
from tocsin.watch.lists import Entry, list_entries, types_of
from tocsin.watch.parties import SEVERAL, read_party
from tocsin.watch.situation import OverTime

router = APIRouter(include_in_schema=False)

Pair = tuple[str, str]

#: Pairs in a list; events and entries of lists of a pair, and events that these are made of.
_PAIRS, _EVENTS, _ENTRIES, _STEPS = 25, 12, 12, 300
#: Days that are shown unless asked otherwise, by what one bar of a chart stands for.
_SHOWN = {Period.DAY: 8 * 7, Period.WEEK: 26 * 7, Period.MONTH: 730}
#: More days are not drawn one by one.
_MOST_DAYS = 3 * 366


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Which days of a pair are looked at, and in what steps."""

    pair: Pair
    by: Period
    since: date
    until: date
    first: date  #: of all days that are watched
    last: date

    def address(self, **changed: object) -> str:
        """Return the address of this view with some of it changed."""
        asked = {"by": self.by, "since": self.since, "until": self.until} | changed
        return links.to_pair(*self.pair, **{name: str(value) for name, value in asked.items()})

    def moved(self, way: int) -> str | None:
        """Return the address of as many days before (-1) or after (1); None where none are."""
        step = way * (self.until - self.since + timedelta(1))
        since, until = max(self.since + step, self.first), min(self.until + step, self.last)
        return self.address(since=since, until=until) if since <= until else None


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch with the mark of the alarms on it: "rang", "rings" or none."""

    stretch: Stretch
    mark: str


@router.get(links.to_pairs(), name="pairs")
def show_pairs(request: Request, actor: str = "", recipient: str = "") -> Response:
    """Return the pairs that have most to do with each other, and those with alarms."""
    asked = [each.strip() for each in (actor, recipient)]
    seen, over_time = desk_of(request).over_time()
    parties = [_party(over_time, each) for each in asked if each]
    if len(parties) == len(asked):
        return RedirectResponse(links.to_pair(*parties), status_code=303)
    party = parties[0] if parties else None
    ringing = over_time.alarms if over_time else ()
    alarms = [each for each in ringing if party in (None, each.actor, each.recipient)]
    context = {
        "title": "Pairs",
        "seen": seen,
        "party": party,
        "parties": over_time.relations.parties if over_time else (),
        "busiest": find_busiest(over_time.relations, party, _PAIRS) if over_time else (),
        "alarms": alarms[:_PAIRS],
        "more": len(alarms) - _PAIRS,
    }
    return render(request, "pairs.html.jinja", context)


@router.get("/pairs/{actor}/{recipient}", name="pair")
def show_pair(
    request: Request,
    actor: str,
    recipient: str,
    by: str = "",
    since: str = "",
    until: str = "",
) -> HTMLResponse:
    """Return the page of a pair: its course in numbers, alarms and events."""
    desk = desk_of(request)
    seen, over_time = desk.over_time()
    pair = _party(over_time, actor), _party(over_time, recipient)
    context: dict[str, Any] = {
        "title": name_pair(*pair),
        "seen": seen,
        "pair": pair,
        "view": None,
        "brief": _brief_on(pair),
        "address": links.to_pair(*pair, by=by or None, since=since or None, until=until or None),
    }
    if over_time is not None:
        view = _view(over_time, pair, by, since, until)
        with desk.asking() as store:
            context |= _course(store, over_time, view)
    return render(request, "pair.html.jinja", context)


@router.get("/pairs/{actor}/{recipient}/ahead", name="ahead")
def show_ahead(request: Request, actor: str, recipient: str) -> HTMLResponse:
    """Return what goes on between a pair and what may come of it."""
    desk = desk_of(request)
    seen, over_time = desk.over_time()
    pair = _party(over_time, actor), _party(over_time, recipient)
    context: dict[str, Any] = {"title": "Ahead", "seen": seen, "pair": pair, "sections": []}
    if over_time is not None:
        with desk.asking() as store:
            entries = _lists_between(store, pair)
        outlooks, past = look_both_ways(over_time.relations, [pair], {*pair})
        context["sections"] = list(sections_ahead(entries, past, outlooks, {}))
        context |= addresses_of((), entries=entries)
    return render(request, "ahead.html.jinja", context)


def _party(over_time: OverTime | None, given: str) -> str:
    """Return the party that an address names: one that is there, or any that is known."""
    there = over_time is not None and given in over_time.relations.parties
    return given if there else read_party("party", given)


def _view(over_time: OverTime, pair: Pair, by: str, since: str, until: str) -> View:
    """Return the view that an address asks for, within the days that are watched.

    Raises:
        ValueNotUnderstood: there is no such period or day, the days run backwards, or are too many.
    """
    period = Period(read_period("by", by or Period.WEEK))
    first, last = over_time.outcome.first, over_time.outcome.last
    to = max(min(read_last_day("until", until), last), first) if until else last
    start = read_first_day("since", since) if since else to - timedelta(_SHOWN[period] - 1)
    if since and start > last:
        raise refusal(ValueNotUnderstood, "days_ended", since, last=last)
    if since and start > to:
        raise refusal(ValueNotUnderstood, "days_reversed", f"{since} to {to}")
    view = View(pair=pair, by=period, since=max(start, first), until=to, first=first, last=last)
    if period is Period.DAY and (view.until - view.since).days > _MOST_DAYS:
        raise refusal(ValueNotUnderstood, "too_many_days", f"{view.since} to {view.until}")
    return view


def _course(store: Store, over_time: OverTime, view: View) -> dict[str, Any]:
    """Return what the page shows of a pair in the days of `view`."""
    own = [each for each in over_time.alarms if (each.actor, each.recipient) == view.pair]
    alarms = [over_time.told(each) for each in own]
    stretches = read_stretches(over_time.relations, view.pair, view.by, view.since, view.until)
    days = {"since": str(view.since), "until": str(view.until)}
    sides = {"actor": view.pair[0], "recipient": view.pair[1]}
    events = store.events(**sides, **days, limit=_EVENTS)
    return {
        "view": view,
        "stretches": [Marked(each, _mark(each, alarms)) for each in stretches],
        "alarms": alarms,
        "alarm_item": tell_alarm,
        "headings": headings_of(EVENTS),
        "events": list(rows_of(EVENTS, events.found())),
        "all_events": links.to_kind("events", **sides, **days),
        **addresses_of((), alarms),
    }


def _brief_on(pair: Pair) -> str | None:
    """Return the address of a brief on the countries among a pair; None where there are none."""
    states = [each for each in dict.fromkeys(pair) if each in _filed()]
    return links.to_brief(",".join(states)) if states else None


def _mark(stretch: Stretch, alarms: Iterable[Alarm]) -> str:
    """Return how alarms stand in some days: they ring in these, or go on since before."""
    if any(stretch.first <= each.rang <= stretch.last for each in alarms):
        return "rang"
    ends = ((each.since, each.eased or each.until or date.max) for each in alarms)
    return "rings" if any(a <= stretch.last and stretch.first <= b for a, b in ends) else ""


def _lists_between(store: Store, pair: Pair) -> tuple[Entry, ...]:
    """Return the running lists of a pair, by its latest events."""
    connection, codes = store.connection(), {each for party in pair for each in _codes_of(party)}
    steps = read_between(connection, codes, types_of(), _STEPS)
    found = read_found(connection, EVENTS, steps)
    entries = list_entries(each.event for each in found.values())
    return tuple(e for e in entries if {e.actor, e.recipient or e.actor} == {*pair})[:_ENTRIES]


def _codes_of(party: str) -> Iterable[str]:
    """Return the codes under which a store files a party: a body has one that several share."""
    code = load_countries().plover_country(party)
    return (code,) if code in _filed() else SEVERAL


@cache
def _filed() -> frozenset[str]:
    return frozenset((*NO_STATES, *(each.plover for each in load_countries().by_code.values())))
