"""Shapes of the map in a brief: Natural Earth's countries, with fewer points.

usage: python -m training.atlas countries-50m.json > src/tocsin/publish/brief/data/shapes.tsv

The file is that of the npm package world-atlas 2.0.2 (TopoJSON).  Borders that two countries share
are one arc, which is simplified once, so that they go on fitting together.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]

#: Degrees: what is nearer to a line than this, and islands that are smaller in area, are left out.
_NEAR, _SMALL = 0.06, 0.03

HEAD = """\
# Outlines of countries, a ring a line: points in hundredths of a degree, longitude and latitude,
# each as the difference from the one before.
# Origin: Natural Earth 4.1, 1:50m (public domain), as packaged by world-atlas 2.0.2, simplified by
# `python -m training.atlas`.  Borders are drawn as they are held: no judgement of whose they are.
ring"""


def read_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs in degrees, simplified."""
    (width, height), (left, low) = (topology["transform"][key] for key in ("scale", "translate"))
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * width + left, y * height + low))
        arcs.append(simplify(points))
    return arcs


def simplify(points: list[Point]) -> list[Point]:
    """Return the points without those that are near to the line between others (Douglas-Peucker).

    A closed line is halved first.
    """
    if len(points) < 3:
        return points
    first, last = points[0], points[-1]
    far = max(range(1, len(points) - 1), key=lambda n: _distance(points[n], first, last))
    if first != last and _distance(points[far], first, last) < _NEAR:
        return [first, last]
    return simplify(points[: far + 1])[:-1] + simplify(points[far:])


def _distance(point: Point, first: Point, last: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, first, last
    length = float(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5)
    if length == 0:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def rings_of(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield the outer rings of all countries, the smallest left out."""
    arcs = read_arcs(topology)
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country["arcs"]
        for rings in polygons if country["type"] == "MultiPolygon" else [polygons]:
            points: list[Point] = []
            for number in rings[0]:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += arc[1:] if points else arc
            if abs(_area(points)) >= _SMALL and len(points) > 3:
                yield points


def _area(points: list[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(points)) / 2


def main() -> None:
    """Print the table."""
    print(HEAD)
    for ring in rings_of(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))):
        at, cells = (0, 0), []
        for lon, lat in ring[:-1]:
            to = (round(lon * 100), round(lat * 100))
            cells.append(f"{to[0] - at[0]},{to[1] - at[1]}")
            at = to
        print(" ".join(cells))


if __name__ == "__main__":
    main()
