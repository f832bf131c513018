"""Prints: the articles in which the records of several kinds stand, without their texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, make_dataclass
from datetime import date
from typing import Any, get_type_hints

from tocsin.records import BESIDE, Actor, Place, to_json
from tocsin.store.fromjson import from_json
from tocsin.store.queries import Reads
from tocsin.store.tables import Connection, read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """One article, without its text."""

    id: str  #: `Article.id`
    title: str | None
    outlet: str | None
    url: str | None
    published: date | None


_PRINTS = """
SELECT text_id, id, title, outlet, url, published FROM articles WHERE text_id IN (?)
ORDER BY published IS NULL, published, id
"""


def read_prints(
    connection: Connection, texts: Iterable[str | None]
) -> Mapping[str | None, tuple[Print, ...]]:
    """Return the articles that print each text, earliest first."""
    printed: dict[str | None, list[Print]] = {}
    for row in read_rows(connection, _PRINTS, set(texts) - {None}):
        printed.setdefault(row.pop("text_id"), []).append(from_json(Print, row))
    return {text_id: tuple(articles) for text_id, articles in printed.items()}


def read_named(connection: Connection, articles: Iterable[str]) -> dict[str, Print]:
    """Return the articles with these ids, by id."""
    sql = "SELECT id, title, outlet, url, published FROM articles WHERE id IN (?)"
    return {row["id"]: from_json(Print, row) for row in read_rows(connection, sql, articles)}


def reads_printed(cls: type[Any], inner: str, table: str, columns: str) -> Reads:
    """Return what reads the rows of a table about one text each, with the prints of that text.

    The record goes into the field `inner` of `cls`, the `columns` into those of their names.
    """
    sql = f"SELECT id AS key, record AS {inner}, text_id, {columns} FROM {table} WHERE id IN (?)"  # noqa: S608

    def read(connection: Connection, keys: list[str]) -> dict[str, Any]:
        rows = read_rows(connection, sql, keys)
        printed = read_prints(connection, (row["text_id"] for row in rows))
        found = {}
        for row in rows:
            key, record = row.pop("key"), json.loads(row[inner])
            prints = printed.get(row["text_id"], ())
            found[key] = from_json(cls, row | {inner: record}, prints=prints)
        return found

    return read


def flat_type(cls: type[Any], types: Mapping[str, Any], *held: type[Any]) -> type[Any]:
    """Return a class for objects with members of these types, made of `cls` and what it held."""
    about = {"__doc__": cls.__doc__, "made_of": (cls, *held)}
    beside = {f.name: f for each in held for f in fields(each) if f.metadata}
    members: list[Any] = [
        (name, hint, field(default=beside[name].default, metadata=BESIDE))
        if name in beside
        else (name, hint)
        for name, hint in types.items()
    ]
    return make_dataclass(cls.__name__, members, kw_only=True, namespace=about)


def printed(cls: type[Any], inner: str) -> dict[str, Any]:
    """Return what a kind declares of its JSON that answers with `cls`, around a record.

    The members of the record, which lies in the field `inner`, stand beside those of `cls`, and the
    prints as `articles`.  A member of the record that is hidden by this has `inner` in its name.
    """
    own = get_type_hints(cls)
    held: type[Any] = own.pop(inner)
    record = get_type_hints(held)
    own["articles"] = own.pop("prints")
    ids = record.keys() & {"articles"}  # of the same articles
    hidden = {name: f"{inner}_{name}" for name in (record.keys() & own.keys()) - ids}
    types = {**record, **own, **{new: record[name] for name, new in hidden.items()}}
    members = flat_type(cls, types, held)

    def as_object(found: Any) -> dict[str, Any]:
        data: dict[str, Any] = to_json(found)
        within = data.pop(inner)
        data = within | data
        data["articles"] = data.pop("prints")
        return data | {new: within[name] for name, new in hidden.items()}

    def of_object(data: Any) -> Any:
        flat: Any = from_json(members, data)
        values = {name: getattr(flat, hidden.get(name, name)) for name in record}
        values |= dict.fromkeys(ids, tuple(each.id for each in flat.articles))
        beside = {name: getattr(flat, name) for name in own.keys() - {"articles"}}
        return cls(**{inner: held(**values)}, **beside, prints=flat.articles)

    return {"as_object": as_object, "of_object": of_object, "object_type": members}


def with_country(named: Actor | Place | None, nobody: str | None = None) -> str | None:
    """Return somebody or a place with the country, for a cell; `nobody` where there is none."""
    if named is None or named.country is None:
        return named.name if named else nobody
    return f"{named.name} ({named.country})"
