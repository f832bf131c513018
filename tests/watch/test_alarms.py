"""Alarms from acts between parties: on whose word they ring, and which are asked for."""

from datetime import date, timedelta

import numpy as np
import pytest

from tocsin.watch.alarms import find_alarms, watch
from tocsin.watch.relations import Relations

FIRST, DAYS, ONSET = date(2024, 1, 1), 200, 150
PARTIES = ("CHN", "DEU", "FRA", "IND", "NER", "TCD")


def relations(acts):
    """Return relations of a calm pair and of `acts`: day, stands, speaker, and who to whom."""
    calm = [(day, True, -1, "IND", "CHN") for day in range(0, DAYS, 9)]
    rows = sorted((*calm, *acts))
    actors, recipients = (np.array([PARTIES.index(row[n]) for row in rows]) for n in (3, 4))
    return Relations(
        parties=PARTIES,
        span=range(FIRST.toordinal(), FIRST.toordinal() + DAYS),
        exposure=np.ones(DAYS),
        days=np.array([row[0] for row in rows]) + FIRST.toordinal(),
        actors=actors,
        recipients=recipients,
        types=np.zeros(len(rows), dtype=np.int64),
        quads=np.full(len(rows), 4),
        scores=np.full(len(rows), -9.0),
        stands=np.array([row[1] for row in rows]),
        speakers=np.array([row[2] for row in rows]),
        event=lambda row: {"day": date.fromordinal(FIRST.toordinal() + rows[row][0])},
    )


def storm(stands=True, speakers=(-1,), pair=("TCD", "NER"), first=ONSET):
    """Return three acts a day on eight days, told by `speakers` in turn."""
    days = [day for day in range(first, first + 8) for _ in range(3)]
    return [(day, stands, speakers[n % len(speakers)], *pair) for n, day in enumerate(days)]


def alarms_of(acts, **asked):
    return find_alarms(relations(acts), **asked).alarms


def test_alarm_on_what_stands_is_confirmed():
    [alarm] = alarms_of(storm())
    assert (alarm.rings, alarm.standing) == ("confirmed", alarm.seen)


def test_alarm_on_what_does_not_stand_is_unconfirmed():
    [alarm] = alarms_of(storm(stands=False))
    assert (alarm.rings, alarm.standing) == ("unconfirmed", 0)


def test_alarm_is_confirmed_where_enough_of_it_stands():
    [alarm] = alarms_of([*storm(), *storm(stands=False)])
    assert (alarm.rings, alarm.standing * 2) == ("confirmed", alarm.seen)


def test_one_speaker_alone_confirms_nothing():
    [alarm] = alarms_of(storm(speakers=(7,)))
    assert alarm.rings == "unconfirmed"


def test_many_speakers_confirm():
    [alarm] = alarms_of(storm(speakers=range(12)))
    assert alarm.rings == "confirmed"


def test_confirmation_of_an_earlier_alarm_is_none_of_a_later_one():
    first, second = alarms_of([*storm(first=60), *storm(stands=False)])
    assert (first.rings, second.rings) == ("confirmed", "unconfirmed")


def test_alarms_are_of_the_parties_asked_about():
    acts = [*storm(), *storm(pair=("FRA", "DEU"))]
    assert {each.actor for each in alarms_of(acts)} == {"TCD", "FRA"}
    assert [each.actor for each in alarms_of(acts, about={"DEU"})] == ["FRA"]


def test_alarms_are_those_that_ring_from_a_day_on():
    acts = [*storm(first=60), *storm()]
    [alarm] = alarms_of(acts, since=FIRST + timedelta(days=100))
    assert alarm.since == FIRST + timedelta(days=ONSET)


def test_alarm_has_the_day_on_which_it_eased():
    [alarm] = alarms_of(storm())
    assert FIRST + timedelta(days=ONSET + 8) <= alarm.eased <= FIRST + timedelta(days=ONSET + 20)


@pytest.mark.parametrize(
    "asked",
    [{}, {"about": ("TCD",)}, {"since": FIRST + timedelta(160)}, {"about": ("IND", "DEU")}],
)
def test_what_was_watched_once_tells_the_alarms_of_any_parties_and_days(asked):
    told = relations([*storm(), *storm(pair=("FRA", "DEU"), first=100, stands=False)])
    once, anew = watch(told).outcome(**asked), find_alarms(told, **asked)
    assert once.alarms == anew.alarms
    assert once.watched == anew.watched
