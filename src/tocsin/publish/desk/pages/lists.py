"""Lists: a page for each kind of answer, with its filters, a table and the way to the next page."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from tocsin.publish.desk import links
from tocsin.publish.desk.asking import read_question
from tocsin.publish.desk.frame import desk_of, render
from tocsin.publish.desk.pages.cells import rows_of
from tocsin.store.kinds import KINDS
from tocsin.store.kinds.kind import Kind

router = APIRouter(include_in_schema=False)


def _add(kind: Kind[Any]) -> None:
    @router.get(links.to_kind(kind.name), name=kind.name)
    def show(request: Request) -> HTMLResponse:
        question = read_question(kind, request.query_params.multi_items())
        with desk_of(request).asking() as store:
            walk = question.of(store).walk()
            found = list(walk)
        context = {
            "title": kind.name.capitalize(),
            "kind": kind,
            "question": question,
            "rows": rows_of(kind, found),
            "columns": kind.screen,
            "next": walk.cursor and question.address(after=walk.cursor),
        }
        return render(request, "list.html.jinja", context)


for each in KINDS:
    _add(each)
