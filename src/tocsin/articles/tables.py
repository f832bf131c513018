"""Tables: which column holds what, and a row as an `Item`.

JSON Lines, CSV and Parquet differ in how a row is read, not in what is made of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain, islice

from tocsin.articles.days import Order, order_in, read_stamp
from tocsin.articles.files import too_large
from tocsin.articles.fragment import looks_like_markup
from tocsin.articles.items import Found, Item, failed, outlet_of
from tocsin.articles.opened import Columns, OpenedFile, compared
from tocsin.errors import InputError, NoArticleError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.tables import read_rows
from tocsin.settings import Settings

#: Rows that are looked at before a column is said to be missing.
_FIRST_ROWS = 20
#: Rows, and characters in them, among which one is sought that tells the order of day and month.
_ROWS_AHEAD, _CHARACTERS_AHEAD = 5_000, 30_000_000
_LONGEST_TITLE = 1_000
_LONGEST_ADDRESS = 4_000
_LONGEST_DAY = 60  #: as it is shown

_ORDERS: dict[str, Order] = {"": "", "dmy": "dmy", "mdy": "mdy"}

Row = Mapping[str, object]
#: Rows with their numbers; of one that cannot be read the error.
Rows = Iterator[tuple[int, Row | InputError]]


@cache
def default_columns() -> Mapping[str, tuple[str, ...]]:
    """Return the names under which each field is looked for, best first, as they are compared."""
    rows = read_rows("lexicons/columns.tsv", "field names")
    return {field: tuple(map(compared, names.split())) for field, names in rows}


def read_mapping(mapping: Mapping[str, str]) -> Columns:
    """Return the columns to look in: those of `mapping` (field to column) over the defaults.

    A field mapped to nothing ("") is read from no column, one mapped to several ("body|story") from
    the first that holds something.  "day_order" is mapped to the order of day and month.

    Raises:
        ValueNotUnderstood: there is no such field, or order.
    """
    names = dict(default_columns())
    mapped: dict[str, tuple[str, ...]] = {}
    order = _ORDERS.get(mapping.get("day_order", ""))
    if order is None:
        raise refusal(ValueNotUnderstood, "no_day_order", mapping["day_order"])
    for each, column in ((k, v) for k, v in mapping.items() if k != "day_order"):
        if each not in names:
            raise refusal(ValueNotUnderstood, "no_such_field", each, fields=", ".join(names))
        names[each] = tuple(map(compared, column.split("|"))) if column else ()
        mapped |= {column.strip(): names[each]} if column else {}
    return Columns(names=names, mapped=mapped, order=order)


def find_in_rows(file: OpenedFile, rows: Rows) -> Found:
    """Find the articles in the numbered `rows` of `file`.  One that cannot be read is a `Failure`.

    Raises:
        ValueNotUnderstood: a column that the user named is in none of the first rows.
    """
    columns, origin = file.columns, file.origin
    first = _first_rows(rows, columns)
    readable = [row for _, row in first if not isinstance(row, InputError)]
    if readable:
        _require_mapped(readable, file)
        if not any(_holds(_with_compared_names(row), columns.names["text"]) for row in readable):
            listed = _listed(readable)
            yield failed(refusal(NoArticleError, "no_text_column", origin, columns=listed), origin)
            return
    file = replace(file, columns=replace(columns, order=_order_told(first, rows, columns)))
    for number, row in chain(first, rows):
        try:
            yield _item(row, number, file)
        except InputError as error:
            yield failed(error, file.place(number))


def _order_told(first: list[tuple[int, Row | InputError]], rows: Rows, columns: Columns) -> Order:
    """Return the order of day and month, given or told by a row, "" if by none.

    Rows that are read for it go to the end of `first`.
    """
    order: Order | None = columns.order
    size = at = 0
    while not order and at < _ROWS_AHEAD and size < _CHARACTERS_AHEAD:
        first.extend(islice(rows, int(at == len(first))))
        for _, row in first[at : at + 1]:
            named = {} if isinstance(row, InputError) else _with_compared_names(row)
            day = _find(named, columns.names["published"])
            order, size = order_in(day), size + len(str(named))
        if at == len(first) or (order is None and (day is not None or at >= _FIRST_ROWS)):
            break
        at += 1
    return order or ""


def _first_rows(rows: Rows, columns: Columns) -> list[tuple[int, Row | InputError]]:
    """Take rows until every column that is needed was seen, or enough to miss it."""
    wanted = {*columns.mapped.values()}
    text = False
    first = []
    for number, row in rows:
        first.append((number, row))
        if not isinstance(row, InputError):
            named = _with_compared_names(row)
            wanted -= {names for names in wanted if _holds(named, names)}
            text = text or _holds(named, columns.names["text"])
        if len(first) >= _FIRST_ROWS or (text and not wanted):
            break
    return first


def _require_mapped(rows: list[Row], file: OpenedFile) -> None:
    for column, names in file.columns.mapped.items():
        if not any(_holds(_with_compared_names(row), names) for row in rows):
            said = {"table": file.origin, "columns": _listed(rows)}
            raise refusal(ValueNotUnderstood, "no_such_column", column, **said)


def _listed(rows: list[Row], most: int = 30) -> str:
    names = list(dict.fromkeys(name[:60] for row in rows for name in row))
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


def _item(row: Row | InputError, number: int, file: OpenedFile) -> Item:
    """Return the article in `row`, or raise why there is none."""
    if isinstance(row, InputError):
        raise row
    return make_item(
        row,
        origin=file.place(number),
        table=file.name,
        number=number,
        columns=file.columns,
        settings=file.settings,
    )


def make_item(
    row: Row, *, origin: str, table: str, number: int, columns: Columns, settings: Settings
) -> Item:
    """Return the article in `row`; its name is that of the table with its id, else its number.

    Raises:
        InputError: the row holds no text.
    """
    row, names = _with_compared_names(row), columns.names
    text = _text(row, names["text"], origin)
    if not any(map(str.isalpha, text)):  # no need to ask a worker
        raise NoArticleError("the text of this row holds no words", value=origin)
    try:
        body = text.encode()
    except UnicodeEncodeError:
        raise InputError("the text holds half a character", value=origin) from None
    if len(body) > settings.max_bytes:
        raise too_large(origin, settings)
    day = _find(row, names["published"])
    published = read_stamp(day, columns.order)
    known = _words(row, names["id"], _LONGEST_TITLE)
    return Item(
        origin=origin,
        name=f"{table}#{known or number}",
        body=body,
        media_type="text/html" if looks_like_markup(text) else "text/plain",
        encoding="utf-8",
        url=_words(row, names["url"], _LONGEST_ADDRESS),
        title=_words(row, names["title"], _LONGEST_TITLE),
        outlet=outlet_of(_words(row, names["outlet"], _LONGEST_TITLE)),
        published=published,
        published_from="table" if published else None,
        unread_day=None if published or day is None else " ".join(str(day).split())[:_LONGEST_DAY],
    )


def _text(row: Row, columns: tuple[str, ...], origin: str) -> str:
    values = [value for name in columns if not _is_empty(value := _get(row, name))]
    text = next((value for value in values if isinstance(value, str)), None)
    if text is not None:
        return text
    if values:
        raise refusal(InputError, "text_of_other_type", origin, kind=type(values[0]).__name__)
    raise NoArticleError("this row holds no text", value=origin)


def _words(row: Row, names: tuple[str, ...], longest: int) -> str | None:
    """Return the first of the columns as one line, or None: what is too long is none of these."""
    value = _find(row, names)
    if isinstance(value, Mapping):  # {"source": {"id": ..., "name": ...}}
        value = value.get("name")
    if isinstance(value, bool | float | list | Mapping) or value is None:
        return None
    words = "".join(filter(str.isprintable, " ".join(str(value).split())))
    return words if words and len(words) <= longest else None


def _find(row: Row, names: tuple[str, ...]) -> object:
    return next((value for name in names if not _is_empty(value := _get(row, name))), None)


def _get(row: Row, name: str) -> object:
    """Return what `row` holds under `name`, also inside it: "source.name"."""
    if name in row or "." not in name:
        return row.get(name)
    value: object = row
    for part in name.split("."):
        value = _with_compared_names(value).get(part) if isinstance(value, Mapping) else None
    return value


def _holds(row: Row, names: tuple[str, ...]) -> bool:
    return any(name in row or _get(row, name) is not None for name in names)


def _is_empty(value: object) -> bool:
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or (isinstance(value, float) and math.isnan(value))


def _with_compared_names(row: Mapping[str, object]) -> Row:
    named: dict[str, object] = {}
    for name, value in row.items():
        if _is_empty(named.get(compared(name))):
            named[compared(name)] = value
    return named
