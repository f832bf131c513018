"""The frame of every page: navigation, search, what the store holds, and the template engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any

from fastapi import Request
from jinja2 import Environment
from starlette.responses import HTMLResponse

from tocsin.addresses import host_of
from tocsin.checks.wording import name_day
from tocsin.errors import TocsinError
from tocsin.lexicons.numbered import counted
from tocsin.lexicons.shown import spelled
from tocsin.lexicons.tables import read_records
from tocsin.publish.alarms import account_of
from tocsin.publish.brief.dresses import PIECES
from tocsin.publish.desk import links
from tocsin.publish.desk.assets import asset
from tocsin.publish.desk.opened import Desk
from tocsin.publish.explain import candidate_words
from tocsin.publish.pages import make_environment
from tocsin.publish.visible import shortened
from tocsin.publish.wording import compared_words, evidence_words, interval_words, worst_first
from tocsin.store.kinds.printed import with_country
from tocsin.store.pending import WHAT_SETTLES, tell_unsettled
from tocsin.watch.brief.sentences import name_days


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation."""

    group: str
    title: str
    href: str
    key: str  #: pressed after g


@cache
def entries() -> tuple[Entry, ...]:
    """Return the navigation, in order: a row of `data/pages.tsv` each."""
    rows = read_records("publish/desk/data/pages.tsv")
    return tuple(Entry(r["group"], r["title"], r["href"], r["key"]) for r in rows)


@cache
def _environment() -> Environment:
    environment = make_environment("tocsin.publish.desk")
    addresses = {name: getattr(links, name) for name in vars(links) if name.startswith("to_")}
    environment.globals.update(
        {
            **PIECES,
            **addresses,
            "asset": asset,
            "entries": entries(),
            "version": version("tocsin"),
            "counted": counted,
            "interval_words": interval_words,
            "name_day": name_day,
            "name_days": name_days,
            "account": account_of,
            "moment": _moment,
        }
    )
    environment.filters.update(
        {
            "candidate_words": candidate_words,
            "compared_words": compared_words,
            "evidence_words": evidence_words,
            "shortened": shortened,
            "spelled": spelled,
            "with_country": with_country,
            "worst_first": worst_first,
        }
    )
    environment.tests["web_address"] = lambda given: bool(given and host_of(given))
    return environment


def _moment(stamp: str) -> str:
    """Return a moment of the ledger of runs in words: "29 November 2026, 18:30 UTC"."""
    told = datetime.fromisoformat(stamp)
    return f"{name_day(told.date())}, {told:%H:%M} UTC"


def desk_of(request: Request) -> Desk:
    """Return the desk that answers `request`."""
    desk: Desk = request.app.state.desk
    return desk


def render(
    request: Request, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HTMLResponse:
    """Return a page: a template of `desk/templates` that extends `frame.html.jinja`.

    It needs `title` in the context, and has the addresses of `links`, `asset`, and `settled`:
    whether all that articles say together has been worked out.
    """
    path = "/" + request.url.path.lstrip("/\\")  # with two strokes it would lead to another host
    here = next((each for each in entries() if each.href == path), None)
    page = (
        _environment()
        .get_template(template)
        .render(
            **context,
            path=path,
            here=here,
            settled=_is_settled(request),
            unsettled=f"{tell_unsettled()}.  {WHAT_SETTLES}".replace("`", ""),
            folder=desk_of(request).folder.resolve().name,
            signed_in=getattr(request.state, "signed_in", False),
        )
    )
    return HTMLResponse(page, status)


def render_alone(template: str, context: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
    """Return a page without the frame, which shows nothing of the store."""
    return HTMLResponse(_environment().get_template(template).render(**context), status)


def _is_settled(request: Request) -> bool:
    """Tell whether the store is settled; of one that cannot be asked the page says so itself."""
    try:
        return desk_of(request).store.is_settled()
    except TocsinError:
        return True
