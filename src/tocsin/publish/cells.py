"""Cells of tables that others open: no text is calculated, and none breaks a row.

After OWASP, "CSV Injection": a spreadsheet takes a cell for a formula that begins with ``=``,
``+``, ``-``, ``@``, a tab or a line break, also in their full-width forms, and some skip blanks or
quotation marks before it.  An apostrophe before the whole cell makes it text.  What is no more
than a number (-9.5) cannot do anything and stays a number.

GDELT and POLECAT have no way to quote a cell.  So in their rows tabs and line breaks in a cell
become spaces, straight double quotes single ones (readers that do look for quotes would swallow
rows), and characters that steer or mislead become visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO

from tocsin.publish.visible import on_one_line

Cell = str | int | float | None

#: Blanks (line breaks among them), quotation marks and what nobody sees, then what calculates.
_FORMULA = re.compile(
    r"[\s\"'`‘’“”«»„‚＇＂\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫−]|[\t\r\n]"
)

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def defuse(text: str) -> str:
    """Return `text` with an apostrophe before it when a spreadsheet would calculate it."""
    dangerous = _FORMULA.match(text) and not _NUMBER.fullmatch(text)
    return f"'{text}" if dangerous else text


def write_row(file: TextIO, cells: Iterable[Cell], missing: str) -> None:
    """Write one row; None and empty text are written as `missing`."""
    file.write("\t".join(_cell(value, missing) for value in cells) + "\n")


def _cell(value: Cell, missing: str) -> str:
    if value is None:
        return missing
    if isinstance(value, str):
        return defuse(on_one_line(value).replace('"', "'")) or missing
    return repr(value)
