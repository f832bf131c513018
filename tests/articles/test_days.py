from datetime import date

import pytest

from tocsin.articles.days import order_in, read_address_day, read_day, read_day_without_year


@pytest.mark.parametrize(
    "words",
    [
        "2024-10-29",
        "2024-10-29T08:15:00Z",
        "29 October 2024",
        "29th Oct. 2024",
        "October 29, 2024",
        "Tuesday, Oct 29, 2024",
        "Tuesday 29 October 2024",
        "2024/10/29 15:07:41",
        "2024.10.29",
        "2024 October 29",
        "2024-W44-2",
        "Tue, 29 Oct 2024 15:07:41 +0100 (CET)",
        "Tue Oct 29 15:07:41 UTC 2024",
        "Tue 29 Oct 2024 14.05 GMT",
        "14:05 GMT, 29 October 2024",
        "October 29, 2024 at 8 pm ET",
        "10:31 OCTOBER 29, 2024",
        "October 29, 2024 Tuesday",
        "October 29, 2024 Tuesday 10:15 AM GMT",
        "29-Oct-24",
        "29/10/2024",
        "10/29/2024 14:30",
        "29-10-2024",
        "29.10.2024",
    ],
)
def test_read_day_accepts_usual_forms(words):
    assert read_day(words) == date(2024, 10, 29)


@pytest.mark.parametrize(
    "words",
    [
        "10/11/2024",
        "10-11-2024",
        "29/10/24",
        "31/06/2024",
        "October 2024",
        "29 October",
        "31 June 2024",
        "",
        "2024-10",
        "2024-W44",
        "2024-303",
    ],
)
def test_read_day_leaves_ambiguous_and_impossible_days_alone(words):
    assert read_day(words) is None


def test_read_day_takes_the_day_before_full_stops_first():
    assert read_day("10.11.2024") == date(2024, 11, 10)


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("13/05/2025", "dmy"),
        ("05/13/2025", "mdy"),
        ("03/05/2025", ""),
        ("25/05/13", ""),
        ("05/05/2025", ""),
    ],
)
def test_order_in_tells_how_day_and_month_stand(words, order):
    assert order_in(words) == order


@pytest.mark.parametrize("words", ["2025-05-13", "13 May 2025", "", None, 20250513])
def test_order_in_finds_none_in_what_is_written_otherwise(words):
    assert order_in(words) is None


def test_read_day_without_year_takes_the_last_such_day_before():
    assert read_day_without_year("Dec. 30", date(2025, 1, 2)) == date(2024, 12, 30)


def test_read_day_without_year_allows_tomorrow():
    assert read_day_without_year("Jan 3", date(2025, 1, 2)) == date(2025, 1, 3)


def test_read_day_without_year_needs_a_day_to_count_from():
    assert read_day_without_year("Jan 3", None) is None


@pytest.mark.parametrize(
    "url", ["https://a.example/2024/10/29/ferry", "https://a.example/news/2024-10-29-ferry"]
)
def test_read_address_day_reads_the_path(url):
    assert read_address_day(url) == date(2024, 10, 29)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "https://a.example/2024/10/ferry",
        "https://a.example/2024102912",
        "https://a.example/news/18630512",
        "https://a.example/a/29120512.html",
        "https://a.example/2024/10-29",
    ],
)
def test_read_address_day_needs_a_whole_day(url):
    assert read_address_day(url) is None
