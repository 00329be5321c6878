"""Shapes of files that real use brought up: read to their true totals, or refused with what stands there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gebiedswerk.cli.terminal import fault_texts
from gebiedswerk.dossier.geography import read_geography
from gebiedswerk.language.messages import Messages
from tests.formats.forms import ods_content, ods_packed
from tests.importing.test_cases import CASES, SPLIT, offered, profile

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the folder with cases is not beside this checkout")
REPORTS = "reports"
WIDE = profile(f"{SPLIT}, category: Categorie").replace('";"', '"\\t"').replace("utf-8", "utf-16")
READ = {
    "08-html-as-xls/a-table.xls": None,
    "08-html-as-xls/b-table.xlsx": None,
    "08-html-as-xls/c-unicode-text.xls": WIDE,
    "08-html-as-xls/d-spreadsheetml-2003.xml": None,
    "08-html-as-xls/e-html.csv": None,
    "07-csv-day-with-time/e-two-digit-year.csv": profile(SPLIT, top='date = "dd-mm-jj"\n'),
    "06-csv-odd-amounts/d-null-words.csv": profile(SPLIT, top='empty = ["NULL"]\n'),
}


@pytest.mark.parametrize("file", READ)
def test_what_a_file_is_decides_how_it_is_read(tmp_path: Path, file: str) -> None:
    """Whatever its name; after the answer that it asks, if any."""
    found = offered(tmp_path, f"{REPORTS}/{file}", READ[file])
    assert found.landed is not None, found.faults
    assert found.offer is not None
    odd = "06-" in file
    counted = found.offer.counted
    assert (counted.lines, counted.debit_cents, counted.credit_cents) == (3, 36120 if odd else 125051, 10000)


REFUSED = {
    "08-html-as-xls/c-unicode-text.xls": ("I170", "Unicode-tekst"),
    "08-html-as-xls/f-calc.ods": ("L161", ".ods"),
    "08-html-as-xls/g-ods-named.xlsx": ("L161", ".ods"),
    "07-csv-day-with-time/e-two-digit-year.csv": ("L200", "01-03-25"),
    "06-csv-odd-amounts/d-null-words.csv": ("L198", "NULL"),
    "10-scientific-codes/a-cost-centre.csv": ("L178", "7130"),
    "10-scientific-codes/b-amount.csv": ("L178", "1000"),
    "26-day-in-amount-column/a-day-style.xlsx": ("L179", "3.12"),
    "26-day-in-amount-column/d-cost-centre-with-day-style.xlsx": ("L179", "7130"),
    "26-day-in-amount-column/e-period-with-day-style.xlsx": ("L179", "/ 3"),
}


@pytest.mark.parametrize("file", REFUSED)
def test_a_refusal_says_what_stands_there(tmp_path: Path, file: str) -> None:
    """One sort of fault, in words that name it or what it was."""
    found = offered(tmp_path, f"{REPORTS}/{file}", None)
    assert found.landed is None
    code, word = REFUSED[file]
    assert {one.code for one in found.faults if one.severity == "error"} == {code}
    assert word in fault_texts(found.faults[0], Messages("nl"))["message"]


def test_geojson_is_read_or_its_shape_named(tmp_path: Path) -> None:
    """No geometry is no shape, a height is left out, and a point is called a point."""
    found = {}
    for path in sorted((CASES / REPORTS / "14-geojson").iterdir()):
        folder = tmp_path / path.stem / "geo"
        folder.mkdir(parents=True)
        (folder / path.name).write_bytes(path.read_bytes())
        read, faults = read_geography(folder.parent)
        found[path.name[0]] = ([len(one.shapes) for one in read], [(one.code, one.value) for one in faults])
    assert found == {"b": ([4], []), "c": ([], [("G101", "OST Point")]), "e": ([4], [])}


def test_an_ods_with_rows_is_read(tmp_path: Path) -> None:
    """The files of the cases hold no table; this one is written here."""
    rows = (CASES / REPORTS / "25-line-ends" / "a-cr-only.csv").read_text("utf-8").splitlines()
    opened, closed = "<table:table-cell><text:p>", "</text:p></table:table-cell>"
    cells = ["".join(f"{opened}{cell}{closed}" for cell in row.split(";")) for row in rows if row]
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    ods_packed(tmp_path / "export.xlsx", ods_content(body))
    found = offered(tmp_path, str(tmp_path / "export.xlsx"), None)
    assert found.offer is not None, found.faults
    assert (found.offer.counted.debit_cents, found.offer.counted.credit_cents) == (125051, 10000)


def test_shapes_within_shapes(tmp_path: Path) -> None:
    """Collections of areas are read, at any depth that is meant; the order of corners says nothing."""
    ring = [[230000, 580000], [231000, 580000], [231000, 581000], [230000, 581000], [230000, 580000]]
    area = {"type": "Polygon", "coordinates": [ring]}
    turned = {"type": "MultiPolygon", "coordinates": [[ring[::-1]]]}
    shapes = [area, turned, {"type": "GeometryCollection", "geometries": [area, turned]}]
    features = [{"type": "Feature", "properties": {"area": f"A{at}"}, "geometry": one} for at, one in enumerate(shapes)]
    whole = {"type": "FeatureCollection", "features": [{"type": "FeatureCollection", "features": features}]}
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "wijken-2025.geojson").write_text(json.dumps(whole), "utf-8")
    read, faults = read_geography(tmp_path)
    assert ([len(shape.polygons) for shape in read[0].shapes], faults) == ([1, 1, 2], ())
