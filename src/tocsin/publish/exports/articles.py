"""Articles behind an export's rows, looked up once each while they are near."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache

from tocsin.addresses import host_of
from tocsin.records import Article

Lookup = Callable[[str], Article]  #: from an article's id; raises KeyError when it is not kept

#: Roughly where a sentence begins: after a full stop and a capital, or after an empty line.
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z])|\n\s*\n\s*")


def sentence_number(text: str, offset: int) -> int:
    """Return the number, from 1, of the sentence in which the character at `offset` stands.

    Sentences are told apart by punctuation alone, so an abbreviation can count as an end.
    """
    return bisect_right(_sentence_starts(text), offset) + 1


@lru_cache(maxsize=64)
def _sentence_starts(text: str) -> list[int]:
    head = len(text) - len(text.lstrip())
    return [found.end() for found in _SENTENCE.finditer(text.rstrip(), head)]


def in_first_paragraph(text: str, offset: int) -> bool:
    """Tell whether the character at `offset` stands in the text's first paragraph."""
    start = len(text) - len(text.lstrip())
    # A page's paragraphs are lines; a plain text has empty lines between them.
    ends = (re.compile(end).search(text, start) for end in (r"\n[^\S\n]*\n", r"\n"))
    end = next(filter(None, ends), None)
    return end is None or offset < end.start()


def outlet_of(article: Article) -> str | None:
    """Return the outlet's name, else the domain of the address, else None."""
    return article.outlet or host_of(article.url)


def web_address_of(article: Article) -> str | None:
    """Return the address when it is one of the web; others ("javascript:") are no links."""
    url = article.url or ""
    web = host_of(url) is not None
    return url if web and url.isprintable() and " " not in url else None


def address_of(article: Article) -> str:
    """Return the web address, or a stable name for an article that has none."""
    return web_address_of(article) or f"urn:tocsin:article:{article.id}"
