"""Relations from a store: who did what to whom, on what it stands, and what was read."""

from dataclasses import replace
from datetime import timedelta

import pytest

import tocsin
from tests.crisis import make_crisis
from tests.storm import FIRST, ONSET, keep, make_storm, report_of
from tocsin.errors import InputError
from tocsin.records import Naming, Status
from tocsin.store.database import open_database
from tocsin.watch.alarms import find_alarms
from tocsin.watch.stored import read_relations


@pytest.fixture
def kept(tmp_path):
    """Return what keeps reports in a store and opens it."""
    return lambda reports: tocsin.open(keep(tmp_path / "store", reports))


def test_relations_say_who_did_what_to_whom_when(kept):
    relations = read_relations(kept([report_of(FIRST)]))
    assert [relations.parties[n] for n in (*relations.actors, *relations.recipients)] == [
        *("TCD", "NER")
    ]
    assert relations.days.tolist() == [FIRST.toordinal()]
    assert (relations.quads.tolist(), relations.scores.tolist()) == ([4], [-9.0])
    event = dict(relations.event(0))
    assert len(event.pop("id")) == 16
    assert event == {
        "day": FIRST,
        "actors": ("Chad",),
        "recipients": ("Niger",),
        "type": "ASSAULT",
        "mode": None,
        "status": Status.ASSERTED,
        "grade": "F6",
        "independent": 1,
        "told": "Chad shelled posts of Niger on 01 March",
    }


def test_copies_are_one_act(kept):
    copies = [report_of(FIRST, outlet=outlet) for outlet in ("Coast Daily", "Harbour Post")]
    assert len(read_relations(kept(copies)).days) == 1


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        ({}, True),
        ({"speaker": "Ana Doru"}, True),
        ({"speaker": "Ana Doru", "status": Status.ALLEGED}, True),
        ({"speaker": "residents", "naming": Naming.COLLECTIVE}, False),
        ({"speaker": "an official", "naming": Naming.ANONYMOUS}, False),
        ({"speaker": "Ana Doru", "status": Status.DENIED}, False),
        ({"status": Status.UNCONFIRMED}, False),
        ({"status": Status.ALLEGED}, False),
        ({"status": Status.FUTURE}, False),
    ],
    ids=str,
)
def test_act_stands_by_who_tells_it(kept, told, stands):
    assert read_relations(kept([report_of(FIRST, **told)])).stands.tolist() == [stands]


@pytest.mark.parametrize("status", [Status.HISTORICAL, Status.HYPOTHETICAL, Status.NEGATED])
def test_background_is_no_act(kept, status):
    assert len(read_relations(kept([report_of(FIRST, status=status)])).days) == 0


def test_what_one_tells_and_another_denies_does_not_stand(kept):
    denied = report_of(FIRST, speaker="Ana Doru", status=Status.DENIED, outlet="Harbour Post")
    relations = read_relations(kept([report_of(FIRST), denied]))
    assert relations.stands.tolist() == [False]


def test_body_without_a_country_is_a_party_of_its_own(kept):
    later = FIRST + timedelta(days=20)
    told = [report_of(FIRST, "NATO", "Chad"), report_of(later, "African Union", "Chad")]
    assert read_relations(kept(told)).parties == ("AU", "NATO", "TCD")


def test_what_is_known_of_no_body_goes_under_its_code(kept):
    assert "IGO" in read_relations(kept([report_of(FIRST, "Lena Orr", "Chad")])).parties


def test_day_without_articles_is_not_covered(kept):
    relations = read_relations(kept([report_of(FIRST), report_of(FIRST + timedelta(days=2))]))
    assert (relations.exposure > 0).tolist() == [True, False, True]


def test_act_of_a_day_without_articles_is_left_out_and_counted(kept):
    first, undated, last = (report_of(FIRST + timedelta(days=n)) for n in range(3))
    undated = replace(undated, article=replace(undated.article, published=None))
    relations = read_relations(kept([first, undated, last]))
    assert len(relations.days) == 2
    assert relations.left_out["first told on a day without articles"] == 1


@pytest.mark.parametrize(("year", "days"), [(2999, 2), (FIRST.year + 30, None)])
def test_day_that_is_a_slip_of_a_key_stretches_nothing(kept, year, days):
    days_told = [FIRST, FIRST + timedelta(days=1), FIRST.replace(year=year)]
    relations = read_relations(kept([report_of(day) for day in days_told]))
    assert len(relations.span) == (days or (days_told[-1] - FIRST).days + 1)
    assert relations.left_out["first told on a day without articles"] == (1 if days else 0)


def test_act_that_one_speaker_alone_tells_has_that_speaker(kept):
    days = [FIRST + timedelta(days=20 * n) for n in range(4)]
    told = [
        report_of(days[0], speaker="Ana Doru"),
        report_of(days[0], speaker="Ana Doru", outlet="Harbour Post"),
        report_of(days[1], speaker="Ana Doru"),
        report_of(days[2], speaker="Ivo Lask"),
        report_of(days[3]),
    ]
    first, second, third, fourth = read_relations(kept(told)).speakers.tolist()
    assert first == second
    assert (first >= 0, third >= 0, third != first, fourth) == (True, True, True, -1)


def test_copy_that_leaves_the_speaker_out_is_the_same_voice(kept):
    words = " The ministry gave no account of the shells, of the guns or of the men who were hit."
    told = [
        report_of(FIRST, speaker="Ana Doru", more=words * 3),
        report_of(FIRST, outlet="Harbour Post", more=words * 3),
    ]
    relations = read_relations(kept(told))
    assert (relations.stands.tolist(), relations.speakers.tolist()) == ([True], [0])


def test_act_that_two_speakers_tell_has_none(kept):
    told = [
        report_of(FIRST, speaker="Ana Doru"),
        report_of(FIRST, speaker="Ivo Lask", outlet="Harbour Post"),
    ]
    assert read_relations(kept(told)).speakers.tolist() == [-1]


def test_store_is_read_as_known_on_a_day(kept):
    told = [report_of(FIRST + timedelta(days=n)) for n in (0, 2, 5)]
    relations = read_relations(kept(told), until=FIRST + timedelta(days=3))
    assert (len(relations.days), len(relations.span)) == (2, 3)


def test_store_without_days_is_refused(tmp_path):
    open_database(tmp_path / "empty", create=True).close()
    with tocsin.open(tmp_path / "empty") as store, pytest.raises(InputError, match="has a day"):
        read_relations(store)


def test_news_of_a_store_between_countries_are_its_relations(tmp_path):
    with tocsin.open(make_crisis(tmp_path / "crisis")) as store:
        relations = read_relations(store)
    told = {
        (relations.parties[actor], relations.parties[recipient])
        for actor, recipient in zip(relations.actors, relations.recipients, strict=True)
    }
    assert told == {("UKR", "RUS"), ("NATO", "RUS")}


def test_war_that_is_reported_is_confirmed_and_one_ministers_word_is_not(tmp_path):
    with tocsin.open(make_storm(tmp_path / "storm")) as store:
        alarms = {each.actor: each for each in find_alarms(read_relations(store)).alarms}
    assert {actor: each.rings for actor, each in alarms.items()} == {
        "TCD": "confirmed",
        "SRB": "unconfirmed",
    }
    assert {each.since for each in alarms.values()} == {ONSET}
    assert (alarms["TCD"].standing, alarms["TCD"].bell) == (alarms["TCD"].seen, "confirmed")
    assert alarms["SRB"].events[0]["told"].startswith("Serbia shelled")
