"""The country, or the kind of body, that a name in an event table belongs to."""

import pytest

from tocsin.errors import ValueNotUnderstood
from tocsin.reference.offices import load_reference
from tocsin.watch.parties import find_parties, read_party


def party_of(name, times=10):
    return find_parties({name: times}, load_reference()).get(name)


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Thailand", "THA"),
        ("THA", "THA"),
        ("Russian Federation", "RUS"),
        ("KOS", "KOS"),
        ("XKX", "KOS"),
        ("Police (Kenya)", "KEN"),
        ("Cabinet / Council of Ministers / Advisors (United States)", "USA"),
        ("Children (Palestinian Territory, Occupied)", "PSE"),
        ("UN Security Council", "UNO"),
        ("North Atlantic Treaty Organization", "IGO"),
        ("IGO", "IGO"),
        ("Israeli Defense Forces", "ISR"),
    ],
)
def test_party_is_told_from_a_name(name, party):
    assert party_of(name) == party


@pytest.mark.parametrize(
    "name", ["", "Media (Africa)", "Citizen (International)", "Korea", "Fishermen", "None"]
)
def test_name_that_tells_no_one_country_is_no_party(name):
    assert party_of(name) is None


def test_person_belongs_to_the_state_of_the_offices_held():
    assert party_of("Sergey Viktorovich Lavrov") == "RUS"
    assert party_of("Xi Jinping") == "CHN"


def test_person_seldom_named_is_not_looked_up():
    assert party_of("Sergey Viktorovich Lavrov", times=1) is None


@pytest.mark.parametrize(
    ("given", "party"), [("RUS", "RUS"), (" North Korea ", "PRK"), ("NATO", "NATO"), ("IGO", "IGO")]
)
def test_party_that_somebody_asks_for_is_a_country_or_a_body(given, party):
    assert read_party("about", given) == party


def test_what_is_no_party_is_refused_by_the_name_it_was_asked_as():
    with pytest.raises(ValueNotUnderstood, match="about"):
        read_party("about", "Atlantis")
