from datetime import date

import pytest

from tocsin.articles.plain import find_dateline, read_plain

BODY = "The ferry left at noon, the harbour master said.\n"


def test_read_plain_takes_a_headline_as_title():
    assert read_plain(f"Ferry leaves on time\n\n{BODY}", "x").title == "Ferry leaves on time"


def test_read_plain_takes_no_sentence_as_title():
    assert read_plain(f"The ferry left.\n{BODY}", "x").title is None


def test_read_plain_keeps_every_character():
    text = "\tTitle \r\n\r\n“Odd”\u00a0spaces\u200b stay.\r\n"
    assert read_plain(text, "x").text == text


def test_read_plain_reads_a_stamped_day():
    article = read_plain(f"Ferry leaves\nPublished: 3 May 2023\n\n{BODY}", "x")
    assert (article.published, article.published_from) == (date(2023, 5, 3), "page")


def test_read_plain_takes_no_day_from_the_prose():
    assert read_plain(f"Ferry leaves\n\nOn 3 May 2023 it left.\n{BODY}", "x").published is None


@pytest.mark.parametrize(
    ("head", "place", "agency", "day"),
    [
        ("SEOUL, Oct. 29 (Reuters) - The", "SEOUL", "Reuters", date(2024, 10, 29)),
        ("KYIV (AP) — The", "KYIV", "AP", None),
        ("MOSCOW, October 29, 2024 /TASS/. The", "MOSCOW", "TASS", date(2024, 10, 29)),
        ("Headline\n\nUNITED NATIONS, Oct 3 (Xinhua) -- The", "UNITED NATIONS", "Xinhua",
         date(2024, 10, 3)),
        ("NEW DELHI: The", "NEW DELHI", None, None),
    ],
)  # fmt: skip
def test_find_dateline_reads_agency_forms(head, place, agency, day):
    found = find_dateline(head, date(2024, 11, 1))
    assert (found.place, found.agency, found.day) == (place, agency, day)


@pytest.mark.parametrize(
    "head", ["NATO is concerned - and said so", "The EU - a union", "In May, x"]
)
def test_find_dateline_finds_none_in_prose(head):
    assert find_dateline(head, date(2024, 11, 1)) is None
