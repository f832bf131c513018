"""Calendar days as people and pages write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

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

#: 1973 to 2099: a smaller number is no time stamp but a year or a count.
_SECONDS_OF_NEWS = (1e8, 4.1e9)
_LONGEST_STAMP = 100

#: "20251223", "20251223141118", "20251223T141118Z", "2025/12/23 14:11"
_COMPACT = re.compile(r"(\d{4})(?:/?)(\d{2})(?:/?)(\d{2})(?:[T ]?\d{2}:?\d{2}.*)?")
#: The time of day and all after it: " 14:11:18 GMT", ", 9:05 a.m."
_CLOCK = re.compile(r",?\s+(?:at\s+)?\d{1,2}:\d{2}.*", re.S)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_DAY_MONTH = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)\.?(?:,? (\d{4}))?", re.I)
_MONTH_DAY = re.compile(r"(?:[a-z]+,? )?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?", re.I)


def read_day(words: str) -> date | None:
    """Return the day of 1600 to 2999 that `words` name with year, month and day, else None.

    Accepts ISO 8601 ("2024-10-29", with or without a time), "29 October 2024",
    "Tuesday, Oct. 29, 2024" and the like.  Purely numeric forms other than ISO ("10/11/2024")
    mean different days in different countries and are not read.
    """
    year, month, day = _parts(words)
    return _day_in_years(year, month, day)


def read_stamp(value: object) -> date | None:
    """Return the day of a time stamp as feeds and tables write it, else None.

    Besides what `read_day` reads: "Tue, 23 Dec 2025 14:11:18 GMT", "20251223T141118Z",
    "2025/12/23", seconds or milliseconds since 1970, and Python's days and times.  A time with its
    zone gives the day as written: the day on which the reader there read it.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value if value.year in _YEARS else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _day_of_seconds(float(value))
    if not isinstance(value, str) or len(value) > _LONGEST_STAMP:
        return None
    words = value.strip()
    if found := _COMPACT.fullmatch(words):
        return _day_in_years(int(found[1]), int(found[2]), int(found[3]))
    if words.isdecimal():
        return _day_of_seconds(float(words))
    return read_day(_CLOCK.sub("", words))


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
    words = words.strip().rstrip(".,")
    if found := _ISO.fullmatch(words):
        return int(found[1]), int(found[2]), int(found[3])
    if (found := _DAY_MONTH.fullmatch(words)) and found[2].lower() in _MONTHS:
        return int(found[3] or 0), _MONTHS[found[2].lower()], int(found[1])
    if (found := _MONTH_DAY.fullmatch(words)) and found[1].lower() in _MONTHS:
        return int(found[3] or 0), _MONTHS[found[1].lower()], int(found[2])
    return 0, 0, 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
