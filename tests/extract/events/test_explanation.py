"""Why an event was coded as it was."""

from datetime import date

import pytest

from tocsin.extract.events.coding import find_events
from tocsin.extract.events.explanation import explain_events
from tocsin.records import Article

DAY = date(2024, 6, 12)


@pytest.fixture
def only_act(models):
    def explained(text):
        article = Article(id="a", text=text, published=DAY)
        (sentence,) = explain_events(models.read(text), article)
        (act,) = sentence.acts
        return act

    return explained


def test_explain_events_names_the_same_events_as_find_events(models):
    text = (
        "China may impose sanctions on Taiwan. Iran denied that it had shelled a village in Iraq."
    )
    article = Article(id="a", text=text, published=DAY)
    reading = models.read(text)
    explained = {a.event for each in explain_events(reading, article) for a in each.acts}
    assert explained == {event.id for event in find_events(reading, article)}


def test_explain_events_gives_the_parse_in_plain_words(only_act):
    act = only_act("China may impose sanctions on Taiwan.")
    assert act.parse[1:] == ("subject: China", "object: sanctions", "on: Taiwan")


def test_explain_events_gives_the_winning_entry_first(only_act):
    act = only_act("China may impose sanctions on Taiwan.")
    assert act.candidates[0].entry.startswith("impose @sanctions on")
    assert act.candidates[0].score > act.candidates[1].score


def test_explain_events_says_which_word_made_the_status(only_act):
    act = only_act("China may impose sanctions on Taiwan.")
    assert "words beside “impose” (may): hypothetical" in act.steps


def test_explain_events_says_how_a_type_changed(only_act):
    act = only_act("France plans to send troops to Chad.")
    assert "MOBILIZE becomes THREATEN: future" in act.steps


def test_explain_events_says_why_there_is_no_event(only_act):
    act = only_act("The mayor declared an emergency in Chad because of the flood.")
    assert act.event is None
    assert act.outcome == "no event: the emergency is a natural one"
