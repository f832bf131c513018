"""Judge: a record with its words and fields, what judges say of it, and a form to say more."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

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
    with desk_of(request).asking() as store:
        judging = read_judging(store, record)
        of_article = judging[0].target.what is What.ARTICLE
        acts = read_acts(store, record) if of_article else ()
    context = {
        "title": f"Judge {_NAMES[judging[0].target.what]}",
        "record": record,
        "judging": judging,
        "acts": acts,
        "act": empty_act() if of_article else (),
        "judge": judge_of(request),
        "back": _local(back),
    }
    return render(request, "judge.html.jinja", context)


@router.post("/judge", name="judge_said")
def judge(request: Request, form: Form) -> Response:
    """Keep what a form says, and lead back to where it stood."""
    said = {name: value for name, value in form.items() if isinstance(value, str)}
    fields = (name for name in said if name.startswith(_FIELD))
    given = {name.removeprefix(_FIELD): said[name] for name in fields}
    kept = keep_judgement(request, said, given)
    back = _local(said.get("back", "")) or links.to_judge(kept[0].record)
    answer = RedirectResponse(back, 303)
    remember(answer, kept[0].judge)
    return answer


def _local(address: str) -> str:
    """Return the address where it is one of this desk's; else nothing."""
    within = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if within and address.isprintable() else ""
