"""Columns of a table: which may hold each field of an article, best first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.tables import read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns that may hold each field of an article, best first."""

    names: Mapping[str, tuple[str, ...]]
    mapped: tuple[str, ...] = ()  #: those that the user named


@cache
def default_columns() -> Mapping[str, tuple[str, ...]]:
    """Return the names under which each field is looked for, best first; in lower case."""
    rows = read_rows("lexicons/columns.tsv", "field names")
    return {field: tuple(names.split()) for field, names in rows}


def read_mapping(mapping: Mapping[str, str]) -> Columns:
    """Return the columns to look in: those of `mapping` (field to column) over the defaults.

    A field mapped to nothing ("") is read from no column.

    Raises:
        ValueNotUnderstood: there is no such field.
    """
    names = dict(default_columns())
    for each, column in mapping.items():
        if each not in names:
            raise ValueNotUnderstood(
                "an article has no such field", value=each, expected=f"one of {', '.join(names)}"
            )
        names[each] = (lowered(column),) if column else ()
    return Columns(names=names, mapped=tuple(c.strip() for c in mapping.values() if c))


def lowered(name: str) -> str:
    """Return the name of a column as it is compared."""
    return name.strip().lower()
