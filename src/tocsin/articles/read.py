"""One article from a file, standard input or an address.

`read_article` finds out what the bytes are, decodes them, and hands them to the reader of that
form.  It never guesses about language or encoding of plain text: a wrong guess would shift every
offset and every verdict that follows.
"""

from __future__ import annotations

import errno
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from tocsin.articles import fetch, markdown, page, plain
from tocsin.articles.decode import decode_text
from tocsin.articles.language import require_english
from tocsin.errors import (
    EmptyInputError,
    NotAFileError,
    NotFoundError,
    TooLargeError,
)
from tocsin.records import Article, Dateline, content_key
from tocsin.settings import Settings

#: Bytes read at a time: a limit set high must not make room for all of it at once.
_PIECE = 1 << 20

_BY_SUFFIX = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}

_READERS: dict[str, Callable[[str, str], Article]] = {
    "text/plain": plain.read_plain,
    "text/markdown": markdown.read_markdown,
    "text/html": page.read_page,
}


def read_article(
    origin: str,
    *,
    settings: Settings,
    on: date | None = None,
    encoding: str | None = None,
    allow_fetch: bool = False,
) -> Article:
    """Read the article at `origin`.

    Args:
        origin: a path, ``"-"`` for standard input, or an ``http(s)://`` address.
        settings: size limits.
        on: the day to take as the publication day, over whatever the article says.
        encoding: of plain text and Markdown that is not UTF-8.
        allow_fetch: whether an address may be fetched from the network.

    Raises:
        InputError: one of its kinds, when there is no article to be had from `origin`.
        LanguageError: the article is not in English.
    """
    raw = _read_bytes(origin, settings, allow_fetch)
    return read_article_bytes(raw, origin=origin, settings=settings, on=on, encoding=encoding)


def read_article_bytes(
    raw: bytes,
    *,
    origin: str,
    settings: Settings,
    on: date | None = None,
    encoding: str | None = None,
) -> Article:
    """Read one article from `raw`; otherwise as `read_article`."""
    if not raw.strip():
        raise EmptyInputError(
            "the input is empty", value=origin, expected="a news article", advice=""
        )
    media_type = _media_type(origin, raw)
    text = decode_text(raw, origin, encoding=encoding, html=media_type == "text/html")
    article = _READERS[media_type](text, origin)
    _require_length(article, settings)
    require_english(article.text, origin)
    return _dated(article, on, origin)


def _dated(article: Article, on: date | None, origin: str) -> Article:
    """Settle the publication day: the user's word, then the page's, then the dateline's."""
    if on is not None:
        article = replace(article, published=on, published_from="--on")
    line = plain.find_dateline(article.text, article.published)
    if line is not None and line.day is not None and article.published is None:
        article = replace(article, published=line.day, published_from="dateline")
    return replace(
        article,
        id=content_key("article", article.text_id, article.url or Path(origin).name),
        dateline=line,
        outlet=article.outlet or _agency(line),
    )


def _agency(line: Dateline | None) -> str | None:
    return line.agency if line else None


def _media_type(origin: str, raw: bytes) -> str:
    """Say what the bytes are; the content decides where it is unmistakably HTML."""
    if page.looks_like_html(raw):
        return "text/html"
    named = _BY_SUFFIX.get(Path(origin).suffix.lower(), "text/plain")
    return "text/plain" if named == "text/html" else named


def _read_bytes(origin: str, settings: Settings, allow_fetch: bool) -> bytes:
    if origin == "-":
        return _read_standard_input(settings)
    if fetch.is_address(origin):
        return fetch.fetch_page(origin, limit=settings.max_bytes, allowed=allow_fetch)
    path = Path(origin)
    _require_file(path, origin)
    try:
        with path.open("rb") as stream:
            return _read_limited(stream, origin, settings)
    except OSError as error:
        raise NotAFileError(
            f"the file cannot be read ({error.strerror})", value=origin, expected="a readable file"
        ) from None


def _read_standard_input(settings: Settings) -> bytes:
    try:
        if sys.stdin is None:  # closed before the start
            raise OSError(errno.EBADF, "it is closed")
        return _read_limited(sys.stdin.buffer, "-", settings)
    except OSError as error:
        raise NotAFileError(
            f"standard input cannot be read ({error.strerror})",
            value="-",
            expected="an article on standard input",
            advice="Name a file instead, or pipe the article in.",
        ) from None


def _require_file(path: Path, origin: str) -> None:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # ValueError: a NUL byte in the path
        raise NotFoundError(
            "there is no such file",
            value=origin,
            expected="the path of an article, '-' for standard input, or a web address",
            advice="Check the spelling and the folder you are in.",
        ) from None
    if stat.S_ISDIR(mode):
        raise NotAFileError(
            "this is a directory",
            value=origin,
            expected="a file",
            advice=f"Name the files in it, as in: tocsin read {path}/*.txt",
        )
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        raise NotAFileError(
            "this is a device or socket", value=origin, expected="a file", advice=""
        )


def _read_limited(stream: BinaryIO, origin: str, settings: Settings) -> bytes:
    raw = bytearray()
    while len(raw) <= settings.max_bytes and (piece := stream.read(_PIECE)):
        raw += piece
    if len(raw) > settings.max_bytes:
        raise TooLargeError(
            "the input is too large for one article",
            value=origin,
            expected=f"at most {settings.max_bytes:,} bytes",
            advice="Set TOCSIN_MAX_BYTES to read larger files.",
        )
    return bytes(raw)


def _require_length(article: Article, settings: Settings) -> None:
    if len(article.text) > settings.max_characters:
        raise TooLargeError(
            "the text is too long for one article",
            value=f"{len(article.text):,} characters in {article.origin}",
            expected=f"at most {settings.max_characters:,} characters",
            advice="Split it into articles, or set TOCSIN_MAX_CHARACTERS.",
        )
