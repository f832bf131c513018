"""CSV: one file of reported events, or a folder with one file for each table.

UTF-8, commas, a header, quotes where needed; text that a spreadsheet would calculate is defused,
numbers stay numbers and nothing is an empty cell.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from tocsin.publish.cells import defuse
from tocsin.publish.exports.outcome import Outcome
from tocsin.publish.exports.tables import Table
from tocsin.publish.exports.target import file_in
from tocsin.publish.visible import visible
from tocsin.store.frames import row_of


def write_csv(folder: Path, tables: Iterable[Table]) -> Outcome:
    """Write each of `tables` to a file ``NAME.csv`` in `folder`."""
    outcome = Outcome()
    for table in tables:
        with file_in(folder, f"{table.name}.csv") as file:
            outcome.written.update(write_table(file, table).written)
    return outcome


def write_table(file: TextIO, table: Table) -> Outcome:
    """Write one table with its header."""
    outcome = Outcome()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    for record in table.rows():
        writer.writerow(map(_cell, row_of(record, table.columns)))
        outcome.written[table.name] += 1
    return outcome


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    return defuse(visible(value)) if isinstance(value, str) else value
