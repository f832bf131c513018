"""Tables: what a query found, in a pipe, as CSV and as JSON lines; `screen` shows it in a terminal.

In a pipe it is all columns of the kind, with tabs between them and a line for each
record.  Nothing from an article reaches it unescaped.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import Any, TextIO

from tocsin.publish.cells import defuse
from tocsin.publish.visible import on_one_line, visible
from tocsin.store.frames import row_of
from tocsin.store.kinds.kind import Column, Kind


def write_lines(found: Iterable[Any], kind: Kind[Any], out: TextIO) -> int:
    """Write `found` as lines with tabs between the cells, after one with the names of the columns.

    Returns how many there were.
    """
    out.write("\t".join(column.name for column in kind.columns) + "\n")
    number = 0
    for each in found:
        number += 1
        cells = (_plain(cell) for cell in row_of(each, kind.columns))
        out.write("\t".join(on_one_line(str(cell)) for cell in cells) + "\n")
    return number


def write_csv(found: Iterable[Any], columns: tuple[Column, ...], out: TextIO) -> int:
    """Write `found` as CSV with a header, formulas defused.  Returns how many there were."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in columns)
    number = 0
    for each in found:
        number += 1
        writer.writerow(_safe(_plain(cell)) for cell in row_of(each, columns))
    return number


def write_json(found: Iterable[Any], kind: Kind[Any], out: TextIO) -> int:
    """Write `found` as JSON, one object a line, in ASCII so that no terminal can be steered.

    Returns how many there were.
    """
    number = 0
    for each in found:
        number += 1
        out.write(json.dumps(kind.as_object(each)) + "\n")
    return number


def _plain(cell: Any) -> Any:
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else cell


def _safe(cell: Any) -> Any:
    return defuse(visible(cell)) if isinstance(cell, str) else cell
