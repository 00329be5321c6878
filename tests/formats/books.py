"""Workbooks and deliveries for tests: written in one call, read in another."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from gebiedswerk.core.faults import Checked, Fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.dossier.settings import DeliveryKind, DeliverySettings, Flows, Profile
from gebiedswerk.formats.registry import ReadFile, read_file

HEADERS = ("Jaar", "Periode", "Datum", "Grootboek", "Kostenplaats", "Omschrijving", "Bedrag")
PROFILE = Profile(
    negative_costs=False,
    columns=dict(
        zip(
            ("year", "period", "booked_on", "ledger_account", "cost_centre", "description", "amount"),
            HEADERS,
            strict=True,
        )
    ),
    flows=Flows("Grootboek", ["8*"], [], ["97*"]),
)


def write_book(path: Path, rows: Iterable[Sequence[object]], sheet: str = "Boekingen") -> Path:
    """A workbook of one sheet: numbers, days, texts and formulas as Python has them."""
    return write_sheets(path, {sheet: rows})


def write_sheets(path: Path, sheets: Mapping[str, Iterable[Sequence[object]]]) -> Path:
    """A workbook: name of each sheet → its rows. A cell with a format of its own: `{"value": 25, "format": "0.00"}`."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy", "strings_to_formulas": True}) as book:
        book.set_properties({"created": datetime(2020, 1, 1)})  # noqa: DTZ001 - the same bytes each time
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, dict):
                        page.write_number(at, column, cell["value"], book.add_format({"num_format": cell["format"]}))
                    else:
                        write_cell(page, at, column, cell)
    return path


def write_cell(page: Any, row: int, column: int, cell: object) -> None:
    """One cell. A pair is a formula and its outcome."""
    if isinstance(cell, (tuple, list)):
        page.write_formula(row, column, cell[0], None, cell[1])
    elif isinstance(cell, (date, datetime)):
        page.write_datetime(row, column, cell)
    elif isinstance(cell, str) and not cell.startswith("="):
        page.write_string(row, column, cell)
    elif cell is not None:
        page.write(row, column, cell)


def rewrite(path: Path, change: Mapping[str, tuple[bytes, bytes]]) -> Path:
    """The same workbook with bytes replaced in some of its parts."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for name, (before, after) in change.items():
        assert before in parts[name], (name, parts[name][:2000])
        parts[name] = parts[name].replace(before, after)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def delivered(path: Path, profile: Profile = PROFILE, **settings: Any) -> Delivery:
    """A delivery of this file."""
    usual = DeliverySettings(path.name, DeliveryKind.REALISED, "T", [2019], datetime(2020, 3, 1), "p")  # noqa: DTZ001
    return Delivery("d", path, f"deliveries/d/{path.name}", "0", replace(usual, **settings), profile)


def read_book(path: Path, profile: Profile = PROFILE, **settings: Any) -> Checked[ReadFile]:
    """Read a file as a delivery."""
    return read_file(delivered(path, profile, **settings))


def brief(faults: Iterable[Fault]) -> list[tuple[str, int | None, str | None, str | None]]:
    """Faults as code, row, column and value."""
    return [(found.code, found.row, found.column, found.value) for found in faults]
