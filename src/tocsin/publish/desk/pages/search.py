"""The search: some words looked for in every kind at once, the first of each, and how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.tables import read_records
from tocsin.publish.desk import links
from tocsin.publish.desk.asking import read_question
from tocsin.publish.desk.frame import desk_of, render
from tocsin.publish.desk.pages.cells import Heading, Row, headings_of, rows_of
from tocsin.publish.desk.problems import Problem, problem_of
from tocsin.store.facets import Number
from tocsin.store.handle import Store
from tocsin.store.kinds import KINDS
from tocsin.store.kinds.kind import Kind

router = APIRouter(include_in_schema=False)

#: Records of each kind that are shown.
_FIRST = "4"

#: Seconds that counting one kind may take.
_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Hits:
    """What of one kind has the words."""

    kind: Kind[Any]
    headings: list[Heading]
    rows: list[Row]
    number: Number
    href: str


@router.get("/search", name="search")
def search(request: Request, q: str = "") -> HTMLResponse:
    """Return the page of what has the words `q`."""
    hits: list[Hits] = []
    problem: Problem | None = None
    if q.strip():
        try:
            with desk_of(request).asking() as store:
                hits = list(_find(store, q))
        except ValueNotUnderstood as error:
            problem = problem_of(error)
    context = {"title": "Search", "sought": q, "hits": hits, "problem": problem}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "search.html.jinja", context, status=status)


def _find(store: Store, words: str) -> Iterator[Hits]:
    """Yield the hits of each kind that has any, in the order of `data/searched.tsv`."""
    for kind, name in _searched():
        question = read_question(kind, [(name, words), ("limit", _FIRST)])
        results = question.of(store)
        if found := list(results.walk()):
            href = links.to_kind(kind.name, **{name: words})
            rows = list(rows_of(kind, found))
            yield Hits(kind, headings_of(kind), rows, results.number(_SECONDS), href)


@cache
def _searched() -> tuple[tuple[Kind[Any], str], ...]:
    kinds = {kind.name: kind for kind in KINDS}
    rows = read_records("publish/desk/data/searched.tsv")
    return tuple((kinds[row["kind"]], row["filter"]) for row in rows)
