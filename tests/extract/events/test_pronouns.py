"""Whom "it" and "they" mean in an event, and where it is better to say nobody."""

from datetime import date

import pytest

from tocsin.extract.events.coding import find_events
from tocsin.records import Article


@pytest.fixture
def sides_of(models):
    """Types of the events of a text with the countries of their actors and recipients."""

    def find(text):
        article = Article(id="a", text=text, published=date(2024, 6, 12))
        events = find_events(models.read(text), article)
        return [
            (e.type, [a.country for a in e.actors], [r.country for r in e.recipients])
            for e in events
        ]

    return find


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine's air force said it had tracked the drone before it crossed the border.",
        "The Estonian government said the ship was boarded before it left the port.",
        "Finland's navy followed the tanker until it entered its waters.",
    ],
)
def test_find_events_makes_nobody_move_who_only_watched(sides_of, text):
    assert [found for found in sides_of(text) if found[0] == "MOBILIZE"] == []


def test_find_events_takes_it_for_the_weapon_that_hits(sides_of):
    found = sides_of(
        "Romania scrambled two jets to follow the drone until it hit a farm near Tulcea."
    )
    assert [actors for kind, actors, _ in found if kind == "ASSAULT"] in ([], [[None]])


def test_find_events_takes_it_for_the_vehicle_that_is_hit(sides_of):
    found = sides_of("Azerbaijan said the plane crashed after it was hit by Russian air defences.")
    assert found == [("ASSAULT", ["RUS"], [None])]


def test_find_events_takes_it_for_the_power_whose_verb_no_weapon_can_have(sides_of):
    found = sides_of("Turkey said it had sanctioned Iran after it tracked the drone.")
    assert ("COERCE", ["TUR"], ["IRN"]) in found


def test_find_events_does_not_look_outside_a_quotation_for_its_pronouns(sides_of):
    found = sides_of("Russia left the talks. “They attacked Kyiv again,” said a driver.")
    assert ("ASSAULT", [], ["UKR"]) in found


def test_find_events_does_not_make_a_court_do_what_it_rules_on(sides_of):
    found = sides_of("A Japanese court fined the church, ruling that it had kidnapped followers.")
    assert [found for found in found if found[1] == ["JPN"] and found[0] != "SANCTION"] == []
