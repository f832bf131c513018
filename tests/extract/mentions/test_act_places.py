"""Where an act took place, and names of places that do not say so."""

from datetime import date

import pytest

from tocsin.extract.events.coding import find_events
from tocsin.records import Article


@pytest.fixture
def place_of(models):
    def find(text: str):
        article = Article(id="a", text=text, published=date(2024, 6, 12))
        [event] = find_events(models.read(text), article)
        return event.place.name if event.place is not None else None

    return find


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Gunmen killed 30 people in a market in Maiduguri.", "Maiduguri"),
        ("Iran launched a missile attack on a US base in Qatar.", "Qatar"),
    ],
)
def test_place_of_an_act_is_where_those_are_to_whom_it_is_done(place_of, text, place):
    assert place_of(text) == place


def test_place_of_an_assault_is_the_town_that_is_hit(place_of):
    assert place_of("Russia shelled Kharkiv.") == "Kharkiv"


@pytest.mark.parametrize(
    "text",
    [
        "Two Cuban soldiers were killed in the US raid.",
        "Germany withdrew from the Paris climate agreement.",
        "Egypt held talks with Sudan.",
    ],
)
def test_place_of_an_act_is_no_country_that_takes_part_in_it(place_of, text):
    assert place_of(text) is None


@pytest.fixture
def where(models):
    """The name and country of the place of the one event of a text."""

    def find(text: str):
        article = Article(id="a", text=text, published=date(2024, 6, 12))
        [event] = find_events(models.read(text), article)
        return (event.place.name, event.place.country) if event.place is not None else None

    return find


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A drone struck a Moldovan customs post at Palanca.", ("Palanca", "MDA")),
        ("Thai forces shelled a Cambodian checkpoint outside Thma Daun.", ("Thma Daun", "KHM")),
        ("Israeli jets struck a Lebanese police station in Aitaroun.", ("Aitaroun", "LBN")),
    ],
)
def test_place_in_no_list_has_the_country_of_what_is_hit_there(where, text, place):
    assert where(text) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The rebels attacked a US base at Tanf overnight.", ("Tanf", None)),
        ("Rebels killed five Malian soldiers at Tessit.", ("Tessit", None)),
    ],
)
def test_place_in_no_list_has_no_country_where_what_is_hit_may_be_abroad(where, text, place):
    assert where(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "Israel bombed a school with Hezbollah fighters near NATO on Monday.",
        "Russia attacked Ukrainian soldiers at Reuters.",
    ],
)
def test_place_is_no_body_that_is_known(where, text):
    assert where(text) is None
