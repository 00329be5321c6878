"""GeoJSON for tests: squares with a code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any


def square(x: float, y: float, side: float = 1000) -> list[list[list[float]]]:
    """A square polygon by its south-west corner."""
    return [[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]]


def feature(code: str, coordinates: object, name: str = "statcode", kind: str = "Polygon") -> dict[str, Any]:
    """One shape with its code in the property `name`."""
    return {"type": "Feature", "properties": {name: code}, "geometry": {"type": kind, "coordinates": coordinates}}


def collection(features: Sequence[object], crs: str = "", attribution: str = "Wilgendam, CC0") -> str:
    """A file of shapes."""
    named = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    return json.dumps({"type": "FeatureCollection", "attribution": attribution, **named, "features": features})
