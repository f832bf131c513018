"""JSON: a report as one object under the field names of `tocsin.records`, and text fit for pages.

All of it is ASCII, so that no terminal can be steered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from tocsin.records import Report, to_json

#: Without these characters nothing can end a script element.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def render_json(report: Report) -> str:
    """Return `report` as JSON on one line: the JSON contract.

    Keys: article, statements, events, office_claims, findings, dating (or null), account.  Spans
    are ``[start, end]`` offsets into ``article.text``; dates are ISO strings.
    """
    return json.dumps(to_json(report))


def write_lines(records: Iterable[object], out: TextIO) -> None:
    """Write each of `records` as JSON on a line, in ASCII so that no terminal can be steered."""
    for each in records:
        out.write(json.dumps(to_json(each)) + "\n")


def one_line(value: object) -> str:
    """Return `value` as JSON on one line, in ASCII, without ``<``, ``>`` and ``&``."""
    return json.dumps(value, allow_nan=False).translate(_ESCAPES)


def write_list(file: TextIO, head: dict[str, Any], name: str, items: Iterable[object]) -> int:
    """Write an object with the members of `head` and, as `name`, a list of `items`, one a line.

    Returns:
        How many items there were; they are never all in memory.
    """
    count = -2  # the first and the last piece are no items
    for piece in list_pieces(head, name, items):
        count += 1
        file.write(piece)
    return count


def list_pieces(head: dict[str, Any], name: str, items: Iterable[object]) -> Iterator[str]:
    """Yield that object in pieces: its beginning, each item, its end.

    For an item of None the piece is empty: who sends the pieces can look at the clock.
    """
    members = "".join(f"{one_line(k)}: {one_line(v)}, " for k, v in head.items())
    yield f"{{{members}{one_line(name)}: ["
    comma = ""
    for item in items:
        yield "" if item is None else f"{comma}\n{one_line(item)}"
        comma = comma if item is None else ","
    yield "\n]}\n"
