"""The situation: the first page, what is going on and what is new."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from tocsin.publish.desk.frame import desk_of, render

router = APIRouter(include_in_schema=False)


@router.get("/", name="situation")
def show(request: Request) -> HTMLResponse:
    """Return the first page."""
    with desk_of(request).asking() as store:
        held = store.status()
    return render(request, "situation.html.jinja", {"title": "Situation", "held": held})
