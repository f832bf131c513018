"""JSON: a report as one object under the field names of `tocsin.records`, and text fit for pages.

All of it is ASCII, so that no terminal can be steered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
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
    file.write("{" + "".join(f"{one_line(k)}: {one_line(v)}, " for k, v in head.items()))
    file.write(f"{one_line(name)}: [")
    count = 0
    for count, item in enumerate(items, start=1):
        file.write(("\n" if count == 1 else ",\n") + one_line(item))
    file.write("\n]}\n")
    return count
