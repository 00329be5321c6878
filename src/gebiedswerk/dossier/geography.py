"""The shapes of areas and their parts (`geo/<name>-<division year>.geojson`), as polygons in RD New."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from gebiedswerk.core.faults import Checked, Fault, capped, fault
from gebiedswerk.core.rd_new import in_rd, in_wgs84, rd_of
from gebiedswerk.core.signs import sign_name, strange_signs

FOLDER = "geo"
MOST_BYTES = 20_000_000
MOST_SHOWN = 60
CBS_CODE = re.compile(r"GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8}")
CODE_NAMES = ("statcode", "code", "buurtcode", "wijkcode", "gemeentecode", "bu_code", "wk_code", "gm_code")
"""Properties in which the CBS and PDOK write the code of a shape, in small letters; the first that has one counts."""

OTHER_SHAPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "GeometryCollection")
"""What GeoJSON knows besides areas."""
MOST_WITHIN = 5
"""So deep may collections stand within each other."""

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
"""Its outside, then its holes; each ring ends where it begins. Metres, RD New."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The polygons of one part (`code`: of the CBS), or of a whole area of the dossier (`area`: its code)."""

    polygons: tuple[Polygon, ...]
    code: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Geography:
    """One file of shapes: the division year in which its codes hold, and to whom the map owes its shapes."""

    file: str
    division_year: int
    attribution: str
    shapes: tuple[Shape, ...]


class Unusable(Exception):
    """Why a file cannot be used: a fault that does not know its file yet."""

    def __init__(self, code: str, value: object = None, **facts: str | int) -> None:
        super().__init__(code)
        self.fault = fault(code, None, None, None, None if value is None else str(value)[:MOST_SHOWN], **facts)


def read_geography(dossier: Path) -> Checked[tuple[Geography, ...]]:
    """Read all files of `geo/`, by division year. A file with something wrong in it is left out as a whole."""
    folder = dossier / FOLDER
    found: list[Geography] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.geojson")) if folder.is_dir() else ():
        file = f"{FOLDER}/{path.name}"
        try:
            found.append(_read(path, file))
        except Unusable as problem:
            faults.append(replace(problem.fault, file=file))
    return Checked(tuple(sorted(found, key=lambda one: one.division_year)), tuple(capped(faults)))


def geography_text(geography: Geography, codes: Collection[str]) -> str:
    """A file of shapes as it is read, with the shapes of some areas and parts alone, as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {"area": shape.area} if shape.area else {"code": shape.code},
            "geometry": {"type": "MultiPolygon", "coordinates": shape.polygons},
        }
        for shape in geography.shapes
        if (shape.area or shape.code) in codes
    ]
    form = {
        "type": "FeatureCollection",
        "attribution": geography.attribution,
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}},
        "features": features,
    }
    lines = json.dumps(form, ensure_ascii=False, separators=(",", ":")).replace(
        '{"type":"Feature",', '\n{"type":"Feature",'
    )
    return lines + "\n"


def _read(path: Path, file: str) -> Geography:
    year = re.search(r"(?<![0-9])((?:19|20)[0-9]{2})\.geojson$", path.name)
    if year is None:
        raise Unusable("G102", path.name)
    if path.stat().st_size > MOST_BYTES:
        raise Unusable("G108", megabytes=path.stat().st_size // 1_000_000, most=MOST_BYTES // 1_000_000)
    content = _json(path.read_bytes())
    if not isinstance(content, dict) or not isinstance(content.get("features"), list):
        raise Unusable("G101", kind="geojson_collection", choices="")
    content["features"] = list(_flat(content["features"]))
    degrees = _in_degrees(content)
    drawn = [(number, one) for number, one in enumerate(content["features"], start=1) if not _is_empty(one)]
    shapes = tuple(_shape(feature, number, degrees) for number, feature in drawn)
    if content["features"] and not drawn:
        raise Unusable("G101", kind="geojson_shape", choices="")
    attribution = str(content.get("attribution") or "")
    for strange in strange_signs("\n".join([attribution, *(shape.area for shape in shapes)])):
        raise Unusable(strange.code, sign_name(strange.sign), place=strange.at + 1)
    return Geography(file, int(year[1]), attribution, shapes)


def _json(data: bytes) -> Any:
    def refuse(number: str) -> NoReturn:
        raise Unusable("G107", number)

    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=refuse)
    except (ValueError, RecursionError) as problem:
        raise Unusable("G101", kind="geojson_json", choices="") from problem


def _in_degrees(content: dict[str, Any]) -> bool:
    """Whether the coordinates are WGS84: as `crs` says, else as the first point lies. Raises Unusable for others."""
    named = str(_inside(content, "crs", "properties", "name") or "")
    if named:
        if re.search(r"(28992|7415)$", named):  # 7415 is RD New with the height in NAP, which is left out
            return False
        if re.search(r"(CRS84h?|4326|4258|4979|4937)$", named):
            return True
        raise Unusable("G106", named)
    for feature in content["features"]:
        for polygon in [] if _is_empty(feature) else _coordinates(feature):
            return in_wgs84(*_numbers(polygon[0][0]))
    return True


def _flat(features: list[Any], depth: int = 0) -> Iterator[Any]:
    """The features, also of collections within a collection."""
    for feature in features:
        inner = feature.get("features") if isinstance(feature, dict) else None
        if isinstance(inner, list) and feature.get("type") == "FeatureCollection" and depth < MOST_WITHIN:
            yield from _flat(inner, depth + 1)
        else:
            yield feature


def _is_empty(feature: Any) -> bool:
    """Whether a feature has no shape at all, which GeoJSON allows (RFC 7946, 3.2)."""
    return isinstance(feature, dict) and "geometry" in feature and feature["geometry"] is None


def _inside(content: Any, *names: str) -> Any:
    for name in names:
        content = content.get(name) if isinstance(content, dict) else None
    return content


def _coordinates(feature: Any) -> list[Any]:
    """The polygons of a feature as they are written. Raises Unusable for what is no area."""
    return _polygons(_inside(feature, "geometry"), feature)


def _polygons(geometry: Any, feature: Any, depth: int = 0) -> list[Any]:
    """The polygons of a shape; of a collection those of all that is in it. Raises Unusable."""
    kind, coordinates = str(_inside(geometry, "type")), _inside(geometry, "coordinates")
    within = _inside(geometry, "geometries")
    if kind == "GeometryCollection" and isinstance(within, list) and within and depth < MOST_WITHIN:
        return [polygon for one in within for polygon in _polygons(one, feature, depth + 1)]
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind)
    if isinstance(polygons, list) and polygons and all(_is_polygon(polygon) for polygon in polygons):
        return polygons
    if kind in OTHER_SHAPES:
        raise Unusable("G101", f"{_named(feature)} {kind}".strip(), kind="geojson_area", choices="")
    raise Unusable("G101", _named(feature), kind="geojson_shape", choices="")


def _is_polygon(polygon: Any) -> bool:
    """Rings of at least four points, each closed."""
    rings = polygon if isinstance(polygon, list) else []
    return bool(rings) and all(isinstance(ring, list) and len(ring) > 3 and ring[0] == ring[-1] for ring in rings)


def _shape(feature: Any, number: int, degrees: bool) -> Shape:
    area, code = _codes(feature)
    if not area and not code:
        raise Unusable("G103", number)
    polygons = tuple(tuple(_ring(ring, degrees) for ring in polygon) for polygon in _coordinates(feature))
    if not all(_square_metres(rings[0]) >= 1 for rings in polygons):
        raise Unusable("G101", code or area, kind="geojson_shape", choices="")
    return Shape(polygons, code, area)


def _square_metres(ring: Ring) -> float:
    """What a ring encloses."""
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairwise(ring))) / 2


def _codes(feature: Any) -> tuple[str, str]:
    """The code of the area of the dossier (property `area`), or else that of the CBS."""
    properties = _inside(feature, "properties")
    if not isinstance(properties, dict):
        return "", ""
    written = {str(name).lower(): str(value) for name, value in properties.items()}
    if written.get("area"):
        return written["area"], ""
    codes = (written.get(name, "") for name in CODE_NAMES)
    return "", next((code for code in codes if CBS_CODE.fullmatch(code)), "")


def _named(feature: Any) -> str:
    return "".join(_codes(feature))


def _ring(points: list[Any], degrees: bool) -> Ring:
    return tuple(_point(*_numbers(point), degrees) for point in points)


def _numbers(point: Any) -> Point:
    """Two finite numbers; a height behind them is left out. Raises Unusable."""
    if not isinstance(point, list) or len(point) < 2 or not all(type(part) in (int, float) for part in point[:2]):
        raise Unusable("G101", point, kind="geojson_point", choices="")
    if not all(abs(part) < 1e12 and math.isfinite(part) for part in point[:2]):
        raise Unusable("G107", point)
    return float(point[0]), float(point[1])


def _point(x: float, y: float, degrees: bool) -> Point:
    """The point in RD New. Raises Unusable where it lies in neither system, or in the other one."""
    if not (in_wgs84(x, y) if degrees else in_rd(x, y)):
        raise Unusable("G106", f"{x} {y}")
    return rd_of(x, y) if degrees else (x, y)
