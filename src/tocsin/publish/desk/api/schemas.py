"""Schemas: JSON Schema of what the API answers, derived from the classes of the records alone.

They say what `to_json` makes of a record: its fields under their names, all of them, days as ISO
strings.  What a field means is the remark beside it in the source.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

Schema = dict[str, Any]

#: Where OpenAPI keeps schemas.
_COMPONENTS = "#/components/schemas/"

_PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
    Any: {},
}

_FIELD = re.compile(r" {4}(?:(?P<name>\w+): [^#]*)?(?:#: (?P<remark>.*))?$")


class Schemas:
    """Makes schemas; those of records are kept in `components`, under the names of the classes."""

    def __init__(self) -> None:
        """Begin without any."""
        self.components: dict[str, Schema] = {}
        self._classes: dict[str, type] = {}

    def of(self, hint: Any) -> Schema:
        """Return the schema of the JSON of a value of the type `hint`."""
        if hint in _PLAIN:
            return dict(_PLAIN[hint])
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            return self._one_of([self.of(each) for each in arguments])
        if origin is tuple:
            return self._list(arguments)
        if origin in (Mapping, dict):
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        return self._component(hint)

    def _one_of(self, schemas: list[Schema]) -> Schema:
        if all(each.keys() == {"type"} for each in schemas):
            return {"type": [each["type"] for each in schemas]}
        return {"anyOf": schemas}

    def _list(self, arguments: tuple[Any, ...]) -> Schema:
        if arguments[-1] is Ellipsis:
            return {"type": "array", "items": self.of(arguments[0])}
        items, number = [self.of(each) for each in arguments], len(arguments)
        return {"type": "array", "prefixItems": items, "minItems": number, "maxItems": number}

    def _component(self, cls: type) -> Schema:
        if self._classes.setdefault(cls.__name__, cls) is not cls:
            raise TypeError(f"two classes of answers are called {cls.__name__}")
        if cls.__name__ not in self.components:
            self.components[cls.__name__] = {}  # in case it holds itself
            self.components[cls.__name__] = self._record(cls)
        return {"$ref": _COMPONENTS + cls.__name__}

    def _record(self, cls: type) -> Schema:
        about = {"description": inspect.cleandoc(cls.__doc__ or "").partition("\n\n")[0]}
        if issubclass(cls, Enum):
            return {**about, "type": "string", "enum": [each.value for each in cls]}
        if not is_dataclass(cls):
            raise TypeError(f"the JSON of {cls!r} is not known")
        hints, remarks = get_type_hints(cls), remarks_of(cls)
        members = {each.name: self.of(hints[each.name]) for each in fields(cls)}
        for name in members.keys() & remarks.keys():
            said = re.sub(r"\bNone\b", "null", remarks[name])
            members[name] = {**members[name], "description": said}
        required = [each.name for each in fields(cls) if not each.metadata]
        return {**about, "type": "object", "properties": members, "required": required}


def remarks_of(cls: type) -> dict[str, str]:
    """Return what the source says beside the fields of a record, or of those it is made of."""
    made_of: tuple[type, ...] = getattr(cls, "made_of", cls.__mro__)
    of_each = (_classes_in(each.__module__).get(each.__name__, "") for each in reversed(made_of))
    return {name: remark for source in of_each for name, remark in _remarked(source)}


def _remarked(source: str) -> Iterator[tuple[str, str]]:
    before: list[str] = []
    for line in source.splitlines():
        found = _FIELD.match(line)
        remark = found["remark"] if found else None
        if found and found["name"] and (remark or before):
            yield found["name"], remark or " ".join(before)
        before = [*before, remark] if remark and found and not found["name"] else []


@cache
def _classes_in(module: str) -> Mapping[str, str]:
    """Return the source of each class of a module, by its name."""
    try:
        source = inspect.getsource(sys.modules[module])
    except (OSError, TypeError):  # built in, or without its source
        return {}
    pieces = re.split(r"^class (?=\w)", source, flags=re.MULTILINE)[1:]
    return {re.split(r"\W", piece, maxsplit=1)[0]: piece for piece in pieces}
