"""Add rows to a table as its owner writes it: same file, marks, days, capitals; what stands there stays as it is."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.dossier.cell_types import Column
from gebiedswerk.dossier.table_files import TableFile, both_names, read_file, standing
from gebiedswerk.dossier.table_reader import columns_of, header_of, total_below
from gebiedswerk.dossier.tables import Row, TableSchema
from gebiedswerk.dossier.written import cell_text

NUMBERS = frozenset({"amount", "amount_left", "year", "weight", "row_number", "place"})
LIKE = "areas.csv"
"""A table that is not there yet is written as this one is."""


class CannotAdd(GebiedswerkError):
    """A table to which no row can be added: it cannot be read, or its workbook is built in a way of its own."""

    def __init__(self, file: str) -> None:
        super().__init__(f"No row can be added to {file}.")
        self.file = file


@dataclass(frozen=True, slots=True)
class Style:
    """How the cells of a table are written."""

    decimal: str = ","
    dutch_days: bool = False
    capitals: bool = False

    def cell(self, value: object, column: Column) -> str:
        """A value in this style."""
        text = cell_text(value, column.kind)
        if column.kind.name in ("amount", "amount_left"):
            return text.replace(",", self.decimal)
        if self.dutch_days and isinstance(value, date):
            return f"{value.day}-{value.month}-{value.year}"
        return text.upper() if self.capitals and column.kind.name == "yes_no" else text


def with_rows(folder: Path, table: TableSchema, rows: Sequence[Row]) -> tuple[str, bytes]:
    """The file of a table, and its bytes with these rows below what it holds. Raises CannotAdd.

    A row of totals goes: it is the sum of what was there. A column that only the new rows need comes at the end.
    """
    path = folder / table.file
    if not standing(path).is_file():
        return _new_file(folder, table, rows)
    found, _ = read_file(path, table.file)
    if found is None:
        raise CannotAdd(table.file)
    columns = columns_of(table.rows)
    names = header_of(found.records, columns) if found.records else []
    by_name = {column.name: column for column in columns}
    more = [one.name for one in columns if one.name not in names and _is_used(one, rows)]
    style = style_of(found, columns, names)
    added = [
        [style.cell(getattr(row, name), by_name[name]) if name in by_name else "" for name in (*names, *more)]
        for row in rows
    ]
    below = total_below(found.records, columns) if found.records else 0
    if found.sheet is not None:
        if below:
            raise CannotAdd(both_names(table.file)[1])
        numbers = {
            at for at, name in enumerate((*names, *more)) if name in by_name and by_name[name].kind.name in NUMBERS
        }
        return both_names(table.file)[1], _in_workbook(standing(path), found, more, added, numbers)
    kept = path.read_bytes() if not more and not below else b""
    records = [] if kept else _widened(found.records[: below - 1 if below else None], names, more)
    return table.file, _joined(kept, found, [*records, *added])


def _widened(records: Sequence[Sequence[str]], names: Sequence[str], more: Sequence[str]) -> list[list[str]]:
    """The records with columns more; the header is the first."""
    width = len(names)
    head = [*(list(records[0][:width]) if records else list(names)), *more]
    return [head, *([*record[:width], *([""] * len(more))] if any(record) else [] for record in records[1:])]


def _is_used(column: Column, rows: Sequence[Row]) -> bool:
    return any(getattr(row, column.name) != column.default for row in rows) or not column.optional


def style_of(found: TableFile, columns: Sequence[Column], names: Sequence[str]) -> Style:
    """The style of the cells that are there; of a table without any that of its marks."""
    cells: dict[str, list[str]] = {}
    for column in columns:
        if column.name in names:
            at = names.index(column.name)
            read = (record[at].strip() for record in found.records[1:] if at < len(record))
            cells.setdefault(column.kind.name, []).extend(filter(None, read))
    amounts = [*cells.get("amount", ()), *cells.get("amount_left", ())]
    days, truths = cells.get("day", []), cells.get("yes_no", [])
    dutch = found.delimiter == ";"
    points = any(re.search(r"\.[0-9]{1,2}$", one) for one in amounts) and not any("," in one for one in amounts)
    return Style(
        "." if points or found.sheet else ",",
        dutch if not days else any("-" in one[:3] for one in days),
        bool(truths) and all(one.isupper() for one in truths),
    )


def _joined(kept: bytes, found: TableFile, records: Sequence[Sequence[str]]) -> bytes:
    """The bytes of a text table: what is kept, and records below it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=found.delimiter, lineterminator=found.line_end)
    writer.writerows(records)
    text = kept.decode(found.encoding).rstrip("\r\n") + found.line_end if kept else ""
    try:
        return (text + out.getvalue()).encode(found.encoding)
    except UnicodeEncodeError:  # windows-1252 has no sign for it
        return (text + out.getvalue()).encode("utf-8-sig")


def _new_file(folder: Path, table: TableSchema, rows: Sequence[Row]) -> tuple[str, bytes]:
    """A table that is not there yet, in text, with the columns that its rows need."""
    like, _ = read_file(folder / LIKE, LIKE) if standing(folder / LIKE).is_file() else (None, [])
    as_text = like if like is not None and like.sheet is None else TableFile([], ";", "utf-8-sig", "\r\n")
    columns = [one for one in columns_of(table.rows) if _is_used(one, rows)]
    style = style_of(as_text, columns, [])
    cells = [[style.cell(getattr(row, one.name), one) for one in columns] for row in rows]
    return table.file, _joined(b"", as_text, [[one.name for one in columns], *cells])


def _in_workbook(
    path: Path, found: TableFile, more: Sequence[str], rows: Sequence[Sequence[str]], numbers: set[int]
) -> bytes:
    """A workbook with rows below those of its sheet; all else in it as it is. Raises CannotAdd."""
    out = io.BytesIO()
    part = found.sheet.part if found.sheet else ""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for info in archive.infolist():
            data = archive.read(info)
            if info.filename.replace("\\", "/").lower() == part.lower():
                data = _with_rows_in_sheet(path, data.decode(), found, more, rows, numbers).encode()
            written.writestr(info, data)
    return out.getvalue()


def _with_rows_in_sheet(
    path: Path, text: str, found: TableFile, more: Sequence[str], rows: Sequence[Sequence[str]], numbers: set[int]
) -> str:
    width = max(map(len, found.records), default=0)
    text = re.sub(r"<dimension [^>]*/>", "", text)
    header = "".join(_xml_cell(1, width + at, name, number=False) for at, name in enumerate(more))
    if header:
        text, times = re.subn(
            r'(<row\b[^>]*\br="1"[^>]*>.*?)(</row>)', rf"\g<1>{header}\2", text, count=1, flags=re.DOTALL
        )
        if not times:
            raise CannotAdd(path.name)
    first = len(found.records) + 1
    made = "".join(
        f'<row r="{first + at}">'
        + "".join(
            _xml_cell(first + at, column, cell, number=column in numbers) for column, cell in enumerate(row) if cell
        )
        + "</row>"
        for at, row in enumerate(rows)
    )
    text = text.replace("<sheetData/>", "<sheetData></sheetData>")
    if text.count("</sheetData>") != 1:
        raise CannotAdd(path.name)
    return text.replace("</sheetData>", f"{made}</sheetData>")


def _xml_cell(row: int, column: int, text: str, *, number: bool) -> str:
    place, at = "", column + 1
    while at:
        at, letter = divmod(at - 1, 26)
        place = chr(65 + letter) + place
    if number and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return f'<c r="{place}{row}"><v>{text}</v></c>'
    return f'<c r="{place}{row}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
