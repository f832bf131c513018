"""JSON that can stand in a page: ASCII, and nothing in it can end a script element."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


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
