"""Data packages: valid by another's checker, and the same in every form."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from gebiedswerk.app.build import build
from gebiedswerk.language.messages import Messages
from tests.conftest import KLEIN, ROOT

PUBLICATION = "publicaties/jaarrekening-2025"
YEARS = (2024, 2025)
FISCAL = {
    "activity:generic:program:label": "string",
    "activity:generic:project:code": "string",
    "budget-line-id": "string",
    "date:fiscal-month": "integer",
    "date:fiscal-year": "integer",
    "date:generic": "date",
    "direction": "string",
    "economic-classification:generic:code": "string",
    "functional-classification:generic:code": "string",
    "geo-source:target:code": "string",
    "phase:id": "string",
    "transaction-id:code": "string",
    "value": "integer",  # the list says number: ours are whole cents
}
"""Column types with their data types. Source: `src/os-types.json` of openspending/os-types (MIT), 214 types."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small example, built once for this module."""
    built, faults = build(KLEIN, tmp_path_factory.mktemp("out") / "klein")
    assert built is not None, faults
    return built.site


def folders(site: Path) -> list[Path]:
    """The folders with data: of the newest account, and of the publication."""
    return [site / "data", site / PUBLICATION / "data"]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The large example, built once for this module."""
    built, faults = build(ROOT / "examples" / "groningen", tmp_path_factory.mktemp("out") / "groningen")
    assert built is not None, faults
    return built.site


def test_every_package_is_valid(site: Path, large: Path) -> None:
    """Fields, types, keys, sizes and hashes, by the checker of the Data Package itself; of both examples."""
    import frictionless

    packages = [one for place in (site, large) for one in sorted(place.rglob("datapackage-*.json"))]
    assert len(packages) == 2 * len(YEARS) + 4 + 3 + 4  # the newest basis, the accounts of 2019, progress in 2020
    for package in packages:
        report = frictionless.Package(str(package)).validate()
        assert report.valid, report.flatten(["type", "message"])
        assert report.stats["tasks"] > 10


def test_a_package_says_what_each_column_means(site: Path, large: Path) -> None:
    """In words of both languages, with a column type of the list where one fits, under a licence, with its sources."""
    for place in (site, large):
        for file in sorted(place.rglob("datapackage-*.json")):
            package = json.loads(file.read_text("utf-8"))
            assert package["licenses"][0]["path"].startswith("https://creativecommons.org/")
            assert all(
                len(source["hash"]) == len("sha256:") + 64 and source["version"] for source in package["sources"]
            )
            tables = [one for one in package["resources"] if one["type"] == "table"]
            for field in (field for table in tables for field in table["schema"]["fields"]):
                assert len(field["description"]) > 4 and "data." not in field["description"]
                name = field["name"].removesuffix("_cents")
                key = f"measure.{name}" if Messages("nl").known(f"measure.{name}") else f"data.{name}"
                assert Messages("nl").known(key) and Messages("en").known(key), field
                kind = FISCAL.get(field.get("columnType", "-"))
                assert kind == {"year": "integer"}.get(field["type"], field["type"]) or "columnType" not in field, field


def test_a_package_names_every_form_with_its_hash(site: Path) -> None:
    """CSV, JSON, XLSX and Parquet; every file of the year is in it, with the hash that it has."""
    folder = site / "data"
    for year in YEARS:
        package = json.loads((folder / f"datapackage-{year}.json").read_text("utf-8"))
        paths = {resource["path"] for resource in package["resources"]}
        assert {Path(path).suffix for path in paths} == {".csv", ".json", ".xlsx", ".parquet"}
        there = {path.name for path in folder.glob(f"*-{year}.*")} - {f"datapackage-{year}.json"}
        assert there | {"boekingen.csv", "jaren.csv", "termijnregels.csv", "verlengingen.csv"} == paths
        for resource in package["resources"]:
            content = (folder / resource["path"]).read_bytes()
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            assert resource["bytes"] == len(content)
        assert {source["hash"][:7] for source in package["sources"]} == {"sha256:"}


def test_each_form_holds_the_same_rows(site: Path) -> None:
    """The Parquet, the JSON and the sheet of a table are the CSV, value by value."""
    folder = site / "data"
    for name in ("rekening", "beschikbaar", "bestedingstermijn", "posten"):
        rows = list(csv.DictReader((folder / f"{name}-2025.csv").read_text("utf-8").splitlines()))
        frame = pl.read_parquet(folder / f"{name}-2025.parquet")
        sheet = fastexcel.read_excel(folder / "tabellen-2025.xlsx").load_sheet(name).to_polars()
        text = (folder / f"{name}-2025.json").read_text("utf-8")
        records = json.loads(text)["rows"] if name in ("rekening", "beschikbaar") else json.loads(text)
        assert len(rows) == len(frame) == len(sheet) == len(records) > 3
        for row, cells, entry, record in zip(rows, frame.rows(), sheet.rows(), records, strict=True):
            assert list(row) == frame.columns == sheet.columns == list(record)
            for written, cell, shown, value in zip(row.values(), cells, entry, record.values(), strict=True):
                known = [None if v is None or v == "" else str(v) for v in (cell, _whole(shown), value)]
                assert known == [written or None] * 3


def _whole(cell: object) -> object:
    return int(cell) if isinstance(cell, float) else cell


def test_cents_are_whole_numbers_in_parquet(site: Path, large: Path) -> None:
    """Amounts are Int64 and days are days: nothing goes through a float, in no file of either example."""
    for file in (*site.rglob("*.parquet"), *large.rglob("*.parquet")):
        kinds = pl.read_parquet_schema(file)
        cents = [kind for name, kind in kinds.items() if name == "cents" or name.endswith("_cents")]
        assert set(cents) <= {pl.Int64} and not [name for name, kind in kinds.items() if kind.is_float()]
    schema = pl.read_parquet_schema(site / "data/boekingen.parquet")
    assert schema["cents"] == pl.Int64 and schema["booked_on"] == pl.Date and schema["in_budget"] == pl.Boolean
    assert not [name for name, kind in schema.items() if kind.is_float()]


def test_the_figures_of_the_workbook_are_those_of_the_pages(site: Path) -> None:
    """Each figure with its address, and the page and section where it stands."""
    sheet = fastexcel.read_excel(site / "data/tabellen-2025.xlsx").load_sheet("cijfers").to_polars()
    found = {row["address"]: row for row in sheet.iter_rows(named=True)}
    assert found["figure:result/total@2025"]["cents"] == 209_000_00 - 204_575_01
    for row in found.values():
        page, _, anchor = row["place"].partition("#")
        assert f'id="{anchor}"' in (site / page).read_text("utf-8")
