"""Forms of files: one article, or a feed, a table or a crawl with many.

The first bytes decide where they are unmistakable; the name's suffix decides the rest.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePath
from typing import Literal

from tocsin.articles.opened import compared
from tocsin.articles.pdf import is_pdf

#: How much of a file is looked at.
HEAD = 1 << 16

#: How a file is read.
Form = Literal["article", "pdf", "feed", "json", "csv", "parquet", "warc"]

_BY_SUFFIX: dict[str, Form] = {
    **dict.fromkeys((".json", ".jsonl", ".ndjson", ".jl"), "json"),
    **dict.fromkeys((".csv", ".tsv", ".tab", ".psv"), "csv"),
    **dict.fromkeys((".rss", ".atom", ".rdf"), "feed"),
    ".parquet": "parquet",
    ".warc": "warc",
}
#: What a file with one of these suffixes is: one article, unless its bytes say otherwise.
MEDIA_TYPES = {
    **dict.fromkeys((".txt", ".text"), "text/plain"),
    **dict.fromkeys((".md", ".markdown"), "text/markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "text/html"),
}

_DECLARATIONS = 1 << 13
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_ELEMENT = re.compile(rb"<([A-Za-z][^\s/>]*)")
_FEEDS = frozenset((b"rss", b"feed", b"atom:feed", b"rdf:RDF"))
_BOM = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)")
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[{\]])")


def form_of(head: bytes, name: str, text_columns: Collection[str]) -> Form:
    """Return the form of the file `name` whose first bytes are `head`.

    `text_columns` are names, as they are compared, by which the first line of a table is known
    where no suffix tells: a file without suffix, or standard input.
    """
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    if is_pdf(head):
        return "pdf"
    suffix = PurePath(name).suffix.lower()
    start = _BOM.sub(b"", head).replace(b"\x00", b"")  # UTF-16 is told by its mark and read too
    if _is_feed(start):
        return "feed"
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if suffix not in MEDIA_TYPES and _JSON.match(start):
        return "json"
    if suffix not in MEDIA_TYPES and _is_header(start, text_columns):
        return "csv"
    return "article"


def delimiter_of(header: str) -> str:
    """Return what parts the cells of the line `header`: the most frequent of the usual four."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max("\t,;|", key=bare.count)


def _is_feed(start: bytes) -> bool:
    """Say whether the first element is that of a feed, whatever declarations stand before it."""
    start = _COMMENT.sub(b"", start[:_DECLARATIONS]).lstrip()
    element = _ELEMENT.search(start) if start[:1] == b"<" else None
    return element is not None and element[1] in _FEEDS


def _is_header(start: bytes, text_columns: Collection[str]) -> bool:
    line = start.split(b"\n", 1)[0].decode("utf-8", "replace")
    cells = [compared(cell.strip(' "\r')) for cell in line.split(delimiter_of(line))]
    return len(cells) > 1 and any(cell in text_columns for cell in cells)
