"""Add rows to a table as its owner writes it: same file, marks, days, capitals; what stands there stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gebiedswerk.dossier.cell_types import Column
from gebiedswerk.dossier.table_files import TableFile, both_names, read_file, standing
from gebiedswerk.dossier.table_reader import columns_of, header_of
from gebiedswerk.dossier.tables import Row, TableSchema
from gebiedswerk.dossier.writing.table_edit import CannotEdit, RowEdit, WhyNot, edited
from gebiedswerk.dossier.written import cell_text

LIKE = "areas.csv"
"""A table that is not there yet is written as this one is."""


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
    """The file of a table, and its bytes with these rows below what it holds. Raises CannotEdit.

    A row of totals goes: it is the sum of what was there. A column that only the new rows need comes at the end.
    """
    path, like = folder / table.file, folder / LIKE
    is_there = standing(path).is_file()
    name = both_names(table.file)[standing(path) != path]
    columns = columns_of(table.rows)
    if is_there:
        found, _ = read_file(path, table.file)
        if found is None:
            raise CannotEdit(table.file, WhyNot.UNREADABLE)
    else:
        found, _ = read_file(like, LIKE) if like.is_file() else (None, ())
        found = TableFile([], ";") if found is None else TableFile([], found.delimiter)
    names = header_of(found.records, columns) if found.records else []
    style = style_of(found, columns, names)
    used = [one for one in columns if one.name in names or _is_used(one, rows)]
    edits = [RowEdit(None, {one.name: style.cell(getattr(row, one.name), one) for one in used}) for row in rows]
    data = standing(path).read_bytes() if is_there else None
    return edited(data, name, table, edits, like.read_bytes() if like.is_file() else None)


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
