"""Edit the rows of one table in its bytes, text or workbook: one changed cell is one changed line, all else stays.

What was written is read back and held against what was meant: what cannot be edited is refused, never bent.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence

from gebiedswerk.dossier.cell_types import Column
from gebiedswerk.dossier.table_files import TableFile, table_of_bytes
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TableSchema
from gebiedswerk.dossier.writing.csv_spans import changed_text, encoded
from gebiedswerk.dossier.writing.row_edits import (
    CannotEdit,
    Changes,
    Planner,
    RowEdit,
    WhyNot,
    canonical,
    filled_columns,
)
from gebiedswerk.dossier.writing.sheet_cells import changed_workbook

DUTCH = codecs.BOM_UTF8 + b";\r\n"
"""A text as a Dutch spreadsheet writes it."""

__all__ = ["CannotEdit", "RowEdit", "WhyNot", "edited", "keyed"]


def edited(
    data: bytes | None, name: str, table: TableSchema, edits: Sequence[RowEdit], like: bytes | None = None
) -> tuple[str, bytes]:
    """The file of a table and its bytes with these edits of its rows. Raises CannotEdit.

    `name` says of `data` whether it is text or a workbook; without it the table is a new file in text, in the style of
    the text `like`. New rows stand below the others. A column that edits fill and that is not there comes at the end. A
    row of totals goes when it no longer holds the sum.
    """
    if data is None:
        is_text = like is not None and table_of_bytes(like, table.file)[0] is not None
        return _new_file(table, edits, table.file, like if like is not None and is_text else DUTCH)
    found = _found(data, name)
    if not found.records and found.sheet is None:
        return _new_file(table, edits, name, data) if edits else (name, data)
    changes = Planner(found, name, table).changes(edits)
    if changes is None:
        return name, data
    columns = {column.name: column for column in columns_of(table.rows)}
    if found.sheet is None:
        made = changed_text(data, found, changes, name)
    else:
        made = changed_workbook(data, found, changes, columns, name)
    if not _says(_found(made, name), _meant(found, changes), [columns.get(one) for one in changes.header]):
        raise CannotEdit(name, WhyNot.NOT_READ_BACK)
    return name, made


def keyed(data: bytes, name: str, table: TableSchema) -> Mapping[tuple[str, ...], Mapping[str, str]]:
    """The cells of each row as they read, by its key, in the order of the file. Raises CannotEdit."""
    found = _found(data, name)
    if not found.records:
        return {}
    rows = Planner(found, name, table).by_key()
    twice = next((key for key, of_key in rows.items() if len(of_key) > 1), None)
    if twice is not None:
        raise CannotEdit(name, WhyNot.KEY_TWICE, twice)
    return {key: row.cells for key, (row,) in rows.items()}


def _found(data: bytes, name: str) -> TableFile:
    found = table_of_bytes(data, name)[0]
    if found is None:
        raise CannotEdit(name, WhyNot.UNREADABLE)
    return found


def _meant(found: TableFile, changes: Changes) -> list[list[str]]:
    """The records as they should read afterwards; a row that goes from a workbook leaves a blank one."""
    widened, records = changes.widened(found.records), list[list[str]]()
    for at, record in enumerate(found.records):
        cells = list(record)
        if at in widened:
            cells += [""] * (len(changes.header) - len(cells))
        for column, text in changes.cells_of(at).items():
            cells[column] = text
        if at not in changes.gone:
            records.append(cells)
        elif found.sheet is not None:
            records.append([])
        if at == changes.below and found.sheet is None:
            records += map(list, changes.added)
    return [*records, *map(list, changes.added)] if found.sheet is not None else records


def _says(made: TableFile, meant: Sequence[Sequence[str]], columns: Sequence[Column | None]) -> bool:
    """Whether a table reads as it was meant; in a workbook a number may be spelled in another way."""
    if made.sheet is None:
        return [list(map(str.strip, one)) for one in made.records] == [list(map(str.strip, one)) for one in meant]
    return _bare(made.records, columns) == _bare(meant, columns)


def _bare(records: Sequence[Sequence[str]], columns: Sequence[Column | None]) -> list[list[str]]:
    """The values of cells, without empty ones at the end of a row, nor empty rows at the end."""
    rows = []
    for record in records:
        cells = [
            cell.strip() if column is None else canonical(cell, column)
            for cell, column in zip(record, [*columns, *[None] * len(record)], strict=False)
        ]
        while cells and not cells[-1]:
            cells.pop()
        rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _new_file(table: TableSchema, edits: Sequence[RowEdit], name: str, like: bytes) -> tuple[str, bytes]:
    """A table that is not there, in text like these bytes, with the columns that it must have or that are filled."""
    style, filled = _found(like, name), filled_columns(edits)
    header = [one.name for one in columns_of(table.rows) if not one.optional or one.name in filled]
    made = (style.delimiter.join(header) + style.line_end).encode()
    if edits:
        made = edited(made, name, table, edits)[1]
    return name, encoded(made.decode("utf-8-sig"), like, name)
