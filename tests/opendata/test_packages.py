"""Data packages: valid by another's checker, and the same in every form."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from gebiedswerk.actions import build
from tests.conftest import KLEIN

PUBLICATION = "publicaties/jaarrekening-2025"
YEARS = (2024, 2025)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small example, built once for this module."""
    built, faults = build(KLEIN, tmp_path_factory.mktemp("out") / "klein")
    assert built is not None, faults
    return built.site


def folders(site: Path) -> list[Path]:
    """The folders with data: of the newest account, and of the publication."""
    return [site / "data", site / PUBLICATION / "data"]


def test_every_package_is_valid(site: Path) -> None:
    """Fields, types, keys, sizes and hashes, by the checker of the Data Package itself."""
    import frictionless

    for folder in folders(site):
        for year in YEARS:
            report = frictionless.Package(str(folder / f"datapackage-{year}.json")).validate()
            assert report.valid, report.flatten(["type", "message"])
            assert report.stats["tasks"] > 10


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


def test_cents_are_whole_numbers_in_parquet(site: Path) -> None:
    """Amounts are Int64 and days are days: nothing goes through a float."""
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
