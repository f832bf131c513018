"""Downloads: all that a list finds, as files for other programs."""

import csv
import io
import json

import pyarrow.parquet
import pytest

from tocsin.publish.desk.pages import downloads
from tocsin.store.kinds import KINDS

NAMES = [kind.name for kind in KINDS]


@pytest.mark.parametrize("kind", NAMES)
def test_csv_has_a_row_for_each_record(client, store, kind):
    answer = client.get(f"/{kind}.csv")
    rows = list(csv.reader(io.StringIO(answer.text, newline="")))
    assert rows[0] == [column.name for k in KINDS if k.name == kind for column in k.columns]
    assert len(rows) == 1 + getattr(store, kind)().count()


@pytest.mark.parametrize("kind", NAMES)
def test_json_lines_are_those_of_the_command(client, store, kind):
    lines = client.get(f"/{kind}.jsonl").text.splitlines()
    assert list(map(json.loads, lines)) == list(getattr(store, kind)().objects())


@pytest.mark.parametrize("kind", NAMES)
def test_parquet_is_the_flat_table(client, store, kind):
    data = client.get(f"/{kind}.parquet").content
    assert pyarrow.parquet.read_table(io.BytesIO(data)).equals(getattr(store, kind)().to_arrow())


def test_geojson_has_the_events_with_coordinates(client, store):
    found = client.get("/events.geojson").json()
    located = [each for each in store.events() if each.place and each.place.latitude is not None]
    assert [each["id"] for each in found["features"]] == [each.id for each in located] != []


def test_limit_of_geojson_counts_events_with_coordinates(client):
    whole = client.get("/events.geojson").json()["features"]
    assert client.get("/events.geojson?limit=1").json()["features"] == whole[:1] != []


def test_geojson_has_the_places_with_coordinates(client, store):
    found = client.get("/places.geojson").json()["features"]
    located = [each for each in store.places() if each.latitude is not None]
    assert [each["properties"]["name"] for each in found] == [each.name for each in located] != []
    assert found[0]["geometry"]["coordinates"] == [located[0].longitude, located[0].latitude]


@pytest.mark.parametrize(("asked", "number"), [("limit=3", 3), ("limit=5000&type=AID", None)])
def test_file_has_as_many_records_as_are_asked_for(client, store, asked, number):
    lines = client.get(f"/events.jsonl?{asked}").text.splitlines()
    assert len(lines) == (number or store.events(type="AID").count())


def test_file_goes_on_behind_a_cursor(client):
    page = client.get("/api/v1/events?limit=3").json()
    every = client.get("/events.jsonl").text.splitlines()
    assert client.get(f"/events.jsonl?after={page['next']}").text.splitlines() == every[3:] != []


def test_there_is_no_map_of_what_has_no_place(client):
    assert client.get("/statements.geojson").status_code == 404


def test_filters_and_order_choose_what_is_in_the_file_and_the_page_does_not(client, store):
    asked = "actor=PRK&sort=oldest&limit=1"
    lines = client.get(f"/events.jsonl?{asked}").text.splitlines()
    expected = list(store.events(actor="PRK", sort="oldest"))
    assert [json.loads(line)["id"] for line in lines] == [each.id for each in expected]


def test_a_file_goes_on_from_piece_to_piece(client, store, monkeypatch):
    monkeypatch.setattr(downloads, "_AT_ONCE", 1)
    monkeypatch.setattr(downloads, "_PIECE", 1)
    lines = client.get("/statements.jsonl").text.splitlines()
    assert list(map(json.loads, lines)) == list(store.statements().objects())


def test_a_file_of_nothing_is_one_with_a_header(client):
    assert client.get("/events.csv?since=2099-01-01").text.startswith("id,type,mode")
    assert client.get("/events.geojson?since=2099-01-01").json()["features"] == []


def test_a_file_is_saved_under_a_name_of_ours(client):
    answer = client.get('/events.csv?text=x%22;filename="evil.exe"')
    assert answer.headers["content-disposition"] == 'attachment; filename="tocsin-events.csv"'
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_file_that_cannot_be_asked_for_is_refused_before_it_begins(client):
    answer = client.get("/events.csv?type=NONSENSE")
    assert answer.status_code == 422
    assert "content-disposition" not in answer.headers


def test_a_file_goes_on_where_long_nothing_is_found(client, store, monkeypatch):
    monkeypatch.setattr(downloads, "_AT_ONCE", 1)
    monkeypatch.setattr(downloads, "_HELD", 0.0)
    found = client.get("/events.geojson").json()["features"]
    located = [each for each in store.events() if each.place and each.place.latitude is not None]
    assert [each["id"] for each in found] == [each.id for each in located]
    assert len(located) < store.events().count()


def test_what_is_held_for_long_leaves_however_little_it_is(monkeypatch):
    monkeypatch.setattr(downloads, "_HELD", -1.0)
    assert list(downloads._gathered(iter(["a", "", "b"]))) == [b"a", b"", b"b", b""]
