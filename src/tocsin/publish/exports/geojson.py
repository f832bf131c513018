"""GeoJSON (RFC 7946): reported events that have coordinates, each a point with flat properties.

Every status is written, because a property says which it is.  Text is made `visible` and is not
HTML: whoever shows it in a page must escape it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from tocsin.publish.exports.export import Export, Outcome
from tocsin.publish.jsontext import write_list
from tocsin.publish.visible import on_one_line
from tocsin.records import Actor, ReportedEvent
from tocsin.store.kinds import EVENTS
from tocsin.store.tables import columns_of


def write_geojson(file: TextIO, events: Iterable[ReportedEvent]) -> Outcome:
    """Write those of `events` that have coordinates as one FeatureCollection."""
    outcome = Outcome()
    features = _find_features(events, outcome)
    head = {"type": "FeatureCollection"}
    outcome.written["events"] = write_list(file, head, "features", features)
    return outcome


def _find_features(events: Iterable[ReportedEvent], outcome: Outcome) -> Iterator[dict[str, Any]]:
    for event in events:
        point = _point(event)
        if point is None:
            outcome.left_out["without coordinates"] += 1
            continue
        yield {
            "type": "Feature",
            "id": event.id,
            "geometry": {"type": "Point", "coordinates": point},
            "properties": _properties(event),
        }


def _point(event: ReportedEvent) -> list[float] | None:
    """Return longitude and latitude, in this order; None when they are no place on Earth."""
    place = event.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    if not (-180 <= place.longitude <= 180 and -90 <= place.latitude <= 90):
        return None
    return [place.longitude, place.latitude]


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
    kind=EVENTS,
    file=lambda kept, file: write_geojson(file, kept.events()),
)
