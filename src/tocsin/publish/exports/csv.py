"""CSV: one file of reported events, or a folder with one file for each table.

The cells are those of ``tocsin events --csv`` and its like.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from tocsin.publish import tables
from tocsin.publish.exports.outcome import Outcome
from tocsin.publish.exports.tables import Table
from tocsin.publish.exports.target import file_in


def write_csv(folder: Path, parts: Iterable[Table]) -> Outcome:
    """Write each table to a file ``NAME.csv`` in `folder`."""
    outcome = Outcome()
    for table in parts:
        with file_in(folder, f"{table.name}.csv") as file:
            outcome.written.update(write_table(file, table).written)
    return outcome


def write_table(file: TextIO, table: Table) -> Outcome:
    """Write one table with its header."""
    outcome = Outcome()
    outcome.written[table.name] = tables.write_csv(table.rows(), table.columns, file)
    return outcome
