"""Rows that we write into a workbook read as those that the library writes, in what others read them with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import fastexcel
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from gebiedswerk.opendata.workbook import DataSheet, workbook_bytes
from gebiedswerk.opendata.workbook_rows import Row, rows_xml, with_rows

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30) | st.sampled_from(
    ["=1+1", "_x0041_", "_x005F_", " a ", "a\nb", "\t", "<&>\"'", "\x00\x1f\x7f", "http://a.nl", "007", "1e5", "true"]
)
CELL = st.none() | st.integers(-(10**14), 10**14) | WORDS
ROWS = st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6)
HEADER = ("address", "b", "c")
SHEET = "xl/worksheets/sheet1.xml"
COLUMNS = ((0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"))


def twin(rows: Sequence[Row]) -> bytes:
    """The same sheet, all of it by the library."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    page = book.add_worksheet("x")
    for at, row in enumerate([HEADER, *rows]):
        page.write_row(at, 0, row)
    book.close()
    return out.getvalue()


def read(book: bytes, sheet: int = 0) -> list[tuple[Any, ...]]:
    """All cells of a sheet, as calamine reads them."""
    found = fastexcel.read_excel(book).load_sheet(sheet, header_row=None, dtypes="string").to_polars()
    return list(found.iter_rows())


def part(book: bytes, name: str) -> etree._Element:
    """A file of a workbook."""
    with zipfile.ZipFile(io.BytesIO(book)) as found:
        return etree.fromstring(found.read(name))


@settings(deadline=None, max_examples=60)
@given(ROWS)
def test_they_read_as_those_of_the_library(rows: list[Row]) -> None:
    """The same cells, the same bytes each time, and a sheet that says how far it goes."""
    ours = workbook_bytes([DataSheet("x", HEADER, rows)])
    assert read(ours) == read(twin(rows))
    assert ours == workbook_bytes([DataSheet("x", HEADER, rows)])
    assert part(ours, SHEET).find("{*}dimension").get("ref") == f"A1:C{len(rows) + 1}"


def test_a_formula_stays_words() -> None:
    """What a spreadsheet would run is words in a cell; numbers are numbers, and yes is yes."""
    book = workbook_bytes([DataSheet("x", HEADER, [("=1+1", 5, True)])])
    cells = part(book, SHEET).findall("{*}sheetData/{*}row")[1]
    assert [(cell.get("r"), cell.get("t"), "".join(cell.itertext())) for cell in cells] == [
        ("A2", "inlineStr", "=1+1"),
        ("B2", None, "5"),
        ("C2", "b", "1"),
    ]
    assert not part(book, SHEET).findall(".//{*}f")


def test_no_rows_leave_the_header() -> None:
    """A table without rows is a sheet with its header."""
    assert read(workbook_bytes([DataSheet("x", HEADER, [])])) == [HEADER]


@pytest.mark.parametrize(("at", "letters"), COLUMNS)
def test_the_letters_of_a_column(at: int, letters: str) -> None:
    """As a spreadsheet counts them."""
    assert f'<c r="{letters}7">' in rows_xml([(*[None] * at, 1)], 7)


def test_other_sheets_stay_as_they_are() -> None:
    """Only the sheet that is named gets rows; it keeps its width, its frozen row and its bold header."""
    book = workbook_bytes([DataSheet("x", HEADER, [("a", 1, None)]), DataSheet("y", ("d",), [])])
    again = with_rows(book, {"xl/worksheets/sheet2.xml": [("z",)]})
    assert read(again) == [HEADER, ("a", "1", None)]
    assert read(again, 1) == [("d",), ("z",)]
    for one in (book, again):
        assert part(one, SHEET).find(".//{*}pane").get("topLeftCell") == "B2"
        assert part(one, SHEET).find("{*}sheetData/{*}row/{*}c").get("s") == "1"
        assert [col.get("width")[0] for col in part(one, SHEET).findall("{*}cols/{*}col")] == ["8", "2", "5"]
