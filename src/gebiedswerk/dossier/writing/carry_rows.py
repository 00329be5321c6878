"""Rows of tables carried out on what stands there now, as their file writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier.cell_types import Column
from gebiedswerk.dossier.table_files import standing_name
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TableSchema
from gebiedswerk.dossier.toml_edit import line_of, toml_value
from gebiedswerk.dossier.writing.cell_style import Style, style_of_table, styled
from gebiedswerk.dossier.writing.change import (
    CHANGEABLE,
    Absent,
    Cells,
    Key,
    RowAdded,
    RowCorrected,
    RowRemoved,
    RowSeen,
    key_of_cells,
    opaque_key,
)
from gebiedswerk.dossier.writing.entries import PlaceMark
from gebiedswerk.dossier.writing.overlay import Overlay, Told
from gebiedswerk.dossier.writing.row_edits import OWN, canonical, with_default
from gebiedswerk.dossier.writing.table_edit import CannotEdit, RowEdit, edited, keyed

OF_ROWS = (RowAdded, RowCorrected, RowRemoved, RowSeen)
LIKE = "areas.csv"
"""A table that is not there yet is written as this one is."""
RowItem = RowAdded | RowCorrected | RowRemoved | RowSeen


def rows_carried(files: Overlay, items: Sequence[RowItem]) -> Checked[list[Told]]:
    """Put rows into the tables as they would stand; and what differs from what was read (J101, J105)."""
    by_table: dict[str, list[RowItem]] = defaultdict(list)
    for item in items:
        by_table[item.table].append(item)
    told: list[Told] = []
    faults: list[Fault] = []
    for name, of_table in by_table.items():
        found, wrong = _table(files, name, of_table)
        told += found
        faults += wrong
    return Checked(told, tuple(faults))


def _table(files: Overlay, name: str, items: Sequence[RowItem]) -> Checked[list[Told]]:
    table = CHANGEABLE[name]
    file = standing_name(files.folder, table.file)
    data, like = files.read(file), files.read(standing_name(files.folder, LIKE))
    columns = {column.name: column for column in columns_of(table.rows)}
    edits: list[RowEdit] = []
    faults: list[Fault] = []
    told: list[Told] = []
    try:
        there = dict(keyed(data, file, table)) if data is not None else {}
        style = style_of_table(data, file, table, like)
        for item in items:
            key = key_of_cells(item.cells, table) if isinstance(item, RowAdded) else item.key
            faults += _stale(item, key, there.get(key), columns, file)
            if not isinstance(item, RowSeen):
                edits.append(_edit(item, key, style, table))
                row = item.cells if isinstance(item, RowAdded) else there.get(key, {})
                told += _told(item, PlaceMark(file, name, key, **_about(row, name)), table)
            if isinstance(item, RowAdded):
                there[key] = item.cells
        if not faults and edits:
            files.write(*edited(data, file, table, edits, like))
    except CannotEdit as refused:
        return Checked([], (cannot(refused),))
    return Checked(told, tuple(faults))


def cannot(refused: CannotEdit) -> Fault:
    """That a table cannot be edited as asked (J105)."""
    place = " · ".join(refused.place) or "–"
    return fault("J105", refused.file, kind=f"edit_{refused.why}", choices="", place=place)


def _stale(item: RowItem, key: Key, row: Cells | None, columns: Mapping[str, Column], file: str) -> Sequence[Fault]:
    """The cells that are no longer what they were when the change was decided on; one that it puts something in was
    empty, unless it says what it read there.
    """
    if isinstance(item, RowAdded) or isinstance(item.read, Absent):
        return [] if row is None else [came(file, key)]
    if row is None:
        return [gone(file, key)]
    read = {**dict.fromkeys(_unread(item, row, columns), ""), **item.read}
    now = {name: _canonical(row.get(name, ""), columns.get(name)) for name in read}
    return [differs(file, (*key, name), was, now[name]) for name, was in read.items() if now[name] != was]


def _unread(item: RowItem, row: Cells, columns: Mapping[str, Column]) -> list[str]:
    """The cells that a change touches, or that go with their row: one that was not read must be empty still."""
    if isinstance(item, RowCorrected):
        return list(item.cells)
    if not isinstance(item, RowRemoved):
        return []
    own = CHANGEABLE[item.table].key
    plain = {name: with_default("", column) for name, column in columns.items()}
    return [
        name
        for name, cell in row.items()
        if (name in columns or name.startswith(OWN))
        and name not in own
        and (name not in columns or with_default(cell, columns[name]) != plain[name])
    ]


def _canonical(text: str, column: Column | None) -> str:
    return text if column is None else canonical(text, column)


def differs(file: str, place: Key, read: str, now: str) -> Fault:
    """That something is no longer what it was when the change was decided on (J101)."""
    return fault("J101", file, None, place[-1], now, place=" · ".join(place), read=read or "–", now=now or "–")


def gone(file: str, place: Key) -> Fault:
    """That something is there no longer (J107)."""
    return fault("J107", file, value=" · ".join(place), place=" · ".join(place))


def came(file: str, place: Key) -> Fault:
    """That something stands where nothing stood (J108)."""
    return fault("J108", file, value=" · ".join(place), place=" · ".join(place))


def _edit(item: RowAdded | RowCorrected | RowRemoved, key: Key, style: Style, table: TableSchema) -> RowEdit:
    if isinstance(item, RowRemoved):
        return RowEdit(key, None)
    return RowEdit(None if isinstance(item, RowAdded) else key, styled(item.cells, style, table))


def _told(item: RowAdded | RowCorrected | RowRemoved, place: PlaceMark, table: TableSchema) -> list[Told]:
    """What changed: a whole row, or each of its cells."""
    hidden = None if opaque_key(place.key, table) else toml_value(list(place.key)).encode()
    if isinstance(item, RowAdded):
        return [Told(place, None, _text(item.cells), hidden)]
    if isinstance(item, RowRemoved):
        return [Told(place, _text(item.read), None, hidden)]
    return [
        Told(replace(place, column=column), _bytes(item.read.get(column, "")), _bytes(cell), hidden)
        for column, cell in item.cells.items()
        if item.read.get(column, "") != cell
    ]


def _about(row: Cells, name: str) -> dict[str, str]:
    """The codes of the line, the area and the year that a row is about."""
    line, area = "code" if name == "budget_lines" else "line", "code" if name == "areas" else "area"
    return {"line": row.get(line, ""), "area": row.get(area, ""), "year": row.get("year", "")}


def _text(cells: Cells) -> bytes:
    """A whole row as it is remembered: a line of TOML for each cell."""
    return _bytes("\n".join(line_of((name,), cell) for name, cell in cells.items()))


def _bytes(text: str) -> bytes:
    """A text as it is remembered; what is no letter at all is refused where the table is written."""
    return text.encode("utf-8", "replace")
