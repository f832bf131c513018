"""Frames: what was found as flat tables of Arrow, polars and pandas.

A cell holds None, a string, a number, a truth value or a day.  Where a record has several (actors,
outlets), their names stand in one string, divided by ``"; "``.  Columns, which the kinds declare,
keep their names and their order; new ones are added at the end.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from tocsin.faces import InNotebooks
from tocsin.store.kinds.kind import Column, Kind

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
    yield from _batches((row_of(each, columns) for each in found), columns)


def _batches(
    rows: Iterable[list[Any]], columns: tuple[Column, ...]
) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow as pa

    schema = arrow_schema(columns)
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        cells = zip(*batch, strict=True)
        arrays = [pa.array(column, type=f.type) for column, f in zip(cells, schema, strict=True)]
        yield pa.record_batch(arrays, schema=schema)


class Tabular(InNotebooks, ABC):
    """An answer that can be had as a flat table."""

    kind: Kind[Any]

    @abstractmethod
    def count(self) -> int:
        """Return the number of records.

        >>> store.events(actor="PRK").count()
        1
        """

    @abstractmethod
    def head(self, number: int) -> Tabular:
        """Return the first `number` records.

        >>> store.events().head(2).count()
        2
        """

    @abstractmethod
    def rows(self) -> Iterator[list[Any]]:
        """Yield the cells of each record in the order of `columns`.

        >>> next(store.events(actor="PRK").rows())[1:3]
        ['MOBILIZE', 'troops']
        """

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the flat table.

        >>> [column.name for column in store.events().columns][:4]
        ['id', 'type', 'mode', 'quad']
        """
        return self.kind.columns

    def to_arrow(self) -> pyarrow.Table:
        """Return a flat Arrow table: days as ``date32``, words as strings.

        >>> store.events(actor="PRK").to_arrow()["day"].to_pylist()
        [datetime.date(2024, 10, 28)]
        """
        import pyarrow as pa

        batches = _batches(self.rows(), self.columns)
        return pa.Table.from_batches(batches, schema=arrow_schema(self.columns))

    def to_polars(self) -> polars.DataFrame:
        """Return a flat polars data frame: days as ``Date``, words as ``String``.

        >>> store.events(actor="PRK").to_polars()["grade"].to_list()
        ['B5']

        Raises:
            ImportError: polars is not installed; ``pip install 'tocsin[frames]'``.
        """
        frame: polars.DataFrame = _library("polars").from_arrow(self.to_arrow())
        return frame

    def to_pandas(self) -> pandas.DataFrame:
        """Return a flat pandas data frame: days as ``datetime64``, words as ``str``.

        A day that is not known is NaT.

        >>> store.events(actor="PRK").to_pandas()["day"].dt.month.tolist()
        [10]

        Raises:
            ImportError: pandas is not installed; ``pip install 'tocsin[frames]'``.
        """
        library = _library("pandas")
        frame: pandas.DataFrame = self.to_arrow().to_pandas(date_as_object=False)
        days = [column.name for column in self.columns if column.kind == "day"]
        frame[days] = frame[days].apply(library.to_datetime)
        return frame


def _library(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        raise ImportError(
            f"{name} is not installed; install it with: pip install 'tocsin[frames]'", name=name
        ) from None
