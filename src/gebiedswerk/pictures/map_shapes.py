"""Shapes of areas on a screen: dissolved, simplified to what a screen can show, in whole units.

Decision 21 says why shapely (GEOS) does this. It is imported only where a dossier has shapes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from gebiedswerk.dossier import Dossier, areas_on_map, division_year, polygons_of
from gebiedswerk.dossier.geography import Polygon

if TYPE_CHECKING:
    from shapely import Geometry

WIDE = 1000
"""The longer side of the ground, in units."""
TOLERANCE = 1.5
"""A corner whose triangle with its neighbours is smaller than the square of this, in units, is left out."""


@dataclass(frozen=True, slots=True)
class Outline:
    """An area on the ground: the path of its borders (SVG), where its label stands, and how wide that may be."""

    area: str
    path: str
    x: int
    y: int
    room: int


@dataclass(frozen=True, slots=True)
class Ground:
    """All areas of a map in whole units, north at the top, and the files whose shapes they are."""

    width: int
    height: int
    outlines: tuple[Outline, ...]


Shapes = tuple[tuple[str, tuple[Polygon, ...]], ...]
"""Code of an area and its polygons in RD New, in the order of the map."""


def shapes_of(dossier: Dossier, year: int) -> Shapes | None:
    """The shapes of all areas of a map of a year; None where one has none, or only a part of them."""
    division = division_year(dossier, year)
    if division is None:
        return None
    found: list[tuple[str, tuple[Polygon, ...]]] = []
    for area in areas_on_map(dossier, year):
        polygons, missing = polygons_of(dossier, area.code, division)
        if missing or not polygons:
            return None
        found.append((area.code, polygons))
    return tuple(found)


@lru_cache(maxsize=8)  # cache: by the shapes themselves
def ground_of(shapes: Shapes) -> Ground:
    """Dissolve the polygons of each area, and put all on one ground. The same shapes give the same ground."""
    import shapely

    whole = [_dissolved(polygons) for _, polygons in shapes]
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(whole))
    unit = max(east - west, north - south, 1.0) / WIDE
    placed = [_placed(area, west, north, unit) for area in whole]
    simple = shapely.set_precision(shapely.coverage_simplify(placed, TOLERANCE), 1.0)
    outlines = [_outline(code, area, old) for (code, _), area, old in zip(shapes, simple, placed, strict=True)]
    return Ground(round((east - west) / unit), round((north - south) / unit), tuple(outlines))


def _dissolved(polygons: Sequence[Polygon]) -> Geometry:
    """The union of some polygons; one that crosses itself is first repaired."""
    import shapely

    made = [shapely.Polygon(rings[0], rings[1:]) for rings in polygons]
    parts = shapely.get_parts([shape if shape.is_valid else shapely.make_valid(shape) for shape in made])
    return shapely.union_all([part for part in parts if part.geom_type.endswith("Polygon")])


def _placed(area: Geometry, west: float, north: float, unit: float) -> Geometry:
    """From metres to units, north at the top."""
    import shapely

    return shapely.transform(area, lambda points: (points - (west, north)) / (unit, -unit))


def _outline(code: str, area: Geometry, before: Geometry) -> Outline:
    """The path of an area and the middle of its roundest part; of one too small for the screen, as it was."""
    import shapely

    shown = shapely.normalize(before if area.is_empty else area)
    middle = shapely.maximum_inscribed_circle(shown, tolerance=1.0).coords[0]
    x, y = round(middle[0]), round(middle[1])
    return Outline(code, "".join(_path(shown)), x, y, _room(shown, x, y))


def _room(area: Geometry, x: int, y: int) -> int:
    """How wide a label around a point may be: twice the way to the nearest border beside it."""
    import shapely

    west, _, east, _ = area.bounds
    beside = shapely.intersection(area, shapely.LineString([(west - 1, y), (east + 1, y)]))
    for line in shapely.get_parts(beside):
        left, _, right, _ = line.bounds
        if left <= x <= right:
            return int(2 * min(x - left, right - x))
    return 0


def _path(area: Geometry) -> Iterator[str]:
    """The borders as an SVG path, each ring from its first corner on in steps."""
    import shapely

    for polygon in shapely.get_parts(area):
        for ring in shapely.get_rings(polygon) if polygon.geom_type == "Polygon" else ():
            yield _ring([(round(x), round(y)) for x, y in ring.coords])


def _ring(points: Sequence[tuple[int, int]]) -> str:
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(points[:-1])]
    lines = "".join(f"l{x} {y}" if y >= 0 else f"l{x}{y}" for x, y in steps if (x, y) != (0, 0))
    return f"M{points[0][0]} {points[0][1]}{lines}z"
