"""One article from a file, standard input or an address, or from an `Item` of a corpus.

`read_article` finds out what the bytes are, decodes them, and hands them to the reader of that
form.  It never guesses about language or encoding of plain text: a wrong guess would shift every
offset and every verdict that follows.
"""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from tocsin.addresses import host_of
from tocsin.articles import fragment, markdown, page, plain
from tocsin.articles.days import read_address_day
from tocsin.articles.decode import decode_text
from tocsin.articles.files import fetch_page, is_address, read_file
from tocsin.articles.forms import HEAD, MEDIA_TYPES, form_of
from tocsin.articles.items import Item
from tocsin.articles.language import require_english
from tocsin.articles.pdf import is_pdf, read_pdf
from tocsin.errors import (
    EmptyInputError,
    EncodingError,
    InputError,
    NoArticleError,
    NotFoundError,
    TooLargeError,
    ValueNotUnderstood,
)
from tocsin.keys import article_key
from tocsin.lexicons.refusals import refusal
from tocsin.records import Article
from tocsin.settings import Settings

#: Three words and more, without what begins or ends a path: "/home/ana/my old", "notes of May.txt".
_LINE_OF_TEXT = re.compile(r"(?![~./\\]|\w:[\\/])(?:\S+\s+){2,}(?:\S*[^\w\s]|[^.\s/\\]+)\s*")

#: An address or a path without blanks, given where an article should be.
_PLACE = re.compile(r"(?:https?://|[~.]{0,2}[/\\]|\w:[/\\])\S*|(?=[!-~]*?[/.\\])[!-~]+", re.I)

#: A piece of HTML, as in a feed or a table; the article's own media type is text/html.
_FRAGMENT = "text/html; fragment"

#: Forms of text with many articles, each of which would pass for one.
_MANY = frozenset(("feed", "json", "csv"))

#: By which a page that Tocsin wrote, as HTML or Markdown, is known: it is no article.
OWN_MARKS = '<meta name="generator" content="Tocsin">', "[//]: # (generator: Tocsin)"

#: Bytes that the name of a file or folder may have on most systems.
_LONGEST_NAME = 255

#: How far into the bytes the opening of a page is looked for.
_NEAR, _FAR = 2_048, 65_536

_READERS: dict[str, Callable[[str, str], Article]] = {
    "text/plain": plain.read_plain,
    "text/markdown": markdown.read_markdown,
    "text/html": page.read_page,
    _FRAGMENT: fragment.read_fragment,
}


def read_article(
    origin: str | Path,
    *,
    settings: Settings,
    on: date | None = None,
    encoding: str | None = None,
    allow_fetch: bool = False,
) -> Article:
    """Read the article at `origin`.

    >>> tocsin.read_article("examples/invented.txt", settings=settings).published
    datetime.date(2025, 2, 18)

    Args:
        origin: a path, ``"-"`` for standard input, an ``http(s)://`` address, or the text itself,
            known by what hardly a file's name has: a line break where no such file is, or words of
            more than 255 characters;
            a `Path` is a path whatever it says.
        settings: size limits.
        on: the day to take as the publication day, over whatever the article says.
        encoding: of plain text and Markdown that is not UTF-8.
        allow_fetch: whether an address may be fetched from the network.

    Raises:
        InputError: one of its kinds, when there is no article to be had from `origin`.
        LanguageError: the article is not in English.
    """
    if not isinstance(origin, str | os.PathLike):
        raise _no_words(origin)
    if isinstance(origin, str) and _is_text(origin):
        return read_text(origin, settings=settings, on=on)
    if isinstance(origin, str) and is_address(origin):
        raw = fetch_page(origin, settings, allowed=allow_fetch)
    else:
        raw = read_file(origin, settings)
    if form_of(raw[:HEAD], str(origin), ()) in _MANY:
        raise refusal(NoArticleError, "many_articles", origin)
    return read_article_bytes(raw, origin=str(origin), settings=settings, on=on, encoding=encoding)


def read_given(
    given: str | Path | None,
    *,
    settings: Settings,
    on: date | None = None,
    encoding: str | None = None,
    allow_fetch: bool = False,
) -> Article:
    """Read what a program is given, as `read_article` does, or one line of words as a text.

    A text may be mistaken for the path of a file that is not there, and the other way round: what
    may be either is refused.

    Raises:
        InputError: one of its kinds, when there is no article to be had from it.
        LanguageError: the article is not in English.
    """
    if not isinstance(given, str | os.PathLike):
        raise _no_words(given)
    if (
        isinstance(given, os.PathLike)
        or given == "-"
        or is_address(given)
        or os.path.lexists(given)
    ):
        return read_article(
            given, settings=settings, on=on, encoding=encoding, allow_fetch=allow_fetch
        )
    if not _is_text(given) and not _LINE_OF_TEXT.fullmatch(given):
        raise refusal(NotFoundError, "neither_file_nor_text", given)
    return read_text(given, settings=settings, on=on)


def read_text(text: str, *, settings: Settings, on: date | None = None) -> Article:
    """Read the article in `text`, which may be HTML, too; otherwise as `read_article`."""
    if not isinstance(text, str):
        raise _no_words(text)
    raw = text.encode("utf-8", "replace")
    item = Item(origin="text", name="text", body=raw, encoding="utf-8", media_type="text/plain")
    return _settled(_given_day(_read(item, settings), on), item.name)


def read_verbatim(text: str, *, origin: str, settings: Settings, on: date | None = None) -> Article:
    """Read `text` as plain text whatever it holds, every character of it; else as `read_text`."""
    if not text.strip():
        raise _empty(origin)
    return _settled(_given_day(_fitting(plain.read_plain(text, origin), settings), on), origin)


def _no_words(given: object) -> InputError:
    """Return the refusal of what is neither text nor path, as in a row of a table without text."""
    return refusal(InputError, "no_words", given, kind=type(given).__name__)


def _is_text(origin: str) -> bool:
    names = (name for name in origin.split("/") if " " in name)
    is_text = "\n" in origin or any(len(name) > _LONGEST_NAME for name in names)
    return is_text and not os.path.lexists(origin)  # a file may be called by two lines


def read_article_bytes(
    raw: bytes,
    *,
    origin: str,
    settings: Settings,
    on: date | None = None,
    encoding: str | None = None,
) -> Article:
    """Read one article from `raw`; otherwise as `read_article`."""
    item = Item(origin=origin, name=Path(origin).name, body=raw, encoding=encoding)
    return _settled(_given_day(_read(item, settings), on), item.name)


def _given_day(article: Article, on: date | None) -> Article:
    return article if on is None else replace(article, published=on, published_from="given")


def read_item(item: Item, *, settings: Settings) -> Article:
    """Read the article in `item`.

    What the container says (a feed, a table, a crawl's record) wins over what the text or the page
    says of itself; the outlet is at last the host of the address.

    Raises:
        InputError: one of its kinds, when there is no article in it.
        LanguageError: the article is not in English.
    """
    try:
        article = _read(item, settings)
    except EncodingError as error:  # of one article among many the encoding cannot be given
        likely = error.advice.partition(";")[0]
        advice = f"{likely}; save it as UTF-8." if likely else "Save it as UTF-8."
        raise EncodingError(
            error.what, value=error.value, expected=error.expected, advice=advice
        ) from None
    url = item.url or article.url
    return _settled(
        replace(
            article,
            url=url,
            title=item.title or article.title,
            outlet=item.outlet or article.outlet or host_of(url),
            published=item.published or article.published,
            published_from=item.published_from if item.published else article.published_from,
        ),
        item.name,
    )


def _read(item: Item, settings: Settings) -> Article:
    if not item.body.strip():
        raise _empty(item.origin)
    pdf = item.media_type is None and is_pdf(item.body)  # else it is said to be something else
    article = read_pdf(item.body, item.origin, settings) if pdf else _read_decoded(item)
    return _fitting(article, settings)


def _read_decoded(item: Item) -> Article:
    media_type = _media_type(item)
    is_html = media_type in ("text/html", _FRAGMENT)
    text = _decode(item, html=is_html)
    if any(mark in text for mark in OWN_MARKS):
        raise refusal(NoArticleError, "own_page", item.origin)
    if is_html:
        page.refuse_long_tags(text, item.origin)
    return _READERS[media_type](text, item.origin)


def _empty(origin: str) -> EmptyInputError:
    return EmptyInputError("the input is empty", value=origin, expected="a news article")


def _fitting(article: Article, settings: Settings) -> Article:
    """Return `article`, if it is short enough, in English, and not where one may be found."""
    if len(article.text) > settings.max_characters:
        value = f"{len(article.text):,} characters in {article.origin}"
        raise refusal(TooLargeError, "text_too_long", value, most=settings.max_characters)
    if _PLACE.fullmatch(article.text.strip()):
        raise refusal(NoArticleError, "only_a_place", article.text.strip())
    require_english(article.text, article.origin or "")
    return article


def _settled(article: Article, name: str) -> Article:
    """Settle what follows from the whole: the dateline and its day and agency, and the id."""
    if article.published is None or article.day_is_guess:
        lines = (plain.find_dateline(article.text, None), *plain.find_date_lines(article.text))
        named = [(each.day, "dateline") for each in lines if each]
        found = (*named, (read_address_day(article.url), "address"))
        for day, how in [each for each in found if each[0]][:1]:
            article = replace(article, published=day, published_from=how)
    line = plain.find_dateline(article.text, article.published)
    # Without an address two outlets are two prints; an agency in the text is in all its prints.
    outlet = (article.outlet,) if article.outlet and not article.url else ()
    return replace(
        article,
        id=article_key(article.text_id, article.url or name, *outlet),
        dateline=line,
        outlet=article.outlet or (line.agency if line else None),
    )


def _decode(item: Item, *, html: bool) -> str:
    if html and item.encoding is not None and item.media_type is not None:
        # What a server says of a page is no more than a hint.
        with suppress(EncodingError, ValueNotUnderstood):
            return decode_text(item.body, item.origin, encoding=item.encoding, html=True)
        return decode_text(item.body, item.origin, encoding=None, html=True)
    return decode_text(item.body, item.origin, encoding=item.encoding, html=html)


def _media_type(item: Item) -> str:
    """Say what the bytes are.  The content decides where it is unmistakable, whatever the name."""
    named = item.media_type or MEDIA_TYPES.get(Path(item.name).suffix.lower(), "text/plain")
    called_html = named == "text/html"
    if page.looks_like_html(item.body, within=_FAR if called_html else _NEAR):
        return "text/html"
    if called_html:
        return _FRAGMENT if fragment.holds_markup(item.body.decode("latin-1")) else "text/plain"
    if named == "text/plain":
        head = item.body.removeprefix(BOM_UTF8)[:_FAR].decode("latin-1")
        forms = {_FRAGMENT: fragment.opens_markup, "text/markdown": markdown.opens_markdown}
        return next((form for form, opens in forms.items() if opens(head)), named)
    return named
