import io
import json

import pytest

from tests.publish import exported
from tocsin.publish.exports.geojson import write_geojson
from tocsin.records import Place, Status


def write(*events):
    file = io.StringIO()
    outcome = write_geojson(file, events)
    return json.loads(file.getvalue()), outcome, file.getvalue()


def test_write_geojson_follows_rfc_7946():
    collection, _, _ = write(exported.reported(), exported.reported(reports=2))
    assert collection.keys() == {"type", "features"}
    assert collection["type"] == "FeatureCollection"
    for feature in collection["features"]:
        assert feature.keys() == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert feature["geometry"].keys() == {"type", "coordinates"}
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90


def test_write_geojson_puts_longitude_first():
    collection, _, _ = write(exported.reported())
    assert collection["features"][0]["geometry"]["coordinates"] == [36.25, 49.98]


def test_write_geojson_has_flat_properties():
    collection, _, _ = write(exported.reported())
    properties = collection["features"][0]["properties"]
    assert not [value for value in properties.values() if isinstance(value, list | dict)]
    assert properties["actors"] == "Russia"
    assert (properties["status"], properties["day"]) == ("asserted", "2025-03-03")


def test_write_geojson_keeps_denied_events_and_says_so():
    collection, _, _ = write(exported.with_status(Status.DENIED))
    assert collection["features"][0]["properties"]["status"] == "denied"


@pytest.mark.parametrize("latitude", [None, 91.0, float("nan"), float("inf")])
def test_write_geojson_counts_what_is_no_place_on_earth(latitude):
    place = Place(words=(0, 1), name="Nowhere", latitude=latitude, longitude=10.0)
    collection, outcome, _ = write(exported.reported(place=place), exported.meeting())
    assert collection["features"] == []
    assert outcome.sentence() == "nothing; left out: 2 without coordinates"


def test_write_geojson_shows_hostile_words_and_steers_nothing():
    events = exported.hostile_events()
    collection, _, text = write(*events)
    assert len(collection["features"]) == len(events)
    assert text.isascii()
    assert "<" not in text
    shown = [feature["properties"]["actors"] for feature in collection["features"]]
    assert "</script><script>alert(1)</script>" in shown
    assert "[U+202E]revo gnitirw" in shown
