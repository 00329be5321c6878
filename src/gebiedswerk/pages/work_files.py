"""The tables below `work/` as open data: as they stand in the dossier, without what is for the municipality alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from gebiedswerk.blocks.models import DataFile
from gebiedswerk.blocks.year_tables import csv_text
from gebiedswerk.core.matching import Pattern, pattern_text
from gebiedswerk.dossier import Dossier
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.work import WORK_TABLES

PRIVATE = "internal_note"
MONEY = ("amount", "amount_left")
"""Kinds of cells that hold euros: as open data they are cents, and their column says so."""


def work_place(table: str) -> str:
    """Where the open data of a table stand."""
    return f"data/werk/{table}.csv"


def work_files(dossier: Dossier) -> Iterator[DataFile]:
    """One CSV per table that has rows. `row`: the row in the table of the dossier, the header being row 1."""
    for name, table in WORK_TABLES.items():
        columns = [column for column in columns_of(table.rows) if column.name != PRIVATE]
        named = {c.name: f"{c.name}_cents" if c.kind.name in MONEY else c.name for c in columns}
        rows = [
            {"row": row.row} | {shown: _written(getattr(row, column)) for column, shown in named.items()}
            for row in getattr(dossier.work, name)
        ]
        if rows:
            yield DataFile(work_place(name), csv_text(["row", *named.values()], rows))


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
