"""Charts of a brief as numbers for SVG: a network of parties, a map; the template draws them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tocsin.checks.wording import name_country
from tocsin.lexicons.tables import read_rows
from tocsin.store.situation import Spot
from tocsin.watch.brief.records import Tie

Point = tuple[float, float]

#: Units of both charts; of the network its middle and its circle.
WIDTH, HEIGHT = 360.0, 260.0
_MIDDLE, _CIRCLE = (180.0, 130.0), 95.0


class Node(NamedTuple):
    """A party on the circle, and where its name begins, ends or has its middle."""

    at: Point
    name: str
    name_at: Point
    anchor: str


class Edge(NamedTuple):
    """What one party did to another: a bent line, the thicker the more."""

    path: str
    width: float
    tone: str  #: conflict, cooperation or mixed
    tie: Tie


class Network(NamedTuple):
    """Who acts on whom, drawn; the edges with most events last, above the others."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]


def draw_network(ties: Sequence[Tie], first: Collection[str]) -> Network:
    """Return the drawing of ties; the parties in `first` come first on the circle."""
    there = {side for tie in ties for side in (tie.actor, tie.recipient)}
    parties = [*(party for party in first if party in there), *sorted(there - {*first})]
    angles = {p: 2 * math.pi * n / len(parties) - math.pi / 2 for n, p in enumerate(parties)}
    most = math.log1p(max((tie.events for tie in ties), default=1))
    ranked = sorted(ties, key=lambda tie: tie.events)
    return Network(
        nodes=[_node(party, angle) for party, angle in angles.items()],
        edges=[
            Edge(
                path=_bend(angles[tie.actor], angles[tie.recipient]),
                width=round(1 + 4 * math.log1p(tie.events) / most, 1),
                tone="conflict" if tie.score < -1 else "cooperation" if tie.score > 1 else "mixed",
                tie=tie,
            )
            for tie in ranked
        ],
    )


def _at(angle: float, radius: float) -> Point:
    x, y = _MIDDLE
    return round(x + radius * math.cos(angle), 1), round(y + radius * math.sin(angle), 1)


def _node(party: str, angle: float) -> Node:
    side = math.cos(angle)
    anchor = "middle" if abs(side) < 0.3 else "start" if side > 0 else "end"
    return Node(_at(angle, _CIRCLE), name_country(party), _at(angle, _CIRCLE + 13), anchor)


def _bend(start: float, end: float) -> str:
    """Return a line bent to one side, so that the two directions do not cover each other."""
    (x1, y1), (x2, y2) = _at(start, _CIRCLE - 5), _at(end, _CIRCLE - 9)
    bend_x, bend_y = (x1 + x2) / 2 - (y2 - y1) * 0.14, (y1 + y2) / 2 + (x2 - x1) * 0.14
    return f"M{x1},{y1}Q{bend_x:.1f},{bend_y:.1f} {x2},{y2}"


# --------------------------------------------------------------------------- the map

#: The least height of the region in degrees; places that are named, letters, the largest circle.
_LEAST, _NAMED, _LETTER, _LARGEST = 6.0, 8, 5.0, 11.0


class Circle(NamedTuple):
    """A place: the larger the more events, named where there is room."""

    at: Point
    radius: float
    spot: Spot
    named: bool


class Map(NamedTuple):
    """The region in which the places lie, drawn."""

    land: Sequence[str]  #: outlines as SVG paths
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

    land = ("L".join(f"{x},{y}" for x, y in _cut([*map(project, ring)])) for ring in _rings())
    places = [project((spot.longitude, spot.latitude)) for spot in spots]
    return Map([f"M{path}Z" for path in land if path], [*_circles(spots, places)])


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


def _cut(ring: list[Point]) -> Collection[Point]:
    """Return the part of an outline that lies on the map, or beside it (Sutherland, Hodgman)."""
    for axis, bound, side in ((0, -9.0, 1), (0, WIDTH + 9, -1), (1, -9.0, 1), (1, HEIGHT + 9, -1)):
        kept: list[Point] = []
        for before, point in zip([*ring[-1:], *ring], ring, strict=False):
            over, was_over = (side * (p[axis] - bound) >= 0 for p in (point, before))
            if over != was_over:
                share = (bound - before[axis]) / (point[axis] - before[axis])
                x, y = (round(b + (p - b) * share, 1) for p, b in zip(point, before, strict=True))
                kept.append((x, y))
            kept += [point] if over else []
        ring = kept
    return dict.fromkeys(ring)


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
        yield Circle((x, y), round(2.5 + (_LARGEST - 2.5) * share, 1), spot, named)
