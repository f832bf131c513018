"""Crawls in WARC files: every page that was answered with HTML.

The day of the crawl (WARC-Date) is not the day of publication and is not taken for it.  Crawlers
write lengths that are wrong by a few bytes, and line ends without CR: where one record ends and
the next begins is seen from the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tocsin.articles.compressed import Stream
from tocsin.articles.files import too_large
from tocsin.articles.http_body import decode_body
from tocsin.articles.items import Found, Item, failed
from tocsin.articles.opened import OpenedFile
from tocsin.articles.page import looks_like_html
from tocsin.errors import InputError
from tocsin.lexicons.refusals import refusal
from tocsin.records import Failure
from tocsin.settings import Settings

_HTML = frozenset(("text/html", "application/xhtml+xml"))
_LONGEST_HEADER = 1 << 16
_PIECE = 1 << 16
#: By how many bytes a length may be wrong.
_SLACK = 64

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_END_OF_RECORD = re.compile(rb"\r?\n\r?\n(?=WARC/\d|\Z)")
_HEADER = re.compile(r"^([\w-]+):[ \t]*([^\r\n]*)", re.M)
_STATUS = re.compile(rb"HTTP/[\d.]+[ \t]+200\b")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)


def find_in_warc(file: OpenedFile) -> Found:
    """Find the pages in a crawl: responses with status 200 and HTML in them.

    Other records (requests, images, errors, visits without change) are no articles and passed
    over.  Items are numbered by response, from 1.  A record that cannot be told from what follows,
    or a file that does not end as a WARC file ends, gives a `Failure`, and the rest goes on.
    """
    number, stream = 0, file.stream
    while _begins(stream):
        try:
            headers = _read_headers(stream)
            number += headers.get("warc-type", "").lower() == "response"
            block = _read_block(stream, headers, file.settings)
        except OSError as error:
            if stream.damage is None:  # else the caller says what happened
                why = {"number": number, "why": error}
                yield failed(refusal(InputError, "crawl_damaged", file.origin, **why), file.origin)
            _find_next(stream)
            continue
        if headers.get("warc-type", "").lower() == "response":
            page = _read_page(headers, block, number, file)
            yield from () if page is None else (page,)


def _begins(stream: Stream) -> bool:
    """Pass over blank lines; return whether anything follows."""
    while (start := stream.peek(1)) in (b"\r", b"\n"):
        stream.read(1)
    return bool(start)


def _find_next(stream: Stream) -> None:
    """Pass over everything up to the next record, if there is one."""
    while piece := stream.peek(_PIECE):
        at = piece.find(b"\nWARC/1.")
        stream.read(at + 1 if at >= 0 else max(1, len(piece) - _SLACK))
        if at >= 0:
            return


def _read_headers(stream: Stream) -> Mapping[str, str]:
    head = stream.peek(_LONGEST_HEADER)
    end = _BLANK_LINE.search(head)
    if end is None or not head.startswith(b"WARC/"):
        raise OSError("no record begins where one should")
    return _headers_in(stream.read(end.end()))


def _headers_in(raw: bytes) -> Mapping[str, str]:
    """Return the headers by their names in lower case."""
    found = _HEADER.findall(raw.decode("utf-8", "replace"))
    return {name.lower(): value.strip() for name, value in found}


def _read_block(stream: Stream, headers: Mapping[str, str], settings: Settings) -> bytes | None:
    """Read what the record holds, up to the end that is seen near the length that is told.

    None stands for what is larger than one article may be.

    Raises:
        OSError: there is no end near, or the file ends before it.
    """
    told = headers.get("content-length", "")
    if not told.isdecimal() or len(told) > 18:
        raise OSError("the record does not tell its length")
    size = left = int(told)
    if size > settings.max_bytes + _LONGEST_HEADER:
        while left > 0 and (piece := stream.read(min(left, _PIECE))):
            left -= len(piece)
        return None
    seen = stream.peek(size + _SLACK)
    ends = [found.span() for found in _END_OF_RECORD.finditer(seen, max(0, size - _SLACK))]
    if len(seen) < size or not ends:
        stream.read(min(size, len(seen)))
        raise OSError(f"the record has no end near its {size:,} bytes")
    start, end = min(ends, key=lambda each: abs(each[0] - size))
    return stream.read(end)[:start]


def _read_page(
    headers: Mapping[str, str], block: bytes | None, number: int, file: OpenedFile
) -> Item | Failure | None:
    """Return the page in a response; None if it is none."""
    origin = file.place(number)
    if block is None:
        return failed(too_large(origin, file.settings), origin)
    blank = _BLANK_LINE.search(block)
    if blank is None or not _STATUS.match(block):
        return None
    http = _headers_in(block[: blank.start()])
    kinds = http.get("content-type", ""), headers.get("warc-identified-payload-type", "")
    is_html = not _HTML.isdisjoint(kind.partition(";")[0].strip().lower() for kind in kinds)
    if not is_html and any(kinds):
        return None
    try:
        body = decode_body(block[blank.end() :], http, origin, file.settings)
    except InputError as error:
        return failed(error, origin)
    if not is_html and not looks_like_html(body):
        return None
    charset = _CHARSET.search(kinds[0])
    return Item(
        origin=origin,
        name=f"{file.name}#{number}",
        body=body,
        media_type="text/html",
        encoding=charset[1] if charset else None,
        url=headers.get("warc-target-uri", "").strip("<> ") or None,
    )
