"""Operations: one question that the API answers, and how every answer of it is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from tocsin.publish.desk.api.parameters import Parameter
from tocsin.publish.desk.frame import desk_of
from tocsin.publish.desk.opened import Desk

#: Below which the whole API lies.
ROOT = "/api/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A question at an address, answered with one JSON object."""

    name: str  #: among all operations
    group: str
    path: str  #: below `ROOT`, as the router takes it
    summary: str
    more: str = ""
    parameters: tuple[Parameter, ...] = ()
    answers: type  #: the class whose JSON the object is
    answer: Callable[[Desk, Request], Any]  #: JSON-ready data
    may_miss: bool = False  #: whether its address may name what is not there

    @property
    def shown_path(self) -> str:
        """The whole path, as OpenAPI writes it."""
        return ROOT + self.path.replace(":path}", "}")

    def add_to(self, router: APIRouter) -> None:
        """Let `router` answer it.  Endpoints are plain functions: they run in threads."""

        def endpoint(request: Request) -> Response:
            return reply(request, self.answer(desk_of(request), request))

        router.add_api_route(ROOT + self.path, endpoint, methods=["GET"], name=f"api_{self.name}")


def as_json(content: Any) -> Response:
    """Return `content` as JSON in ASCII: nothing in it can mislead a terminal."""
    return Response(json.dumps(content).encode(), media_type="application/json")


def reply(request: Request, content: Any) -> Response:
    """Return `content` as JSON under a strong tag; nothing where who asks has these bytes."""
    answer = as_json(content)
    tag = f'"{blake2b(answer.body, digest_size=16).hexdigest()}"'
    if {tag, "*"} & _tags(request):
        answer = Response(status_code=HTTPStatus.NOT_MODIFIED)
    answer.headers.update({"etag": tag, "cache-control": "private, no-cache"})
    return answer


def _tags(request: Request) -> set[str]:
    """Return the tags of the answers that who asks has already."""
    given = request.headers.get("if-none-match", "")
    return {each.strip().removeprefix("W/") for each in given.split(",")}
