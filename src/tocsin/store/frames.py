"""Frames: what was found as flat tables of Arrow, polars and pandas.

A cell holds None, a string, a number, a truth value or a day.  Where a record has several (actors,
outlets), their names stand in one string, divided by ``"; "``.  Columns, which the kinds declare,
keep their names and their order; new ones are added at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from tocsin.store.kinds.kind import Column

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

#: Rows of one Arrow batch: so many records are in memory at once.
BATCH = 2_000


def row_of(found: Any, columns: tuple[Column, ...]) -> list[Any]:
    """Return the cells of one record."""
    return [column.value(found) for column in columns]


def arrow_schema(columns: tuple[Column, ...]) -> pyarrow.Schema:
    """Return the Arrow schema: strings, 64-bit numbers, truth values and 32-bit days."""
    import pyarrow as pa

    numbers = {"integer": pa.int64(), "real": pa.float64()}
    kinds = numbers | {"text": pa.string(), "flag": pa.bool_(), "day": pa.date32()}
    return pa.schema(
        [pa.field(c.name, kinds[c.kind], metadata={"description": c.help}) for c in columns]
    )


def arrow_batches(
    found: Iterable[Any], columns: tuple[Column, ...]
) -> Iterator[pyarrow.RecordBatch]:
    """Yield `found` as Arrow batches of at most `BATCH` rows."""
    import pyarrow as pa

    schema = arrow_schema(columns)
    records = iter(found)
    while batch := list(islice(records, BATCH)):
        cells = zip(*(row_of(each, columns) for each in batch), strict=True)
        arrays = [pa.array(column, type=f.type) for column, f in zip(cells, schema, strict=True)]
        yield pa.record_batch(arrays, schema=schema)


def to_arrow(found: Iterable[Any], columns: tuple[Column, ...]) -> pyarrow.Table:
    """Return `found` as an Arrow table."""
    import pyarrow as pa

    return pa.Table.from_batches(arrow_batches(found, columns), schema=arrow_schema(columns))


def to_polars(found: Iterable[Any], columns: tuple[Column, ...]) -> polars.DataFrame:
    """Return `found` as a polars data frame.

    Raises:
        ImportError: polars is not installed.
    """
    frame: polars.DataFrame = _library("polars").from_arrow(to_arrow(found, columns))
    return frame


def to_pandas(found: Iterable[Any], columns: tuple[Column, ...]) -> pandas.DataFrame:
    """Return `found` as a pandas data frame, days as ``datetime64`` (NaT where there is none).

    Raises:
        ImportError: pandas is not installed.
    """
    library = _library("pandas")
    frame: pandas.DataFrame = to_arrow(found, columns).to_pandas(date_as_object=False)
    days = [column.name for column in columns if column.kind == "day"]
    frame[days] = frame[days].apply(library.to_datetime)
    return frame


def _library(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        raise ImportError(
            f"{name} is not installed; install it with: pip install {name}", name=name
        ) from None
