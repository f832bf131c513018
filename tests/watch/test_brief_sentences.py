"""The sentences of a brief, told of deeds made by hand."""

from dataclasses import replace
from datetime import date

import pytest

from tests.watch.test_brief_choice import SCOPE, deed, doubt, material, utterance
from tocsin.watch.brief.choice import choose
from tocsin.watch.brief.sentences import Teller, name_days

COVERED = {date(2024, 9, day): 2 for day in range(21, 31)}
COVERED |= {date(2024, 10, day): 3 for day in (1, 2, 3, 4, 8, 9, 10)}


def teller(scope=SCOPE, **given):
    held = material(**{"covered": COVERED} | given)
    return Teller(scope, held, choose(scope, held), {})


def opening(scope=SCOPE, **given):
    return [*teller(scope, **given).open()]


def texts(**given):
    return [sentence.text for sentence in opening(**given)]


def test_opening_counts_events_once_and_says_what_stands():
    deeds = (deed("a"), deed("a", recipient="POL"), deed("b", contradicted=1, stands=0))
    assert texts(deeds=deeds)[0] == (
        "21 articles in the store are dated 1 to 10 October 2024; 2 events by or towards North "
        "Korea, Russia and Ukraine fall on these days: 1 told by a voice that can be checked, "
        "1 contradicted."
    )


def test_opening_names_the_weightiest_records():
    deeds = [deed(str(n), independent=n) for n in range(1, 8)]
    assert opening(deeds=deeds)[0].records == ("7", "6", "5")


def test_opening_says_that_nothing_is_there():
    assert texts()[0] == (
        "The store has no event by or towards North Korea, Russia and Ukraine dated 1 to 10 "
        "October 2024, and 21 articles from these days in all."
    )


def test_opening_says_that_nothing_is_new():
    scope = replace(SCOPE, new_from=7)
    assert "is new in the store" in opening(scope)[0].text


def test_opening_tells_an_alarm_with_the_events_behind_it(alarm):
    told = opening(alarms=(alarm("RUS", "UKR"),))[1]
    assert told.records == ("a",)
    assert told.text == (
        "The alarm rings for Russia → Ukraine since 3 October 2024: 8 acts of conflict where 2 "
        "were expected, on reports that stand."
    )


def test_opening_says_that_an_alarm_eased_or_ended(alarm):
    day = date(2024, 10, 8)
    eased = texts(alarms=(alarm("RUS", "UKR", eased=day),))[1]
    assert eased.startswith(
        "The alarm for Russia → Ukraine eased on 8 October 2024: from 3 October 2024 on 8 acts"
    )
    again = texts(alarms=(alarm("RUS", "UKR", again=day),))[1]
    assert again.startswith(
        "The alarm for Russia → Ukraine had eased and rings again since 8 October 2024: from 3"
    )
    ended = texts(alarms=(alarm("RUS", "UKR", until=day),))[1]
    assert ended.startswith(
        "The alarm for Russia → Ukraine rang from 3 October 2024 to 8 October 2024: 8 acts"
    )


def test_opening_says_that_no_alarm_can_ring():
    assert texts()[1] == "No alarm rings."
    assert texts(watched=False)[1].startswith("No alarm can ring: it takes ")


def test_opening_compares_with_as_many_days_before():
    deeds, before = [deed(str(n)) for n in range(5)], [deed("x"), deed("y")]
    told = opening(deeds=deeds, before=before)[2]
    assert told.text == (
        "Russia acted against Ukraine in 5 events of conflict, after 2 in the 10 days before "
        "(21 articles against 20)."
    )
    assert told.query == (
        "series --actor RUS --recipient UKR --since 2024-10-01 --until 2024-10-10"
    )


def test_opening_compares_nothing_where_much_less_was_read_before():
    covered = {day: 1 if day.month == 9 else n for day, n in COVERED.items()}
    deeds = [deed(str(n)) for n in range(5)]
    assert not [t for t in texts(deeds=deeds, covered=covered) if "days before" in t]


def test_opening_counts_what_is_inside_a_country():
    deeds = [deed(str(n), recipient="RUS") for n in range(3)]
    assert any(t.startswith("Inside Russia there were 3 events") for t in texts(deeds=deeds))


def test_opening_tells_what_concerns_the_reader():
    deeds = (deed("a", actor="USA"), deed("b", recipient="USA"), deed("c"))
    told = texts(deeds=deeds, uttered=(utterance("s", country="USA"),))
    assert (
        "United States: 1 act of its own towards them, 1 of theirs towards it, 1 statement by "
        "its officials beside these events." in told
    )


def test_opening_is_silent_on_a_reader_whom_nothing_concerns():
    assert not [t for t in texts(deeds=(deed("c"),)) if "United States" in t]


def test_opening_counts_what_cannot_be():
    assert "1 claim cannot be as articles have it." in texts(doubts=(doubt("f"), doubt("g")))


def test_days_without_articles_are_counted_and_asked_about():
    assert "3 of 10 days have no article." in texts()
    assert [each.text for each in teller().ask()] == [
        "What happened on 5 to 7 October 2024?  No article in the store is dated these days."
    ]


def test_an_alarm_on_unconfirmed_reports_is_an_open_question(alarm):
    rumours = (alarm("RUS", "UKR", rings="unconfirmed"), alarm("PRK", "RUS"))
    asked = [each.text for each in teller(alarms=rumours).ask()]
    assert [each for each in asked if "alarm" in each] == [
        "Does the alarm for Russia → Ukraine stand?  It would not ring on confirmed reports alone."
    ]


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2024, 10, 1), date(2024, 10, 1), "1 October 2024"),
        (date(2024, 10, 1), date(2024, 10, 9), "1 to 9 October 2024"),
        (date(2024, 9, 30), date(2024, 10, 9), "30 September to 9 October 2024"),
        (date(2023, 12, 30), date(2024, 1, 9), "30 December 2023 to 9 January 2024"),
    ],
)
def test_days_are_named_as_short_as_they_can_be(since, until, words):
    assert name_days(since, until) == words
