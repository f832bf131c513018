"""HTML pages: trafilatura finds the article's text and what the page says about it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tocsin.articles.page_day import find_page_day
from tocsin.errors import NoArticleError, TooLargeError
from tocsin.keys import article_key
from tocsin.lexicons.refusals import refusal
from tocsin.records import Article

#: A page may leave out <html> and <head>, and begin with what stands in the head.
_HTML = re.compile(
    rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]"
    rb"|\A(?:\xef\xbb\xbf)?\s*<(?:title|meta|link)[\s>]",
    re.I,
)
_FEWEST_CHARACTERS = 200

#: No article's page comes near; the time trafilatura takes grows faster than the tags.
_MOST_TAGS = 100_000


#: Attributes of one tag; the parser compares each with all before it.
_MOST_ATTRIBUTES = 5_000
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{10000,}")


def refuse_long_tags(html: str, origin: str) -> None:
    """Return quietly unless a tag has more attributes than can be read in a reasonable time.

    Raises:
        TooLargeError: one has.
    """
    for tag in _LONG_TAG.finditer(html):
        if max(len(tag[0].split()), tag[0].count("=")) > _MOST_ATTRIBUTES:
            raise refusal(TooLargeError, "too_many_attributes", origin, most=_MOST_ATTRIBUTES)


def looks_like_html(raw: bytes, *, within: int = 2048) -> bool:
    """Say whether the first `within` bytes of `raw` open an HTML page."""
    return bool(_HTML.search(raw[: 2 * within].replace(b"\x00", b"")[:within]))


def read_page(html: str, origin: str) -> Article:
    """Return the article on the page.  `Article.text` is the text that trafilatura finds.

    Raises:
        NoArticleError: the page has no article text worth the name.
        TooLargeError: it has more tags than can be read in a reasonable time.
    """
    if html.count("<") > _MOST_TAGS:
        raise refusal(TooLargeError, "too_many_tags", origin, tags=html.count("<"), most=_MOST_TAGS)
    day, how, found = _extract(html, origin)
    text = (found.text or "").strip("\n") if found else ""
    if len(text) < _FEWEST_CHARACTERS:
        raise refusal(NoArticleError, "no_article_on_page", origin, least=_FEWEST_CHARACTERS)
    return Article(
        id=article_key(text),
        text=text,
        title=found.title,
        url=found.url,
        outlet=found.sitename,
        published=day,
        published_from=how,
        origin=origin,
        media_type="text/html",
    )


def _extract(html: str, origin: str) -> tuple[date | None, str | None, Any]:
    """Return the day of the page, how it was found, and what trafilatura finds."""
    import trafilatura

    try:
        tree = trafilatura.load_html(html)
        if tree is None:
            return None, None, None
        day, how = find_page_day(tree)
        found = trafilatura.bare_extraction(
            tree,
            url=origin if origin.startswith("http") else None,
            with_metadata=True,
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"extensive_search": False},  # slow, and not used
        )
    except (RecursionError, ValueError, AssertionError) as error:
        why = type(error).__name__
        raise refusal(NoArticleError, "page_unreadable", origin, why=why) from None
    return day, how, found
