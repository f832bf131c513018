"""HTML pages: trafilatura finds the article's text and what the page says about it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tocsin.articles.days import read_day
from tocsin.errors import NoArticleError, TooLargeError
from tocsin.keys import article_key
from tocsin.lexicons.refusals import refusal
from tocsin.records import Article

_HTML = re.compile(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]", re.I)
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
        if len(tag[0].split()) > _MOST_ATTRIBUTES:
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
    found = _extract(html, origin)
    text = (found.text or "").strip("\n") if found else ""
    if len(text) < _FEWEST_CHARACTERS:
        raise refusal(NoArticleError, "no_article_on_page", origin, least=_FEWEST_CHARACTERS)
    day = _day(found.date)
    return Article(
        id=article_key(text),
        text=text,
        title=found.title,
        url=found.url,
        outlet=found.sitename,
        published=day,
        published_from="page" if day else None,
        origin=origin,
        media_type="text/html",
    )


def _extract(html: str, origin: str) -> Any:
    import trafilatura

    try:
        return trafilatura.bare_extraction(
            html,
            url=origin if origin.startswith("http") else None,
            with_metadata=True,
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            # What the page declares; an extensive search would take days out of the prose.  By
            # default days after today are no days: what is found would depend on the clock.
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "max_date": "2999-12-31",
            },
        )
    except (RecursionError, ValueError, AssertionError) as error:
        why = type(error).__name__
        raise refusal(NoArticleError, "page_unreadable", origin, why=why) from None


def _day(words: str | None) -> date | None:
    """Return the page's day; 1 January is what a bare year in a footer turns into, so not that."""
    day = read_day(words or "")
    return None if day and (day.month, day.day) == (1, 1) else day
