"""Crawls in WARC files: every page that was answered with HTML.

The day of the crawl (WARC-Date) is not the day of publication and is not taken for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from tocsin.articles.compressed import Stream
from tocsin.articles.files import too_large
from tocsin.articles.http_body import decode_body
from tocsin.articles.items import Found, Item, failed
from tocsin.articles.opened import OpenedFile
from tocsin.errors import InputError
from tocsin.lexicons.refusals import refusal
from tocsin.records import Failure
from tocsin.settings import Settings

_OK = 200
_HTML = frozenset(("text/html", "application/xhtml+xml"))
_LONGEST_HEADER = 1 << 16


def find_in_warc(file: OpenedFile) -> Found:
    """Find the pages in a crawl: responses with status 200 and HTML in them.

    Other records (requests, images, errors, visits without change) are no articles and passed
    over.  Items are numbered by response, from 1.  A file that does not end as a WARC file ends
    gives a `Failure` after the items before the cut.
    """
    number = 0
    try:
        for number, record in enumerate(_responses(file.stream), start=1):
            if _is_page(record):
                yield _read_page(record, number, file)
        if file.stream.tail.strip(b"\r\n"):
            raise OSError("the last record has no end")
    except OSError as error:
        if file.stream.damage is None:  # else the caller says what happened
            damaged = refusal(InputError, "crawl_damaged", file.origin, number=number, why=error)
            yield failed(damaged, file.origin)


def _responses(stream: Stream) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    # A body is decoded by us: the library goes astray where a decoded body is not read to its end.
    return iter(
        ArchiveIterator(
            cast("BinaryIO", stream),  # it asks for no more than read and tell
            record_types=WarcRecordType.response,
            auto_decode="none",
            stream_detect=False,
            max_header_len=_LONGEST_HEADER,
        )
    )


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if headers is None or headers.status_code != _OK:
        return False
    identified = record.headers.get("WARC-Identified-Payload-Type", "")
    return record.http_content_type in _HTML or identified in _HTML


def _read_page(record: Any, number: int, file: OpenedFile) -> Item | Failure:
    origin = file.place(number)
    try:
        body = _body(record, origin, file.settings)
    except InputError as error:
        return failed(error, origin)
    address = record.headers.get("WARC-Target-URI", "").strip("<> ")
    return Item(
        origin=origin,
        name=f"{file.name}#{number}",
        body=body,
        media_type="text/html",
        encoding=record.http_charset,
        url=address or None,
    )


def _body(record: Any, origin: str, settings: Settings) -> bytes:
    size = record.content_length
    if size > settings.max_bytes:
        raise too_large(origin, settings)
    raw = record.reader.read(size)
    if len(raw) < size:
        raise OSError(f"the last record is cut off after {len(raw):,} of {size:,} bytes")
    return decode_body(raw, record.http_headers, origin, settings)
