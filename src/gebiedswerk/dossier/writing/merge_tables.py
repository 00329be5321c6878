"""Tables in text merged three ways: ours, with the rows and cells that theirs changed; every other byte stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gebiedswerk.dossier.cell_types import Kind
from gebiedswerk.dossier.table_files import decoded, table_of_bytes
from gebiedswerk.dossier.table_reader import columns_of, header_of, total_below
from gebiedswerk.dossier.tables import TableSchema
from gebiedswerk.dossier.writing.csv_spans import encoded
from gebiedswerk.dossier.writing.merge_rows import CellConflict, RowCells, RowKey, Rows, merged_rows
from gebiedswerk.dossier.writing.table_edit import CannotEdit, RowEdit, WhyNot, edited, keyed
from gebiedswerk.dossier.writing.three_way import lines_of, marked
from gebiedswerk.dossier.written import cell_text


@dataclass(frozen=True, slots=True)
class MergedTable:
    """What two versions of a table become; a row that conflicts stands in it twice, between marks."""

    data: bytes
    conflicts: tuple[CellConflict, ...] = ()


@dataclass(frozen=True, slots=True)
class TableMerge:
    """Merges a table whose file has this name: the last part of its place. Cells are compared by what they say."""

    table: TableSchema
    name: str

    def merged(self, base: bytes, ours: bytes, theirs: bytes) -> MergedTable:
        """Merge the changes that two sides made of a table; without any bytes it was not there.

        Raises CannotEdit: one of them holds more than rows that their keys tell apart.
        """
        was, mine, other = map(self.rows, (base, ours, theirs))
        found = merged_rows(*map(self._compared, (was, mine, other)))
        data = self._written(ours, found.taken, mine, other)
        if _filled(self._compared(self.rows(data))) != _filled(found.rows):
            raise CannotEdit(self.name, WhyNot.NOT_READ_BACK)
        if not found.conflicts:
            return MergedTable(data)
        disputed: dict[RowKey, RowCells | None] = {}
        for one in found.conflicts:
            cells = disputed.get(one.key) or {}
            disputed[one.key] = None if one.theirs is None else {**cells, one.column: one.theirs}
        as_theirs = self._written(data, disputed, mine, other)
        return MergedTable(self._between_marks(data, as_theirs), found.conflicts)

    def rows(self, data: bytes) -> Rows:
        """The rows of some bytes by key, as they are written. Raises CannotEdit where they hold more than rows."""
        rows, found = keyed(data, self.name, self.table), table_of_bytes(data, self.name).value
        if found is None or not found.records:
            return rows
        columns = columns_of(self.table.rows)
        header = header_of(found.records, columns)
        filled = sum(any(map(str.strip, record)) for record in found.records[1:])
        if len(rows) + bool(total_below(found.records, columns)) < filled or len(set(header)) < len(header):
            raise CannotEdit(self.name, WhyNot.SHAPE)
        return rows

    def _compared(self, rows: Rows) -> Rows:
        """Rows with their cells in the one way in which they are compared."""
        kinds = {column.name: column.kind for column in columns_of(self.table.rows)}
        return {
            key: {name: _compared(text, kinds.get(name)) for name, text in cells.items()} for key, cells in rows.items()
        }

    def _written(self, data: bytes, taken: Mapping[RowKey, RowCells | None], ours: Rows, theirs: Rows) -> bytes:
        """The bytes of ours with what it takes over from theirs, as that is written there."""
        edits = [_edit(key, cells, key in ours, theirs) for key, cells in taken.items()]
        return edited(data, self.name, self.table, edits)[1]

    def _between_marks(self, ours: bytes, theirs: bytes) -> bytes:
        """The lines of two tables, with marks round those that differ."""
        return encoded("".join(marked(_lines(ours), _lines(theirs))), ours, self.name)


def _compared(text: str, kind: Kind | None) -> str:
    bare = text.strip()
    value = None if kind is None or not bare else kind.read(bare)
    return bare if kind is None or value is None else cell_text(value, kind)


def _edit(key: RowKey, cells: RowCells | None, is_there: bool, theirs: Rows) -> RowEdit:
    if cells is None:
        return RowEdit(key, None)
    written = theirs[key]
    if is_there:
        return RowEdit(key, {name: written.get(name, "") for name in cells})
    return RowEdit(None, {name: text for name, text in written.items() if text})


def _filled(rows: Rows) -> Mapping[RowKey, RowCells]:
    """Rows without their empty cells."""
    return {key: {name: text for name, text in cells.items() if text} for key, cells in rows.items()}


def _lines(data: bytes) -> list[str]:
    text, _ = decoded(data)
    return lines_of(text) if text else []
