"""What is to become of the rows of a table, told by their keys; and where in its records that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.dossier.cell_types import Column
from gebiedswerk.dossier.table_files import TableFile
from gebiedswerk.dossier.table_reader import columns_of, header_of, total_below
from gebiedswerk.dossier.tables import TableSchema
from gebiedswerk.dossier.totals import SUMMED
from gebiedswerk.dossier.written import cell_text

OWN = "x_"
"""What the names of columns that the writer of a table added for himself start with."""


class WhyNot(StrEnum):
    """Why a table cannot be edited as asked."""

    UNREADABLE = "unreadable"
    NO_HEADER = "no_header"
    NO_KEY_COLUMN = "no_key_column"
    KEY_NOT_FOUND = "key_not_found"
    KEY_TWICE = "key_twice"
    EDITED_TWICE = "edited_twice"
    UNKNOWN_COLUMN = "unknown_column"
    COLUMN_TWICE = "column_twice"
    NO_ROOM = "no_room"
    EMPTY_ROW = "empty_row"
    TOTALS = "totals"
    FORMULA = "formula"
    MERGED = "merged"
    NAMED_TABLE = "named_table"
    SHAPE = "shape"
    NOT_READ_BACK = "not_read_back"


class CannotEdit(GebiedswerkError):
    """A table that cannot be edited as asked: nothing of it is written. `place`: the key or column that it is about."""

    def __init__(self, file: str, why: WhyNot, place: Sequence[str] = ()) -> None:
        super().__init__(f"{file} cannot be edited: {why} {', '.join(place)}".rstrip())
        self.file, self.why, self.place = file, why, tuple(place)


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What becomes of one row.

    `key` names it as its cells read (see `key_of`), None for a new row. `cells`: column → text of the cell as it is to
    stand there, `x_` columns too; None: the row goes. A cell that is not named stays.
    """

    key: tuple[str, ...] | None
    cells: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """A row of a table: which of the records it is (from 0), its key, and its cells as they read."""

    at: int
    key: tuple[str, ...]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes of the records of a table, each counted from 0.

    `header`: the names of its columns afterwards, of which the last `wider` are new. `cells`: the new text of a cell,
    by record and column. `gone`: records that go. `added`: cells of new records, each with a cell for every column,
    behind the record `below`.
    """

    header: tuple[str, ...]
    wider: int
    cells: Mapping[tuple[int, int], str]
    gone: frozenset[int]
    added: tuple[tuple[str, ...], ...]
    below: int

    def widened(self, records: Sequence[Sequence[str]]) -> set[int]:
        """The records that get a cell for each new column: the header, rows and totals, not what is blank or torn."""
        if not self.wider:
            return set()
        return {
            at
            for at, record in enumerate(records)
            if any(map(str.strip, record)) and len(record) >= len(self.header) - self.wider
        }

    def cells_of(self, at: int) -> dict[int, str]:
        """The new cells of a record, by column; of the header the names of new columns."""
        names = enumerate(self.header) if at == 0 else ()
        new = {column: name for column, name in names if column >= len(self.header) - self.wider}
        return new | {column: text for (row, column), text in self.cells.items() if row == at}


def canonical(cell: str, column: Column) -> str:
    """A cell as the value that it holds is written: `1-2-2025` is 2025-02-01. What cannot be read is as it stands."""
    cell = cell.strip()
    value = column.kind.read(cell) if cell else None
    return cell if value is None else cell_text(value, column.kind)


def with_default(cell: str, column: Column) -> str:
    """The same, and of an empty cell the value that it has for being empty."""
    return canonical(cell, column) if cell.strip() else cell_text(column.default, column.kind)


def key_of(cells: Mapping[str, str], table: TableSchema) -> tuple[str, ...]:
    """The key that cells give a row: its permanent id, else the text of each value of which its key is made."""
    if table.first_id and (ident := cells.get("id", "").strip()):
        return (ident,)
    columns = {column.name: column for column in columns_of(table.rows)}
    return tuple(with_default(cells.get(name, ""), columns[name]) for name in table.key)


def is_id(key: Sequence[str], table: TableSchema) -> bool:
    """Whether a key is the permanent id of a row of which the columns can be edited."""
    return bool(table.first_id) and len(key) == 1


def is_key(key: Sequence[str], table: TableSchema) -> bool:
    """Whether so many texts can be the key of a row."""
    return is_id(key, table) or len(key) == len(table.key)


def table_rows(found: TableFile, table: TableSchema) -> Iterator[KeyedRow]:
    """The rows of a table, as its reader takes them: not what is blank, torn, or a row of totals."""
    columns = columns_of(table.rows)
    names, total = header_of(found.records, columns), total_below(found.records, columns) - 1
    for at, record in enumerate(found.records):
        filled = any(cell.strip() for cell in record)
        if at in (0, total) or not filled or len(record) < len(names) or _spilled(record, len(names)):
            continue
        cells = dict(zip(names, map(str.strip, record), strict=False))
        yield KeyedRow(at, key_of(cells, table), cells)


def filled_columns(edits: Iterable[RowEdit]) -> set[str]:
    """The columns in which edits put something."""
    return {name for edit in edits for name, text in (edit.cells or {}).items() if text.strip()}


def _spilled(record: Sequence[str], width: int) -> bool:
    """Whether something stands behind the last column."""
    return any(cell.strip() for cell in record[width:])


class Planner:
    """Finds in the records of one table what edits of its rows change. Raises CannotEdit."""

    def __init__(self, found: TableFile, file: str, table: TableSchema) -> None:
        self.found, self.file, self.table = found, file, table
        self.columns = columns_of(table.rows)
        self.names = header_of(found.records, self.columns) if found.records else []
        if not any(self.names):
            raise CannotEdit(file, WhyNot.NO_HEADER)
        self.rows = {row.at: row for row in table_rows(found, table)}
        self.total = total_below(found.records, self.columns) - 1

    def by_key(self) -> Mapping[tuple[str, ...], Sequence[KeyedRow]]:
        """The rows of each key."""
        optional = {column.name for column in self.columns if column.optional}
        missing = [name for name in self.table.key if name not in self.names and name not in optional]
        if missing and not (self.table.first_id and "id" in self.names):
            raise CannotEdit(self.file, WhyNot.NO_KEY_COLUMN, missing)
        rows: dict[tuple[str, ...], list[KeyedRow]] = defaultdict(list)
        for row in self.rows.values():
            rows[row.key].append(row)
        return rows

    def changes(self, edits: Sequence[RowEdit]) -> Changes | None:
        """What these edits change; None where nothing does."""
        header = (*self.names, *self._new_columns(edits))
        cells, gone = self._changed(edits, header)
        added = tuple(
            tuple(edit.cells.get(name, "").strip() for name in header)
            for edit in edits
            if edit.key is None and edit.cells is not None
        )
        if not all(map(any, added)):
            raise CannotEdit(self.file, WhyNot.EMPTY_ROW)
        if not (cells or gone or added):
            return None
        if self.total > 0 and (added or self._is_summed(cells, gone)):
            if self.found.sheet is not None:
                raise CannotEdit(self.file, WhyNot.TOTALS)
            gone = gone | {self.total}
        kept = [at for at, record in enumerate(self.found.records) if any(map(str.strip, record)) and at not in gone]
        return Changes(header, len(header) - len(self.names), cells, frozenset(gone), added, kept[-1])

    def _changed(
        self, edits: Sequence[RowEdit], header: Sequence[str]
    ) -> tuple[dict[tuple[int, int], str], frozenset[int]]:
        cells: dict[tuple[int, int], str] = {}
        rows = self.by_key() if any(edit.key is not None for edit in edits) else {}
        touched: set[int] = set()
        gone: set[int] = set()
        for edit in edits:
            if edit.key is None:
                continue
            row = self._row(edit.key, rows)
            if row.at in touched:
                raise CannotEdit(self.file, WhyNot.EDITED_TWICE, edit.key)
            touched.add(row.at)
            if edit.cells is None:
                gone.add(row.at)
                continue
            new = {name: text.strip() for name, text in edit.cells.items() if text.strip() != row.cells.get(name, "")}
            if not any({**row.cells, **new}.values()):
                raise CannotEdit(self.file, WhyNot.EMPTY_ROW, edit.key)
            cells |= {(row.at, header.index(name)): text for name, text in new.items()}
        return cells, frozenset(gone)

    def _row(self, key: tuple[str, ...], rows: Mapping[tuple[str, ...], Sequence[KeyedRow]]) -> KeyedRow:
        found = rows.get(key, ())
        if len(found) != 1:
            raise CannotEdit(self.file, WhyNot.KEY_TWICE if found else WhyNot.KEY_NOT_FOUND, key)
        return found[0]

    def _new_columns(self, edits: Iterable[RowEdit]) -> list[str]:
        """The columns that edits fill and that are not there yet: ours in their order, then those of the writer."""
        named = dict.fromkeys(name for edit in edits for name in edit.cells or ())
        known = [column.name for column in self.columns]
        for name in named:
            if name not in known and (not name.startswith(OWN) or name != name.strip()):
                raise CannotEdit(self.file, WhyNot.UNKNOWN_COLUMN, (name,))
            if self.names.count(name) > 1:
                raise CannotEdit(self.file, WhyNot.COLUMN_TWICE, (name,))
        filled = filled_columns(edits)
        new = [name for name in dict.fromkeys((*known, *named)) if name in filled and name not in self.names]
        if new and any(_spilled(record, len(self.names)) for record in self.found.records):
            raise CannotEdit(self.file, WhyNot.NO_ROOM, new)
        return new

    def _is_summed(self, cells: Iterable[tuple[int, int]], gone: Set[int]) -> bool:
        """Whether a row of totals, that holds the sum of what is there, would no longer hold it."""
        total = self.found.records[self.total]
        kinds = {column.name: column.kind.name for column in self.columns}
        sums = {at for at, name in enumerate(self.names) if kinds.get(name) in SUMMED and total[at].strip()}
        return bool(sums) and (bool(gone) or any(column in sums for _, column in cells))
