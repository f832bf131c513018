"""A corpus: many articles from a folder, a feed, a table, a crawl or standard input.

`find_items` streams: it holds one item at a time, whatever the size of the file, and it neither
decodes nor judges what it finds; `read.read_item` does, in worker processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tocsin.articles.compressed import Stream, without_compression
from tocsin.articles.decode import refuse_binary
from tocsin.articles.files import no_such_path, open_file, too_large, unreadable
from tocsin.articles.folders import find_files
from tocsin.articles.forms import HEAD, Form, form_of
from tocsin.articles.items import Item, failed
from tocsin.articles.tables import Columns, Row, find_in_rows, read_mapping
from tocsin.errors import EmptyInputError, InputError
from tocsin.records import Failure
from tocsin.settings import Settings

#: Failures in one file that are told one by one; of the others, how many there are.
FAILURES_TOLD = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """One opened file and what is known about it."""

    origin: str
    name: str
    raw: BinaryIO
    stream: Stream
    columns: Columns
    settings: Settings


def find_items(
    path: str, *, settings: Settings, mapping: Mapping[str, str]
) -> Iterator[Item | Failure]:
    """Find the articles at `path`, one after another, in an order that is always the same.

    Args:
        path: a file, a folder (read with all below it), or ``"-"`` for standard input.
        settings: size limits.
        mapping: fields of an article to columns of a table, over the defaults:
            ``{"text": "body"}``.  Fields are text, title, url, outlet, published and id; a field
            mapped to ``""`` is read from no column.

    What cannot be read is a `Failure`, and the rest goes on.  After `FAILURES_TOLD` failures in one
    file, a last one says how many more there are in it.

    Raises:
        ValueNotUnderstood: `mapping` names a field that articles do not have or, where `path` is
            one file, a column that the table does not have.  (In a folder of several tables, one
            without that column is a `Failure`.)
    """
    columns = read_mapping(mapping)
    if path != "-" and _is_folder(path):
        for file in find_files(path):
            if isinstance(file, Failure):
                yield file
            else:
                yield from _find_in_one_of_many(file, columns, settings)
    else:
        yield from _find_in_file(path, columns, settings)


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):  # a name too long, a NUL byte in it
        return False


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def _find_in_one_of_many(
    path: str, columns: Columns, settings: Settings
) -> Iterator[Item | Failure]:
    try:
        yield from _find_in_file(path, columns, settings)
    except Exception as error:  # the other files must not pay for it
        yield failed(error, path)


def _find_in_file(path: str, columns: Columns, settings: Settings) -> Iterator[Item | Failure]:
    name = without_compression(Path(path).name)
    if path != "-" and not _exists(path):
        yield failed(no_such_path(path), path)
        return
    try:
        with open_file(path) as raw:
            file = _File(
                origin=path,
                name=name,
                raw=raw,
                stream=Stream(raw),
                columns=columns,
                settings=settings,
            )
            yield from _find_in_stream(file)
    except InputError as error:
        yield failed(error, path)
    except OSError as error:
        yield failed(unreadable(path, error), path)


def _find_in_stream(file: _File) -> Iterator[Item | Failure]:
    head = file.stream.peek(HEAD)
    if not head and file.stream.damage is None:
        raise EmptyInputError("the file is empty", value=file.origin, expected="an article or more")
    form = form_of(head, file.name, file.columns.names["text"])
    if form not in _BINARY:
        refuse_binary(head, file.origin)
    yield from _with_few_failures(_FINDERS[form](file), file.origin)
    if file.stream.damage:
        yield failed(_damaged(file), file.origin)


def _with_few_failures(found: Iterator[Item | Failure], origin: str) -> Iterator[Item | Failure]:
    """Pass on what is found in one file, of a flood of failures only the first and their number."""
    failures, error = 0, None
    try:
        for each in found:
            failures += isinstance(each, Failure)
            if failures <= FAILURES_TOLD or isinstance(each, Item):
                yield each
    except InputError as last:
        error = last
    if failures > FAILURES_TOLD:
        more = f"{failures - FAILURES_TOLD:,} more articles of this file could not be read"
        advice = f"The first {FAILURES_TOLD} are listed one by one."
        yield failed(InputError(more, value=origin, advice=advice), origin)
    if error is not None:
        raise error


def _damaged(file: _File) -> InputError:
    return InputError(
        f"the file is not whole: {file.stream.damage}",
        value=file.origin,
        expected="a file that can be read to its end",
        advice="What stands before the damage was read.",
    )


def _find_article(file: _File) -> Iterator[Item | Failure]:
    body = file.stream.read(file.settings.max_bytes + 1)
    if len(body) > file.settings.max_bytes:
        raise too_large(file.origin, file.settings)
    if file.stream.damage is None:
        yield Item(origin=file.origin, name=file.name, body=body)


def _find_in_json(file: _File) -> Iterator[Item | Failure]:
    from tocsin.articles.json_rows import read_json_rows

    rows = read_json_rows(file.stream, file.origin, file.settings)
    yield from _find_in_rows(file, rows)


def _find_in_feed(file: _File) -> Iterator[Item | Failure]:
    from tocsin.articles.feeds import find_in_feed

    yield from find_in_feed(file.stream, origin=file.origin, name=file.name, settings=file.settings)


def _find_in_csv(file: _File) -> Iterator[Item | Failure]:
    from tocsin.articles.csv_rows import read_csv_rows

    rows = read_csv_rows(file.stream, file.origin, file.name, file.settings)
    yield from _find_in_rows(file, rows)


def _find_in_parquet(file: _File) -> Iterator[Item | Failure]:
    from tocsin.articles.parquet_rows import read_parquet_rows

    rows = read_parquet_rows(file.stream, file.raw, file.origin, file.columns)
    yield from _find_in_rows(file, rows)


def _find_in_rows(
    file: _File, rows: Iterator[tuple[int, Row | InputError]]
) -> Iterator[Item | Failure]:
    return find_in_rows(
        rows, origin=file.origin, name=file.name, columns=file.columns, settings=file.settings
    )


def _find_in_warc(file: _File) -> Iterator[Item | Failure]:
    from tocsin.articles.warc import find_in_warc

    yield from find_in_warc(file.stream, origin=file.origin, name=file.name, settings=file.settings)


_FINDERS: dict[Form, Callable[[_File], Iterator[Item | Failure]]] = {
    Form.ARTICLE: _find_article,
    Form.FEED: _find_in_feed,
    Form.JSON: _find_in_json,
    Form.CSV: _find_in_csv,
    Form.PARQUET: _find_in_parquet,
    Form.WARC: _find_in_warc,
}
_BINARY = frozenset((Form.PARQUET, Form.WARC))
