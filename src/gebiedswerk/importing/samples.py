"""The first rows of a file that nobody described yet: cut into a header and rows of text, and how it is written."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gebiedswerk.dossier.records import lined, read_records
from gebiedswerk.ledger.importers.xlsx_cells import Cell, Day, day_of, number_text, read_grid
from gebiedswerk.ledger.importers.xlsx_parts import BROKEN, Sheet, Unreadable, Workbook, open_workbook

FIRST, MOST = 2**16, 2**22
"""Characters of text from which the delimiter is told, and the rest; the encoding is that of the whole file."""
ROWS = 5_000
HEADER_WITHIN = 20
MARKS = (";", ",", "\t", "|")


@dataclass(frozen=True, slots=True)
class Sample:
    """A header and the rows below it, all text; every row has as many cells as the header.

    `delimiter` and `encoding` are empty for a sheet; `plain` says that the text holds no letter that could tell its
    encoding. `numbers` are the columns that hold numbers and no text: their marks are of no matter.
    """

    header: list[str]
    rows: list[list[str]]
    header_row: int = 1
    delimiter: str = ""
    encoding: str = ""
    plain: bool = False
    sheet: str = ""
    numbers: frozenset[str] = frozenset()

    def column(self, name: str) -> list[str]:
        """The cells of a column that are not empty."""
        at = self.header.index(name)
        return [row[at] for row in self.rows if row[at]]

    def cells(self, name: str) -> list[str]:
        """All cells of a column."""
        at = self.header.index(name)
        return [row[at] for row in self.rows]


def sample_of(path: Path, kind: str) -> Sample | None:
    """The first rows of a CSV or XLSX file; None where no table can be seen in it."""
    return _of_workbook(path) if kind == "xlsx" else _of_text(path)


def _of_text(path: Path) -> Sample | None:
    data = path.read_bytes()
    encoding, text = _decoded(data)
    text = lined(text)
    if "\0" in text:
        return None
    head = _lines_within(text, FIRST)
    mark = max(MARKS, key=lambda mark: _evenness(_records(head, mark)))
    table = _table(_records(_lines_within(text, MOST), mark))
    if table is None:
        return None
    header_row, header, rows = table
    return Sample(header, rows, header_row, mark, encoding, data.isascii())


def _decoded(data: bytes) -> tuple[str, str]:
    """The encoding of a text and the text itself. What is no UTF-8 comes from Windows."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", data.decode("utf-16", "replace")
    for encoding in ("utf-8", "windows-1252"):
        try:
            return encoding, data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    return "iso-8859-1", data.decode("iso-8859-1")


def _lines_within(text: str, most: int) -> str:
    """The whole lines of the beginning of a text."""
    return text if len(text) <= most else text[: text.rfind("\n", 0, most) + 1] or text[:most]


def _records(text: str, mark: str) -> list[list[str]]:
    return [_stripped(record) for record in read_records(text, mark)[0]]


def _stripped(record: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in record]


def _evenness(records: list[list[str]]) -> tuple[float, int]:
    """How far rows cut by a mark have as many cells: the share of the commonest number above one, and that number."""
    widths = Counter(len(record) for record in records if any(record))
    wide = [(count, width) for width, count in widths.items() if width > 1]
    count, width = max(wide, default=(0, 0))
    return count / max(widths.total(), 1), width


def _table(records: list[list[str]]) -> tuple[int, list[str], list[list[str]]] | None:
    """The number of the header, the header, and the rows of the same width below it."""
    width = _evenness(records)[1]
    for at, record in enumerate(records[:HEADER_WITHIN]):
        if width > 1 and width - len(record) in (0, 1) and _is_header(record, width):
            header = [*record, ""][:width]  # packages write a mark behind the last cell of rows alone
            rows = [row for row in records[at + 1 :] if len(row) == width and any(row)]
            return (at + 1, header, rows) if rows else None
    return None


def _is_header(record: list[str], width: int) -> bool:
    return sum(map(bool, record)) > width // 2 and not any(map(_is_number, record))


def _is_number(cell: str) -> bool:
    return cell != "" and all(letter.isdigit() or letter in ".,-+ " for letter in cell)


def _of_workbook(path: Path) -> Sample | None:
    """The first sheet that a person sees with a table in it."""
    try:
        with open_workbook(path) as workbook:
            seen = [sheet for sheet in workbook.sheets if sheet.visible] or list(workbook.sheets)
            found = [sample for sheet in seen if (sample := _of_sheet(workbook, sheet, named=len(seen) > 1))]
    except (Unreadable, *BROKEN):
        return None
    return found[0] if found else None


def _of_sheet(workbook: Workbook, sheet: Sheet, *, named: bool) -> Sample | None:
    for header_row in range(1, HEADER_WITHIN + 1):
        header = _stripped(read_grid(workbook, sheet, header_row, (), 1).header)
        if len([name for name in header if name and not _is_number(name)]) > 1:
            grid = read_grid(workbook, sheet, header_row, set(header), ROWS)
            if not grid.rows:
                continue
            names = list(grid.cells)
            texts = [[_text(cell, from_1904=workbook.from_1904) for cell in grid.cells[name]] for name in names]
            rows = [list(row) for row in zip(*texts, strict=True)]
            numbers = frozenset(name for name, cells in grid.cells.items() if _all_numbers(cells))
            return Sample(names, rows, header_row, sheet=sheet.name if named else "", numbers=numbers)
    return None


def _text(cell: Cell, *, from_1904: bool) -> str:
    if isinstance(cell, str):
        return cell.strip()
    day = day_of(cell, from_1904=from_1904) if isinstance(cell, Day) else None
    return number_text(cell) if day is None else day.isoformat()


def _all_numbers(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell != ""]
    return bool(filled) and not any(isinstance(cell, str | Day) for cell in filled)
