"""Judge: a record with its words and fields, what judges say of it, and a form to say more."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tocsin.errors import TocsinError
from tocsin.publish.desk import links
from tocsin.publish.desk.forms import Form
from tocsin.publish.desk.frame import desk_of, render
from tocsin.publish.desk.judging import (
    empty_act,
    judge_of,
    keep_judgement,
    read_acts,
    read_judging,
    remember,
)
from tocsin.publish.desk.problems import problem_of
from tocsin.store.asked import What

router = APIRouter(include_in_schema=False)

_NAMES = {
    What.EVENT: "an event",
    What.STATEMENT: "a statement",
    What.OFFICE: "a claim to an office",
    What.FINDING: "a finding",
    What.ARTICLE: "an article",
}

#: How the names of fields of the record begin in the form.
_FIELD = "field."


@router.get("/judge", name="judge")
def show(request: Request, record: str, back: str = "") -> HTMLResponse:
    """Return the page on which a record, or all that are joined under an id, can be judged."""
    return _show(request, {"record": record, "back": back})


def _show(
    request: Request, said: Mapping[str, str], refused: TocsinError | None = None
) -> HTMLResponse:
    """Return the page; where a form was refused, with what it says, and why."""
    record, fields = said.get("record", ""), _fields_of(said)
    problem = problem_of(refused) if refused else None
    with desk_of(request).asking() as store:
        judging = read_judging(store, record, fields)
        of_article = judging[0].target.what is What.ARTICLE
        acts = read_acts(store, record) if of_article else ()
    context = {
        "title": f"Judge {_NAMES[judging[0].target.what]}",
        "record": record,
        "judging": judging,
        "acts": acts,
        "act": empty_act(fields) if of_article else (),
        "judge": said.get("judge") or judge_of(request),
        "back": _back(said),
        "typed": said,
        "problem": problem,
    }
    status = problem.status if problem else HTTPStatus.OK
    return render(request, "judge.html.jinja", context, status=status)


@router.post("/judge", name="judge_said")
def judge(request: Request, form: Form) -> Response:
    """Keep what a form says, and lead back to where it stood; what is refused stays in the form."""
    said = {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        kept = keep_judgement(request, said, _fields_of(said))
    except TocsinError as error:
        return _show(request, said, error)
    answer = RedirectResponse(_back(said) or links.to_judge(kept[0].record), HTTPStatus.SEE_OTHER)
    remember(answer, kept[0].judge)
    return answer


def _fields_of(said: Mapping[str, str]) -> dict[str, str]:
    named = (name for name in said if name.startswith(_FIELD))
    return {name.removeprefix(_FIELD): said[name] for name in named}


def _back(said: Mapping[str, str]) -> str:
    """Return where the visitor comes from, if that is an address of this desk; else nothing."""
    address = said.get("back", "")
    within = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if within and address.isprintable() else ""
