"""Days that people who ask mean: written ones, and those that count back from today."""

import os
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import ValueNotUnderstood
from tocsin.extract.mentions.dates import unit_around
from tocsin.store import days_meant
from tocsin.store.asked import read_day, read_first_day, read_last_day, read_since
from tocsin.store.days_meant import find_days

THURSDAY = date(2026, 3, 5)


@pytest.fixture
def thursday(monkeypatch):
    monkeypatch.setattr(days_meant, "local_today", lambda: THURSDAY)


@pytest.fixture
def seoul(monkeypatch):
    """A place whose days begin nine hours before those of UTC."""
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    yield
    monkeypatch.undo()
    assert os.environ.get("TZ") == before
    time.tzset()


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2024-10-29", "2024-10-29", "2024-10-29"),
        ("29 October 2024", "2024-10-29", "2024-10-29"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("Oct 2024", "2024-10-01", "2024-10-31"),
        ("December 2024", "2024-12-01", "2024-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-W44", "2024-10-28", "2024-11-03"),
        ("today", "2026-03-05", "2026-03-05"),
        (" Yesterday ", "2026-03-04", "2026-03-04"),
        ("3 days ago", "2026-03-02", "2026-03-02"),
        ("1 week ago", "2026-02-26", "2026-02-26"),
        ("2 months ago", "2026-01-05", "2026-01-05"),
        ("1 year ago", "2025-03-05", "2025-03-05"),
        ("this week", "2026-03-02", "2026-03-08"),
        ("last week", "2026-02-23", "2026-03-01"),
        ("this month", "2026-03-01", "2026-03-31"),
        ("last  month", "2026-02-01", "2026-02-28"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("Monday", "2026-03-02", "2026-03-02"),
        ("thursday", "2026-03-05", "2026-03-05"),
        ("friday", "2026-02-27", "2026-02-27"),
    ],
)
def test_words_mean_their_first_and_last_day(words, first, last):
    assert tuple(map(str, find_days(words, THURSDAY))) == (first, last)


@pytest.mark.parametrize(
    "words", ["", "10/11/2024", "2024-13", "1599", "next week", "last monday", "1000 years ago"]
)
def test_what_means_no_day_or_several_is_not_guessed(words):
    assert find_days(words, THURSDAY) is None


def test_a_month_back_ends_with_the_month():
    assert find_days("1 month ago", date(2026, 3, 31)) == (date(2026, 2, 28),) * 2


@given(st.text())
def test_no_words_break_the_reader(words):
    find_days(words, THURSDAY)


@given(
    st.dates(date(2, 1, 1), date(9998, 12, 31)), st.sampled_from(["day", "week", "month", "year"])
)
def test_stretch_holds_its_day_and_is_that_of_its_ends(day, unit):
    first, last = unit_around(day, unit)
    assert first <= day <= last
    assert unit_around(first, unit) == unit_around(last, unit) == (first, last)


@pytest.mark.usefixtures("thursday")
def test_since_begins_and_until_ends_what_is_named():
    assert read_first_day("since", "last week") == date(2026, 2, 23)
    assert read_last_day("until", "last week") == date(2026, 3, 1)


def test_one_day_is_not_several():
    with pytest.raises(ValueNotUnderstood, match="on is one day"):
        read_day("on", "2024-10")


def test_what_is_no_day_is_refused_with_what_is_one():
    with pytest.raises(ValueNotUnderstood, match=r"since cannot be read.*soon.*last week"):
        read_first_day("since", "soon")


@pytest.mark.usefixtures("thursday", "seoul")
def test_new_since_a_day_of_here_begins_at_its_midnight_here():
    assert read_since("new_since", "today") == "2026-03-04T15:00:00Z"


@pytest.mark.usefixtures("seoul")
def test_new_since_a_written_month_begins_in_utc():
    assert read_since("new_since", "2026-03") == "2026-03-01T00:00:00Z"
