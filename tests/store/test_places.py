"""Where things happened: one record for each place, over all reported events."""

from contextlib import closing
from datetime import date

import pytest

import tocsin
from tests.crisis import make_crisis
from tests.store.conftest import Draft
from tocsin.records import DateWords, Place
from tocsin.store.database import open_database
from tocsin.store.forget import forget_article
from tocsin.store.settle import settle
from tocsin.store.writer import Writer


@pytest.fixture
def shelled(connection, folder):
    """Keep a report of an event for each (place, country, day of March, latitude)."""

    def keep(*places):
        reports = []
        for number, (name, country, day, latitude) in enumerate(places):
            draft = Draft(text=f"Boats had shelled {name} on that day, number {number}.")
            on = date(2025, 3, day)
            draft.happen(
                f"Boats had shelled {name}",
                "shelled",
                quad=4 if number % 2 == 0 else 3,
                type="ASSAULT" if number % 2 == 0 else "THREATEN",
                date=DateWords(words=draft.at("that day"), earliest=on, latest=on),
                place=Place(
                    words=draft.at(name),
                    name=name,
                    country=country,
                    latitude=latitude,
                    longitude=latitude,
                ),
            )
            reports.append((f"{number}", f"{number}.txt", draft.report))
        Writer(connection).keep(reports)
        settle(connection)
        return tocsin.open(folder)

    return keep


def names(results):
    return [place.name for place in results]


def test_a_place_counts_its_events_and_days(shelled):
    with shelled(
        ("Selin", "KSH", 4, 1.5), ("Selin", "KSH", 9, 1.5), ("Selin", "KSH", 20, 2.5)
    ) as s:
        (place,) = s.places()
    assert (place.name, place.country, place.events) == ("Selin", "KSH", 3)
    assert (place.material_conflict, place.verbal_conflict, place.verbal_cooperation) == (2, 1, 0)
    assert (place.first, place.last) == (date(2025, 3, 4), date(2025, 3, 20))
    assert (place.latitude, place.longitude) == (1.5, 1.5)


def test_a_place_in_two_countries_is_two_places(shelled):
    with shelled(("Selin", "KSH", 4, None), ("Selin", "VRD", 9, None)) as store:
        assert {place.country for place in store.places()} == {"KSH", "VRD"}


@pytest.mark.parametrize(
    ("country", "called"), [("XKX", "XKX XK KOS Kosovo kosovo"), ("GUM", "GUM Guam")]
)
def test_a_place_and_its_events_are_found_by_every_code_and_name(shelled, country, called):
    with shelled(("Selin", country, 4, None), ("Kashan", "KSH", 4, None)) as store:
        for asked in called.split():
            assert names(store.places(country=asked)) == ["Selin"]
            assert [each.place.country for each in store.events(country=asked)] == [country]


def test_a_place_has_the_form_of_most_of_its_events(shelled):
    forms = ("SELIN", "Selin", "Selin")
    with shelled(*((form, "KSH", 3 * n + 4, None) for n, form in enumerate(forms))) as store:
        assert names(store.places()) == ["Selin"]


def test_the_place_with_the_most_events_comes_first(shelled):
    with shelled(("Kashan", "KSH", 4, None), *(("Selin", "KSH", d, None) for d in (9, 20))) as s:
        assert names(s.places()) == ["Selin", "Kashan"]


def test_a_place_of_which_all_is_forgotten_is_gone(shelled, connection):
    with shelled(("Selin", "KSH", 4, None), ("Kashan", "KSH", 4, None)) as store:
        (article,) = store.articles(text="Selin")
        forget_article(connection, article.id)
        settle(connection)
        assert names(store.places()) == ["Kashan"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["Kursk", "Belgorod"]),
        ({"name": "kursk"}, ["Kursk"]),
        ({"name": "bel*"}, ["Belgorod"]),
        ({"country": "Russia"}, ["Kursk", "Belgorod"]),
        ({"country": "UKR"}, []),
        ({"since": "2024-10-29"}, ["Belgorod"]),
        ({"until": "2024-10-29"}, ["Kursk"]),
        ({"until": "2024-10-29", "name": "Belgorod"}, []),
    ],
)
def test_places_are_found_by_each_filter(store, asked, expected):
    assert names(store.places(**asked)) == expected
    assert store.places(**asked).count() == len(expected)


def test_verify_finds_a_place_that_counts_wrongly(tmp_path):
    from tocsin.store.verify import verify_store

    folder = make_crisis(tmp_path / "crisis")
    with closing(open_database(folder)) as connection:
        assert not list(verify_store(connection))
        connection.execute("UPDATE places SET events = 7 WHERE name = 'Kursk'")
        assert [problem.about for problem in verify_store(connection)] == ["places RUS:kursk"]
