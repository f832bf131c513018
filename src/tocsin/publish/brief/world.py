"""The map of a brief: the region in which its events lie, as numbers for SVG."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tocsin.lexicons.tables import read_rows
from tocsin.store.situation import Spot

Point = tuple[float, float]

#: Units of the map, and how far beyond its edges outlines go on; the least height in degrees.
WIDTH, HEIGHT, _BEYOND, _LEAST = 360.0, 260.0, 9.0, 6.0
#: Places that are named, the width of a letter, the smallest and the largest circle.
_NAMED, _LETTER, _SMALLEST, _LARGEST = 8, 5.0, 2.5, 11.0


class Circle(NamedTuple):
    """A place: the larger the more events, named where there is room."""

    at: Point
    radius: float
    spot: Spot
    named: bool


class Map(NamedTuple):
    """Outlines of countries as SVG paths, and the places, drawn."""

    land: Sequence[str]
    circles: Sequence[Circle]


def draw_map(spots: Sequence[Spot]) -> Map | None:
    """Return the map of some places, those with most events first; None where there are none.

    East and west are narrowed as the middle latitude is.
    """
    if not spots:
        return None
    east, north = [spot.longitude for spot in spots], [spot.latitude for spot in spots]
    middle = (min(east) + max(east)) / 2, (min(north) + max(north)) / 2
    narrow = max(math.cos(math.radians(middle[1])), 0.2)
    wide = (max(east) - min(east)) * narrow * HEIGHT / WIDTH
    scale = HEIGHT / max(1.35 * wide, 1.35 * (max(north) - min(north)), _LEAST)

    def project(point: Point) -> Point:
        x, y = (point[0] - middle[0]) * narrow * scale, (middle[1] - point[1]) * scale
        return round(x + WIDTH / 2, 1), round(y + HEIGHT / 2, 1)

    cut = (dict.fromkeys(_cut([*map(project, ring)])) for ring in _rings())
    land = [f"M{'L'.join(f'{x},{y}' for x, y in ring)}Z" for ring in cut if ring]
    places = [project((spot.longitude, spot.latitude)) for spot in spots]
    return Map(land, [*_circles(spots, places)])


@cache
def _rings() -> Sequence[Sequence[Point]]:
    """Return the outlines of all countries in degrees."""
    return [[*_points(ring)] for (ring,) in read_rows("publish/brief/data/shapes.tsv", "ring")]


def _points(ring: str) -> Iterator[Point]:
    lon = lat = 0
    for step in ring.split(" "):
        east, north = map(int, step.split(","))
        lon, lat = lon + east, lat + north
        yield lon / 100, lat / 100


def _cut(ring: list[Point]) -> list[Point]:
    """Return the part of an outline that lies on the map, or beside it (Sutherland, Hodgman)."""
    for axis, end in ((0, WIDTH), (1, HEIGHT)):
        for bound, side in ((-_BEYOND, 1), (end + _BEYOND, -1)):
            kept: list[Point] = []
            for before, point in zip([*ring[-1:], *ring], ring, strict=False):
                over, was_over = (side * (p[axis] - bound) >= 0 for p in (point, before))
                if over != was_over:
                    share = (bound - before[axis]) / (point[axis] - before[axis])
                    x, y = (b + (p - b) * share for p, b in zip(point, before, strict=True))
                    kept.append((round(x, 1), round(y, 1)))
                kept += [point] if over else []
            ring = kept
    return ring


def _circles(spots: Sequence[Spot], places: Sequence[Point]) -> Iterator[Circle]:
    """Yield the circles; a name stands where it covers no other and does not leave the map."""
    most = max(spot.cooperation + spot.conflict for spot in spots)
    taken: list[tuple[float, float, float]] = []
    for spot, (x, y) in zip(spots, places, strict=True):
        share = math.sqrt((spot.cooperation + spot.conflict) / most)
        end = x + (len(spot.place) + 4) * _LETTER
        free = all(abs(y - b) > 2 * _LETTER or x > z or a > end for a, b, z in taken)
        named = free and end < WIDTH and len(taken) < _NAMED
        taken += [(x, y, end)] if named else []
        radius = round(_SMALLEST + (_LARGEST - _SMALLEST) * share, 1)
        yield Circle((x, y), radius, spot, named)
