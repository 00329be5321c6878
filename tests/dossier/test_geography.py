"""Files of shapes: both systems, the areas they make, and whatever a file can hold without stopping the program."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import dictionaries, floats, integers, just, lists, none, recursive, sampled_from, text

from gebiedswerk.cli.terminal import fault_json
from gebiedswerk.core.rd_new import wgs84_of
from gebiedswerk.dossier import areas_on_map, division_year, geography, polygons_of, read
from gebiedswerk.dossier.geography import read_geography
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.language.messages import Messages
from tests.shapes import collection, feature, square


def written(folder: Path, text: str, name: str = "wijken-2019.geojson") -> Path:
    """A folder with one file of shapes."""
    (folder / "geo").mkdir(exist_ok=True)
    (folder / "geo" / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("crs", ["", "urn:ogc:def:crs:EPSG::28992", "EPSG:28992"])
def test_rd_is_taken_as_it_is(tmp_path: Path, crs: str) -> None:
    """Metres stay metres, whether the file names its system or not."""
    (found,), faults = read_geography(
        written(tmp_path, collection([feature("BU00010001", square(100_000, 400_000))], crs))
    )
    assert not faults and found.division_year == 2019
    assert found.shapes[0].polygons[0][0][0] == (100_000.0, 400_000.0)


@pytest.mark.parametrize("crs", ["", "urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"])
def test_degrees_become_metres(tmp_path: Path, crs: str) -> None:
    """Longitude and latitude of the same square come out within half a metre."""
    degrees = [[list(wgs84_of(*point)) for point in ring] for ring in square(100_000, 400_000)]
    (found,), faults = read_geography(written(tmp_path, collection([feature("WK000100", degrees)], crs)))
    assert not faults
    for (x, y), wanted in zip(found.shapes[0].polygons[0][0], square(100_000, 400_000)[0], strict=True):
        assert (x, y) == pytest.approx(wanted, abs=0.5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "G101"),
        ("[]", "G101"),
        ("[" * 100_000, "G101"),
        ('{"features": 5}', "G101"),
        ('{"features": [null]}', "G101"),
        (collection([{"type": "Feature", "properties": {"area": "A"}, "geometry": None}]), "G101"),
        (collection([feature("WK000100", [100_000, 400_000], kind="Point")]), "G101"),
        (collection([feature("WK000100", [[[1, 1], [1, 1], [1, 1], [1, 1]]])], "EPSG:28992"), "G106"),
        (collection([feature("WK000100", [[[100_000, 400_000]] * 4])]), "G101"),
        (collection([feature("WK000100", [[["a", 1], [2, 2], [3, 3], ["a", 1]]])]), "G101"),
        (collection([feature("WK00010", square(100_000, 400_000))]), "G103"),
        (collection([feature("WK000100", square(100_000, 400_000))], "EPSG:32631"), "G106"),
        (collection([feature("WK000100", square(400_000, 100_000))]), "G106"),
        (collection([feature("WK000100", square(100_000, 400_000))]).replace("101000", "1e999"), "G107"),
        (collection([feature("WK000100", square(100_000, 400_000))]).replace("101000", "Infinity"), "G107"),
        (collection([feature("WK000100", square(100_000, 400_000)), feature("WK000101", square(5, 52, 0.1))]), "G106"),
    ],
)
def test_what_cannot_be_used_is_one_fault(tmp_path: Path, text: str, code: str) -> None:
    """The file does not count, and the fault says why in both languages."""
    found, faults = read_geography(written(tmp_path, text))
    assert (found, [one.code for one in faults]) == ((), [code])
    assert all(fault_json(faults[0], Messages(language))["message"] for language in LANGUAGES)


@pytest.mark.parametrize("kind", ["Point", "MultiPoint", "LineString", "MultiLineString", "GeometryCollection"])
def test_a_shape_that_is_no_area_is_named(tmp_path: Path, kind: str) -> None:
    """With the area that it is of, also within a collection; beside it others that are areas."""
    shape = {"type": kind, "coordinates": [100_000, 400_000], "geometries": [{"type": "Point", "coordinates": [1, 2]}]}
    own = {"type": "Feature", "properties": {"area": "WK000101"}, "geometry": shape}
    found, (fault,) = read_geography(
        written(tmp_path, collection([feature("WK000100", square(100_000, 400_000)), own]))
    )
    assert (found, fault.code) == ((), "G101")
    named = "Point" if kind == "GeometryCollection" else kind
    assert fault.value == f"WK000101 {named}"


def test_a_file_that_is_too_big_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """G108 says how big it is and may be; nothing of it is read."""
    monkeypatch.setattr(geography, "MOST_BYTES", 1_000_000)
    found, faults = read_geography(written(tmp_path, " " * 2_000_001))
    assert (found, [(one.code, dict(one.facts)) for one in faults]) == (
        (),
        [("G108", {"megabytes": 2, "most": 1})],
    )


NUMBERS = floats(allow_nan=True, allow_infinity=True) | integers(-(10**30), 10**30)
ANYTHING = recursive(
    none() | NUMBERS | text(max_size=5) | sampled_from(["Polygon", "MultiPolygon", "WK000100"]),
    lambda inner: (
        lists(inner, max_size=5)
        | dictionaries(sampled_from(["type", "geometry", "properties", "coordinates", "area", "crs", "name"]), inner)
    ),
    max_leaves=12,
)


@given(features=lists(ANYTHING, max_size=3), crs=ANYTHING)
def test_no_file_stops_the_program(
    tmp_path_factory: pytest.TempPathFactory, features: list[object], crs: object
) -> None:
    """Whatever stands in a file, it is read or named in one fault."""
    folder = tmp_path_factory.mktemp("geo")
    found, faults = read_geography(written(folder, json.dumps({"features": features, "crs": crs})))
    assert len(found) + len(faults) == 1


@given(ring=lists(lists(floats(100_000, 101_000), min_size=2, max_size=2), min_size=3, max_size=6), more=just(0))
def test_any_ring_in_the_country_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, ring: list[list[float]], more: int
) -> None:
    """A ring that encloses nothing is refused, any other taken, even where it crosses itself."""
    ring = [[x, y + 300_000] for x, y in ring]
    folder = tmp_path_factory.mktemp("geo")
    found, faults = read_geography(written(folder, collection([feature("WK000100", [[*ring, ring[0]]])])))
    assert len(found) + len(faults) == 1 + more


def test_an_area_is_its_own_shape_or_its_parts(klein: Path) -> None:
    """Parts of the division year only; a shape of the area itself goes before its parts; what is missing is named."""
    shapes = [
        feature("BIN", square(100_000, 400_000), name="area"),
        feature("WK000102", square(101_000, 400_000)),
        feature("WK000103", square(102_000, 400_000)),
    ]
    written(klein, collection(shapes), "wijken-2024.geojson")
    parts = "area,code,division_year\nBIN,WK000101,2024\nNRD,WK000102,2024\nNRD,WK000104,2024\nHAV,WK000103,2023\n"
    (klein / "area_parts.csv").write_text(parts)
    dossier = read(klein).value
    assert dossier is not None
    assert [
        (len(found), missing) for found, missing in (polygons_of(dossier, a, 2024) for a in ("BIN", "NRD", "HAV"))
    ] == [
        (1, []),
        (1, ["WK000104"]),
        (0, []),
    ]
    assert [division_year(dossier, year) for year in (2023, 2024, 2030)] == [None, 2024, 2024]


def test_a_map_shows_the_areas_on_top_that_hold() -> None:
    """The former municipalities of the example until 2018, the areas that came of them from 2019; no villages."""
    dossier = read(Path(__file__).parents[2] / "examples" / "groningen").value
    assert dossier is not None
    former, new = ({area.code for area in areas_on_map(dossier, year)} for year in (2018, 2019))
    assert former - new == {"VM-HAREN", "VM-TEN-BOER"} and new - former == {"HAREN", "TEN-BOER"}
    assert all(area.valid_from != date(2019, 1, 1) for area in areas_on_map(dossier, 2018))
    assert len(new) == 7


def test_the_shapes_of_the_example_follow_from_its_source() -> None:
    """`examples/make_geography.py` on the map of the CBS writes the files that are kept, byte for byte."""
    source = Path(__file__).parents[3] / "shared" / "data" / "geo"
    if not source.is_dir():
        pytest.skip("the map of the CBS is not beside the checkout (../shared/data/geo)")
    from examples.make_geography import PARTS, PLACE, dissolved

    names = {2018: "wijken-groningen-haren-tenboer-2018.geojson", 2019: "wijken-groningen-2019.geojson"}
    for year, parts in PARTS.items():
        kept = (PLACE / f"gebieden-{year}.geojson").read_text("utf-8")
        assert dissolved(source / names[year], parts, year) == kept
