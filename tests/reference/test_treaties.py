"""Who is whose ally on a day."""

from datetime import date

import pytest

from tocsin.lexicons.tables import listed, read_records
from tocsin.reference.countries import load_countries
from tocsin.reference.treaties import allies_of

ROWS = list(read_records("reference/data/treaties.tsv"))


def names(one, other, day):
    return [treaty.name for treaty in allies_of(one, day).get(other, ())]


def test_ally_is_bound_by_a_treaty_that_can_be_looked_up():
    [treaty] = allies_of("PHL", date(2024, 6, 1))["USA"]
    assert treaty.name == "US-Philippines mutual defense treaty"
    assert "UN Treaty Series, volume 177" in treaty.check


@pytest.mark.parametrize(
    ("one", "other", "day", "bound"),
    [
        ("FIN", "USA", date(2023, 4, 3), False),
        ("FIN", "USA", date(2023, 4, 4), True),
        ("GBR", "FRA", date(1960, 1, 1), True),
        ("SWE", "FIN", date(2010, 1, 1), True),  # by the Treaty on European Union
        ("SWE", "USA", date(2010, 1, 1), False),
        ("UZB", "RUS", date(2005, 1, 1), False),
        ("UZB", "RUS", date(2008, 1, 1), True),
        ("UZB", "RUS", date(2013, 1, 1), False),
        ("RUS", "PRK", date(2024, 12, 3), False),
        ("RUS", "PRK", date(2024, 12, 4), True),
        ("USA", "ISR", date(2024, 1, 1), False),
        ("UKR", "USA", date(2024, 1, 1), False),
        ("USA", "NZL", date(1985, 1, 1), True),
        ("USA", "NZL", date(1990, 1, 1), False),
        ("AUS", "NZL", date(1990, 1, 1), True),
    ],
)
def test_allies_are_those_of_the_day(one, other, day, bound):
    assert bool(names(one, other, day)) == bound
    assert names(one, other, day) == names(other, one, day)


def test_nobody_is_an_ally_of_itself():
    assert "USA" not in allies_of("USA", date(2024, 1, 1))


def test_two_treaties_bind_twice():
    assert names("FIN", "SWE", date(2024, 6, 1)) == ["NATO", "EU mutual assistance"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['treaty']} {row['since']}")
def test_parties_are_known_countries_and_every_row_can_be_checked(row):
    states = {each.code for each in load_countries().by_code.values() if each.kind == "state"}
    assert {*listed(row["parties"])} <= states
    assert len(row["check"]) > 10
