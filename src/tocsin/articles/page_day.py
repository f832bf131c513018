"""The day of a page: what the page declares to be its own, and what merely stands on it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from tocsin.articles.days import read_stamp
from tocsin.lexicons.words import word_set

_ARTICLE = re.compile(r"(?:Article|Posting|Report|WebPage)\b")
_ASIDE = re.compile(
    r"comment|related|recommend|most-?read|(?<![\w-])(?:sidebar|promo|teaser|widget)", re.I
)
#: A paragraph of so many characters is text; the heading and the byline stand before it.
_TEXT = 80


def find_page_day(tree: Any) -> tuple[date | None, str | None]:
    """Return the day of a page and how it was found: "metadata" or "guess".

    A page declares its day in its metadata, in the linked data of an article, or by a time between
    its heading and its first paragraph.  The time of a comment, of another article or of a change
    is a guess; a day in the prose is not even that.
    """
    for how, days in (("metadata", _declared(tree)), ("guess", _standing(tree))):
        day = next((day for value in days if (day := _day(value))), None)
        if day is not None:
            return day, how
    return None, None


def _day(value: object) -> date | None:
    """Return the day; 1 January is what a bare year turns into, so not that without a time."""
    day, told = read_stamp(value), str(value)
    bare = ":" not in told or "00:00:00" in told
    return None if day and bare and (day.month, day.day) == (1, 1) else day


def _declared(tree: Any) -> Iterator[object]:
    yield from _called(tree, "page_days")
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", ""):
            with suppress(ValueError, RecursionError):
                yield from _in_linked_data(json.loads(script.text or "", strict=False))
    yield from map(_told, _under_heading(tree))


def _standing(tree: Any) -> Iterator[object]:
    yield from _called(tree, "page_changes")
    yield from map(_told, sorted(tree.iter("time"), key=_is_aside))


def _called(tree: Any, names: str) -> Iterator[object]:
    """Find what elements with one of `names` tell, but for those of a comment or a teaser."""
    for each in tree.iter("meta", "time", "span", "abbr", "div", "p"):
        called = (each.get(attribute) for attribute in ("property", "name", "itemprop"))
        name = next(filter(None, called), "pubdate" if "pubdate" in each.attrib else "")
        if name.lower() in word_set(names) and not _is_aside(each):
            yield _told(each)


def _told(element: Any) -> str:
    told: str = element.get("datetime") or element.get("content") or element.text_content()
    return told


def _in_linked_data(value: object) -> Iterator[object]:
    if isinstance(value, list):
        for each in value:
            yield from _in_linked_data(each)
    elif isinstance(value, dict):
        yield from _in_linked_data(value.get("@graph"))
        if _ARTICLE.search(str(value.get("@type"))):
            yield value.get("datePublished")


def _under_heading(tree: Any) -> Iterator[Any]:
    """Find times between the heading, or the start of its article, and the first paragraph."""
    heading = next(tree.iter("h1"), None)
    if heading is None:
        return
    within = next(heading.iterancestors("article", "main"), None)
    begun = within is not None
    for each in (tree if within is None else within).iter("h1", "time", "p"):
        begun = begun or each is heading
        own = next(each.iterancestors("article", "main"), None) is within
        if begun and own and each.tag == "time" and not _is_aside(each):
            yield each
        elif begun and each.tag == "p" and len(each.text_content()) > _TEXT:
            return


def _is_aside(element: Any) -> bool:
    """Say whether an element belongs to something beside the article."""
    return any(
        each.tag in ("aside", "footer", "nav")
        or _ASIDE.search(f"{each.get('class', '')} {each.get('id', '')} {each.get('itemtype', '')}")
        for each in (element, *element.iterancestors())
        if each.tag != "body" and each.tag != "html"
    )
