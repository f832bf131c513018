"""GeoJSON (RFC 7946): events and places that have coordinates, each a point with flat properties.

Every status is written, because a property says which it is.  Text is made `visible` and is not
HTML: whoever shows it in a page must escape it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from tocsin.publish.exports.export import Export, Outcome
from tocsin.publish.jsontext import list_pieces, write_list
from tocsin.publish.visible import on_one_line
from tocsin.records import Actor, Place, ReportedEvent
from tocsin.store.kinds import EVENTS
from tocsin.store.kinds.places import FoundPlace
from tocsin.store.tables import columns_of

_HEAD = {"type": "FeatureCollection"}


def write_geojson(file: TextIO, events: Iterable[ReportedEvent]) -> Outcome:
    """Write those of `events` that have coordinates as one FeatureCollection."""
    outcome = Outcome()
    features = _find_features(events, outcome)
    outcome.written["events"] = write_list(file, _HEAD, "features", features)
    return outcome


def geojson_pieces(features: Iterable[dict[str, Any] | None]) -> Iterator[str]:
    """Yield a FeatureCollection of those `features` that there are, in pieces."""
    return list_pieces(_HEAD, "features", features)


def _find_features(events: Iterable[ReportedEvent], outcome: Outcome) -> Iterator[dict[str, Any]]:
    for event in events:
        feature = event_feature(event)
        if feature is None:
            outcome.left_out["without coordinates"] += 1
        else:
            yield feature


def event_feature(event: ReportedEvent) -> dict[str, Any] | None:
    """Return an event as a point; None where its place has no coordinates on Earth."""
    return _feature(event.id, event.place, _properties(event)) if event.place else None


def place_feature(place: FoundPlace) -> dict[str, Any] | None:
    """Return a place as a point; None where it has no coordinates on Earth."""
    counted = "events verbal_cooperation material_cooperation verbal_conflict material_conflict"
    held = columns_of(place, f"country {counted} first last")
    return _feature(place.key, place, {"name": on_one_line(place.name), **held})


def _feature(
    key: str, place: Place | FoundPlace, properties: dict[str, Any]
) -> dict[str, Any] | None:
    if place.latitude is None or place.longitude is None:
        return None
    if not (-180 <= place.longitude <= 180 and -90 <= place.latitude <= 90):
        return None
    point = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    return {"type": "Feature", "id": on_one_line(key), "geometry": point, "properties": properties}


def _properties(event: ReportedEvent) -> dict[str, Any]:
    told = next((each.told for each in event.tellings), None)
    return {
        **columns_of(event, "type mode quad score confidence status day until"),
        "place": on_one_line(event.place.name) if event.place else None,
        "country": event.place.country if event.place else None,
        "actors": _names(event.actors),
        "recipients": _names(event.recipients),
        "contexts": "; ".join(event.contexts),
        **columns_of(event, "articles reports independent contradicted"),
        **columns_of(event.grade, "reliability credibility", grade="sentence"),
        "told": on_one_line(told) if told else None,
    }


def _names(parties: Iterable[Actor]) -> str:
    return "; ".join(on_one_line(each.name) for each in parties)


GEOJSON = Export(
    name="geojson",
    summary="Events with coordinates as GeoJSON: a file.",
    examples=(
        "map.geojson --store crisis --since 2024-10-01",
        "- --store crisis --type ASSAULT | jq '.features | length'",
    ),
    kind=EVENTS,
    file=lambda kept, file: write_geojson(file, kept.events()),
)
