"""Alarms in a terminal: on whose word they ring, by what, and under which names."""

from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from tocsin.checks.wording import name_pair, name_party
from tocsin.publish.alarms import write_alarms
from tocsin.watch.alarms import Alarm, Outcome
from tocsin.watch.changes import Watched

ONSET = date(2024, 4, 20)
TOLD = {"day": ONSET, "told": "Serbia shelled a bridge", "type": "ASSAULT", "grade": "B6"}


def shown(pair_years=1.0, rate=0.2, **others):
    values = {
        "actor": "SRB",
        "recipient": "KOS",
        "since": ONSET,
        "rang": ONSET,
        "until": None,
        "size": 12.0,
        "rings": "unconfirmed",
        "seen": 6,
        "standing": 1,
        "expected": 0.5,
        "types": {"ASSAULT": 6},
        "events": (TOLD,),
        "before": (0, 0, 1),
        "after": (3, 3),
    }
    watched = Watched(changes=(), pairs=1, pair_years=pair_years, rate=rate, expected_false=0.2)
    alarm = Alarm(**values | others)
    outcome = Outcome(alarms=(alarm,), watched=watched, first=ONSET, last=ONSET, left_out={})
    out = StringIO()
    write_alarms(outcome, Console(file=out, width=200))
    return out.getvalue()


def test_alarm_says_on_whose_word_it_rings_and_by_what():
    text = shown()
    assert "Serbia → Kosovo  since 2024-04-20" in text
    assert "would not ring on confirmed reports alone · 1 of 6 stand · ASSAULT 6" in text
    assert "2024-04-20 “Serbia shelled a bridge” ASSAULT B6" in text


def test_alarm_that_ended_is_quiet_and_says_on_whose_word_it_rang():
    text = shown(until=ONSET, eased=ONSET)
    assert "  quiet · would not have rung on confirmed reports alone · " in text
    assert "(day 1), until 2024-04-20\n" in text


def test_alarm_that_eased_is_not_still_ringing():
    assert "still ringing" in shown()
    text = shown(eased=ONSET)
    assert "eased 2024-04-20" in text
    assert "still ringing" not in text
    text = shown(again=ONSET, rings="confirmed")
    assert "still ringing" in text
    assert (
        "rings on confirmed reports · 1 of 6 stand · had eased, rings again since 2024-04-20"
        in text
    )


def test_nothing_watched_is_said_not_to_be_quiet():
    told = shown(pair_years=0.0)
    assert "nothing was watched.  A pair is watched after 28 days" in told
    assert "false alarms" not in told
    assert "nothing was watched" not in shown()


def test_rate_of_a_budget_is_shown_rounded():
    assert "At 0.00225 false alarms" in shown(rate=0.00224861)


@pytest.mark.parametrize(
    "event",
    [
        {"day": ONSET, "told": "red \x1b[31m alert", "type": "ASSAULT"},
        {"day": ONSET, "actor": "red \x1b[31m", "act": "190", "recipient": "Niger"},
    ],
    ids=str,
)
def test_words_of_an_article_or_a_table_steer_no_terminal(event):
    assert "\x1b" not in shown(events=(event,))


@pytest.mark.parametrize(
    ("party", "name"),
    [
        ("KOS", "Kosovo"),
        ("UNO", "United Nations"),
        ("IGO", "international bodies"),
        ("AU", "African Union"),
        ("Islamic State", "Islamic State"),
    ],
)
def test_party_has_the_name_by_which_people_know_it(party, name):
    assert name_party(party) == name


def test_party_that_is_no_country_has_its_name_in_sentences_too():
    assert name_pair("SDN", "IGO") == "Sudan → international bodies"
