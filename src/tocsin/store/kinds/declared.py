"""Declarations of the kinds: what the tables in `store/data/` say of help, filters and columns.

The file of a kind adds what no table can say: where a filter looks, and what makes a cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from tocsin.lexicons.tables import given, listed, read_records
from tocsin.store import asked, conditions
from tocsin.store.conditions import Asks
from tocsin.store.kinds.kind import Column, Counted, Filter, Shown, column, value_at
from tocsin.store.lists import Listing
from tocsin.store.orders import Order

_Cells = Mapping[str, Callable[[Any], Any]]


def declare(
    kind: str,
    listing: Listing | None = None,
    asks: Mapping[str, Asks] | None = None,
    cells: _Cells | None = None,
) -> dict[str, Any]:
    """Return the arguments of a `Kind` that are declared.

    Args:
        kind: its name.
        listing: what its filters ask unless `asks` says otherwise.
        asks: what single filters ask, by name.
        cells: what makes cells of the screen, by the names that the table gives as their value.
    """
    (words,) = _rows("kinds")[kind]
    usual = _usual(kind, listing, words["one"]) if listing else {}
    return {
        "name": kind,
        "table": words["table"],
        "summary": words["summary"],
        "more": given(words["more"]) or "",
        "examples": listed(words["examples"]),
        "filters": tuple(_filters(kind, {**usual, **(asks or {})})),
        "orders": tuple(_orders(kind)),
        "facets": tuple(_facets(kind)),
        "columns": columns_of(kind),
        "screen": tuple(_screen(kind, cells or {})),
    }


def columns_of(table: str) -> tuple[Column, ...]:
    """Return the columns of a flat table: that of a kind, or one that only exports have."""
    return tuple(
        column(row["type"], row["name"], row["help"], _value(row), row["notebook"] == "yes")
        for row in _rows("columns")[table]
    )


def news_unless_named(asked: Mapping[str, Any]) -> dict[str, bool]:
    """Return the filter that leaves background out, but where a status or an id means it."""
    status = asked.get("status")
    return {"background": "id" in asked or (status is not None and status.is_background)}


@cache
def _rows(table: str) -> Mapping[str, list[dict[str, str]]]:
    """Return the rows of a table by the kinds that they are about."""
    rows = defaultdict(list)
    for row in read_records(f"store/data/{table}.tsv"):
        for kind in listed(row["kind"]):
            rows[kind].append(row)
    return rows


_OF_ARTICLE = """
SELECT r.id FROM articles a JOIN {table} r ON r.text_id = a.text_id WHERE a.id = ?
"""


def _usual(kind: str, listing: Listing, one: str) -> Mapping[str, Asks]:
    """Return what filters ask of a listing; `one` is what the ledger of arrivals calls a row."""
    return {
        **{row["name"]: conditions.posted(listing, row["name"]) for row in _rows("filters")[kind]},
        "since": lambda _, day: conditions.Ends(lowest=day.isoformat()),
        "until": lambda _, day: conditions.Ends(highest=day.isoformat()),
        "name": conditions.sought("name"),
        "speaker": conditions.said_by(listing),
        "article": conditions.few(_OF_ARTICLE.format(table=listing.table)),
        "id": conditions.few("SELECT ?", one),
        "new_since": conditions.arrived(listing, one),
    }


def _filters(kind: str, asks: Mapping[str, Asks]) -> Iterator[Filter]:
    for row in _rows("filters")[kind]:
        yield Filter(
            name=row["name"],
            read=getattr(asked, f"read_{row['reads']}"),
            help=row["help"],
            asks=asks[row["name"]],
            metavar=given(row["value"]) or "",
            kind=asked.KINDS_OF_VALUES.get(row["reads"], "text"),
            vocabulary=partial(asked.vocabulary_of, row["reads"]),
            names=given(row["names"]),
        )


def _orders(kind: str) -> Iterator[Order]:
    for row in _rows("orders")[kind]:
        along = given(row["along"])
        rising = along == "rising"
        column = None if rising else along
        yield Order(name=row["name"], help=row["help"], rising=rising, column=column)


def _facets(kind: str) -> Iterator[Counted]:
    for row in _rows("facets")[kind]:
        yield Counted(
            name=row["name"],
            table=row["from"],
            key=row["key"],
            value=row["value"],
            label=given(row["label"]) or "",
        )


def _screen(kind: str, cells: _Cells) -> Iterator[Shown]:
    for row in _rows("screens")[kind]:
        value = _value(row, "title")
        marks = (each.partition("=") for each in listed(given(row["marks"]) or ""))
        yield Shown(
            title=row["title"],
            width=int(row["width"]),
            cell=cells.get(value) or value_at(value),
            share=int(row["share"]),
            drop=int(row["drop"]),
            marks=tuple((mark, meaning) for mark, _, meaning in marks),
        )


def _value(row: Mapping[str, str], name: str = "name") -> str:
    return given(row["value"]) or row[name]
