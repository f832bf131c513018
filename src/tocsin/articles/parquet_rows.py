"""Rows of Parquet files, a batch of a row group at a time."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from tocsin.articles.compressed import GROWS, is_bomb
from tocsin.articles.opened import Columns, OpenedFile, compared
from tocsin.articles.tables import Row, Rows
from tocsin.errors import InputError

#: Rows held at a time, and bytes of a column.
_BATCH = 64
_BUFFER = 1 << 20


def read_parquet_rows(file: OpenedFile) -> Rows:
    """Read the rows of the Parquet file, numbered from 1, with the columns that may be needed.

    A Parquet file is read from its end: one that is compressed, or a pipe, is written to a
    temporary file first.

    Raises:
        InputError: it is no Parquet file, or damaged; rows before the damage came before.
    """
    import pyarrow as pa

    with tempfile.TemporaryFile() as copy:
        try:
            parquet = _open(_seekable(file, copy), file.columns)
            _require_no_bomb(parquet)
            yield from enumerate(_read_rows(parquet, file.columns), start=1)
        except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
            why = f"the Parquet file cannot be read ({' '.join(str(error).split())[:200]})"
            raise InputError(why, value=file.origin) from None


def _seekable(file: OpenedFile, copy: BinaryIO) -> BinaryIO:
    """Return the bytes of `file` so that they can be read in any order, in `copy` if need be."""
    if not file.stream.is_compressed and file.raw.seekable():
        return file.raw
    shutil.copyfileobj(file.stream, copy)
    return copy


def _open(raw: BinaryIO, columns: Columns) -> Any:
    """Open the file.  Text columns keep their dictionary: a text in a million rows is held once."""
    import pyarrow.parquet as pq

    raw.seek(0)
    schema = pq.ParquetFile(raw).schema_arrow
    texts = [n for n in _names(schema, columns.names["text"]) if _is_text(schema.field(n).type)]
    raw.seek(0)
    return pq.ParquetFile(raw, read_dictionary=texts, pre_buffer=False, buffer_size=_BUFFER)


def _require_no_bomb(file: Any) -> None:
    """Refuse columns that grow like a bomb: a page of a column is undone at once, into memory.

    Raises:
        ValueError: one does, by what the file says of it.
    """
    groups = [file.metadata.row_group(n) for n in range(file.metadata.num_row_groups)]
    for chunk in (group.column(n) for group in groups for n in range(group.num_columns)):
        if is_bomb(chunk.total_uncompressed_size, chunk.total_compressed_size):
            raise ValueError(GROWS)


def _names(schema: Any, wanted: tuple[str, ...]) -> list[str]:
    """Return the columns that may be `wanted`, whole where a part of them is ("source.name")."""
    whole = {name.partition(".")[0] for name in wanted} | set(wanted)
    return [name for name in schema.names if compared(name) in whole]


def _is_text(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_binary(kind))


def _read_rows(file: Any, columns: Columns) -> Iterator[Row]:
    schema = file.schema_arrow
    empty: dict[str, object] = dict.fromkeys(schema.names)
    if not _names(schema, columns.names["text"]):
        yield empty  # it names the columns there are
        return
    wanted = [name for some in columns.names.values() for name in _names(schema, some)]
    batches = file.iter_batches(
        batch_size=_BATCH, columns=list(dict.fromkeys(wanted)), use_threads=False
    )
    for batch in batches:
        for index in range(batch.num_rows):
            yield empty | {
                name: _value(column[index])
                for name, column in zip(batch.schema.names, batch.columns, strict=True)
            }


def _value(cell: Any) -> object:
    """Return what stands in the cell; bytes where it should be text and is not UTF-8."""
    import pyarrow as pa

    try:
        if pa.types.is_timestamp(cell.type):  # Python knows no nanoseconds
            cell = cell.cast(pa.timestamp("us", cell.type.tz), safe=False)
        value = cell.as_py()
        return value.decode() if isinstance(value, bytes) else value
    except UnicodeDecodeError as error:
        return error.object
    except (pa.ArrowException, ValueError, OverflowError):  # a day that no calendar has
        return None
