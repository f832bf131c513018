"""What reads like an event of world politics and is none."""

from datetime import date

import pytest

from tocsin.extract.events.coding import find_events
from tocsin.records import Article, Status


@pytest.fixture
def events_of(models):
    def events(text):
        article = Article(id="a", text=text, published=date(2024, 6, 12))
        return list(find_events(models.read(text), article))

    return events


@pytest.mark.parametrize(
    "sentence",
    [
        "Peru's president urged Peru's parliament to pass the budget.",
        "The governor declared a state of emergency in Chad because of the flood.",
        "Bushfires destroyed 300 houses in Chile.",
        "The Iranian rial hit a record low.",
        "Chad will always defend international law.",
        "The ministry in Ghana released a new report.",
        "The captured rebel leader arrived in Paris.",
    ],
)
def test_find_events_leaves_out_what_is_none(events_of, sentence):
    assert events_of(sentence) == []


def test_find_events_keeps_strife_within_one_country(events_of):
    (event,) = events_of("Sudan's army attacked the Rapid Support Forces in Sudan.")
    assert event.type == "ASSAULT"


def test_find_events_names_whose_operation_it_was(events_of):
    (event,) = events_of("Twelve Cubans were killed in the French raid.")
    assert [actor.country for actor in event.actors] == ["FRA"]


def test_find_events_takes_what_is_presupposed_out_of_a_denial(events_of):
    found = events_of("Serbia denied that it had helped the rebels before Chad attacked Niger.")
    assert [e.status for e in found if e.type == "ASSAULT"] == [Status.REPORTED]
