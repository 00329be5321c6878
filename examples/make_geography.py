"""Write the shapes of the areas of the Groningen example, dissolved from the wijken of the CBS.

The source is not part of this repository: `python -m examples.make_geography WIJKEN-2018.geojson WIJKEN-2019.geojson`
takes the generalised Wijk- en Buurtkaart of the CBS and Kadaster (CC BY 4.0, WGS84). What it writes is: one shape per
area, RD New, whole metres. `make example` takes them over.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import shapely

from examples.groningen_town.places import PARTS_2018, PARTS_2019
from gebiedswerk.core.rd_new import rd_of

PLACE = Path(__file__).parent / "groningen_town" / "geo"
PARTS = {2018: PARTS_2018, 2019: PARTS_2019}
CREDIT = "CBS/Kadaster, Wijk- en Buurtkaart {year}, CC BY 4.0; per gebied samengevoegd"


def dissolved(wijken: Path, parts: Mapping[str, Sequence[str]], year: int) -> str:
    """One file of shapes: an area per feature, from the wijken that lie in it."""
    features = {one["properties"]["statcode"]: one["geometry"] for one in json.loads(wijken.read_text())["features"]}
    areas = [_feature(area, [features[code] for code in codes]) for area, codes in parts.items()]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    head = {"type": "FeatureCollection", "attribution": CREDIT.format(year=year), "crs": crs}
    lines = ",\n".join(json.dumps(area, separators=(",", ":")) for area in areas)
    return f'{json.dumps(head)[:-1]}, "features": [\n{lines}\n]}}\n'


def _feature(area: str, geometries: Sequence[object]) -> dict[str, object]:
    whole = shapely.union_all([shapely.from_geojson(json.dumps(one)) for one in geometries])
    in_metres = shapely.transform(whole, lambda points: [rd_of(x, y) for x, y in points])
    shape = shapely.normalize(shapely.set_precision(in_metres, 1.0))
    geometry = json.loads(shapely.to_geojson(shape), parse_float=lambda text: int(float(text)))
    return {"type": "Feature", "properties": {"area": area}, "geometry": geometry}


def main(sources: Sequence[str]) -> None:
    """Write a file per division year."""
    for (year, parts), source in zip(PARTS.items(), sources, strict=True):
        PLACE.mkdir(parents=True, exist_ok=True)
        (PLACE / f"gebieden-{year}.geojson").write_text(dissolved(Path(source), parts, year), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
