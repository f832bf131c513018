"""Reading: an article in the body of a request, and its report in the answer; nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from tocsin.articles.items import Item, outlet_of
from tocsin.errors import InputError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk.api.operations import ROOT, as_json
from tocsin.publish.desk.frame import desk_of
from tocsin.records import to_json
from tocsin.store.asked import read_day

PATH = f"{ROOT}/read"

#: What an object can say of an article.
MEMBERS: Mapping[str, str] = {
    "text": "the article: plain text, Markdown or HTML",
    "title": "its headline",
    "on": "the day of its publication",
    "url": "its web address; it is not fetched",
    "outlet": "who published it",
}

FORMS = ("text/plain", "text/markdown", "text/html")

JSON = "application/json"

EXAMPLE = (
    "SEOUL - North Korea moved troops to Kursk on Monday, South Korea's intelligence agency "
    "said. Russia denied the report on Tuesday."
)

router = APIRouter()


async def read_body(request: Request) -> bytes:
    """Return the body of a request."""
    return await request.body()


def read_object(body: bytes, members: Collection[str]) -> dict[str, Any]:
    """Return the object that `body` is as JSON; it may have these members.

    Raises:
        InputError: it is no JSON, no object, or has another member.
    """
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise refusal(InputError, "body_no_json") from None
    if not isinstance(said, dict):
        raise refusal(InputError, "body_no_object", kind=type(said).__name__)
    for name in said.keys() - set(members):
        raise refusal(InputError, "no_such_field", name, fields=", ".join(members))
    return said


@router.post(PATH, name="api_read")
def answer_read(request: Request, body: Annotated[bytes, Depends(read_body)]) -> Response:
    """Return the report on the article in the body."""
    form = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if form == JSON:
        item = _item_of(body)
    elif form in FORMS:
        item = Item(origin="body", name="body", body=body, media_type=form)
    else:
        raise refusal(ValueNotUnderstood, "no_media_type", form)
    return as_json(to_json(desk_of(request).report_on(item)))


def _item_of(body: bytes) -> Item:
    """Return what an object says of an article."""
    said = read_object(body, MEMBERS)
    for name, value in said.items():
        if not isinstance(value, str | None):
            raise refusal(InputError, "body_no_text", name=name)
    words = {name: value for name, value in said.items() if value and value.strip()}
    return Item(
        origin="body",
        name="body",
        body=words.get("text", "").encode("utf-8", "replace"),
        media_type="text/plain",
        url=words.get("url"),
        title=words.get("title"),
        outlet=outlet_of(words.get("outlet")),
        published=read_day("on", words["on"]) if "on" in words else None,
        published_from="given",
    )
