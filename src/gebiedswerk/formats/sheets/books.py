"""Files with tables of cells, whatever program wrote them, read in one way: XLSX, SpreadsheetML, ODS, HTML."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from gebiedswerk.formats.forms import Form, form_of
from gebiedswerk.formats.grid import Grid
from gebiedswerk.formats.sheets.table_events import TableBook
from gebiedswerk.formats.xlsx.cells import read_grid
from gebiedswerk.formats.xlsx.parts import Sheet, Unreadable, Workbook, open_workbook

Book: TypeAlias = Workbook | TableBook


@contextmanager
def open_book(path: Path) -> Iterator[Book]:
    """Open a file by what it is. Raises Unreadable, or one of `BROKEN`."""
    form = form_of(path)
    if form is Form.LOCKED:
        raise Unreadable("L162")
    if form is Form.ODS:
        from gebiedswerk.formats.sheets.ods import open_ods  # each reader is loaded where such a file is read

        with open_ods(path) as book:
            yield book
    elif form is Form.SPREADSHEETML:
        from gebiedswerk.formats.sheets.spreadsheetml import open_spreadsheetml

        yield open_spreadsheetml(path)
    elif form is Form.HTML:
        from gebiedswerk.formats.sheets.html_tables import open_html

        yield open_html(path)
    else:
        with open_workbook(path) as workbook:
            yield workbook


def grids_of(
    book: Book,
    sheets: Sequence[Sheet],
    header_row: int,
    wanted: Collection[str],
    most: int | None = None,
    header_rows: int = 1,
) -> Iterator[Grid]:
    """Read some sheets, at most `most` rows of each: a file of tables in one pass, parts of a workbook when they are
    asked for, so that time grows with the file. Raises Unreadable or one of `BROKEN`.
    """
    if isinstance(book, TableBook):
        yield from book.grids(sheets, header_row, wanted, most, header_rows)
        return
    for sheet in sheets:
        yield read_grid(book, sheet, header_row, wanted, most, header_rows)


def grid_of(
    book: Book, sheet: Sheet, header_row: int, wanted: Collection[str], most: int | None = None, header_rows: int = 1
) -> Grid:
    """Read a sheet, at most `most` rows of it. Raises Unreadable or one of `BROKEN`."""
    return next(grids_of(book, [sheet], header_row, wanted, most, header_rows))
