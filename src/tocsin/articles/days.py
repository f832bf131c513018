"""Calendar days as people and pages write them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Literal

#: Not the calendar module's names, which change with the user's locale.
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {"sept": 9} | {
    written: number
    for number, name in enumerate(_MONTH_NAMES, start=1)
    for written in (name, name[:3])
}

#: No article is older, and a later one has its date wrong.
_YEARS = range(1600, 3000)

#: Days so much further than the middle of a collection are slips of a key, not what it covers.
FURTHEST = 15_000

#: 1973 to 2099: a smaller number is no time stamp but a year or a count.
_SECONDS_OF_NEWS = (1e8, 4.1e9)
_LONGEST_STAMP = 100

#: The order of day and month before the year; "" where nothing tells it.
Order = Literal["", "dmy", "mdy"]

#: "20251223", "20251223141118", "20251223T141118Z", "2025/12/23 14:11"
_COMPACT = re.compile(r"(\d{4})(?:/?)(\d{2})(?:/?)(\d{2})(?:[T ]?\d{2}:?\d{2}.*)?")
#: Time stamps that are no days: of ten figures, or, finer than seconds, of more.
_SECONDS, _FINE = re.compile(r"\d+(?:\.\d*)?"), re.compile(r"(?:\d{13}|\d{16}|\d{19})(?:\.\d*)?")
_WEEK = re.compile(r"(\d{4})-?W(\d{2})-?(\d)")

#: The time of day with its zone: "14:11:18 GMT", ", 9:05 a.m.", "14.05 +0100 (CET)", "at 8 pm".
_CLOCK = re.compile(
    r"""[,|·]?\ *(?:\bat\ )?(?<![\d.:/-])
    (?:\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?(?:\ ?[ap]\.?m\b\.?)?|\d{1,2}\ ?[ap]\.?m\b\.?)(?![\d.:])
    (?:\ ?(?:(?-i:(?!(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC))[A-Z]{1,5}\b)
        |[+-]\d{2}:?\d{2}))*(?:\ ?\([A-Za-z ]{1,40}\))?""",
    re.VERBOSE | re.IGNORECASE,
)
#: From 1980 on, and marked alike: what else is of eight figures is the number of an article.
_IN_ADDRESS = re.compile(r"/((?:19[89]|20\d)\d)([/_-]?)(\d{2})\2(\d{2})(?!\d)")
#: What follows the day in ISO 8601: "T14:11:18Z", " 14:11:18.000+01:00".
_ISO_TIME = re.compile(r"(?<=\d-\d\d)[T ]\d{2}:?\d{2}.*")
_WEEKDAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_WEEKDAY = rf"(?:{_WEEKDAYS}[.,]* )?"
_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4})"
#: The forms in which year, month and day are written, in the order in which they are tried.
_WRITTEN = (
    rf"{_YEAR}(?P<mark>[-/.])(?P<number>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)",
    rf"{_WEEKDAY}{_NUMBER}[ -](?:of )?{_MONTH}(?:,?[ -]{_YEAR})?",
    rf"{_WEEKDAY}{_MONTH} {_NUMBER}(?:,? {_YEAR})?",
    rf"{_YEAR},? {_MONTH} {_NUMBER}",
    rf"{_NUMBER}-{_MONTH}-(?P<short>\d{{2}})",
)
_FORMS = tuple(re.compile(form, re.I) for form in _WRITTEN)
#: "May 3, 2025 Saturday"
_LAST_WEEKDAY = re.compile(rf"(?<=\d{{4}}),? {_WEEKDAYS}", re.I)
#: "13/05/2025", "5-13-2025", "13.05.2025"
_FIGURES = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")


def read_day(words: str, order: Order = "") -> date | None:
    """Return the day of 1600 to 2999 that `words` name with year, month and day, else None.

    Accepts "2024-10-29", "2024/10/29", "29 October 2024", "Tuesday, Oct. 29, 2024",
    "2024 October 29", "29-Oct-24" and the like, with or without a time, and ISO's week dates
    ("2024-W44-2").  Figures with the year last are read where they can mean one day ("29/10/2024"),
    stand between full stops, before which the day comes first, or their `order` is given
    ("10/11/2024", "10/11/24").
    """
    if found := _WEEK.fullmatch(words.strip()):
        with suppress(ValueError):
            day = date.fromisocalendar(int(found[1]), int(found[2]), int(found[3]))
            return day if day.year in _YEARS else None
    if found := _FIGURES.fullmatch(_bare(words)):
        days = _days_in_figures(found)
        alone = [*{*days.values()}] if len(found[4]) == 4 else []
        return days.get(order) or (alone[0] if len(alone) == 1 else None)
    return _day_in_years(*_parts(words))


def order_in(value: object) -> Order | None:
    """Return the order in which a day in figures, with its year last, must stand, "" for either.

    None: it is no such day.
    """
    short = isinstance(value, str) and len(value) <= _LONGEST_STAMP
    found = _FIGURES.fullmatch(_bare(str(value))) if short else None
    if not found:
        return None
    days = _days_in_figures(found)
    return next(iter(days)) if len(days) == 1 and len(found[4]) == 4 else ""


def _days_in_figures(found: re.Match[str]) -> dict[Order, date]:
    """Return the days that figures with the year last can mean, by the order they stand in."""
    one, two, year = int(found[1]), int(found[3]), _whole_year(found[4])
    first, last = _day_in_years(year, two, one), _day_in_years(year, one, two)
    days: dict[Order, date] = {"dmy": first} if first else {}
    return days | {"mdy": last} if last and not (first and found[2] == ".") else days


def read_stamp(value: object, order: Order = "") -> date | None:
    """Return the day of a time stamp as feeds and tables write it, else None.

    Besides what `read_day` reads: "Tue, 23 Dec 2025 14:11:18 GMT", "20251223T141118Z",
    "2025/12/23", seconds or milliseconds since 1970, and Python's days and times.  A time with its
    zone gives the day as written: the day on which the reader there read it.  The `order` is that
    of `read_day`.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value if value.year in _YEARS else None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, float):
        return _day_of_seconds(value)
    if not isinstance(value, str) or len(value) > _LONGEST_STAMP:
        return None
    words = value.strip()
    if (found := _COMPACT.fullmatch(words)) and not _FINE.fullmatch(words):
        return _day_in_years(int(found[1]), int(found[2]), int(found[3]))
    return _day_of_seconds(float(words)) if _SECONDS.fullmatch(words) else read_day(words, order)


def read_address_day(url: str | None) -> date | None:
    """Return the day in the path of an address ("/2024/10/29/", "/2024-10-29-talks"), else None."""
    found = _IN_ADDRESS.search(url or "")
    return read_day(f"{found[1]}-{found[3]}-{found[4]}") if found else None


def _day_of_seconds(seconds: float) -> date | None:
    """Return the day in UTC; numbers too large for seconds are milliseconds, then finer ones."""
    for unit in (1, 1e3, 1e6, 1e9):
        if _SECONDS_OF_NEWS[0] <= seconds / unit <= _SECONDS_OF_NEWS[1]:
            return datetime.fromtimestamp(seconds / unit, tz=UTC).date()
    return None


def _day_in_years(year: int, month: int, day: int) -> date | None:
    return _day(year, month, day) if year in _YEARS else None


def read_day_without_year(words: str, before: date | None) -> date | None:
    """Return the last day not after `before` that `words` ("Oct. 29") can mean, else None."""
    year, month, day = _parts(words)
    if before is None or year or not month:
        return None
    # A text may carry tomorrow's date where the reader's morning comes first.
    candidates = [_day(before.year + shift, month, day) for shift in (1, 0, -1)]
    return next((c for c in candidates if c and (c - before).days <= 1), None)


def _parts(words: str) -> tuple[int, int, int]:
    """Return year, month and day; 0 for what is missing."""
    words = _bare(words)
    for form in _FORMS:
        if found := form.fullmatch(words):
            parts = found.groupdict()
            month = parts.get("number") or _MONTHS.get((parts.get("month") or "").lower(), 0)
            if month:
                year = _whole_year(parts.get("year") or parts.get("short") or "0000")
                return year, int(month), int(parts["day"])
    return 0, 0, 0


def _bare(words: str) -> str:
    """Return what is left of a day without its time and the weekday after it."""
    without_time = _ISO_TIME.sub("", " ".join(words.split()))
    words = " ".join(_CLOCK.sub(" ", without_time).split()).strip(" .,|·")
    return _LAST_WEEKDAY.sub("", words)


def _whole_year(figures: str) -> int:
    """Return the year; of two figures, as POSIX reads them, one of 1969 to 2068."""
    year = int(figures)
    return year if len(figures) > 2 else year + (2000 if year < 69 else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
