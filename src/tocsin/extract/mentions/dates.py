"""Date words, and the interval of days that each means, seen from the day of the article."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from tocsin.lexicons.words import number_words
from tocsin.records import DateWords

Interval = tuple[date | None, date | None]
_OPEN: Interval = (None, None)

_WEEKDAYS = [d.lower() for d in calendar.day_name]
_MONTHS = [m[:3].lower() for m in calendar.month_name]
_NUMBERS = {"a": 1, "an": 1, **number_words("number"), **number_words("some")}

#: First and last year.
_PERIODS = {
    "cold war": (1947, 1991),
    "second world war": (1939, 1945),
    "world war ii": (1939, 1945),
    "world war two": (1939, 1945),
    "first world war": (1914, 1918),
    "soviet era": (1922, 1991),
}

_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
)
_DAY = r"(?:\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:1[6-9]\d\d|20\d\d)"
_PART = r"(?:(?:early|late|mid|the start of|the end of|the beginning of)[- ])"
_COUNT = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a few"
    r"|a couple of|twenty|thirty|fifty)"
)
_UNIT = r"(?:day|week|month|year|decade)"

#: How date words are read: as an interval in days, seen from a day, forward or back.
_Reader = Callable[[re.Match[str], date | None, bool], Interval]


def find_dates_in(text: str, day: date | None, *, forward: bool = False) -> Iterator[DateWords]:
    """Yield the date words of `text`; longer readings win over shorter ones.

    Args:
        text: any text.
        day: the day of the article; without it, only dates with a year can be placed.
        forward: read a bare weekday or month as the next one, not the last one.
    """
    found = [(match, read) for pattern, read in _RULES for match in pattern.finditer(text)]
    covered_to = 0
    for match, read in sorted(found, key=lambda m: (m[0].start(), -m[0].end())):
        if match.start() >= covered_to:
            covered_to = match.end()
            earliest, latest = read(match, day, forward)
            yield DateWords(words=match.span(), earliest=earliest, latest=latest)


# --------------------------------------------------------------------------- readings


def _from_day(read: Callable[[re.Match[str], date, bool], Interval]) -> _Reader:
    """Return a reader of words that mean nothing where the day of the article is not known."""
    return lambda match, day, forward: read(match, day, forward) if day else _OPEN


@_from_day
def _near_day(match: re.Match[str], day: date, _forward: bool) -> Interval:
    shift = {"yesterday": -1, "tomorrow": 1}.get(match["word"].lower(), 0)
    return _single(day + timedelta(days=shift))


@_from_day
def _weekday(match: re.Match[str], day: date, forward: bool) -> Interval:
    """Return the day; a bare weekday is the last one, or the next one of what is to come.

    Today is among them: what Tuesday's article says of Tuesday is of this day.
    """
    wanted = _WEEKDAYS.index(match["weekday"].lower())
    which = (match["which"] or "").lower()
    ahead = (wanted - day.weekday()) % 7
    if which == "next":
        ahead = ahead or 7
    elif which == "last" or (ahead and not forward):
        ahead -= 7
    return _single(day + timedelta(days=ahead))


@_from_day
def _relative_unit(match: re.Match[str], day: date, _forward: bool) -> Interval:
    """Return "last month", "late last year", "next week", "this summer"'s unit."""
    if match["which"].lower() == "past":  # "over the past year" runs on to this day
        return _unit_around(day, match["unit"].lower(), -1)[0], day
    shift = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(match["which"].lower(), 0)
    return _within(match["part"], *_unit_around(day, match["unit"].lower(), shift))


@_from_day
def _ago(match: re.Match[str], day: date, _forward: bool) -> Interval:
    """Return "three weeks ago" as that day or the unit in which it falls."""
    return _unit_around(day, match["unit"].lower(), -_number(match["count"]))


@_from_day
def _up_to_now(match: re.Match[str], day: date, _forward: bool) -> Interval:
    """Return from the unit in which "the past three weeks" began to the day of the article."""
    return _unit_around(day, match["unit"].lower(), -_number(match["count"]))[0], day


def _number(words: str) -> int:
    word = words.lower().removeprefix("a ").removesuffix(" of")
    return int(word) if word.isdigit() else _NUMBERS[word or "a"]


def _unit_around(day: date, unit: str, shift: int) -> tuple[date, date]:
    if unit == "day":
        there = day + timedelta(days=shift)
        return there, there
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        months = day.year * 12 + day.month - 1 + shift
        return _month(months // 12, months % 12 + 1)
    year = max(1, day.year + shift * (10 if unit == "decade" else 1))
    return _years(year, year)


def _calendar_day(match: re.Match[str], day: date | None, forward: bool) -> Interval:
    number = int(re.sub(r"\D", "", match["day"]))
    month = _month_number(match["month"])
    if match["year"]:
        return _valid_day(int(match["year"]), month, number)
    if day is None:
        return _OPEN
    return _nearest([_valid_day(y, month, number) for y in _years_around(day)], day, forward)


def _calendar_month(match: re.Match[str], day: date | None, forward: bool) -> Interval:
    month = _month_number(match["month"])
    if match["year"]:
        first, last = _month(int(match["year"]), month)
        return _within(match["part"], first, last)
    if day is None:
        return _OPEN
    earliest, latest = _nearest([_month(y, month) for y in _years_around(day)], day, forward)
    return _within(match["part"], earliest, latest) if earliest and latest else _OPEN


@_from_day
def _month_of_year(match: re.Match[str], day: date, _forward: bool) -> Interval:
    shift = {"last": -1, "next": 1}.get(match["which"].lower(), 0)
    return _month(day.year + shift, _month_number(match["month"]))


def _year(match: re.Match[str], _day: date | None, _forward: bool) -> Interval:
    year = int(match["year"])
    return _within(match["part"], *_years(year, year))


def _decade(match: re.Match[str], _day: date | None, _forward: bool) -> Interval:
    year = int(match["year"])
    return _years(year, year + 9)


def _period(match: re.Match[str], _day: date | None, _forward: bool) -> Interval:
    return _years(*_PERIODS[match["period"].lower()])


def _since_period(match: re.Match[str], day: date | None, _forward: bool) -> Interval:
    """Return from the end of a period to the day of the article: "since the Cold War"."""
    return _years(*_PERIODS[match["period"].lower()])[1], day


@_from_day
def _long_ago(match: re.Match[str], day: date, _forward: bool) -> Interval:
    """Return all up to twenty (two hundred) years ago for "decades (centuries) ago"."""
    years = 200 if match["unit"].lower() == "centuries" else 20
    return _years(1, day.year - years)


def _since(match: re.Match[str], day: date | None, _forward: bool) -> Interval:
    """Return from the start of what follows "since" to the day of the article."""
    inner = next(find_dates_in(match["inner"], day), None)
    return (inner.earliest if inner else None), day


def _years(first: int, last: int) -> tuple[date, date]:
    return date(first, 1, 1), date(last, 12, 31)


def _years_around(day: date) -> tuple[int, int, int]:
    return day.year - 1, day.year, day.year + 1


def _nearest(found: list[Interval], day: date, forward: bool) -> Interval:
    """Return the last interval that has begun by `day`, or the next one when reading forward."""
    whole = [i for i in found if i[0] is not None]
    if forward:
        return next((i for i in whole if i[1] is not None and i[1] >= day), _OPEN)
    return next((i for i in reversed(whole) if i[0] is not None and i[0] <= day), _OPEN)


def _within(part: str | None, earliest: date, latest: date) -> Interval:
    """Cut an interval down to its early, middle or late third."""
    if not part:
        return earliest, latest
    third = (latest - earliest).days // 3
    word = part.lower()
    if "early" in word or "start" in word or "beginning" in word:
        return earliest, earliest + timedelta(days=third)
    if "late" in word or "end" in word:
        return latest - timedelta(days=third), latest
    return earliest + timedelta(days=third), latest - timedelta(days=third)


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _month_number(words: str) -> int:
    return _MONTHS.index(words[:3].lower())


def _valid_day(year: int, month: int, day: int) -> Interval:
    try:
        return _single(date(year, month, day))
    except ValueError:
        return _OPEN


def _single(day: date) -> Interval:
    return day, day


def _rule(pattern: str, read: _Reader) -> tuple[re.Pattern[str], _Reader]:
    return re.compile(rf"\b{pattern}\b", re.I), read


_RULES = (
    _rule(rf"(?P<period>{'|'.join(_PERIODS)})", _period),
    _rule(rf"since (?:the end of )?(?:the )?(?P<period>{'|'.join(_PERIODS)})", _since_period),
    _rule(r"(?P<unit>decades|centuries) ago", _long_ago),
    _rule(rf"(?P<day>{_DAY})(?: of)? (?P<month>{_MONTH}),?(?: (?P<year>{_YEAR}))?", _calendar_day),
    _rule(rf"(?P<month>{_MONTH}) (?P<day>{_DAY})(?:,? (?P<year>{_YEAR}))?", _calendar_day),
    _rule(rf"(?P<part>{_PART})?(?P<month>{_MONTH}),? (?P<year>{_YEAR})", _calendar_month),
    _rule(rf"(?P<month>{_MONTH}) (?:of )?(?P<which>last|this|next) year", _month_of_year),
    _rule(
        rf"(?:(?<=in )|(?<=since )|(?<=by )|(?<=until )|(?<=last )|(?<=next ))(?P<part>{_PART})?"
        rf"(?P<month>{_MONTH})(?P<year>)",
        _calendar_month,
    ),
    _rule(rf"(?P<part>{_PART})(?P<month>{_MONTH})(?P<year>)", _calendar_month),
    _rule(rf"(?:(?P<which>last|next|this|coming) )?(?P<weekday>{_WEEKDAY})", _weekday),
    _rule(
        r"(?P<word>today|yesterday|tomorrow|tonight|overnight|this morning|this evening)",
        _near_day,
    ),
    _rule(
        rf"(?P<part>{_PART})?(?:the )?(?P<which>last|past|previous|next|coming|this) "
        r"(?P<unit>week|month|year|decade)",
        _relative_unit,
    ),
    _rule(rf"(?P<count>{_COUNT}) (?P<unit>{_UNIT})s? (?:ago|earlier)", _ago),
    _rule(
        rf"(?:the )?(?:last|past) (?P<count>{_COUNT}|few|couple of) (?P<unit>{_UNIT})s", _up_to_now
    ),
    _rule(r"(?P<year>1[6-9]\d0|20\d0)s", _decade),
    _rule(
        rf"(?P<part>{_PART})?(?P<year>{_YEAR})(?![\d,.]*\d)"
        r"(?! (?:people|troops|soldiers|dollars|men))",
        _year,
    ),
    _rule(
        rf"since (?P<inner>(?:{_PART})?(?:last )?(?:{_MONTH}(?: {_DAY})?(?:,? {_YEAR})?|{_YEAR}"
        rf"|{_WEEKDAY}|year|month|week))",
        _since,
    ),
)
