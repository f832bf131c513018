"""Events of a table as relations over time, and the alarms in them."""

from datetime import date, timedelta

import numpy as np
import pytest

from tocsin.errors import InputError
from tocsin.reference.offices import load_reference
from tocsin.watch.alarms import find_alarms
from tocsin.watch.event_tables import Column, Rows
from tocsin.watch.events import relations_of

FIRST = date(2021, 1, 1)


def outcome_of(events):
    return find_alarms(relations_of(rows_of(events), load_reference()))


def rows_of(events):
    """Return the rows of (day, actor, act, recipient)."""
    columns = {}
    for place, part in enumerate(("day", "actor", "act", "recipient")):
        values = {}
        numbers = [values.setdefault(str(event[place]), len(values)) for event in events]
        columns[part] = Column(tuple(values), np.array(numbers, dtype=np.int64))
    return Rows(columns, 0, None)


def calm(days=150):
    """Yield what happens every day, so that each day is covered."""
    for number in range(days):
        day = FIRST + timedelta(days=number)
        yield day, "France", "Consult", "Germany"
        if number % 12 == 0:
            yield day, "India", "Accuse", "China"


def crisis(actor="Chad", recipient="Niger", act="Use conventional military force"):
    """Yield two attacks a day on eight days from the hundredth on."""
    for number in range(100, 108):
        for _ in range(2):
            yield FIRST + timedelta(days=number), actor, act, recipient


def alarms_of(events):
    return outcome_of([*calm(), *events]).alarms


def test_alarm_says_who_since_when_how_much_and_by_what():
    [alarm] = alarms_of(crisis())
    assert (alarm.actor, alarm.recipient, alarm.rings) == ("TCD", "NER", "confirmed")
    assert alarm.since == FIRST + timedelta(days=100)
    assert alarm.since <= alarm.rang <= alarm.since + timedelta(days=3)
    assert alarm.size > 10
    assert alarm.types == {"ASSAULT": alarm.seen}
    assert len(alarm.events) == alarm.seen
    assert alarm.events[0] == {
        "day": alarm.since,
        "actor": "Chad",
        "recipient": "Niger",
        "act": "Use conventional military force",
        "type": "ASSAULT",
    }


def test_alarm_has_its_course_before_and_after():
    [alarm] = alarms_of(crisis())
    assert (len(alarm.before), sum(alarm.before), sum(alarm.after)) == (56, 0, 16)


def test_alarm_inside_a_country_has_actor_and_recipient_alike():
    [alarm] = alarms_of(crisis("Police (Chad)", "Citizen (Chad)"))
    assert alarm.actor == alarm.recipient == "TCD"


def test_bodies_of_one_kind_are_no_country():
    assert alarms_of(crisis("African Union", "Arab League")) == ()


@pytest.mark.parametrize("act", ["112", "Accuse", "accuse", "ACCUSE", "1122", "190", "0190"[1:]])
def test_conflict_is_told_by_code_name_or_type(act):
    assert len(alarms_of(crisis(act=act))) == 1


@pytest.mark.parametrize("act", ["Consult", "036", "Make statement", "020", "AID", "nonsense"])
def test_other_acts_ring_nothing(act):
    assert alarms_of(crisis(act=act)) == ()


def test_codes_that_lost_their_first_nought_are_other_acts():
    calm_acts = [(FIRST, "India", "36", "China")]
    assert alarms_of([*calm_acts, *crisis(act="18")]) == ()
    assert len(alarms_of(crisis(act="18"))) == 1


def test_alarm_that_still_rings_has_no_end():
    last = [(FIRST + timedelta(days=n), "Chad", "Accuse", "Niger") for n in range(140, 150)]
    [alarm] = alarms_of(last)
    assert alarm.until is None


def test_alarm_that_ended_has_its_last_day():
    [alarm] = alarms_of(crisis())
    assert FIRST + timedelta(days=104) <= alarm.until <= FIRST + timedelta(days=107)


def test_day_without_any_event_is_no_quiet_day():
    """A pair with two acts a day; then nothing is known of 80 days, or nothing of the pair."""
    days = [*range(40, 60), *range(140, 150)]
    events = [(FIRST + timedelta(days=n), "Chad", "Accuse", "Niger") for n in days for _ in "ab"]
    gap = [each for each in calm() if not 60 <= (each[0] - FIRST).days < 140]
    not_covered, quiet = (outcome_of([*around, *events]).alarms for around in (gap, calm()))
    assert [each.since for each in not_covered] == [FIRST + timedelta(days=40)]
    assert [(each.since - FIRST).days for each in quiet] == [40, 140]


def test_rows_without_a_day_or_a_party_are_counted_apart():
    odd = [("soon", "Chad", "Accuse", "Niger"), (FIRST, "Someone", "Accuse", "Niger")]
    outcome = outcome_of([*calm(), *odd])
    assert outcome.left_out["without a day"] == 1
    assert outcome.left_out["of conflict without two known parties"] == 1


@pytest.mark.parametrize(
    "written", ["{0.day:02}/{0.month:02}/{0.year}", "{0.month}/{0.day}/{0.year}"]
)
def test_order_of_day_and_month_is_told_by_the_days_of_the_table(written):
    events = [(written.format(day), *others) for day, *others in [*calm(), *crisis()]]
    [alarm] = outcome_of(events).alarms
    assert alarm.since == FIRST + timedelta(days=100)
    assert outcome_of(events).left_out["without a day"] == 0


def test_slip_of_a_year_does_not_stretch_the_table():
    odd = [(date(2921, 1, 1), "Chad", "Accuse", "Niger")]
    outcome = outcome_of([*calm(), *odd])
    assert outcome.last == FIRST + timedelta(days=149)


def test_table_without_any_day_is_refused():
    with pytest.raises(InputError, match="soon"):
        outcome_of([("soon", "Chad", "Accuse", "Niger")])


def test_table_without_any_known_act_is_refused():
    with pytest.raises(InputError, match=r"act that is known.*Battles"):
        outcome_of([(FIRST, "Chad", "Battles", "Niger")])


def test_acts_that_are_not_known_are_counted_apart():
    odd = [(FIRST, "Chad", act, "Niger") for act in ("Battles", "Make statement")]
    assert outcome_of([*calm(), *odd]).left_out["of an act that is not known"] == 1


def test_table_of_statements_alone_rings_nothing():
    assert outcome_of([(FIRST, "Chad", "Make statement", "Niger")]).alarms == ()
