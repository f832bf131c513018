"""A corpus: many articles from a folder, a feed, a table, a crawl or standard input.

`find_items` streams: it holds one item at a time, whatever the size of the file, and it neither
decodes nor judges what it finds; `read.read_item` does, in worker processes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tocsin.articles.compressed import Stream, without_compression
from tocsin.articles.csv_rows import read_csv_rows
from tocsin.articles.decode import refuse_binary
from tocsin.articles.feeds import find_in_feed
from tocsin.articles.files import no_such_path, open_file, too_large, unreadable
from tocsin.articles.folders import find_files
from tocsin.articles.forms import HEAD, Form, form_of
from tocsin.articles.items import Found, Item, failed
from tocsin.articles.json_rows import read_json_rows
from tocsin.articles.opened import Columns, OpenedFile
from tocsin.articles.parquet_rows import read_parquet_rows
from tocsin.articles.tables import Rows, find_in_rows, read_mapping
from tocsin.articles.warc import find_in_warc
from tocsin.errors import EmptyInputError, InputError, NoArticleError
from tocsin.lexicons.numbered import counted
from tocsin.lexicons.refusals import refusal
from tocsin.records import Failure
from tocsin.settings import Settings

#: Failures in one file that are told one by one; of the others, how many there are.
FAILURES_TOLD = 100


def find_items(path: str, *, settings: Settings, mapping: Mapping[str, str]) -> Found:
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
    if path != "-" and os.path.isdir(path):  # noqa: PTH112 - never raises
        yield from find_in_files(find_files(path), settings=settings, mapping=mapping)
    else:
        yield from _find_in_file(path, read_mapping(mapping), settings)


def find_in_files(
    files: Iterable[str | Failure], *, settings: Settings, mapping: Mapping[str, str]
) -> Found:
    """Find the articles in files of a folder; one that cannot be read costs no other.

    Raises:
        ValueNotUnderstood: `mapping` names a field that articles do not have.
    """
    columns = read_mapping(mapping)
    for file in files:
        if isinstance(file, Failure):
            yield file
            continue
        try:
            yield from _find_in_file(file, columns, settings)
        except Exception as error:  # the other files must not pay for it
            yield failed(error, file)


def _find_in_file(path: str, columns: Columns, settings: Settings) -> Found:
    name = without_compression(Path(path).name)
    if path != "-" and not os.path.exists(path):  # noqa: PTH110 - never raises
        yield failed(no_such_path(path), path)
        return
    try:
        with open_file(path) as raw:
            file = OpenedFile(
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


def _find_in_stream(file: OpenedFile) -> Found:
    head = file.stream.peek(HEAD)
    if not head and file.stream.damage is None:
        raise EmptyInputError("the file is empty", value=file.origin, expected="an article or more")
    form = form_of(head, file.name, file.columns.names["text"])
    if form not in _BINARY:
        # Of a table, the row that holds a zero byte fails alone.
        most = _FEW_ZEROS if form in _ROWS else 0
        refuse_binary(head.replace(b"\x00", b"", most), file.origin)
    found = find_in_rows(file, _ROWS[form](file)) if form in _ROWS else _FINDERS[form](file)
    yield from _with_few_failures(found, file.origin)
    if file.stream.damage:
        damaged = refusal(InputError, "file_not_whole", file.origin, damage=file.stream.damage)
        yield failed(damaged, file.origin)


def _with_few_failures(found: Found, origin: str) -> Found:
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
        more = f"{counted(failures - FAILURES_TOLD, 'more article')} of this file could not be read"
        advice = f"The first {FAILURES_TOLD} are listed one by one."
        yield failed(InputError(more, value=origin, advice=advice), origin)
    if error is not None:
        raise error


def _find_article(file: OpenedFile) -> Found:
    if Path(file.name).suffix.lower() in _OF_PAGES:
        raise refusal(NoArticleError, "part_of_page", file.origin)
    body = file.stream.read(file.settings.max_bytes + 1)
    if len(body) > file.settings.max_bytes:
        raise too_large(file.origin, file.settings)
    if file.stream.damage is None:
        yield Item(origin=file.origin, name=file.name, body=body)


#: How the rows of a table are read, and how the articles in what is no table are found.
_ROWS: dict[Form, Callable[[OpenedFile], Rows]] = {
    "json": read_json_rows,
    "csv": read_csv_rows,
    "parquet": read_parquet_rows,
}
_FINDERS: dict[Form, Callable[[OpenedFile], Found]] = {
    "article": _find_article,
    "pdf": _find_article,
    "feed": find_in_feed,
    "warc": find_in_warc,
}
#: Files that a browser saves beside a page, in a folder of its own.
_OF_PAGES = frozenset((".css", ".js", ".mjs", ".svg", ".map"))
#: So many zero bytes in the first `HEAD` are slips in a table, more are no table.
_FEW_ZEROS = 20
_BINARY = frozenset(("parquet", "warc", "pdf"))
