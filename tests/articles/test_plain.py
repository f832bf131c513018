from datetime import date

import pytest

from tocsin.articles.plain import find_date_lines, find_dateline, read_plain

BODY = "The ferry left at noon, the harbour master said.\n"


def test_read_plain_takes_a_headline_as_title():
    assert read_plain(f"Ferry leaves on time\n\n{BODY}", "x").title == "Ferry leaves on time"


def test_read_plain_takes_no_sentence_as_title():
    assert read_plain(f"The ferry left.\n{BODY}", "x").title is None


def test_read_plain_takes_no_broken_line_as_title():
    text = (
        "Moldovan Prime Minister Dorin\nRecean said that the bridge would be\nclosed for repairs."
    )
    assert read_plain(text, "x").title is None
    assert read_plain(f"Ferry leaves\n\n{text}", "x").title == "Ferry leaves"


def test_read_plain_keeps_every_character():
    text = "\tTitle \r\n\r\n“Odd”\u00a0spaces\u200b stay.\r\n"
    assert read_plain(text, "x").text == text


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Published: 3 May 2023", None),
        ("Published 3 May 2023, 14:05 GMT", None),
        ("Last updated on 3 May 2023 at 10:31", None),
        ("Wed 3 May 2023 14.05 GMT", None),
        ("May 3, 2023 10:31 AM UTC", None),
        ("3 May 2023 - 10:31", None),
        ("By Jane Doe, Nairobi, 3 May 2023", "Nairobi"),
        ("By Jane Doe | 3 May 2023 | 3 min read", None),
        ("NAIROBI/ADDIS ABABA, 3 May 2023", "NAIROBI/ADDIS ABABA"),
        ("*3 May 2023, Nairobi*", "Nairobi"),
        ("3 May 2023 | Lomé, Togo", "Lomé"),
        ("Updated 10:31 a.m. EDT, May 3, 2023", None),
        ("Posted on May 3, 2023 by Jane Doe", None),
        ("Jane Doe in Accra | 3\u00a0May\u00a02023", "Accra"),
        ("FOR IMMEDIATE RELEASE: May 3, 2023", None),
    ],
)
def test_find_date_lines_reads_day_and_place(line, place):
    [found] = find_date_lines(f"Ferry leaves\n{line}\n\n{BODY}")
    assert (found.day, found.place) == (date(2023, 5, 3), place)


@pytest.mark.parametrize(
    "line",
    [
        "On 3 May 2023 it left.",
        "Battle of Adwa, 1 March 1896",
        "Peace at last: the Accra Agreement of 18 August 2003",
        "The war that began on 24 February 2022",
        "Ferry due on 3 May 2023, owners say",
    ],
)
def test_find_date_lines_finds_none_in_prose_and_headlines(line):
    assert list(find_date_lines(f"{line}\n\n{BODY}")) == []


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
        ("BERLIN, July 12, 2024 (dpa) - The", "BERLIN", "dpa", date(2024, 7, 12)),
        ("BERLIN, July 12 (dpa/AFP) - The", "BERLIN", "dpa/AFP", date(2024, 7, 12)),
        ("PRAGUE, July 12, 2024 (RFE/RL) - The", "PRAGUE", "RFE/RL", date(2024, 7, 12)),
        ("KYIV, July 12, 2024 (Interfax-Ukraine) - The", "KYIV", "Interfax-Ukraine",
         date(2024, 7, 12)),
        ("NAIROBI, March 20 (Reuters) - The", "NAIROBI", "Reuters", date(2024, 3, 20)),
        ("MIAMI, Fla., March 4, 2024 — The", "MIAMI, Fla.", None, date(2024, 3, 4)),
        ("BUFFALO, N.Y., March 4, 2024 (AP) — The", "BUFFALO, N.Y.", "AP", date(2024, 3, 4)),
        ("NAIROBI, Kenya (AP) — March 4, 2024", "NAIROBI, Kenya", "AP", date(2024, 3, 4)),
        ("Kyiv, 4 March 2024 - The", "Kyiv", None, date(2024, 3, 4)),
        ("KYIV,\u00a0March 4,\u00a02024\u00a0― The", "KYIV", None, date(2024, 3, 4)),
        ("(Nairobi, March 4, 2024) – The", "Nairobi", None, date(2024, 3, 4)),
    ],
)  # fmt: skip
def test_find_dateline_reads_agency_forms(head, place, agency, day):
    found = find_dateline(head, date(2024, 11, 1))
    assert (found.place, found.agency, found.day) == (place, agency, day)


@pytest.mark.parametrize(
    "head",
    ["NATO is concerned - and said so", "The EU - a union", "In May, x",
     "On Tuesday, March 4, 2024 — a day of rain", "Ann Roe, May 3 - a saint's day - left"],
)  # fmt: skip
def test_find_dateline_finds_none_in_prose(head):
    assert find_dateline(head, date(2024, 11, 1)) is None
