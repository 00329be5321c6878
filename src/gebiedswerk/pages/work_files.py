"""Tables of the dossier as open data: areas and work, as they stand there, without what is for the municipality alone.

Whatever a release holds of these stands in its site, also where no page tells it: so `verify` holds each cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gebiedswerk.blocks.models import DataFile
from gebiedswerk.blocks.year_tables import csv_text
from gebiedswerk.core.matching import Pattern, pattern_text
from gebiedswerk.dossier import Dossier
from gebiedswerk.dossier.table_reader import columns_in_use
from gebiedswerk.dossier.tables import TABLES, Row, TableSchema
from gebiedswerk.dossier.work import WORK_TABLES

PRIVATE = "internal_note"
MONEY = ("amount", "amount_left")
"""Kinds of cells that hold euros: as open data they are cents, and their column says so."""
AREA_TABLES = ("areas", "area_changes", "area_parts")
"""The tables about areas themselves."""


def work_place(table: str) -> str:
    """Where the open data of a table below `work/` stand."""
    return f"data/werk/{table}.csv"


def table_places(dossier: Dossier) -> Mapping[str, str]:
    """Name → place of each table that is published as it stands: those that have rows."""
    return {table.name: table.place for table in _tables(dossier)}


def table_files(dossier: Dossier) -> Iterator[DataFile]:
    """One CSV per table that has rows. `row`: the row in the table of the dossier, the header being row 1."""
    for table in _tables(dossier):
        columns = [column for column in columns_in_use(table.schema, table.rows) if column.name != PRIVATE]
        named = {c.name: f"{c.name}_cents" if c.kind.name in MONEY else c.name for c in columns}
        rows = [
            {"row": row.row} | {shown: _written(getattr(row, column)) for column, shown in named.items()}
            for row in table.rows
        ]
        yield DataFile(table.place, csv_text(["row", *named.values()], rows))


class _AsItStands(NamedTuple):
    """A table that is published as it stands: its name, place, schema and rows."""

    name: str
    place: str
    schema: TableSchema
    rows: Sequence[Row]


def _tables(dossier: Dossier) -> Iterator[_AsItStands]:
    """Those that have rows: of areas, then of work."""
    for name in AREA_TABLES:
        if rows := getattr(dossier, name):
            yield _AsItStands(name, f"data/gebieden/{name}.csv", TABLES[name], rows)
    for name, schema in WORK_TABLES.items():
        if rows := getattr(dossier.work, name):
            yield _AsItStands(name, work_place(name), schema, rows)


def _written(value: object) -> object:
    """A cell as it is written: days and choices as in the dossier, lists with spaces, patterns as in rules."""
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Pattern):
        return pattern_text(value)
    return value if value is None or isinstance(value, int) else str(value)
