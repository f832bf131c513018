"""Date words, and the interval of days that each means, seen from the day of the article."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache, wraps

from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import number_words
from tocsin.records import DateWords

Interval = tuple[date | None, date | None]
_OPEN: Interval = (None, None)

_WEEKDAYS = [d.lower() for d in calendar.day_name]
_MONTHS = [m[:3].lower() for m in calendar.month_name]
_NUMBERS = {"a": 1, "an": 1, **number_words("number"), **number_words("some")}

#: What stands between the ends of a range.
_RANGE = re.compile(r" ?[-–—] ?| (?:to|until|till|through|(?P<both>and)) ", re.I)
_NEAR = {
    "night before last": -2, "day before yesterday": -2, "yesterday": -1, "last night": -1,
    "tomorrow": 1, "day after tomorrow": 2,
}  # fmt: skip
_WHICH = {"last": -1, "previous": -1, "next": 1, "coming": 1}

#: How date words are read: as an interval in days, seen from a day, forward or back.
#: None for words that only look like a date.
_Reader = Callable[[re.Match[str], date | None, bool], Interval | None]
_Found = tuple[re.Match[str], _Reader]


def find_dates_in(text: str, day: date | None, *, forward: bool = False) -> Iterator[DateWords]:
    """Yield the date words of `text`; longer readings win over shorter ones.

    Args:
        text: any text.
        day: the day of the article; without it, only dates with a year can be placed.
        forward: read a bare weekday or month as the next one, not the last one.
    """
    longest = [*_find_words(text)]
    while longest:
        first, last = longest.pop(0), None
        if longest and _is_range(text, first[0], longest[0][0]):
            last = longest.pop(0)
        interval = _read(first, last, day, forward)
        if interval is not None:
            words = first[0].start(), (last or first)[0].end()
            yield DateWords(words=words, earliest=interval[0], latest=interval[1])


@lru_cache(maxsize=32)  # several acts are dated by the words of one sentence
def _find_words(text: str) -> tuple[_Found, ...]:
    found = [(match, read) for pattern, read in _load_rules() for match in pattern.finditer(text)]
    longest: list[_Found] = []
    for match, read in sorted(found, key=lambda m: (m[0].start(), -m[0].end())):
        if not longest or match.start() >= longest[-1][0].end():
            longest.append((match, read))
    return tuple(longest)


def _is_range(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Tell "from Monday to Friday" and "between May and July" from two dates."""
    joined = _RANGE.fullmatch(text, first.end(), last.start())
    before = text[: first.start()].lower()
    return joined is not None and (not joined["both"] or before.endswith("between "))


def _read(first: _Found, last: _Found | None, day: date | None, forward: bool) -> Interval | None:
    """Read one date, or a range: its beginning as seen from its end, or the other way round."""
    match, read = first
    if last is None:
        return read(match, day, forward)
    if forward:
        start = read(match, day, forward) or _OPEN
        return start[0], (last[1](last[0], start[0] or day, forward) or _OPEN)[1]
    end = last[1](last[0], day, forward) or _OPEN
    return (read(match, end[1] or day, forward) or _OPEN)[0], end[1]


# --------------------------------------------------------------------------- readings


def _from_day(read: Callable[[re.Match[str], date, bool], Interval]) -> _Reader:
    """Return a reader of words that mean nothing where the day of the article is not known."""

    @wraps(read)
    def reader(match: re.Match[str], day: date | None, forward: bool) -> Interval:
        return read(match, day, forward) if day else _OPEN

    return reader


@_from_day
def _near_day(match: re.Match[str], day: date, _forward: bool) -> Interval:
    return _single(day + timedelta(days=_NEAR.get(match["word"].lower(), 0)))


@_from_day
def _weekday(match: re.Match[str], day: date, forward: bool) -> Interval:
    """Return the day; a bare weekday is the last one, or the next one of what is to come.

    Today is among them: what Tuesday's article says of Tuesday is of this day.
    """
    wanted = _WEEKDAYS.index(match["weekday"].lower())
    which = (match["which"] or "").lower()
    ahead = (wanted - day.weekday()) % 7
    if which in ("next", "coming"):
        ahead = ahead or 7
    elif which == "last" or (ahead and not forward):
        ahead -= 7
    return _single(day + timedelta(days=ahead))


@_from_day
def _weekday_of_week(match: re.Match[str], day: date, _forward: bool) -> Interval:
    monday, _ = unit_around(day, "week", _shift(match))
    return _single(monday + timedelta(days=_WEEKDAYS.index(match["weekday"].lower())))


def _no_date(_match: re.Match[str], _day: date | None, _forward: bool) -> None:
    """Return nothing for a name with a weekday in it: "Bloody Sunday", "the Sunday Times"."""


def _shift(match: re.Match[str]) -> int:
    return _WHICH.get((match["which"] or "").lower(), 0)


@_from_day
def _relative_unit(match: re.Match[str], day: date, _forward: bool) -> Interval:
    """Return "last month", "late last year", "next week", "this summer"'s unit."""
    return _within(match["part"], *unit_around(day, match["unit"].lower(), _shift(match)))


@_from_day
def _ago(match: re.Match[str], day: date, _forward: bool) -> Interval:
    """Return "three weeks ago" as that day or the unit in which it falls."""
    return unit_around(day, match["unit"].lower(), -_number(match["count"]))


@_from_day
def _up_to_now(match: re.Match[str], day: date, _forward: bool) -> Interval:
    """Return from the unit in which "the past year", "three weeks" began to the article's day."""
    return unit_around(day, match["unit"].lower(), -_number(match["count"]))[0], day


def _number(words: str) -> int:
    word = words.lower().removeprefix("a ").removesuffix(" of")
    return int(word) if word.isdigit() else _NUMBERS[word or "a"]


def unit_around(day: date, unit: str, shift: int = 0) -> tuple[date, date]:
    """Return the first and last day of the day, week, month ... so many after that of `day`."""
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
    """Return "3 May", and "3 to 9 May" with its `first` day."""
    month = _month_number(match["month"])
    days = [int(re.sub(r"\D", "", each)) for each in (match["first"], match["day"]) if each]
    return _in_year(match, day, forward, lambda year: _valid_days(year, month, days))


def _written_day(match: re.Match[str], _day: date | None, _forward: bool) -> Interval:
    return _valid_days(int(match["year"]), int(match["month"]), [int(match["day"])])


def _calendar_month(match: re.Match[str], day: date | None, forward: bool) -> Interval:
    month = _month_number(match["month"])
    earliest, latest = _in_year(match, day, forward, lambda year: _month(year, month))
    return _within(match["part"], earliest, latest) if earliest and latest else _OPEN


@_from_day
def _month_of_year(match: re.Match[str], day: date, _forward: bool) -> Interval:
    return _month(day.year + _shift(match), _month_number(match["month"]))


def _year(match: re.Match[str], _day: date | None, _forward: bool) -> Interval:
    year = int(match["year"])
    return _within(match["part"], *_years(year, year))


def _decade(match: re.Match[str], _day: date | None, _forward: bool) -> Interval:
    year = int(match["year"])
    return _years(year, year + 9)


def _since(match: re.Match[str], day: date | None, _forward: bool) -> Interval:
    """Return from the start of what follows "since" to the day of the article."""
    inner = next(find_dates_in(match["inner"], day), None)
    return (inner.earliest if inner else None), day


def _years(first: int, last: int) -> tuple[date, date]:
    return date(first, 1, 1), date(last, 12, 31)


def _in_year(
    match: re.Match[str], day: date | None, forward: bool, of_year: Callable[[int], Interval]
) -> Interval:
    """Return the interval of the year that stands there; without one, the last interval that has
    begun by `day`, or the next one when reading forward.
    """
    if match["year"]:
        return of_year(int(match["year"]))
    if day is None:
        return _OPEN
    near = [of_year(day.year + shift) for shift in (-1, 0, 1)]
    if forward:
        return next((i for i in near if i[1] is not None and i[1] >= day), _OPEN)
    return next((i for i in reversed(near) if i[0] is not None and i[0] <= day), _OPEN)


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


def _valid_days(year: int, month: int, days: list[int]) -> Interval:
    try:
        return date(year, month, days[0]), date(year, month, days[-1])
    except ValueError:
        return _OPEN


def _single(day: date) -> Interval:
    return day, day


@cache
def _load_rules() -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    """Return the patterns of `lexicons/date_words.tsv`, each with its reader."""
    known: dict[str, Iterable[str]] = {"NEAR": _NEAR, "WHICH": _WHICH}
    parts = {name: "|".join(words) for name, words in known.items()}
    rules = []
    for name, pattern in read_rows("lexicons/date_words.tsv", "name pattern"):
        whole = re.sub(r"@([A-Z]+)", lambda part: parts[part[1]], pattern)
        if name.isupper():
            parts[name] = whole
        else:
            rules.append((re.compile(rf"\b{whole}\b", re.I), _READERS[name]))
    return tuple(rules)


_READERS: Mapping[str, _Reader] = {
    read.__name__.lstrip("_"): read
    for read in (
        _ago, _calendar_day, _calendar_month, _decade, _month_of_year, _near_day,
        _no_date, _relative_unit, _since, _up_to_now, _weekday, _weekday_of_week,
        _written_day, _year,
    )
}  # fmt: skip
