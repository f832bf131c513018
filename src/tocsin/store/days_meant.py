"""Days meant: what somebody who asks calls a day, a week, a month or a year, as first and last day.

Read are written days, months, years and weeks ("2024-10-29", "29 October 2024", "2024-10", "October
2024", "2024", "2024-W44"), and what counts back from today ("yesterday", "last week", "3 days ago",
"monday").  A week begins on Monday; "last week" is the one before that of today, and a name of a
weekday is the latest such day that has begun.  The same words mean the same days all day long, and
nothing is guessed: libraries that read more (dateparser, parsedatetime) take "10/11/2024" for a day
by the user's locale, and "last week" for a moment seven days ago.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from tocsin.articles import days
from tocsin.extract.mentions.dates import unit_around
from tocsin.lexicons.tables import read_rows

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MONTH = re.compile(r"\d{4}-\d\d")
_YEAR = re.compile(r"\d{4}")
_WEEK = re.compile(r"\d{4}-?w\d\d")
_NAMED_MONTH = re.compile(r"[a-z]{3,9}\.? \d{4}")

_MONTHS_OF = {"month": 1, "year": 12}


def local_today() -> date:
    """Return the day it is where this runs."""
    return date.today()


def find_days(words: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day that `words` mean on the day `today`, else None."""
    return days_written(words) or days_back(words, today)


def days_written(words: str) -> tuple[date, date] | None:
    """Return the first and the last day of the day, week, month or year that is written."""
    said = " ".join(words.lower().split())
    unit, whole = "day", words
    if _MONTH.fullmatch(said):
        unit, whole = "month", f"{said}-01"
    elif _NAMED_MONTH.fullmatch(said):
        unit, whole = "month", f"1 {said}"
    elif _YEAR.fullmatch(said):
        unit, whole = "year", f"{said}-01-01"
    elif _WEEK.fullmatch(said):
        unit, whole = "week", f"{said[:4]}-W{said[-2:]}-1"
    day = days.read_day(whole)
    return None if day is None else unit_around(day, unit)


def days_back(words: str, today: date) -> tuple[date, date] | None:
    """Return the days of words that count back from `today`, which `store/data/days.tsv` lists."""
    said = " ".join(words.lower().split())
    if said in _WEEKDAYS:
        day = today - timedelta(days=(today.weekday() - _WEEKDAYS.index(said)) % 7)
        return day, day
    for form, unit, number, stretch in read_rows("store/data/days.tsv", "words unit back stretch"):
        if found := re.fullmatch(form, said):
            back = int(found[1] if number == "*" else number)
            return unit_around(_earlier(today, unit, back), stretch)
    return None


def _earlier(day: date, unit: str, number: int) -> date:
    if unit in _MONTHS_OF:
        return _months_on(day, -number * _MONTHS_OF[unit])
    return day - timedelta(days=number * (7 if unit == "week" else 1))


def _months_on(day: date, number: int) -> date:
    """Return the day so many months later, the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    _, longest = monthrange(year, month + 1)
    return date(year, month + 1, min(day.day, longest))
