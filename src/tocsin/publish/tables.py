"""Tables: what a query found, in a pipe, as CSV and as JSON lines; `screen` shows it in a terminal.

In a pipe it is all columns of the kind, with tabs between them and a line for each
record.  Nothing from an article reaches it unescaped, and no cell is a formula.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
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
        cells = (defuse(str(_plain(cell))) for cell in row_of(each, kind.columns))
        out.write("\t".join(map(on_one_line, cells)) + "\n")
    return number


def write_csv(found: Iterable[Any], columns: tuple[Column, ...], out: TextIO) -> int:
    """Write `found` as CSV with a header, formulas defused.  Returns how many there were."""
    number = -1  # the first line is the header
    for line in csv_lines(found, columns):
        number += 1
        out.write(line)
    return number


def csv_lines(found: Iterable[Any], columns: tuple[Column, ...]) -> Iterator[str]:
    """Yield `found` as lines of CSV, a header first, formulas defused."""
    line = csv.writer(_Echo(), lineterminator="\n").writerow
    yield line(column.name for column in columns)
    for each in found:
        yield line(_safe(_plain(cell)) for cell in row_of(each, columns))


class _Echo:
    """A file that gives back what is written to it: `csv` passes it on."""

    def write(self, text: str) -> str:
        """Return `text`."""
        return text


def write_json(found: Iterable[Any], kind: Kind[Any], out: TextIO) -> int:
    """Write `found` as JSON, one object a line, in ASCII so that no terminal can be steered.

    Returns how many there were.
    """
    number = 0
    for line in json_lines(found, kind):
        number += 1
        out.write(line)
    return number


def json_lines(found: Iterable[Any], kind: Kind[Any]) -> Iterator[str]:
    """Yield `found` as JSON, one object a line, in ASCII."""
    for each in found:
        yield json.dumps(kind.as_object(each)) + "\n"


def _plain(cell: Any) -> Any:
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else cell


def _safe(cell: Any) -> Any:
    return defuse(visible(cell)) if isinstance(cell, str) else cell
