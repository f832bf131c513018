"""Rows of JSON: one object a line, or one array of objects."""

from __future__ import annotations

import json
from itertools import chain, islice

from tocsin.articles.files import too_large
from tocsin.articles.forms import HEAD
from tocsin.articles.opened import OpenedFile, compared
from tocsin.articles.tables import Row, Rows, default_columns
from tocsin.errors import EncodingError, InputError, NoArticleError, TooLargeError
from tocsin.lexicons.refusals import refusal

_LONGER_THAN_A_NAME = 200
#: What every report has that `tocsin read --json` wrote.
_REPORT = frozenset(("article", "statements", "findings", "account"))
_BOM = b"\xef\xbb\xbf"


def read_json_rows(file: OpenedFile) -> Rows:
    """Read the objects in `file` with their numbers, counted from 1.

    In JSON Lines the number is that of the line; a line that is no object is an error of its own.
    An array, or an object over several lines, is read whole and may not be larger than one article;
    so is an object that is all there is.
    """
    if _is_whole(file.stream.peek(HEAD)):
        yield from _read_whole(file)
        return
    numbered = enumerate(file.lines(), start=1)
    lines = ((number, line) for number, line in numbered if line is None or line.strip())
    first = list(islice(lines, 2))
    if len(first) == 1 and first[0][1] is not None:
        yield from _rows_in(_parse(first[0][1], file.origin), file)
        return
    for number, line in chain(first, lines):
        place = file.place(number)
        if line is None:
            yield number, too_large(place, file.settings)
        else:
            yield number, _object(_parse(line, place), place)


def _is_whole(head: bytes) -> bool:
    """Say whether the JSON is one value over several lines, rather than one a line."""
    start = head.removeprefix(_BOM).lstrip()
    first, line_end, _ = start.partition(b"\n")
    return start[:1] == b"[" or (bool(line_end) and first.rstrip().endswith((b"{", b"[", b",")))


def _read_whole(file: OpenedFile) -> Rows:
    raw = file.stream.read(file.settings.max_bytes + 1)
    if len(raw) > file.settings.max_bytes:
        most = file.settings.max_bytes
        yield 1, refusal(TooLargeError, "array_too_large", file.origin, most=most)
    elif not file.stream.damage:  # else it is half a value; the caller says what happened
        yield from _rows_in(_parse(raw, file.origin), file)


def _rows_in(value: object, file: OpenedFile) -> Rows:
    for number, row in enumerate(_rows_of(value), start=1):
        yield number, _object(row, file.place(number))


def _rows_of(value: object) -> list[object]:
    """Return the rows: of an array its members, of {"articles": [...]} those of the list in it."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        lists = [v for v in value.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
        if len(lists) == 1 and not _holds_text(value):
            return lists[0]
    return [value]


def _holds_text(value: dict[str, object]) -> bool:
    """Say whether an object, or one in it, holds words that are called text or are as long."""
    inner = [each for each in value.values() if isinstance(each, dict)]
    return any(
        isinstance(words, str)
        and (len(words) > _LONGER_THAN_A_NAME or compared(name) in default_columns()["text"])
        for each in (value, *inner)
        for name, words in each.items()
    )


def _parse(raw: bytes, origin: str) -> object:
    """Return the value, or the error that `raw` is no JSON.  Of names given twice the last wins."""
    try:
        return json.loads(raw.removeprefix(_BOM).decode())
    except UnicodeDecodeError as error:
        return refusal(EncodingError, "json_not_utf_8", origin, byte=error.start)
    except RecursionError:
        return InputError("the JSON is nested too deeply", value=origin, expected="an object")
    except ValueError as error:  # also: a number of thousands of digits
        why = f"{error}".split(":")[0]
        return InputError(f"this is not JSON ({why})", value=origin, expected="an object")


def _object(value: object, origin: str) -> Row | InputError:
    if isinstance(value, dict) and value.keys() >= _REPORT:
        return refusal(NoArticleError, "own_report", origin)
    if isinstance(value, dict | InputError):
        return value
    return refusal(InputError, "not_an_object", origin, kind=type(value).__name__)
