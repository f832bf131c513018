"""Moving: pages on which a window of days moves through a span of them; the network and the map.

A page shows one window as a table.  Its script fetches the sums of the whole span once, as JSON,
and moves the window in these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse

from tocsin.checks.wording import name_day
from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.plover import types
from tocsin.lexicons.refusals import refusal, refusal_among
from tocsin.lexicons.shown import words_for
from tocsin.publish.desk.asking import read_given
from tocsin.publish.desk.frame import desk_of, render
from tocsin.records import to_json
from tocsin.store.arrivals import utc_now
from tocsin.store.asked import (
    one_of,
    read_country,
    read_first_day,
    read_last_day,
    read_limit,
    read_quad,
    read_type,
)
from tocsin.store.handle import Store
from tocsin.store.sums import (
    Cell,
    Course,
    DaySpan,
    Sums,
    Which,
    count_from,
    make_span,
    read_first,
    read_last,
)
from tocsin.store.tables import Connection

#: Courses that a script gets, those with the most events; rows of a table.
_COURSES, _ROWS = 400, 100

#: Days of a window, unless told otherwise: a third of the span, but no more than this.
_DAYS = 30

#: Days until one that has begun nowhere: where it is latest, a day begins before it does in UTC.
_AHEAD = timedelta(2)

#: Spans that can be had with one click, in days.
_SPANS = {"90 days": 90, "a year": 365, "ten years": 3_650}


class Reports(StrEnum):
    """Which reports are counted."""

    ALL = "all"
    STANDING = "standing"  #: what nothing contradicts and somebody stands for


_READERS: Mapping[str, Callable[[str, Any], Any]] = {
    "since": read_first_day,
    **dict.fromkeys(("until", "end"), read_last_day),
    **dict.fromkeys(("days", "least"), read_limit),
    "about": read_country,
    "type": read_type,
    "quad": read_quad,
    "reports": one_of(Reports),
}

#: What narrows the sums themselves; the rest says what is shown of them.
_NARROWS = ("about", "type", "quad", "reports")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks of such a page."""

    given: Mapping[str, str]
    span: DaySpan
    window: DaySpan  #: in the span, as one step
    which: Which
    least: int  #: events that what is shown has
    to_come: date  #: news of this day and later is left out unless it is asked for: a slip
    slips: int  #: events that are left out so

    @property
    def days(self) -> dict[str, str]:
        """The days of the window, as other pages ask for them."""
        return {"since": str(self.window.first), "until": str(self.window.last)}

    @property
    def is_filtered(self) -> bool:
        """Whether more is asked than where the window lies."""
        return bool(self.given.keys() - {"end", "days"})

    @property
    def query(self) -> str:
        """The query string that asks for the sums of the span."""
        narrowing = {name: self.given[name] for name in _NARROWS if name in self.given}
        return urlencode({"since": self.span.first, "until": self.span.last, **narrowing})

    def spans(self) -> Iterator[tuple[str, str]]:
        """Yield other spans that end with the same day, and the query strings that ask for them."""
        kept = {name: value for name, value in self.given.items() if name not in ("end", "days")}
        for words, days in _SPANS.items():
            yield words, "?" + urlencode(kept | {"since": self.span.last - timedelta(days - 1)})


def read_asked(store: Store, pairs: Iterable[tuple[str, str]]) -> Asked | None:
    """Return what the pairs of a query string ask; None where the store has told nothing.

    Raises:
        ValueNotUnderstood: there is no such name, or the value is none that it can have.
    """
    given = read_given(pairs)
    for name in given.keys() - _READERS.keys():
        raise refusal_among(ValueNotUnderstood, "no_such_filter", name, _READERS)
    values = {name: _READERS[name](name, value) for name, value in given.items()}
    connection = store.connection()
    to_come = utc_now().date() + _AHEAD
    last = values.get("until") or read_last(connection, before=to_come) or read_last(connection)
    if last is None:
        return None
    first = values.get("since") or read_first(connection, last)
    if first > last and "until" not in values:
        raise refusal(ValueNotUnderstood, "days_ended", first, last=last)
    if first > last:
        raise refusal(ValueNotUnderstood, "days_reversed", f"{first} to {last}")
    span = make_span(first, last)
    stands = True if values.get("reports") is Reports.STANDING else None
    return Asked(
        given=given,
        span=span,
        window=_window(span, values.get("end"), values.get("days")),
        which=Which(stands=stands, **{each: values.get(each) for each in _NARROWS[:3]}),
        least=values.get("least", 1),
        to_come=to_come,
        slips=count_from(connection, to_come) if last < to_come and "until" not in values else 0,
    )


def _window(span: DaySpan, end: date | None, days: int | None) -> DaySpan:
    """Return the window, in whole steps of the span, that lies in it and is nearest."""
    length = days or min(_DAYS, max(span.steps * span.step // 3, 1))
    steps = min(-(-length // span.step), span.steps)
    behind = (span.last - end).days // span.step if end else 0
    back = min(max(behind, 0), span.steps - steps)
    last = span.last.toordinal() - back * span.step
    first = max(last - steps * span.step + 1, 1)
    return DaySpan(
        first=date.fromordinal(first), last=date.fromordinal(last), step=steps * span.step
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A pair or place: its name, its page, and what a script needs to draw it."""

    label: str
    href: str
    drawn: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One such page."""

    name: str
    read: Callable[[Connection, DaySpan, Which, int], Sums]
    item: Callable[[tuple[Any, ...], Mapping[str, str], Mapping[str, str]], Item]
    numbers: Callable[[Cell], tuple[str, ...]]  #: of the sums behind a step
    columns: tuple[str, ...]


def add_view(router: APIRouter, view: View) -> None:
    """Add a page, and the JSON that its script fetches."""

    @router.get(f"/{view.name}", name=view.name)
    def show(request: Request) -> HTMLResponse:
        context: dict[str, Any] = {"title": view.name.capitalize(), "asked": None}
        with desk_of(request).asking() as store:
            asked = read_asked(store, request.query_params.multi_items())
            if asked:
                sums = view.read(store.connection(), asked.window, asked.which, _COURSES)
                context |= _shown(view, asked, sums)
        return render(request, f"{view.name}.html.jinja", context)

    @router.get(f"/{view.name}.json", name=f"{view.name}.json")
    def send(request: Request) -> JSONResponse:
        with desk_of(request).asking() as store:
            asked = read_asked(store, request.query_params.multi_items())
            if asked is None:
                return JSONResponse({"span": None, "items": [], "left_out": {}})
            sums = view.read(store.connection(), asked.span, asked.which, _COURSES)
        items = [
            {**to_json(_item(view, asked, each)), "cells": each.cells} for each in sums.courses
        ]
        span = {**to_json(asked.span), "steps": asked.span.steps}
        return JSONResponse({"span": span, "items": items, "left_out": sums.left_out})


def _item(view: View, asked: Asked, course: Course, **days: str) -> Item:
    return view.item(course.of, asked.given, days)


def _shown(view: View, asked: Asked, sums: Sums) -> dict[str, Any]:
    """Return what a template shows of the sums of a window."""
    fit = [each for each in sums.courses if each.cells[0][1] >= asked.least]
    return {
        "asked": asked,
        "columns": view.columns,
        "rows": [
            (_item(view, asked, each, **asked.days), view.numbers(each.cells[0][1:]))
            for each in fit[:_ROWS]
        ],
        "most_rows": _ROWS,
        "found": len(fit),
        "events": sum(each.cells[0][1] for each in fit),
        "left_out": {reason: sum(steps) for reason, steps in sums.left_out.items()},
        "data": f"/{view.name}.json?{asked.query}",
        "types": {"": "any", **{each: each for each in types()}},
        "quads": {"": "any", **{str(quad): words_for("quad", quad) for quad in range(1, 5)}},
        "reports": {"": "all", str(Reports.STANDING): "what stands"},
        "name_day": name_day,
    }
