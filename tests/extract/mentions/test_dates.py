"""Date words become intervals of days, seen from the day of the article."""

from datetime import date

import pytest

from tocsin.extract.mentions.dates import find_dates_in

WEDNESDAY = date(2024, 6, 12)


def read(text: str, day: date | None = WEDNESDAY, *, forward: bool = False):
    return [
        (text[d.words[0] : d.words[1]], d.earliest, d.latest)
        for d in find_dates_in(text, day, forward=forward)
    ]


@pytest.mark.parametrize(
    ("text", "words", "earliest", "latest"),
    [
        ("He arrived on Tuesday.", "Tuesday", date(2024, 6, 11), date(2024, 6, 11)),
        ("They met on Wednesday.", "Wednesday", WEDNESDAY, WEDNESDAY),
        ("They met last Wednesday.", "last Wednesday", date(2024, 6, 5), date(2024, 6, 5)),
        ("It struck overnight.", "overnight", WEDNESDAY, WEDNESDAY),
        ("It fell yesterday.", "yesterday", date(2024, 6, 11), date(2024, 6, 11)),
        ("In 2014 it annexed it.", "2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("In November 2015 it fell.", "November 2015", date(2015, 11, 1), date(2015, 11, 30)),
        ("It fell on 3 May 2021.", "3 May 2021", date(2021, 5, 3), date(2021, 5, 3)),
        ("It fell on May 3.", "May 3", date(2024, 5, 3), date(2024, 5, 3)),
        ("It fell on October 3.", "October 3", date(2023, 10, 3), date(2023, 10, 3)),
        ("since May 2022", "since May 2022", date(2022, 5, 1), WEDNESDAY),
        ("since at least 2022", "since at least 2022", date(2022, 1, 1), WEDNESDAY),
        ("two decades ago", "two decades ago", date(2004, 1, 1), date(2004, 12, 31)),
        ("three weeks ago", "three weeks ago", date(2024, 5, 20), date(2024, 5, 26)),
        ("last year", "last year", date(2023, 1, 1), date(2023, 12, 31)),
        ("over the past year", "the past year", date(2023, 1, 1), WEDNESDAY),
        ("in the 1990s", "1990s", date(1990, 1, 1), date(1999, 12, 31)),
        ("in the past few weeks", "the past few weeks", date(2024, 5, 20), WEDNESDAY),
        ("the last 10 days", "the last 10 days", date(2024, 6, 2), WEDNESDAY),
        ("in May last year", "May last year", date(2023, 5, 1), date(2023, 5, 31)),
    ],
)
def test_find_dates_places_words_in_an_interval(text, words, earliest, latest):
    assert read(text) == [(words, earliest, latest)]


def test_find_dates_cuts_a_month_down_to_its_late_third():
    [(words, earliest, latest)] = read("late last month")
    assert words == "late last month"
    assert date(2024, 5, 20) <= earliest < latest == date(2024, 5, 31)


def test_find_dates_reads_a_bare_weekday_forward_for_what_is_announced():
    assert read("He will arrive on Tuesday.", forward=True)[0][1] == date(2024, 6, 18)


def test_find_dates_reads_todays_weekday_as_today_for_what_is_announced():
    assert read("He will arrive on Wednesday.", forward=True)[0][1] == WEDNESDAY


def test_find_dates_without_a_day_places_only_what_has_a_year():
    assert read("on Tuesday", None) == [("Tuesday", None, None)]
    assert read("in 2014", None) == [("2014", date(2014, 1, 1), date(2014, 12, 31))]


def test_find_dates_leaves_numbers_of_people_alone():
    assert read("2000 troops crossed the border") == []


def test_find_dates_gives_no_interval_for_a_day_that_does_not_exist():
    assert read("31 June 2023") == [("31 June 2023", None, None)]


@pytest.mark.parametrize(
    "name",
    [
        *("Bloody Sunday", "Good Friday", "Black Friday", "Easter Monday", "the Sunday Times"),
        *("the last Friday of this month", "the third Sunday of March"),
    ],
)
def test_find_dates_takes_other_words_with_a_weekday_for_no_day(name):
    assert read(f"Thirteen were shot on {name}.") == []


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("day before yesterday", (2024, 6, 10), (2024, 6, 10)),
        ("day after tomorrow", (2024, 6, 14), (2024, 6, 14)),
        ("Monday of last week", (2024, 6, 3), (2024, 6, 3)),
        ("Friday this week", (2024, 6, 14), (2024, 6, 14)),
        ("last week's Tuesday", (2024, 6, 4), (2024, 6, 4)),
        ("2025-05-09", (2025, 5, 9), (2025, 5, 9)),
        ("9.5.2025", (2025, 5, 9), (2025, 5, 9)),
        ("3 to 9 May", (2024, 5, 3), (2024, 5, 9)),
        ("10-14 June", (2024, 6, 10), (2024, 6, 14)),
        ("May 3–9, 2023", (2023, 5, 3), (2023, 5, 9)),
        ("28 April to 3 May", (2024, 4, 28), (2024, 5, 3)),
        ("2014 to 2020", (2014, 1, 1), (2020, 12, 31)),
        ("Friday to Monday", (2024, 6, 7), (2024, 6, 10)),
    ],
)
def test_find_dates_reads_what_stands_there(text, earliest, latest):
    assert read(f"It went on from {text}.") == [(text, date(*earliest), date(*latest))]


def test_find_dates_takes_and_for_a_range_only_after_between():
    assert read("between May 3 and 9") == [("May 3 and 9", date(2024, 5, 3), date(2024, 5, 9))]
    [(_, *ends)] = read("Between Monday and Tuesday it rained.")
    assert ends == [date(2024, 6, 10), date(2024, 6, 11)]
    assert read("killed on May 3 and 9 were hurt")[0][0] == "May 3"
    assert len(read("It struck on 3 May and 5 May.")) == 2


@pytest.mark.parametrize(
    "text",
    ["At least 12 may have died.", "Some 20 march on the capital.", "under Resolution 1701"],
)
def test_find_dates_takes_no_other_words_for_a_date(text):
    assert read(text) == []


def test_find_dates_reads_the_coming_friday_forward():
    assert read("the coming Friday")[0][1] == date(2024, 6, 14)


def test_find_dates_reads_a_range_forward_from_its_beginning():
    [(_, earliest, latest)] = read("They meet from Monday to Friday.", forward=True)
    assert (earliest, latest) == (date(2024, 6, 17), date(2024, 6, 21))
