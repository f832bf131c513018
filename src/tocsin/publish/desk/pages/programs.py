"""The page for programs: what the API answers, as its description tells it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from tocsin.publish.desk.frame import desk_of, render
from tocsin.store.kinds import KINDS
from tocsin.store.queries import Listed

router = APIRouter(include_in_schema=False)

#: A word of what a value may be, and the schema that it leads to, if it is a record.
Word = tuple[str, str | None]

#: Records of an answer that is tried.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A parameter, or a member of an object."""

    name: str
    words: tuple[Word, ...]  #: what its value may be
    about: str
    example: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation: how it is asked, and what it answers."""

    name: str
    group: str
    method: str
    path: str
    summary: str
    about: str
    parts: tuple[Part, ...]
    forms: tuple[str, ...]  #: media types of its body
    answers: tuple[tuple[str, str, tuple[Word, ...]], ...]  #: status, meaning, what is sent
    tried: str | None  #: an address that asks it


@router.get("/api", name="programs")
def show(request: Request) -> HTMLResponse:
    """Return the page."""
    described = request.app.openapi()
    keys = _keys(request)
    asked = [
        _asked(path, method, operation, described["components"]["responses"], keys)
        for path, item in described["paths"].items()
        for method, operation in item.items()
    ]
    schemas = described["components"]["schemas"]
    context = {
        "title": "For programs",
        "about": described["info"]["description"],
        "groups": {each.group: [o for o in asked if o.group == each.group] for each in asked},
        "records": {name: (each, tuple(_members(each))) for name, each in schemas.items()},
        "address": str(request.base_url).rstrip("/"),
    }
    return render(request, "programs.html.jinja", context)


def _keys(request: Request) -> Mapping[str, str]:
    """Return an id of each kind that has ids, to try addresses with."""
    with desk_of(request).asking() as store:
        firsts: dict[str, dict[str, Any]] = {
            kind.name: next(getattr(store, kind.name)(limit=1).objects(), {})
            for kind in KINDS
            if isinstance(kind.source, Listed)
        }
    return {name: str(each.get("id", each.get("key"))) for name, each in firsts.items() if each}


def _asked(
    path: str,
    method: str,
    operation: Mapping[str, Any],
    responses: Mapping[str, Any],
    keys: Mapping[str, str],
) -> Asked:
    parts = tuple(_parameter(each) for each in operation.get("parameters", ()))
    key = keys.get(path.split("/")[3])
    tried = {each.name: each.example for each in parts if each.required and each.example}
    tried |= {each.name: str(_FEW) for each in parts if each.name == "limit"}
    place = path.replace("{key}", quote(key, safe="")) if key else path
    return Asked(
        name=operation["operationId"],
        group=operation["tags"][0],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        about=operation.get("description", ""),
        parts=parts,
        forms=tuple(operation.get("requestBody", {}).get("content", ())),
        answers=tuple(_answers(operation["responses"], responses)),
        tried=f"{place}{'?' if tried else ''}{urlencode(tried)}"
        if method == "get" and "{" not in place
        else None,
    )


def _parameter(each: Mapping[str, Any]) -> Part:
    example = each.get("example")
    shown = None if example is None else str(example)
    words = tuple(_words(each["schema"]))
    return Part(each["name"], words, each["description"], shown, each["required"])


def _answers(
    answers: Mapping[str, Any], responses: Mapping[str, Any]
) -> Iterator[tuple[str, str, tuple[Word, ...]]]:
    for status, answer in answers.items():
        meant = responses[_name(answer["$ref"])] if "$ref" in answer else answer
        sent = next(iter(meant.get("content", {}).values()), None)
        yield status, meant["description"], tuple(_words(sent["schema"])) if sent else ()


def _members(schema: Mapping[str, Any]) -> Iterator[Part]:
    for name, each in schema.get("properties", {}).items():
        yield Part(name, tuple(_words(each)), each.get("description", ""))


def _words(schema: Mapping[str, Any]) -> Iterator[Word]:
    """Yield what a value of a schema may be, word by word."""
    if "$ref" in schema:
        yield _name(schema["$ref"]), _name(schema["$ref"])
    elif "anyOf" in schema:
        for number, each in enumerate(schema["anyOf"]):
            yield from [("or", None)] * bool(number)
            yield from _words(each)
    elif "enum" in schema:
        yield f"one of {', '.join(map(str, schema['enum']))}", None
    elif "prefixItems" in schema:
        pieces = [word for each in schema["prefixItems"] for word, _ in _words(each)]
        yield f"[{', '.join(pieces)}]", None
    elif "items" in schema:
        yield "list of", None
        yield from _words(schema["items"])
    elif "additionalProperties" in schema:
        yield "object of", None
        yield from _words(schema["additionalProperties"])
    else:
        yield _plain(schema), None


def _plain(schema: Mapping[str, Any]) -> str:
    kinds = schema.get("type", "anything")
    words = kinds if isinstance(kinds, str) else " or ".join(kinds)
    return "day" if schema.get("format") == "date" else words


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]
