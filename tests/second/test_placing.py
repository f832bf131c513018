"""Placing: of which countries the parties are that a second reader names."""

import pytest

from tocsin.pipeline import process_article
from tocsin.records import Article, SaidAct, SecondReading, Status

ACT = "broke bread"


def actors_in(text, tools, words=(), of=()):
    """Return the actors of the act that a second reader tells with these words."""

    def at(each):
        start = text.index(each)
        return start, start + len(each)

    said = SaidAct(
        type="CONSULT",
        status=Status.ASSERTED,
        words=at(ACT),
        actors=tuple(map(at, words)),
        actors_of=tuple(map(at, of)),
    )
    second = SecondReading(model="m", prompt="p", tokens_in=1, tokens_out=1, acts=(said,))
    events = process_article(Article(id="a", text=text), tools, second).events
    [found] = [each for each in events if text[slice(*each.trigger)] == ACT]
    assert found.readers == ("m",)
    return found.actors


def countries(actors):
    return {actor.country for actor in actors}


@pytest.mark.parametrize(
    ("party", "codes"),
    [
        ("Chadian and Malian envoys", {"TCD", "MLI"}),
        ("envoys from Chad and Mali", {"TCD", "MLI"}),
        ("Chadian, Malian and Togolese envoys", {"TCD", "MLI", "TGO"}),
        ("The West", {"USA", "EUR"}),
        ("Chadian envoys", {"TCD"}),
        ("Chad-based envoys of Mali", {"MLI"}),
    ],
)
def test_a_party_is_of_every_country_that_its_words_name_together(party, codes, tools):
    text = f"The talks in the hotel were long. {party} {ACT} at noon, a cook said."
    assert countries(actors_in(text, tools, words=[party])) == codes


@pytest.mark.parametrize("party", ["Both sides", "The two countries"])
def test_a_party_is_of_as_many_countries_as_it_says(party, tools):
    text = f"Chad and Mali had quarrelled for a year over a well. {party} {ACT} at noon."
    assert countries(actors_in(text, tools, words=[party])) == {"TCD", "MLI"}


def test_two_people_are_not_taken_for_two_countries(tools):
    text = f"Chad and Mali had quarrelled for a year over a well. Two cooks {ACT} at noon."
    assert len(countries(actors_in(text, tools, words=["Two cooks"]))) == 1


def test_a_party_is_of_the_country_that_the_second_reader_names(tools):
    text = f"Chad and Mali had quarrelled for a year over a well. The cooks {ACT} at noon."
    [cooks] = actors_in(text, tools, words=["The cooks"], of=["Mali"])
    assert (cooks.country, cooks.because) == ("MLI", "m gives “Mali” as whose they are")


def test_a_country_that_the_second_reader_names_may_be_part_of_a_name(tools):
    text = f"The Peruvian army had a colonel, and Bolivia a well. Her soldiers {ACT} at noon."
    assert countries(actors_in(text, tools, words=["Her soldiers"], of=["Peruvian"])) == {"PER"}


def test_what_the_second_reader_names_goes_before_rules(tools):
    text = f"Allies of Chad {ACT} at noon; Mali was there too."
    assert countries(actors_in(text, tools, words=["Allies of Chad"], of=["Mali"])) == {"MLI"}


def test_a_side_without_words_is_of_the_country_that_is_named(tools):
    text = f"In Mali somebody {ACT} at noon. Chad was not there."
    assert countries(actors_in(text, tools, of=["Mali"])) == {"MLI"}


def test_words_that_name_no_country_leave_it_to_rules(tools):
    text = f"The envoys of Chad {ACT} at noon; the cooks had gone."
    assert countries(actors_in(text, tools, words=["The envoys of Chad"], of=["cooks"])) == {"TCD"}


def test_a_side_of_which_nothing_is_said_has_nobody(tools):
    text = f"Chad and Mali had quarrelled for a year over a well. Then somebody {ACT} at noon."
    assert actors_in(text, tools) == ()


def test_acts_without_end_are_placed_some_at_a_time(tools, monkeypatch):
    text = (
        f"Chad and Mali had quarrelled over a well. The cooks {ACT} at noon. They ate. It rained."
    )
    ate = tuple((text.index(each), text.index(each) + len(each)) for each in (ACT, "ate", "rained"))
    said = SaidAct(type="CONSULT", status=Status.ASSERTED, words=ate[0], again=ate[1:])
    second = SecondReading(model="m", prompt="p", tokens_in=1, tokens_out=1, acts=(said,))
    whole = process_article(Article(id="a", text=text), tools, second).events
    monkeypatch.setattr("tocsin.second.placing.MENTIONS_AT_ONCE", 2)
    assert process_article(Article(id="a", text=text), tools, second).events == whole
