"""The day of an act, and what is not its day."""

from datetime import date

import pytest

from tocsin.extract.events.coding import find_events
from tocsin.records import Article, Status

WEDNESDAY = date(2024, 6, 12)


@pytest.fixture
def event_of(models):
    def find(text: str, kind: str):
        article = Article(id="a", text=text, published=WEDNESDAY)
        [event] = [e for e in find_events(models.read(text), article) if e.type == kind]
        return event

    return find


def test_date_of_an_act_opens_the_sentence(event_of):
    event = event_of("On Monday Jordan expelled the Syrian ambassador.", "SANCTION")
    assert event.date.earliest == event.date.latest == date(2024, 6, 10)


def test_date_of_an_act_is_that_of_the_raid_in_which_it_was_done(event_of):
    event = event_of("The Chadian army killed six rebels in Monday's raid.", "ASSAULT")
    assert event.date.earliest == date(2024, 6, 10)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "North Korea and Russia signed a defence treaty, the closest tie between them since"
            " the end of the Cold War.",
            "SUPPORT",
        ),
        (
            "Russia shelled Kharkiv, the heaviest attack on the city since the Second World War.",
            "ASSAULT",
        ),
        (
            "Turkey and Greece will hold talks in Athens for the first time since the Turkish"
            " invasion of Cyprus in 1974.",
            "AGREE",
        ),
    ],
)
def test_date_of_an_act_is_not_what_it_is_compared_with(event_of, text, kind):
    event = event_of(text, kind)
    assert event.date is None
    assert event.status is not Status.HISTORICAL


def test_date_of_a_report_is_not_that_of_the_plan_it_tells(event_of):
    text = "Jordan said on Monday that it would expel the Syrian ambassador."
    assert event_of(text, "THREATEN").date is None


def test_date_of_a_funeral_is_not_that_of_the_killing(event_of):
    text = "Three Kenyan soldiers killed by Somali gunmen were buried on Monday."
    assert event_of(text, "ASSAULT").date is None


def test_date_that_when_explains_is_the_day_of_the_clause_after_it(event_of):
    text = "Chad has bombed Darfur since May 2022, when Sudan expelled its ambassador."
    expelled, bombed = event_of(text, "SANCTION"), event_of(text, "ASSAULT")
    assert (expelled.date.earliest, expelled.date.latest) == (date(2022, 5, 1), date(2022, 5, 31))
    assert expelled.status is Status.HISTORICAL
    assert (bombed.date.earliest, bombed.date.latest) == (date(2022, 5, 1), WEDNESDAY)
    assert bombed.status is Status.ASSERTED


def test_date_after_since_runs_on_to_the_day_of_the_article(event_of):
    event = event_of("China has been investigating a Dutch bank since at least 2020.", "ACCUSE")
    assert (event.date.earliest, event.date.latest) == (date(2020, 1, 1), WEDNESDAY)


def test_history_needs_a_date_and_not_the_word_past_in_one(event_of):
    text = "In the past three weeks, Rwandan troops have shelled Congolese villages."
    event = event_of(text, "ASSAULT")
    assert event.status is Status.ASSERTED
    assert (event.date.earliest, event.date.latest) == (date(2024, 5, 20), WEDNESDAY)


def test_history_is_not_read_from_a_comparison_with_it(event_of):
    text = 'Chad criticised Sudan, whose troops it said behaved like "Nazi brigades".'
    assert event_of(text, "ACCUSE").status is Status.ASSERTED


def test_date_of_what_would_begin_is_the_next_one(event_of):
    text = "A Canadian tariff on Mexican goods would come into force on 1 July."
    assert event_of(text, "COERCE").date.earliest == date(2024, 7, 1)
