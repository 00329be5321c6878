"""The tables of a year as one workbook, with every figure by its address: for who goes on in a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from gebiedswerk.blocks.places import DATA
from gebiedswerk.figures import Address
from gebiedswerk.language.messages import Messages
from gebiedswerk.opendata.data_tables import DataTable
from gebiedswerk.pages.data_files import ShownBasis

Row = Sequence[int | bool | str | None]
NEVER = datetime(2000, 1, 1)  # noqa: DTZ001 # a workbook holds a moment of making; ours is not read from a clock
WIDEST = 60
"""Characters: a wider column scrolls more than it shows."""


@dataclass(frozen=True, slots=True)
class DataSheet:
    """One sheet: its name, its header and its rows."""

    name: str
    header: Sequence[str]
    rows: Sequence[Row]


def workbook_bytes(sheets: Sequence[DataSheet]) -> bytes:
    """The sheets as XLSX; the same sheets give the same bytes. Words are never formulas or links."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": NEVER})
    bold = book.add_format({"bold": True})
    for sheet in sheets:
        _write(book, sheet, bold)
    book.close()
    return out.getvalue()


def _write(book: Workbook, sheet: DataSheet, bold: Format) -> None:
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 1)
    page.write_row(0, 0, sheet.header, bold)
    for at, row in enumerate(sheet.rows, 1):
        page.write_row(at, 0, row)
    for at, name in enumerate(sheet.header):
        widest = max([len(name), *(len(str(row[at])) for row in sheet.rows)])
        page.set_column(at, at, min(widest, WIDEST) + 1)


def table_sheet(table: DataTable) -> DataSheet:
    """A table of data as a sheet under its own name."""
    return DataSheet(DATA[table.kind], [field["name"] for field in table.fields], table.rows)


def figures_sheet(shown: ShownBasis, year: int, messages: Messages) -> DataSheet:
    """Every figure of a year: its address as it is written in a text, its cents, what is printed, and its page."""
    names = ("address", "measure", "subject", "year", "cents", "printed", "place")
    return DataSheet(messages("data.sheet_figures"), names, list(_figures(shown, year, messages)))


def _figures(shown: ShownBasis, year: int, messages: Messages) -> Iterator[Row]:
    for address in shown.figures.addresses():
        if address.year == year:
            yield _figure(shown, address, messages)


def _figure(shown: ShownBasis, address: Address, messages: Messages) -> Row:
    units = messages.number(shown.figures.units(address, shown.unit_cents))
    cents = shown.figures.figure(address).cents
    place = shown.places.figure(address)
    return (f"figure:{address}", address.measure, str(address.subject), address.year, cents, units, place)
