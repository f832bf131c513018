"""The plan: which feeds are polled how often, and where alarms are told, from a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from tocsin.addresses import host_of
from tocsin.articles.files import read_file
from tocsin.errors import InputError, NotFoundError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.settings import Settings
from tocsin.watch.changes import RATE

#: Of numbers in a plan, the least and the most; of words, what they must be.
_MINUTES, _RATE, _ADDRESS, _NAME = (5, 10_080), (0.001, 12), "address", "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that is polled."""

    url: str = field(metadata={"is": _ADDRESS})
    minutes: float = field(default=30.0, metadata={"is": _MINUTES})  #: between two requests


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """How and where alarms are raised, beside the terminal."""

    rate: float = field(default=RATE, metadata={"is": _RATE})  #: false ones a pair and year
    file: str | None = field(default=None, metadata={"is": _NAME})  #: they are appended to it
    webhook: str | None = field(default=None, metadata={"is": _ADDRESS})  #: they are sent there


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a file of feeds asks for."""

    feeds: tuple[Feed, ...]
    bell: Bell = Bell()


def read_plan(path: str, settings: Settings) -> Plan:
    """Read the plan in the file `path`.

    Raises:
        InputError: the file cannot be read, or is no TOML.
        ValueNotUnderstood: a key or a value in it is not understood, or it names no feed.
    """
    try:
        data = tomllib.loads(read_file(path, settings).decode())
    except NotFoundError:
        raise refusal(NotFoundError, "no_such_plan", path) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise refusal(InputError, "plan_not_toml", path, why=error) from None
    tables, alarms = data.pop("feeds", None), data.pop("alarms", {})
    if not tables or not isinstance(tables, list):
        raise refusal(ValueNotUnderstood, "plan_empty", path)
    bell = Bell(**_require(alarms, Bell))
    if bell.file:
        bell = replace(bell, file=str(Path(path).parent / bell.file))
    feeds = [Feed(**_require({**data, **_require(each, Feed)}, Feed)) for each in tables]
    return Plan(feeds=tuple({feed.url: feed for feed in feeds}.values()), bell=bell)


def _require(table: Any, kind: type[Feed | Bell]) -> dict[str, Any]:
    """Return `table`, which must have what `kind` has and nothing else."""
    known = {each.name: each.metadata["is"] for each in fields(kind)}
    for key, value in table.items() if isinstance(table, dict) else [(str(table), None)]:
        if not _is_understood(value, known.get(key)):
            raise refusal(ValueNotUnderstood, "plan_value", f"{key} = {value!r}")
    if kind is Feed and "url" not in table:
        raise refusal(ValueNotUnderstood, "plan_empty", str(table))
    return dict(table)


def _is_understood(value: object, wanted: object) -> bool:
    if isinstance(wanted, tuple):
        return type(value) in (int, float) and wanted[0] <= value <= wanted[1]
    words = isinstance(value, str) and bool(value)
    return words and (wanted == _NAME or (wanted == _ADDRESS and host_of(str(value)) is not None))
