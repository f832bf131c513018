"""Parquet: a folder with one file for each table, zstd, for DuckDB, polars, pandas and Spark.

Rows are written in groups as they come, so memory does not grow with the store.  Text is kept as
it is: this is the form for analysis, and offsets must hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tocsin.publish.exports.outcome import Outcome
from tocsin.publish.exports.tables import Table
from tocsin.store.frames import arrow_batches, arrow_schema


def write_parquet(folder: Path, tables: Iterable[Table]) -> Outcome:
    """Write each of `tables` to a file ``NAME.parquet`` in `folder`; empty ones have a schema."""
    outcome = Outcome()
    for table in tables:
        outcome.written[table.name] = _write(folder / f"{table.name}.parquet", table)
    return outcome


def _write(path: Path, table: Table) -> int:
    from pyarrow.parquet import ParquetWriter

    rows = 0
    with ParquetWriter(path, arrow_schema(table.columns), compression="zstd") as writer:
        for batch in arrow_batches(table.rows(), table.columns):
            writer.write_batch(batch)
            rows += len(batch)
    return rows
