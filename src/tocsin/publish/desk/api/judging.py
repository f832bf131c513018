"""Judging: what somebody says of a record, in the body of a request; it is kept beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from tocsin.errors import InputError
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk.api.operations import ROOT, as_json
from tocsin.publish.desk.api.reading import read_body, read_object
from tocsin.publish.desk.judging import keep_judgement, remember
from tocsin.records import to_json
from tocsin.store.judgements import Judgement

PATH = f"{ROOT}/judgements"

#: What an object says, and which of it may be left out.
MEMBERS: Mapping[str, str] = {
    "record": "the id of an event, statement, office claim, finding or article; that of a reported "
    "event means all its tellings",
    "judge": "the name of who judges",
    "verdict": "what is said of it; withdrawn takes back the judge's last on it",
    "note": "why",
    "fields": "corrected, added: what is so instead, by the names of the fields",
}
OPTIONAL = ("note", "fields")

EXAMPLE = {
    "record": "2c61c2a1abecee1d",
    "judge": "Ada",
    "verdict": "corrected",
    "fields": {"status": "alleged", "actors": ["PRK:MIL"]},
}

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was kept: a judgement on each record that the id names."""

    kept: tuple[Judgement, ...]


@router.post(PATH, name="api_judge")
def answer_judgement(request: Request, body: Annotated[bytes, Depends(read_body)]) -> Response:
    """Keep what the body says of a record, and return what was kept."""
    said = read_object(body, MEMBERS)
    fields = said.pop("fields", None)
    if not isinstance(fields, dict | None):
        raise refusal(InputError, "body_no_object", kind=type(fields).__name__)
    kept = keep_judgement(request, said, fields or {})
    answer = as_json(to_json(Kept(kept=tuple(kept))))
    remember(answer, kept[0].judge)
    return answer
