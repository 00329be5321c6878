"""The tables of a year as one workbook, with every figure by its address: for who goes on in a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from gebiedswerk.blocks.places import DATA
from gebiedswerk.language.messages import Messages
from gebiedswerk.opendata.data_tables import DataTable
from gebiedswerk.opendata.workbook_rows import Row, with_rows
from gebiedswerk.pages.data_files import ShownBasis

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
    return with_rows(out.getvalue(), {f"xl/worksheets/sheet{at}.xml": one.rows for at, one in enumerate(sheets, 1)})


def _write(book: Workbook, sheet: DataSheet, bold: Format) -> None:
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 1)
    page.write_row(0, 0, sheet.header, bold)
    for at, name in enumerate(sheet.header):
        widest = max([len(name), *map(len, map(str, map(itemgetter(at), sheet.rows)))])
        page.set_column(at, at, min(widest, WIDEST) + 1)


def table_sheet(table: DataTable) -> DataSheet:
    """A table of data as a sheet under its own name."""
    return DataSheet(DATA[table.kind], [field["name"] for field in table.fields], table.rows)


def figures_sheet(shown: ShownBasis, year: int, messages: Messages) -> DataSheet:
    """Every figure of a year: its address as it is written in a text, its cents, what is printed, and its page."""
    names = ("address", "measure", "subject", "year", "cents", "printed", "place")
    return DataSheet(messages("data.sheet_figures"), names, list(_figures(shown, year, messages)))


def _figures(shown: ShownBasis, year: int, messages: Messages) -> Iterator[Row]:
    for subject in shown.figures.subjects_in(year):
        name, page = str(subject), shown.places.source(subject, year)
        for measure, (cents, units) in shown.figures.all_of(subject, year, shown.unit_cents).items():
            place = f"{page}#{measure.replace('_', '-')}"
            yield (f"figure:{measure}/{name}@{year}", measure, name, year, cents, messages.number(units), place)
