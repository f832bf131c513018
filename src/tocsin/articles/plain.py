"""Plain text: the text is the file; title and dateline are read from its head."""

from __future__ import annotations

import re
from datetime import date

from tocsin.articles.days import read_day, read_day_without_year
from tocsin.keys import article_key
from tocsin.records import Article, Dateline

_LONGEST_TITLE = 160
_END_OF_SENTENCE = (".", "!", "?", "…", '."', ".”", ":")
_HEAD = 1_200
_STAMP_LINES = 8
_STAMP = re.compile(r"(?:published|posted|date)?(?:\s+on)?\s*:?\s*(\S.{5,40})", re.I)

#: "SEOUL, Oct. 29 (Reuters) - ", "KYIV (AP) — ", "MOSCOW, October 29, 2024 /TASS/. "
_DATELINE = re.compile(
    r"""^[ \t>*_]*
    (?P<place>[A-Z][A-Z.'’/ -]{2,40}(?:,\ (?:[A-Z][A-Za-z.'’-]+\ ?){1,3})??)
    (?:,\ *(?P<day>[A-Za-z0-9][A-Za-z0-9., ]{3,22}?))?
    \ *(?:[(/](?P<agency>[A-Z][A-Za-z. ]{1,30})[)/]\ *\.?(?:--|[-–—:])?|--|[-–—:])\ """,
    re.VERBOSE | re.MULTILINE,
)


def read_plain(text: str, origin: str) -> Article:
    """Return the article in `text`.

    A first line that looks like a headline is its title; a line near the head that holds nothing
    but a day ("Published: 29 October 2024") is its publication day.
    """
    day = _stamped_day(text)
    return Article(
        id=article_key(text),
        text=text,
        title=_title(text),
        published=day,
        published_from="page" if day else None,
        origin=origin,
    )


def _stamped_day(text: str) -> date | None:
    stamps = (_STAMP.fullmatch(line.strip()) for line in text[:_HEAD].splitlines()[:_STAMP_LINES])
    return next((day for stamp in stamps if stamp and (day := read_day(stamp[1]))), None)


def _title(text: str) -> str | None:
    first, _, rest = text.lstrip().partition("\n")
    title = first.strip()
    if not rest.strip() or len(title) > _LONGEST_TITLE or title.endswith(_END_OF_SENTENCE):
        return None
    return title or None


def find_dateline(text: str, published: date | None) -> Dateline | None:
    """Find place, agency and day at the head of the body.

    A day without a year gets the year that puts it nearest before `published`; without
    `published` it stays unknown, since any year would be a guess.
    """
    for found in _DATELINE.finditer(text, 0, min(len(text), _HEAD)):
        words = found["day"] or ""
        day = read_day(words) or read_day_without_year(words, published)
        if found["agency"] or day or found["place"].isupper():
            return Dateline(
                words=(found.start("place"), found.end()),
                place=found["place"].strip(" ,"),
                agency=found["agency"],
                day=day,
            )
    return None
