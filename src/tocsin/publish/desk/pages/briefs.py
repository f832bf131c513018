"""Briefs: a page on a situation over time, asked for by a form, and as a file.

Of a large store a page comes first that says that the brief is being worked out.
A brief that is asked for here is not noted in the store: what is new to the next one of the command
line stays so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal_among
from tocsin.publish.brief import dresses
from tocsin.publish.desk import links
from tocsin.publish.desk.frame import desk_of, render
from tocsin.publish.desk.pages.told import addresses_of
from tocsin.publish.desk.problems import problem_of
from tocsin.store.asked import read_first_day, read_last_day
from tocsin.watch.brief.records import Brief
from tocsin.watch.brief.stored import read_scope

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Dress:
    """A form of file in which a brief is taken away."""

    name: str
    media_type: str
    render: Callable[[Brief], str]


#: By the ending of the file.
DRESSES: Mapping[str, Dress] = {
    "html": Dress("HTML", "text/html; charset=utf-8", dresses.render_html),
    "md": Dress("Markdown", "text/markdown; charset=utf-8", dresses.render_markdown),
    "json": Dress("JSON", "application/json", dresses.render_json),
}

#: What the form asks.
_ASKED = ("about", "for", "since", "until")
_DAYS = {"since": read_first_day, "until": read_last_day}


@router.get("/brief", name="brief")
def show(request: Request) -> Response:
    """Return the form, and the brief that is asked for; as a file where a form of one is named.

    What is refused stays in the form.
    """
    given = {name: request.query_params.get(name, "").strip() for name in _ASKED}
    ending = request.query_params.get("as", "")
    context: dict[str, Any] = {"title": "Brief", "given": given, "brief": None, "waiting": None}
    if not given["about"]:
        return render(request, "brief_page.html.jinja", context)
    try:
        return _show_asked(request, given, ending, context)
    except ValueNotUnderstood as error:
        if ending:
            raise
        context["problem"] = problem = problem_of(error)
        return render(request, "brief_page.html.jinja", context, status=problem.status)


def _show_asked(
    request: Request, given: Mapping[str, str], ending: str, context: dict[str, Any]
) -> Response:
    """Return the brief that the form asks for."""
    days: dict[str, Any] = {n: read(n, given[n]) for n, read in _DAYS.items() if given[n]}
    context["given"] |= {name: str(day) for name, day in days.items()}
    asked = {name: value for name, value in given.items() if value and name != "about"}
    desk, about, reader = desk_of(request), given["about"], given["for"] or None
    with desk.asking() as store:
        if desk.is_large and not ending and "now" not in request.query_params:
            read_scope(store, about, reader, **days)
            context["waiting"] = links.to_brief(about, **asked, now="yes")
            return render(request, "brief_page.html.jinja", context)
        brief = desk.brief(store, about, reader, **days)
    if ending:
        return _file(brief, ending)
    context |= dresses.pieces_of(brief) | addresses_of(brief.references, (), brief.entries)
    context["files"] = {
        each.name: links.to_brief(about, **asked, **{"as": ending})
        for ending, each in DRESSES.items()
    }
    context["title"] = f"Brief: {context['view'].title}"
    return render(request, "brief_page.html.jinja", context)


def _file(brief: Brief, ending: str) -> Response:
    """Return a brief to be kept, under a name of codes and days alone."""
    dress = DRESSES.get(ending)
    if dress is None:
        complaint = "there is no such form of a brief"
        raise refusal_among(ValueNotUnderstood, "not_among", ending, DRESSES, complaint=complaint)
    name = f"brief-{'-'.join(brief.scope.about)}-{brief.scope.until}.{ending}"
    kept = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(dress.render(brief), media_type=dress.media_type, headers=kept)
