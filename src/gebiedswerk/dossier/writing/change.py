"""A change of a dossier: what it touches and what it was decided on, each with the value that was read.

Places are named from the folder, with `/`; tables as in `TABLES` (`budgets`, `work/projects`); cells and keys are
canonical texts (`1250,00`, `2025-02-01`), whatever the style of the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeAlias

from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES, Row, TableSchema
from gebiedswerk.dossier.work import WORK_TABLES
from gebiedswerk.dossier.writing.row_edits import canonical, is_id, key_of
from gebiedswerk.dossier.written import cell_text

CHANGEABLE: Mapping[str, TableSchema] = {**TABLES, **{f"work/{name}": table for name, table in WORK_TABLES.items()}}
"""Every table of a dossier, by the name that a change uses."""


class Absent(Enum):
    """What was read where nothing stood."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
Key: TypeAlias = tuple[str, ...]
Cells: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowAdded:
    """A new row. Refused where one with its key came since."""

    table: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class RowCorrected:
    """Cells of a row: what was read in each, and what it becomes. Other cells may have changed since."""

    table: str
    key: Key
    read: Cells
    cells: Cells


@dataclass(frozen=True, slots=True)
class RowRemoved:
    """A row that goes: all its cells as they were read."""

    table: str
    key: Key
    read: Cells


@dataclass(frozen=True, slots=True)
class RowSeen:
    """A row that the change was decided on, with the cells that counted; ABSENT: that there was none."""

    table: str
    key: Key
    read: Cells | Absent


@dataclass(frozen=True, slots=True)
class SettingWritten:
    """A setting by its key (`("municipality", "name")`): what was read, and what it becomes; ABSENT: it goes."""

    file: str
    key: Key
    read: Any
    value: Any


@dataclass(frozen=True, slots=True)
class SettingSeen:
    """A setting that the change was decided on."""

    file: str
    key: Key
    read: Any


@dataclass(frozen=True, slots=True)
class TextWritten:
    """A text of paragraphs: as it was read, and as it becomes. Others may have changed other paragraphs since."""

    file: str
    read: str
    text: str


@dataclass(frozen=True, slots=True)
class FileWritten:
    """A file as a whole: the SHA-256 that was read (None: it was not there), and its bytes; None: it goes."""

    file: str
    read: str | None
    data: bytes | None


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file that the change was decided on, by its SHA-256; None: that there was none."""

    file: str
    read: str | None


@dataclass(frozen=True, slots=True)
class Delivered:
    """A new delivery: its id, and its files by name. Never over one that is there."""

    id: str
    files: Mapping[str, bytes]


Item: TypeAlias = (
    RowAdded
    | RowCorrected
    | RowRemoved
    | RowSeen
    | SettingWritten
    | SettingSeen
    | TextWritten
    | FileWritten
    | FileSeen
    | Delivered
)
Change: TypeAlias = Sequence[Item]


def cells_of(row: Row) -> dict[str, str]:
    """A row as canonical texts by column; those that are as without being filled in are left out."""
    found: dict[str, str] = {}
    for column in columns_of(type(row)):
        value = getattr(row, column.name)
        if value != column.default:
            found[column.name] = cell_text(value, column.kind)
    return found


def seen(table: str, row: Row) -> RowSeen:
    """A row that a change is decided on, with all that stands in it."""
    cells = cells_of(row)
    return RowSeen(table, key_of_cells(cells, CHANGEABLE[table]), cells)


def canonical_cells(cells: Cells, table: TableSchema) -> dict[str, str]:
    """The cells of a row that its table or its writer (`x_`) knows, as they are compared."""
    columns = {column.name: column for column in columns_of(table.rows)}
    return {
        name: canonical(text, columns[name]) if name in columns else text
        for name, text in cells.items()
        if name in columns or name.startswith("x_")
    }


def key_of_cells(cells: Cells, table: TableSchema) -> Key:
    """The key of a row."""
    return key_of(cells, table)


def opaque_key(key: Key, table: TableSchema) -> bool:
    """Whether the key of a row is made of codes alone, and not of what people write."""
    if is_id(key, table):
        return True
    columns = {column.name: column for column in columns_of(table.rows)}
    return all(columns[name].kind.name not in ("text", "site_address") for name in table.key)
