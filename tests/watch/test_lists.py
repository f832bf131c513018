"""Running lists: which event is which step of what, and how steps are chained."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.made import make_event
from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.plover import modes_of, types
from tocsin.lexicons.tables import given, listed, read_records
from tocsin.records import Actor, Grade, Place, ReportedEvent, Status, Telling
from tocsin.watch.lists import list_entries

FIRST = date(2024, 3, 1)
STEPS = list(read_records("watch/data/list_steps.tsv"))


def named(code):
    return Actor(name=code, words=(0, 1), kind="country", country=code)


def reported(day, told, type, actors, recipients="", mode=None, place=None, **others):
    """Return the event told with these words so many days on."""
    on = FIRST + timedelta(days=day)
    sides = {
        "actors": tuple(map(named, actors.split())),
        "recipients": tuple(map(named, recipients.split())),
    }
    where = place and Place(words=(0, 1), name=place[0], country=place[1])
    telling = Telling(
        event=make_event(id="e", words=(0, 1), trigger=(0, 1), **sides),
        text_id="t",
        told=told,
        speaker=None,
        articles=("a",),
        outlets=("Coast Daily",),
        published=on,
        family=None,
        voice=1,
    )
    values = {
        "id": f"event {day} {told}",
        "type": type,
        "mode": mode,
        "quad": 1,
        "score": 0.0,
        "confidence": 0.9,
        "contexts": (),
        "day": on,
        "until": on,
        "place": where,
        "status": Status.ASSERTED,
        "statuses": (Status.ASSERTED,),
        "articles": 1,
        "reports": 1,
        "independent": 1,
        "contradicted": False,
        "grade": Grade(reliability="F", credibility=6, sentence="One report tells it."),
        "tellings": (telling,),
    }
    return ReportedEvent(**values | sides | others)


def courses(*events, kinds=()):
    """Return the kind, thing and steps of each entry that the events make."""
    entries = list_entries(events, kinds)
    return [(each.kind, each.thing, [step.step for step in each.steps]) for each in entries]


def future(*given, **others):
    return reported(*given, status=Status.FUTURE, **others)


# --------------------------------------------------------------------------- which step


@pytest.mark.parametrize(
    ("event", "kind", "thing", "step"),
    [
        (
            reported(0, "threatened new tariffs on steel", "THREATEN", "USA", "CAN"),
            *("sanctions", "tariffs", "threatened"),
        ),
        (
            future(0, "will impose sanctions on banks", "COERCE", "GBR", "RUS", mode="restrict"),
            *("sanctions", "sanctions", "announced"),
        ),
        (
            reported(0, "imposed a travel ban", "COERCE", "GBR", "RUS", mode="restrict"),
            *("sanctions", "travel bans", "in force"),
        ),
        (
            reported(0, "expelled three diplomats", "SANCTION", "POL", "RUS", mode="expel"),
            *("sanctions", "diplomats", "in force"),
        ),
        (
            reported(0, "suspended the tariffs for a month", "RETREAT", "USA", "MEX"),
            *("sanctions", "tariffs", "suspended"),
        ),
        (
            reported(0, "lifted sanctions on two banks", "RETREAT", "USA", "SYR"),
            *("sanctions", "sanctions", "lifted"),
        ),
        (
            reported(0, "sent a destroyer", "MOBILIZE", "USA", "VEN", mode="weapons"),
            *("deployments", "ships", "in force"),
        ),
        (
            reported(0, "its troops pulled out", "RETREAT", "ARE", "YEM", mode="withdraw"),
            *("deployments", "troops", "withdrawn"),
        ),
        (
            reported(0, "arrived in Delhi", "CONSULT", "FRA", "IND", mode="visit"),
            *("visits", None, "made"),
        ),
        (
            reported(0, "called off his visit", "REJECT", "FRA", "IND", mode="meet"),
            *("visits", None, "called off"),
        ),
        (
            reported(0, "pledged $40m in aid", "AGREE", "NOR", "SDN"),
            *("pledges", "aid", "announced"),
        ),
        (
            reported(0, "a shipment of weapons", "AID", "NOR", "UKR"),
            *("pledges", "weapons", "delivered"),
        ),
        (
            reported(0, "threatened to strike", "THREATEN", "IRN", "ISR"),
            *("threats", "force", "made"),
        ),
        (
            reported(0, "freed nine hostages", "RETREAT", "PSE", "ISR", mode="release"),
            *("releases", "hostages", "made"),
        ),
        (
            reported(0, "agreed a truce", "AGREE", "KHM THA"),
            *("ceasefires", None, "agreed"),
        ),
        (
            reported(0, "a ceasefire", "SUPPORT", "SDN TCD"),  # of "signed a ceasefire"
            *("ceasefires", None, "agreed"),
        ),
        (
            reported(0, "accused it of breaking the ceasefire", "ACCUSE", "THA", "KHM"),
            *("ceasefires", None, "said to be broken"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_event_is_a_step_by_its_type_and_its_words(event, kind, thing, step):
    assert courses(event, kinds=[kind]) == [(kind, thing, [step])]


@pytest.mark.parametrize(
    "event",
    [
        reported(0, "seized a sanctioned tanker", "COERCE", "USA", "VEN", mode="seize"),
        reported(0, "imposed a curfew", "COERCE", "IRN", "IRN", mode="curfew"),
        reported(0, "agreed on a trade deal", "AGREE", "IND", "EUR"),
        reported(0, "accused it of human rights violations", "ACCUSE", "USA", "IRN"),
        reported(0, "sent the army to the streets", "MOBILIZE", "TCD", "TCD", mode="troops"),
        reported(0, "has moved the troops", "MOBILIZE", "TCD", mode="troops"),
        reported(0, "imposed sanctions", "COERCE", "", "RUS", mode="restrict"),
    ],
    ids=lambda event: event.tellings[0].told,
)
def test_event_of_another_kind_or_without_a_pair_is_no_step(event):
    assert courses(event) == []


def test_step_leads_to_its_event_with_status_and_words():
    event = reported(0, "imposed tariffs", "COERCE", "USA", "CAN", status=Status.DENIED)
    [[step]] = [entry.steps for entry in list_entries([event])]
    assert (step.event, step.day, step.status) == (event.id, FIRST, Status.DENIED)
    assert (step.told, step.grade, step.independent) == ("imposed tariffs", "F6", 1)
    assert not step.done


@pytest.mark.parametrize("row", STEPS, ids=lambda row: f"{row['kind']} {row['step']}")
def test_rules_name_types_modes_and_statuses_that_there_are(row):
    named = listed(row["types"])
    assert {*named} <= {*types()}
    modes = {"none"}.union(*map(modes_of, named))
    assert {*listed(given(row["modes"]) or "")} <= modes
    assert {*listed(given(row["status"]) or "")} <= {*map(str, Status)}


# --------------------------------------------------------------------------- who


def test_praise_of_a_ceasefire_is_none():
    praise = reported(0, "welcomed the ceasefire", "SUPPORT", "NOR", "SDN")
    assert list_entries([praise], ["ceasefires"]) == ()


def test_ceasefire_is_between_those_who_keep_it():
    [entry] = list_entries([reported(0, "the truce", "RETREAT", "THA KHM", mode="ceasefire")])
    assert (entry.mutual, entry.actor, entry.recipient) == (True, "KHM", "THA")


def test_deployment_is_to_the_country_of_its_place_where_nobody_is_named():
    event = reported(0, "sent troops", "MOBILIZE", "FRA", mode="troops", place=("Nuuk", "GRL"))
    [entry] = list_entries([event])
    assert (entry.actor, entry.recipient, entry.place) == ("FRA", "GRL", "Nuuk")


def test_deployment_at_home_is_to_nobody():
    event = reported(0, "sent ships", "MOBILIZE", "IDN", place=("Tarakan", "IDN"))
    [entry] = list_entries([event])
    assert (entry.actor, entry.recipient, entry.place) == ("IDN", None, "Tarakan")


@pytest.mark.parametrize(("recipients", "other"), [("SYR", "SYR"), ("", None)])
def test_ceasefire_of_one_is_inside_where_both_sides_are_named(recipients, other):
    event = reported(0, "the truce", "RETREAT", "SYR", recipients, mode="ceasefire")
    assert [entry.recipient for entry in list_entries([event])] == [other]


def test_visitor_is_the_one_who_is_not_at_home():
    event = reported(
        0, "hosted them for talks", "CONSULT", "FRA", "UKR", mode="visit", place=("Paris", "FRA")
    )
    [entry] = list_entries([event])
    assert (entry.actor, entry.recipient) == ("UKR", "FRA")


def test_place_is_of_the_country_that_parties_are_of():
    visit = reported(0, "hosted", "CONSULT", "KOS", "FRA", mode="visit", place=("Pristina", "XKX"))
    ships = reported(0, "sent ships", "MOBILIZE", "USA", place=("Hagatna", "GUM"))
    sides = [(entry.actor, entry.recipient) for entry in list_entries([visit, ships])]
    assert sides == [("USA", None), ("FRA", "KOS")]


@pytest.mark.parametrize("space", ["\n", "\N{NO-BREAK SPACE}", "  "])
def test_words_of_a_step_may_stand_on_two_lines(space):
    told = f"rejected the{space}ceasefire"
    kinds = [kind for kind, *_ in courses(reported(0, told, "REJECT", "TCD", "NER"))]
    assert kinds == ["ceasefires"]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("agreed on new sanctions over the East China Sea", "sanctions"),
        ("announced a joint investigation into the collision", "pledges"),
        ("approved a fundamental reform", "pledges"),
    ],
)
def test_longer_words_that_begin_alike_are_no_step(told, kind):
    assert courses(reported(0, told, "AGREE", "JPN", "USA"), kinds=[kind]) == []


def test_body_is_a_side_by_its_name():
    event = reported(0, "sent ships", "MOBILIZE", "IGO", "RUS")
    nato = Actor(name="NATO", words=(0, 1), kind="body", country="IGO")
    assert [entry.actor for entry in list_entries([replace(event, actors=(nato,))])] == ["NATO"]


def test_act_of_several_is_an_entry_for_each():
    event = reported(0, "sent troops", "MOBILIZE", "FRA SWE", "GRL", mode="troops")
    assert sorted(entry.actor for entry in list_entries([event])) == ["FRA", "SWE"]


# --------------------------------------------------------------------------- chained


def test_entry_has_its_course_from_threat_to_end():
    events = [
        reported(90, "lifted the tariffs", "RETREAT", "USA", "CAN"),
        reported(0, "threatened tariffs", "THREATEN", "USA", "CAN"),
        reported(60, "paused its tariffs", "RETREAT", "USA", "CAN"),
        future(5, "will impose tariffs", "COERCE", "USA", "CAN"),
        reported(20, "imposed tariffs", "COERCE", "USA", "CAN"),
    ]
    [entry] = list_entries(events, ["sanctions"])
    assert [step.step for step in entry.steps] == [
        *("threatened", "announced", "in force", "suspended", "lifted"),
    ]
    assert (entry.since, entry.last, entry.step) == (FIRST, FIRST + timedelta(days=90), "lifted")


def test_what_begins_after_an_end_is_a_new_entry():
    events = [
        reported(0, "imposed tariffs", "COERCE", "USA", "CAN"),
        reported(9, "lifted the tariffs", "RETREAT", "USA", "CAN"),
        reported(10, "lifted tariffs", "RETREAT", "USA", "CAN"),
        reported(12, "imposed tariffs", "COERCE", "USA", "CAN"),
    ]
    assert [steps for _, _, steps in courses(*events)] == [
        ["in force"],
        ["in force", "lifted", "lifted"],
    ]


def test_denied_end_ends_nothing():
    events = [
        reported(0, "imposed tariffs", "COERCE", "USA", "CAN"),
        reported(9, "lifted the tariffs", "RETREAT", "USA", "CAN", status=Status.DENIED),
        reported(12, "the tariffs", "COERCE", "USA", "CAN"),
    ]
    [entry] = list_entries(events)
    assert (entry.step, len(entry.steps)) == ("in force", 3)


def test_entry_stands_as_its_last_step_that_is_done():
    events = [
        future(0, "will send troops", "MOBILIZE", "PRK", "RUS", mode="troops"),
        reported(5, "sent troops", "MOBILIZE", "PRK", "RUS", mode="troops", status=Status.ALLEGED),
    ]
    [entry] = list_entries(events)
    assert entry.step == "announced"


def test_entry_of_which_nothing_is_done_stands_as_it_is_told():
    event = reported(0, "sent troops", "MOBILIZE", "PRK", "RUS", status=Status.DENIED)
    [entry] = list_entries([event])
    assert (entry.step, entry.steps[0].status) == ("in force", Status.DENIED)


@pytest.mark.parametrize(
    ("other", "entries"),
    [
        (reported(3, "new tariffs", "COERCE", "USA", "CAN"), 1),
        (reported(3, "new tariffs", "COERCE", "CAN", "USA"), 2),
        (reported(3, "new sanctions", "COERCE", "USA", "CAN"), 2),
        (reported(400, "new tariffs", "COERCE", "USA", "CAN"), 2),
    ],
    ids=["same", "the other way", "another thing", "long after"],
)
def test_steps_of_one_pair_and_thing_are_one_entry(other, entries):
    assert len(list_entries([reported(0, "tariffs", "COERCE", "USA", "CAN"), other])) == entries


def test_step_without_thing_or_place_goes_with_the_latest_entry():
    kursk, nuuk = ("Kursk", "RUS"), ("Nuuk", "RUS")
    events = [
        reported(0, "sent troops", "MOBILIZE", "PRK", "RUS", place=kursk),
        reported(4, "sent ships", "MOBILIZE", "PRK", "RUS", place=nuuk),
        reported(6, "that deployment", "MOBILIZE", "PRK", "RUS"),
    ]
    entries = {entry.thing: entry for entry in list_entries(events)}
    assert {thing: len(entry.steps) for thing, entry in entries.items()} == {
        "troops": 1,
        "ships": 2,
    }
    assert entries["ships"].place == "Nuuk"


def test_latest_entry_comes_first():
    events = [
        reported(0, "imposed tariffs", "COERCE", "USA", "CAN"),
        reported(5, "imposed tariffs", "COERCE", "USA", "MEX"),
    ]
    assert [entry.recipient for entry in list_entries(events)] == ["MEX", "CAN"]


def test_event_may_stand_in_several_lists():
    event = reported(0, "threatened sanctions", "THREATEN", "USA", "RUS")
    assert {kind for kind, _, _ in courses(event)} == {"sanctions", "threats"}


def test_list_that_there_is_not_is_refused():
    with pytest.raises(
        ValueNotUnderstood, match="no such list: rumours; expected one of sanctions"
    ):
        list_entries([], ["rumours"])
