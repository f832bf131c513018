"""RSS and Atom feeds: every entry with the fullest text it has."""

from __future__ import annotations

import io
import re
from datetime import date
from html import unescape
from typing import Any

from tocsin.articles.days import read_stamp
from tocsin.articles.fragment import unwrapped
from tocsin.articles.items import Found, Item, failed
from tocsin.articles.opened import OpenedFile
from tocsin.errors import InputError, NoArticleError, TooLargeError
from tocsin.lexicons.refusals import refusal
from tocsin.records import Failure

#: Bytes of a feed.  feedparser takes a second for a feed of this size, on hostile ones a minute.
_LARGEST = 4_000_000

#: Bytes at its start in which a feed declares its encoding.
_OPENING = 200

_END_OF_ENTRY = re.compile(rb".*</(?:\w{1,20}:)?(?:item|entry)\s*>", re.S)
_ELEMENT = re.compile(rb"<\w")
#: What browsers, and those who write it, take for Windows-1252.
_LATIN_1 = re.compile(rb"""(?<=encoding=["'])iso-8859-1(?=["'])""", re.I)
_TAG = re.compile(r"<[A-Za-z/!?][^<>]{0,1000}>")
_MARKUP = frozenset(("text/html", "application/xhtml+xml", "application/xml", "text/xml"))


def find_in_feed(file: OpenedFile) -> Found:
    """Find the entries of a feed, numbered from 1.

    A feed is read whole; of one above the limit, or cut off, the entries that end before that are
    read.  An entry without text is a `Failure`.

    Raises:
        InputError: it is no feed that can be read.
        TooLargeError: after the entries within the limit, where the feed is larger.
    """
    limit = min(file.settings.max_bytes, _LARGEST)
    raw = file.stream.read(limit + 1)
    is_large = len(raw) > limit
    if is_large or file.stream.damage is not None:
        whole = _END_OF_ENTRY.match(raw)
        raw = whole[0] if whole else b""
    _refuse_entities(raw, file.origin)
    raw = _LATIN_1.sub(b"windows-1252", raw[:_OPENING]) + raw[_OPENING:]
    feed = _parse(raw, file.origin)
    outlet = _words(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries, start=1):
        yield _read_entry(entry, number, outlet, file)
    if is_large:
        raise refusal(TooLargeError, "feed_too_large", file.origin, most=limit)


def _refuse_entities(raw: bytes, origin: str) -> None:
    """Refuse a feed with entities of its own: no news needs them, every XML bomb does."""
    start = raw.replace(b"\x00", b"")
    element = _ELEMENT.search(start)
    if b"<!ENTITY" in (start[: element.start()] if element else start):
        raise refusal(InputError, "feed_with_entities", origin)


def _parse(raw: bytes, origin: str) -> Any:
    import feedparser

    try:
        # Bytes as a file: of bytes or words as such it would make a path or an address.
        feed = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # it is not written for hostile input, and must not end the run
        raise _unreadable(f"{type(error).__name__}", origin) from None
    if feed.bozo and not feed.entries:
        raise _unreadable(" ".join(str(feed.bozo_exception).split())[:200], origin)
    return feed


def _unreadable(why: str, origin: str) -> InputError:
    return refusal(InputError, "feed_unreadable", origin, why=why)


def _read_entry(
    entry: Any, number: int, feed_title: str | None, file: OpenedFile
) -> Item | Failure:
    origin = file.place(number)
    text, media_type = _text(entry)
    try:
        body = text.encode()
    except UnicodeEncodeError:
        body = b""
    if not body.strip():
        return failed(NoArticleError("this entry of the feed holds no text", value=origin), origin)
    day = _day(entry)
    return Item(
        origin=origin,
        name=f"{file.name}#{_line(entry.get('id')) or number}",
        body=body,
        media_type=media_type,
        encoding="utf-8",
        url=_line(entry.get("link")),
        title=_words(entry.get("title")),
        outlet=_words((entry.get("source") or {}).get("title")) or feed_title,
        published=day,
        published_from="feed" if day else None,
        unread_day=None if day else _line(entry.get("published"), longest=100),
    )


def _text(entry: Any) -> tuple[str, str]:
    """Return the fullest text of the entry and its media type: the content, else the summary."""
    contents = [(each.get("value") or "", each.get("type")) for each in entry.get("content") or ()]
    contents = [each for each in contents if each[1] in _MARKUP or each[1] == "text/plain"]
    summary = (entry.get("summary") or "", (entry.get("summary_detail") or {}).get("type"))
    text, kind = max([*contents, summary], key=lambda each: len(each[0]))
    return text, "text/html" if kind in _MARKUP else "text/plain"


def _day(entry: Any) -> date | None:
    for field in ("published", "updated"):
        # Not as feedparser reads it: what is missing in a day, it takes from today.
        if day := read_stamp(entry.get(field)):
            return day
    return None


def _words(value: object) -> str | None:
    """Return a title without markup, or None."""
    line = _line(value)
    return _line(unescape(_TAG.sub(" ", unwrapped(line)))) if line else None


def _line(value: object, longest: int = 4_000) -> str | None:
    """Return what the feed says as one line; None where that is nothing usable."""
    if not isinstance(value, str) or len(value) > longest:
        return None
    return "".join(filter(str.isprintable, " ".join(value.split()))) or None
