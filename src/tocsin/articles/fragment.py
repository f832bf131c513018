"""Pieces of HTML, as feeds and tables hold them: all of it is the article's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import groupby

from tocsin.articles.plain import read_plain
from tocsin.errors import NoArticleError
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.words import word_set
from tocsin.records import Article

#: Tags that nobody writes in prose.
_MARKUP = re.compile(
    r"</(?:p|div|a|span|strong|em|b|i|li|h[1-6])\s*>|<(?:br|hr)\s*/?>|<p[\s>]|<!\[CDATA\[", re.I
)
_OPENING = re.compile(r"\s*<(?:[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|!--)")
_CLOSING = re.compile(r"</([A-Za-z][A-Za-z0-9]*)\s*>")
_REFERENCE = re.compile(r"&(?:[A-Za-z]{2,20}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")

_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_SPACES = re.compile(r"[ \t\r\n\f]+")


def looks_like_markup(text: str) -> bool:
    """Say whether `text` holds tags of HTML rather than prose."""
    return "<" in text and _MARKUP.search(text) is not None


def holds_markup(text: str) -> bool:
    """Say whether `text`, which is said to be HTML, needs to be read as such."""
    return looks_like_markup(text) or _REFERENCE.search(text) is not None


def opens_markup(head: str) -> bool:
    """Say whether a text begins with a tag, or a comment, and ends a block: it is HTML."""
    if not _OPENING.match(head):
        return False
    return any(tag[1].lower() in word_set("html_blocks") for tag in _CLOSING.finditer(head))


def unwrapped(html: str) -> str:
    """Return `html` without what a feed escaped once too often: its tags, the marks of CDATA."""
    bare = _CDATA.sub("", html)
    inner = _CDATA.sub("", unescape(bare))
    return inner if looks_like_markup(inner) and not looks_like_markup(bare) else bare


def read_fragment(html: str, origin: str) -> Article:
    """Return the article whose whole text is the piece of HTML: blocks become paragraphs.

    Raises:
        NoArticleError: the piece holds no words.
    """
    html = unwrapped(html)
    if looks_like_markup(html):
        text = "\n\n".join(_paragraphs(html, origin))
    else:  # plain words with "&amp;" in them: their lines are theirs
        text = unescape(html).strip()
    if not text:
        raise NoArticleError("there is no text in this piece of HTML", value=origin)
    return replace(read_plain(text, origin), media_type="text/html")


def _paragraphs(html: str, origin: str) -> list[str]:
    by_block = groupby(_pieces(html, origin), key=lambda piece: piece is None)
    texts = ("".join(filter(None, pieces)) for is_end, pieces in by_block if not is_end)
    return [paragraph for text in texts if (paragraph := _SPACES.sub(" ", text).strip())]


def _pieces(html: str, origin: str) -> Iterator[str | None]:
    """Find the words in their order; None stands where a block begins or ends."""
    from lxml import etree
    from lxml.html import document_fromstring

    try:
        root = document_fromstring(f"<html><body>{html}</body></html>")
    except (etree.LxmlError, ValueError) as error:
        why = type(error).__name__
        raise refusal(NoArticleError, "html_unreadable", origin, why=why) from None
    blocks, without_text = word_set("html_blocks"), word_set("html_without_text")
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start" and element.tag in without_text:
            walk.skip_subtree()
            continue
        yield None if element.tag in blocks else ""
        yield (element.text if event == "start" else element.tail) or ""
