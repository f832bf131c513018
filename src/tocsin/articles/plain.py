"""Plain text: the text is the file; title and dateline are read from its head, and its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations, takewhile

from tocsin.articles.days import read_day, read_day_without_year
from tocsin.keys import article_key
from tocsin.lexicons.letters import usual_signs
from tocsin.records import Article, Dateline

_LONGEST_TITLE = 160
_LINE = re.compile(r"[^\r\n]+")
END_OF_SENTENCE = (".", "!", "?", "…", '."', ".”", ":")
#: Marks after which no line runs on: those of sentences, and those of styles left in a page.
_ENDS = (*END_OF_SENTENCE, ";", "{", "}")
_BREAK = re.compile(r"(?<=\S)[^\S\n]*\n[^\S\n]*(?=\S)")
_ITEM = re.compile(r"[-•*–—·▪]|\d{1,2}[.)] ")
#: Shares of line breaks, or lines, from which a text is taken to be broken to one width.
_BROKEN, _TO_WIDTH = 0.3, 0.8

_HEAD = 1_200
#: Lines near the head among which a date line may stand, and how long one may be.
_DATE_LINES, _LONGEST_DATE_LINE = 12, 120
#: A longer line is a paragraph, after which none is looked for.
_PARAGRAPH = 250
_YEAR = re.compile(r"\b(?:1[6-9]|2\d)\d\d\b")

_CAPITALS = r"[A-Z][A-Z.'’/\ -]{2,40}"
_NAME = r"(?!(?:On|In|At|By|Since|Until|From)\b)[A-Z][\w.'’/-]+(?:\ [A-Z][\w.'’-]+){0,2}"
_DATE = (
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*[.,]*\ )?"
    r"(?:[A-Za-z]{3,9}\.?\ \d{1,2}(?:,?\ \d{4})?|\d{1,2}\ [A-Za-z]{3,9}\.?(?:,?\ \d{4})?)"
)
#: "Reuters", "RFE/RL", "Interfax-Ukraine"; "dpa", "epd", "dpa/AFP", which write themselves small.
_AGENCY = r"[A-Z][A-Za-z./ -]{1,30}|[a-z]{2,4}(?:/[A-Za-z]{2,9})?"
#: "SEOUL, Oct. 29 (Reuters) - ", "KYIV (AP) — ", "MOSCOW, October 29, 2024 /TASS/. ",
#: "MIAMI, Fla., March 4, 2025 —", "NAIROBI, Kenya (AP) — March 20, 2025".
_DATELINE = re.compile(
    rf"""^[ \t>*_]*\(?
    (?P<place>(?:{_CAPITALS}|{_NAME})(?:,\ (?:[A-Z][A-Za-z.'’-]+\ ?){{1,3}})??)
    (?:,\ *(?P<day>{_DATE})\)?)?
    \ *(?:[(/](?P<agency>{_AGENCY})[)/]\ *\.?(?:--|[-–—:])?|--|[-–—:])
    (?:\ (?P<later>{_DATE})\ *(?:--|[-–—:]|$))?(?:\ |$)""",
    re.VERBOSE | re.MULTILINE,
)

#: What parts a line into day, place and author, and what else may stand on such a line.
_PART = re.compile(r"\s*[,|·•()*_>#\[\]—–]\s*|\s+[-/]\s+|:\s+|\s{2,}|\s+(?=[Bb]y [A-Z])")
_LABEL = re.compile(
    r"(?:(?:first |last )?(?:published|posted|updated|modified|issued|released|dated?)"
    r"|for immediate release)(?: (?:on|at))?:?(?:\s|$)"
    r"|\d+ min(?:ute)?s? read|\d{1,2}[:.]\d\d(?: ?[A-Za-z]{1,4}\b)*",
    re.I,
)
_BYLINE = re.compile(r"(?:By|BY|by|From) [A-Z].{1,60}")
_NAMES = re.compile(r"(?:[A-Z][\w.'’/-]*(?:\s|$)|(?:and|in|de|es|la|the|el|al)\s){1,4}")


def read_plain(text: str, origin: str) -> Article:
    """Return the article in `text`.

    A first line that looks like a headline is its title.
    """
    return Article(id=article_key(text), text=text, title=_title(text), origin=origin)


def find_date_lines(text: str) -> Iterator[Dateline]:
    """Find the lines near the head that tell the day, and at most the place and the author.

    "Published: 29 October 2024, 14:05 GMT", "By Jane Doe, Nairobi, 20 March 2025".
    """
    head = usual_signs(text[:_HEAD])
    lines = [line for line in _LINE.finditer(head) if line[0].strip()]
    for line in takewhile(lambda each: len(each[0]) <= _PARAGRAPH, lines[:_DATE_LINES]):
        may_tell = len(line[0]) <= _LONGEST_DATE_LINE and _YEAR.search(line[0])
        if may_tell and (found := _read_date_line(line[0])):
            yield Dateline(words=line.span(), place=found[1], day=found[0])


def _read_date_line(line: str) -> tuple[date, str | None] | None:
    """Return the day and the place on the line, or None if anything else stands there."""
    edges = [(0, 0), *(mark.span() for mark in _PART.finditer(line)), (len(line), len(line))]
    stretches = ((a[1], b[0]) for a, b in combinations(edges, 2))
    for start, end in sorted(stretches, key=lambda each: each[0] - each[1]):
        day = read_day(_LABEL.sub("", line[start:end].strip(), count=1))
        if day is not None:
            parts = [p for beside in (line[:start], line[end:]) for p in _PART.split(beside) if p]
            others = [p for p in parts if not _LABEL.fullmatch(p) and not _BYLINE.fullmatch(p)]
            if len(others) > 2 or not all(_NAMES.fullmatch(each) for each in others):
                return None
            return day, others[0].rpartition(" in ")[2] if others else None
    return None


def _title(text: str) -> str | None:
    first, _, rest = text.lstrip().partition("\n")
    title = first.strip()
    if not rest.strip() or len(title) > _LONGEST_TITLE or title.endswith(END_OF_SENTENCE):
        return None
    broken = next(find_broken_lines(text), None)
    return title if broken is None or title in text[: broken.start() - 1] else None


def find_broken_lines(text: str) -> Iterator[re.Match[str]]:
    """Find the breaks of lines that were broken for their length, and at which sentences run on.

    That is where the next line goes on in a small letter.  Where that is frequent, the text was
    broken: to one width, if nearly every such line had no room for the next word; or by hand.
    """
    breaks = [(found, *_around(text, found)) for found in _BREAK.finditer(text)]
    small = [not a.endswith(_ENDS) and b[:1].islower() for _, a, b in breaks]
    if not any(small):
        return
    widths = sorted(len(line) for _, line, _ in breaks)
    width = widths[len(widths) * 9 // 10]
    full = [len(a) + 1 + len(b.split(None, 1)[0]) > width for _, a, b in breaks]
    to_width = len(breaks) > 2 and sum(map(min, small, full)) >= _TO_WIDTH * sum(small)
    all_full = to_width and sum(full) >= _TO_WIDTH * len(breaks)
    is_broken = all_full or sum(small) >= _BROKEN * len(breaks)
    for (found, line, after), goes_on, had_no_room in zip(breaks, small, full, strict=True):
        by_hand = not line.endswith(_ENDS) and 2 * len(line) > width and not _ITEM.match(after)
        if goes_on or (is_broken and (had_no_room if to_width else by_hand)):
            yield found


def _around(text: str, found: re.Match[str]) -> tuple[str, str]:
    """Return the line before a break and the line after it."""
    end = text.find("\n", found.end())
    line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    return line, text[found.end() : end if end >= 0 else None]


def find_dateline(text: str, published: date | None) -> Dateline | None:
    """Find place, agency and day at the head of the body.

    A day without a year gets the year that puts it nearest before `published`; without
    `published` it stays unknown, since any year would be a guess.
    """
    for found in _DATELINE.finditer(usual_signs(text[:_HEAD])):
        words = found["day"] or found["later"] or ""
        day = read_day(words) or read_day_without_year(words, published)
        capitals = found["place"].partition(",")[0].isupper()
        if (capitals and (found["agency"] or day or found["place"].isupper())) or read_day(words):
            return Dateline(
                words=(found.start("place"), found.end()),
                place=found["place"].strip(" ,-"),
                agency=found["agency"],
                day=day,
            )
    return next((line for line in find_date_lines(text) if line.place), None)
