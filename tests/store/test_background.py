"""News and background: what is recalled, negated or merely possible is kept and not counted."""

from datetime import date

import pytest

import tocsin
from tests.made import Draft
from tocsin.errors import ValueNotUnderstood
from tocsin.publish.exports import EXPORTS
from tocsin.publish.exports.export import Kept
from tocsin.records import DateWords, Place, Status
from tocsin.store.holdings import read_holdings
from tocsin.store.settle import settle

#: What the store holds: the status of each act, and how sure it is that this is one.
ACTS = {
    "Selin": (Status.REPORTED, 0.9),
    "Ormen": (Status.FUTURE, 0.5),
    "Tarve": (Status.HISTORICAL, 0.95),
    "Kolm": (Status.HYPOTHETICAL, 0.6),
    "Brinn": (Status.NEGATED, 0.4),
}
NEWS = {"Selin", "Ormen"}


@pytest.fixture
def store(folder, writer, connection):
    writer.keep([(town, f"{town}.txt", _told(town, *act)) for town, act in ACTS.items()])
    settle(connection)
    with tocsin.open(folder) as store:
        yield store


def _told(town, status, confidence, others=""):
    draft = Draft(text=f"Vardan shelled the town of {town} on Tuesday.{others}")
    day = DateWords(words=draft.at("Tuesday"), earliest=date(2025, 3, 4), latest=date(2025, 3, 4))
    place = Place(words=draft.at(town), name=town, country="KSH", latitude=1.5, longitude=1.5)
    vardan = draft.actor("Vardan", kind="country", country="VRD")
    draft.happen(
        f"Vardan shelled the town of {town}",
        "shelled",
        actors=(vardan,),
        recipients=(draft.actor(town, kind="body", country="KSH"),),
        status=status,
        confidence=confidence,
        date=day,
        place=place,
    )
    return draft.report


def towns(events):
    return {event.place.name for event in events}


def test_events_are_news_unless_background_is_asked_for(store):
    assert towns(store.events()) == NEWS
    assert store.events().count() == len(NEWS)
    assert towns(store.events(background=True)) == set(ACTS)


def test_a_status_that_is_background_brings_its_events(store):
    assert towns(store.events(status="historical")) == {"Tarve"}
    assert towns(store.events(status="historical", background=False)) == set()


def test_an_id_leads_to_an_event_that_is_background(store):
    (recalled,) = store.events(place="Tarve", background=True)
    assert list(store.events(id=recalled.id)) == [recalled]


def test_sure_leaves_out_what_is_less_probable(store):
    assert towns(store.events(sure=0.6)) == {"Selin"}
    assert towns(store.events(sure="0.6", background=True)) == {"Selin", "Tarve", "Kolm"}


@pytest.mark.parametrize("given", [-0.1, 1.1, "half", "nan", True, ""])
@pytest.mark.parametrize("kind", ["events", "series"])
def test_sure_refuses_what_is_no_probability(store, kind, given):
    with pytest.raises(ValueNotUnderstood, match=r"sure is no number within.*from 0 to 1"):
        getattr(store, kind)(sure=given)


@pytest.mark.parametrize(
    ("asked", "events"),
    [({}, 2), ({"sure": 0.9}, 1), ({"background": True}, 5), ({"status": "negated"}, 1)],
)
def test_series_count_news_unless_background_is_asked_for(store, asked, events):
    assert sum(tally.events for tally in store.series(**asked)) == events


def test_places_and_status_count_news(store, connection):
    assert {place.name for place in store.places()} == NEWS
    held = read_holdings(connection)
    assert (held.reported_events, held.background) == (2, 3)


def test_json_and_columns_say_what_is_background_and_how_sure(store):
    (shown,) = store.events(place="Tarve", background=True).objects()
    assert (shown["background"], shown["confidence"]) == (True, 0.95)
    frame = store.events(background=True).to_arrow().to_pydict()
    assert dict(zip(frame["place"], frame["background"], strict=True))["Selin"] is False


def test_an_event_that_one_text_tells_as_news_is_news(store, writer, connection):
    told = _told("Tarve", Status.ALLEGED, 0.4, " So a docker told our reporter.")
    writer.keep([("again", "again.txt", told)])
    settle(connection)
    (event,) = store.events(place="Tarve")
    assert event.status is Status.ALLEGED
    assert set(event.statuses) == {Status.ALLEGED, Status.HISTORICAL}
    assert event.confidence == 0.95
    assert event.independent == 1


EVENT_EXPORTS = [e for e in EXPORTS if e.kind and e.kind.name == "events" and e.name != "parquet"]


@pytest.mark.parametrize("one", EVENT_EXPORTS, ids=lambda one: one.name)
def test_every_export_holds_news_unless_background_is_asked_for(store, tmp_path, one):
    def export(**asked):
        kept = Kept(store=store, asked=asked, watch=lambda found, *_: found)
        out = tmp_path / f"{len(asked)}.{one.name}"
        one.write(kept, str(out), force=True)
        files = [out] if out.is_file() else sorted(out.iterdir())
        return " ".join(file.read_text() for file in files)

    assert "Tarve" not in export()
    assert "Selin" in export(background=True, sure=0.5)
    assert "Tarve" in export(background=True, sure=0.5)


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_a_folder_of_all_tables_takes_background_and_sure(store, tmp_path, name):
    (one,) = [each for each in EXPORTS if each.name == name]

    def export(**asked):
        kept = Kept(store=store, asked=asked, watch=lambda found, *_: found)
        return one.write(kept, str(tmp_path / f"{len(asked)}"), force=True).written

    tables = ("events", "tellings", "series")
    assert [export()[table] for table in tables] == [2, 2, 1]
    asked = export(background=True, sure=0.6)
    assert [asked[table] for table in tables] == [3, 3, 1]
