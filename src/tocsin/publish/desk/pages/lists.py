"""Lists: a page for each kind of answer: filters, order, numbers, a table, pages, downloads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from tocsin.errors import ValueNotUnderstood
from tocsin.publish.desk import links
from tocsin.publish.desk.asking import PAGE, Question, read_question
from tocsin.publish.desk.frame import desk_of, render
from tocsin.publish.desk.judging import judge_of
from tocsin.publish.desk.pages.cells import can_be_judged, headings_of, records_of, rows_of
from tocsin.publish.desk.pages.downloads import downloads_of
from tocsin.publish.desk.pages.fields import fields_of, name_value, shown_of
from tocsin.publish.desk.problems import Problem, problem_of
from tocsin.store.asked import Judged
from tocsin.store.facets import NOTHING, Facet, Facets, Number
from tocsin.store.kinds import KINDS
from tocsin.store.kinds.kind import Kind
from tocsin.store.orders import Order

router = APIRouter(include_in_schema=False)

#: What the address of a page says beside the question: the cursors of the pages before it.
_TRAIL = "trail"

#: Pages that a trail goes back; "-" begins one of which earlier pages have been cut off.
_LONGEST_TRAIL, _CUT = 20, "-"

#: Seconds for the numbers that a page asks for once it is shown.
_MORE_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Answer:
    """What the store says to a question; nothing where there is a problem with it."""

    found: list[Any]
    cursor: str | None = None
    facets: Facets = NOTHING
    problem: Problem | None = None
    said: Mapping[str, Sequence[Judged]] = field(default_factory=dict)  #: by judges, of records


def _add(kind: Kind[Any]) -> None:
    @router.get(links.to_kind(kind.name), name=kind.name)
    def show(request: Request) -> HTMLResponse:
        asked = request.query_params.multi_items()
        trail = [each for name, value in asked if name == _TRAIL for each in value.split(".")]
        question = read_question(kind, [each for each in asked if each[0] != _TRAIL])
        faults = question.faults()
        answer = Answer([]) if faults else _ask(request, question)
        refused = bool(faults or answer.problem)
        context = {
            "title": kind.name.capitalize(),
            "about": shown_of(kind.name).about,
            "without": shown_of(kind.name).without,
            "orders": kind.orders,
            "order": _order(question),
            "question": question,
            "fields": fields_of(question, faults, answer.facets.facets),
            "problem": answer.problem,
            "refused": refused,
            "headings": headings_of(kind),
            "rows": list(rows_of(kind, answer.found)),
            "turns": _turns(question, trail, answer.cursor),
            "downloads": downloads_of(question),
            "usual_page": PAGE,
            "judged": can_be_judged(kind),
            "judge": judge_of(request),
            "said": answer.said,
            **_numbers(question, answer.facets),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
        return render(request, "list.html.jinja", context, status=status)

    @router.get(links.to_counts(kind.name))
    def count(request: Request) -> HTMLResponse:
        question = read_question(kind, request.query_params.multi_items())
        with desk_of(request).asking() as store:
            facets = question.of(store).facets(_MORE_SECONDS)
        return render(request, "counts.html.jinja", {"title": "", **_numbers(question, facets)})


def _order(question: Question) -> Order | None:
    """Return the order of a list; None for a kind that has but one."""
    orders = question.kind.orders
    return next((each for each in orders if each.name == question.sort), next(iter(orders), None))


def _ask(request: Request, question: Question) -> Answer:
    try:
        with desk_of(request).asking() as store:
            results = question.of(store)
            walk = results.walk()
            found = list(walk)
            said = store.said(records_of(question.kind, found))
            return Answer(found, walk.cursor, results.facets(), said=said)
    except ValueNotUnderstood as error:
        return Answer([], problem=problem_of(error))


# --------------------------------------------------------------------------- numbers


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: what it is called, how many records have it, and the list of these."""

    words: str
    number: Number
    href: str


def _numbers(question: Question, facets: Facets) -> dict[str, Any]:
    """Return what templates say of an answer in numbers."""
    name = question.kind.name
    more = links.to_counts(name) + question.address(after=None)
    return {
        "what": name,
        "facets": facets,
        "choices": [(each.name, list(_choices(question, each))) for each in facets.facets],
        "more_counts": more if question.kind.facets and not facets.among.exact else None,
    }


def _choices(question: Question, facet: Facet) -> Iterator[Choice]:
    for each in facet.values:
        asks = {
            name: str(value).lower() if isinstance(value, bool) else value
            for name, value in each.asks.items()
        }
        words = name_value(facet.name, each.label)
        yield Choice(words, each.number, question.address(after=None, **asks))


# --------------------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True)
class Turns:
    """Where the pages of a list are; cursors go forward only, so a page knows those before it."""

    first: str | None
    previous: str | None
    next: str | None
    number: int | None  #: of this page, where that is known


def _turns(question: Question, trail: list[str], cursor: str | None) -> Turns:
    here = question.after
    number = None if trail[:1] == [_CUT] else len(trail) + (2 if here else 1)
    onward = [*trail, here][-_LONGEST_TRAIL:] if here else []
    if here and (trail[:1] == [_CUT] or len(trail) >= _LONGEST_TRAIL):
        onward = [_CUT, *onward[1:]]
    return Turns(
        first=question.address(after=None) if here else None,
        previous=_previous(question, trail) if here else None,
        next=question.address(after=cursor, trail=".".join(onward) or None) if cursor else None,
        number=number,
    )


def _previous(question: Question, trail: list[str]) -> str | None:
    """Return the page before; None where the trail does not reach back to it."""
    if trail[-1:] == [_CUT]:
        return None
    last, earlier = (trail[-1], trail[:-1]) if trail else (None, [])
    return question.address(after=last, trail=".".join(earlier) or None)


for each in KINDS:
    _add(each)
