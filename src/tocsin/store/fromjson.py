"""JSON back to records: the inverse of `tocsin.records.to_json`, by the records' own types."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from tocsin.errors import StoreError
from tocsin.lexicons.refusals import refusal
from tocsin.records import Actor, Event, Telling
from tocsin.store.tables import Row, as_day

_Record = TypeVar("_Record")
_Reader = Callable[..., Any]


def from_json(cls: type[_Record], data: object, **given: Any) -> _Record:
    """Return the record of class `cls` that `to_json` made `data` of; `given` fields are at hand.

    Only what a field declares as `Any` comes back as plain JSON: lists for tuples, ISO strings for
    days.  A field that is missing takes its default; one that `cls` does not have is passed over:
    a newer Tocsin, behind a desk, may add some beside.

    Raises:
        StoreError: `data` is not a record of this class.
    """
    try:
        hint: Any = cls
        record: _Record = _reader(hint)(data, **given)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        kind = cls.__name__
        raise refusal(StoreError, "record_damaged", data, error=error, kind=kind) from None
    return record


def read_record(cls: type[_Record], words: str) -> _Record:
    """Return the record of class `cls` that `words`, its JSON, give.

    Raises:
        StoreError: they are not a record of this class.
        ValueError: they are no JSON.
    """
    return from_json(cls, json.loads(words))


def telling_of(row: Row, prints: Sequence[tuple[str, str | None]]) -> Telling:
    """Return the telling in a row of `events` with its speaker and day, family and voice beside it.

    Args:
        row: what was read.
        prints: ids and outlets of the articles that print the text, in their order.
    """
    return Telling(
        event=read_record(Event, row["record"]),
        text_id=row["text_id"],
        told=row["told"],
        speaker=read_record(Actor, row["speaker"]) if row["speaker"] else None,
        articles=tuple(article for article, _ in prints),
        outlets=tuple(dict.fromkeys(outlet for _, outlet in prints if outlet)),
        published=as_day(row["day"]),
        family=row["family"],
        voice=row["voice"],
    )


@cache
def _reader(hint: Any) -> _Reader:
    """Return what reads a value of the type `hint`."""
    if hint is Any:
        return lambda value: value
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        inner = _any_of([each for each in arguments if each is not type(None)])
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _tuple(arguments)
    if origin is Mapping:
        item = _reader(arguments[1])
        return lambda value: {key: item(each) for key, each in value.items()}
    if is_dataclass(hint) and isinstance(hint, type):
        return _record(hint)
    if issubclass(hint, Enum):
        return lambda value: hint(value)
    return date.fromisoformat if issubclass(hint, date) else _plain(hint)


def _any_of(classes: list[Any]) -> _Reader:
    """Read one class, or that one of several records whose fields a value has, the most first."""
    if len(classes) == 1:
        return _reader(classes[0])
    by_fields = {
        frozenset(each.name for each in fields(cls) if not each.metadata): _reader(cls)
        for cls in classes
    }

    def read(value: Any) -> Any:
        own = max((names for names in by_fields if names <= value.keys()), key=len)
        return by_fields[own](value)

    return read


def _tuple(arguments: tuple[Any, ...]) -> _Reader:
    if arguments[-1] is Ellipsis:
        inner = _reader(arguments[0])
        return lambda value: tuple([inner(each) for each in _list(value)])
    inners = [_reader(each) for each in arguments]
    return lambda value: tuple(
        [inner(each) for inner, each in zip(inners, _list(value), strict=True)]
    )


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def _record(cls: type) -> _Reader:
    hints = get_type_hints(cls)
    readers = {each.name: _reader(hints[each.name]) for each in fields(cls)}

    def read(value: Any, **given: Any) -> Any:
        held = value.items()
        return cls(**{name: readers[name](each) for name, each in held if name in readers}, **given)

    return read


def _plain(cls: type) -> _Reader:
    """Read a string, a number or a truth value; a whole number may stand for a fraction."""
    accepted: tuple[type, ...] = (float, int) if cls is float else (cls,)

    def read(value: Any) -> Any:
        if type(value) not in accepted:
            raise TypeError(f"{value!r} is no {cls.__name__}")
        return _shared(value) if cls is str and len(value) <= _LONGEST_SHARED else value

    return read


#: Characters of a name or a code; what is longer is hardly ever read again.
_LONGEST_SHARED = 64


@lru_cache(maxsize=16384)
def _shared(words: str) -> str:
    """Return one string for all that are alike: tens of thousands of tellings name the same few.

    `sys.intern` does so for ever in Python 3.12, also where nobody needs the string any more.
    """
    return words
