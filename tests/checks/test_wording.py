"""Offices and tenures in words."""

from __future__ import annotations

import pytest

from tocsin.checks.wording import name_count, name_hold, name_office, name_tenure
from tocsin.records import Count
from tocsin.reference.offices import load_reference
from tocsin.reference.tenures import Person, Tenure


@pytest.mark.parametrize(
    ("office", "words"),
    [
        ("UKR:defence_minister", "Minister of Defence of Ukraine"),
        ("PHL:defence_minister", "Secretary of National Defense of the Philippines"),
        ("USA:press_secretary", "White House Press Secretary"),
        ("WB:body_president", "President of the World Bank Group"),
        ("RUS:spokesperson:president", "Press Secretary of the President of Russia"),
        ("XXX:nothing", "holder of XXX:nothing"),
    ],
)
def test_name_office_says_the_country_once_and_no_remark(office: str, words: str) -> None:
    assert name_office(load_reference(), office) == words


@pytest.mark.parametrize(
    ("since", "until", "known_until", "acting", "words"),
    [
        ("2020-03-04", "2024-09-05", None, False, "held it from 4 March 2020 to 5 September 2024"),
        (
            "2020",
            None,
            "2024-09-05",
            False,
            "had held it since 2020 and still did on 5 September 2024",
        ),
        ("2020-03", "2021", None, True, "held it in an acting capacity from March 2020 to 2021"),
        ("2020-03-04", None, None, False, "took it on 4 March 2020"),
        ("2020-03", None, "2020-03", False, "took it in March 2020"),
        ("2020", None, "2024-09", False, "had held it since 2020 and still did in September 2024"),
    ],
)
def test_name_hold_tells_a_tenure_of_an_office_named_before(
    since: str, until: str | None, known_until: str | None, acting: bool, words: str
) -> None:
    tenure = Tenure(
        office="UKR:defence_minister",
        person=Person(id="1", name="Ana"),
        since=since,
        until=until,
        known_until=known_until,
        acting=acting,
    )
    assert name_hold(tenure) == f"Ana {words}"


def test_name_tenure_says_that_a_government_has_a_rival() -> None:
    tenure = Tenure(
        office="LBY:head_of_government",
        person=Person(id="p", name="Osama Example"),
        since="2023-05-16",
        until="2024-01-01",
        note="rival government in the east",
    )
    words = "Prime Minister of Libya (rival government in the east) from 16 May 2023"
    assert words in name_tenure(load_reference(), tenure)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (12, 12, "12"),
        (12, None, "at least 12"),
        (None, 20, "at most 20"),
        (1000, 3000, "1,000 to 3,000"),
    ],
)
def test_name_count_says_how_exact_a_number_is(
    low: int | None, high: int | None, words: str
) -> None:
    assert name_count(Count(kind="dead", low=low, high=high, words=(0, 1))) == words
