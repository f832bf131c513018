"""The description of the API in OpenAPI 3.1: every operation, what it is asked and can answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from tocsin.publish.desk.api import judging, reading
from tocsin.publish.desk.api.kinds import operations_of_kinds
from tocsin.publish.desk.api.operations import Operation
from tocsin.publish.desk.api.others import operations_beside_kinds
from tocsin.publish.desk.api.parameters import as_sentence
from tocsin.publish.desk.api.schemas import Schema, Schemas
from tocsin.publish.desk.problems import Problem
from tocsin.records import Report
from tocsin.store.asked import Judged

_ABOUT = """\
What a store of articles holds, and what Tocsin makes of it, as JSON under the names of the records.
A list goes on where the next of its answer is given as after.  Nothing here changes a store but
judgements, which are kept beside its records.\
"""

#: What may go wrong with any request, with one that has a body, and with one for what may be gone.
_ALWAYS = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.REQUEST_URI_TOO_LONG,
    HTTPStatus.MISDIRECTED_REQUEST,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_OF_BODIES = (HTTPStatus.FORBIDDEN, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
_OF_PLACES = (HTTPStatus.NOT_FOUND,)

_PROBLEMS: Mapping[HTTPStatus, str] = {
    HTTPStatus.UNAUTHORIZED: "A desk beyond this machine asks for its token.",
    HTTPStatus.FORBIDDEN: "A page of another site asked for it.",
    HTTPStatus.NOT_FOUND: "The address names what is not there.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large.",
    HTTPStatus.REQUEST_URI_TOO_LONG: "The address is too long.",
    HTTPStatus.MISDIRECTED_REQUEST: "The desk is not called by this name.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Something that was given cannot be read, or is not known.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too much is asked at once; Retry-After says when to go on.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "A fault in Tocsin.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The store cannot be asked, or not in the time there is.",
}


@cache
def operations() -> tuple[Operation, ...]:
    """Return every operation that reads; a report lies below an article, and is tried before it."""
    found = (*operations_of_kinds(), *operations_beside_kinds())
    return tuple(sorted(found, key=lambda each: each.path.endswith(":path}")))


@cache
def describe() -> dict[str, Any]:
    """Return the description."""
    schemas = Schemas()
    paths = {each.shown_path: {"get": _operation(each, schemas)} for each in operations()}
    paths[reading.PATH] = {"post": _reading(schemas)}
    paths[judging.PATH]["post"] = _judging(schemas)
    problem = _describe_problems(schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tocsin", "version": version("tocsin"), "description": _ABOUT},
        "paths": paths,
        "security": [{}, {"token": []}],
        "components": {
            "schemas": dict(sorted(schemas.components.items())),
            "responses": {_name(each): _problem(each, problem) for each in _PROBLEMS},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _describe_problems(schemas: Schemas) -> Schema:
    """Return the schema of what `Problem.as_json` answers, which leaves out what is not said."""
    problem = schemas.of(Problem)
    described = schemas.components[Problem.__name__]
    text = {"type": "string"}
    described["properties"] = {"type": text, "title": text, **described["properties"]}
    described["required"] = ["type", "title", "status", "detail"]
    described["example"] = {
        "type": "about:blank",
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": "actor is given twice",
        "value": "RUS",
        "expected": "one value",
        "error": "ValueNotUnderstood",
    }
    return problem


def _operation(each: Operation, schemas: Schemas) -> dict[str, Any]:
    ok = _answer(schemas.of(each.answers))
    ok["headers"] = {
        "ETag": {
            "description": "Given back as If-None-Match, it saves sending the same answer again.",
            "schema": {"type": "string"},
        }
    }
    problems = (*_ALWAYS, *(_OF_PLACES if each.may_miss else ()))
    return {
        "operationId": each.name,
        "tags": [each.group],
        "summary": each.summary,
        **({"description": each.more} if each.more else {}),
        "parameters": [parameter.describe() for parameter in each.parameters],
        "responses": {
            "200": ok,
            "304": {"description": "The answer is the one that If-None-Match names."},
            **_references(problems),
        },
    }


def _reading(schemas: Schemas) -> dict[str, Any]:
    said = _said(reading.MEMBERS, ("text",))
    bodies: Schema = {form: {"schema": {"type": "string"}} for form in reading.FORMS}
    example = {"text": reading.EXAMPLE, "on": "2024-10-29", "outlet": "Coast Daily"}
    bodies[reading.JSON] = {"schema": said, "example": example}
    return {
        "operationId": "read",
        "tags": ["articles"],
        "summary": "Read an article and give the whole report on it.  Nothing of it is kept.",
        **_posted(bodies, schemas.of(Report)),
    }


def _judging(schemas: Schemas) -> dict[str, Any]:
    said = _said(
        judging.MEMBERS, [name for name in judging.MEMBERS if name not in judging.OPTIONAL]
    )
    said["properties"]["verdict"]["enum"] = [*Judged]
    said["properties"]["fields"]["type"] = ["object", "null"]
    body = {"schema": said, "example": judging.EXAMPLE}
    return {
        "operationId": "judge",
        "tags": ["judgements"],
        "summary": "Say of a record whether it is right.  The record itself stays as it is.",
        **_posted({reading.JSON: body}, schemas.of(judging.Kept)),
    }


def _said(members: Mapping[str, str], needed: Iterable[str]) -> Schema:
    """Return the schema of an object that says what `members` mean; others may be left out."""
    required = [*needed]
    described: dict[str, Schema] = {
        name: {
            "type": "string" if name in required else ["string", "null"],
            "description": as_sentence(about),
        }
        for name, about in members.items()
    }
    return {
        "type": "object",
        "properties": described,
        "required": required,
        "additionalProperties": False,
    }


def _posted(bodies: Schema, answer: Schema) -> dict[str, Any]:
    """Return what is described of an operation that has a body."""
    responses = {"200": _answer(answer), **_references((*_ALWAYS, *_OF_BODIES))}
    return {"requestBody": {"required": True, "content": bodies}, "responses": responses}


def _answer(schema: Schema) -> dict[str, Any]:
    return {"description": "The answer.", "content": {"application/json": {"schema": schema}}}


def _references(problems: Iterable[HTTPStatus]) -> dict[str, Any]:
    return {
        str(int(each)): {"$ref": f"#/components/responses/{_name(each)}"}
        for each in sorted(problems)
    }


def _problem(status: HTTPStatus, schema: Schema) -> dict[str, Any]:
    return {
        "description": _PROBLEMS[status],
        "content": {"application/problem+json": {"schema": schema}},
    }


def _name(status: HTTPStatus) -> str:
    return status.phrase.replace(" ", "")
