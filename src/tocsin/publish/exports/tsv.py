"""Tab-separated files without quoting, as event data are published: cells that cannot break a row.

GDELT and POLECAT have no way to quote a cell.  So tabs and line breaks in a cell become spaces,
straight double quotes single ones (readers that do look for quotes would swallow rows), characters
that steer or mislead become visible, and text that a spreadsheet would calculate is defused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from tocsin.publish.cells import defuse
from tocsin.publish.visible import on_one_line

Cell = str | int | float | None


def write_row(file: TextIO, cells: Iterable[Cell], missing: str) -> None:
    """Write one row; None and empty text are written as `missing`."""
    file.write("\t".join(_cell(value, missing) for value in cells) + "\n")


def _cell(value: Cell, missing: str) -> str:
    if value is None:
        return missing
    if isinstance(value, str):
        return defuse(on_one_line(value).replace('"', "'")) or missing
    return repr(value)
