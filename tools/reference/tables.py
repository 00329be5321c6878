"""`docs/reference/tables.md`: every table of the dossier and every column."""

from __future__ import annotations

from collections.abc import Mapping

from gebiedswerk.dossier.cell_types import Column
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES, TableSchema
from gebiedswerk.dossier.work import WORK_TABLES
from gebiedswerk.language.messages import Messages
from tools.reference.markdown import docstring, meanings, page, table

ALL = {**TABLES} | {f"work_{name}": one for name, one in WORK_TABLES.items()}
INTRO = """\
A table is CSV with a header in the first line: separated by commas, or as a Dutch spreadsheet saves it, by semicolons
or tabs; in UTF-8, in UTF-16 with a mark in front, or in windows-1252. Or it is a workbook: `areas.xlsx` instead of
`areas.csv`, with the table on its only sheet or on the one called `areas`. The meaning is the same in each: days may
be `2025-11-07` or `7-11-2025`, amounts `1250`, `1.250,00` or `€ 1.250,00`, and capitals in headers, choices and `JA`
or `NEE` do not count. A row of totals at the bottom is left out (D181) and must be the sum of the rows above (D182).
What a command adds is written in the style that is there.

The columns may stand in any order, and an optional column may be left out. An unknown column is a fault, unless its
name starts with `x_`: that one is yours. Rows count from the header, as a spreadsheet does: the first row below it is
row 2.

What a kind of cell may hold stands [at the end of this page](#kinds)."""


def pages() -> dict[str, str]:
    """Name of the file → its text."""
    messages = Messages("en")
    kinds = {column.kind.name: "" for one in ALL.values() for column in columns_of(one.rows)}
    rows = [(f"`{kind}`", messages(f"kind.{kind}")) for kind in sorted(kinds)]
    sections = [_section(name, one) for name, one in ALL.items()]
    return {"tables.md": page("Tables", INTRO, *sections, "## Kinds", table(("kind", "what a cell may hold"), rows))}


def _section(name: str, one: TableSchema) -> str:
    columns = columns_of(one.rows)
    meaning = meanings(f"columns.{name}", (column.name for column in columns))
    rows = [
        (f"`{column.name}`", _kind(column), "" if column.optional else "yes", _meaning(column, meaning))
        for column in columns
    ]
    key = ", ".join(f"`{part}`" for part in one.key)
    unique = f"One row for each {key}. {'Required.' if one.required else 'A dossier can do without this file.'}"
    parts = [f"## {one.file}", docstring(one.rows), unique, table(("column", "kind", "required", "meaning"), rows)]
    return "\n\n".join(parts)


def _kind(column: Column) -> str:
    choices = " or ".join(f"`{choice}`" for choice in column.choices)
    other = TABLES.get(column.refers_to) or WORK_TABLES.get(column.refers_to)
    return choices or column.kind.name + (f" in `{other.file}`" if other else "")


def _meaning(column: Column, meaning: Mapping[str, str]) -> str:
    """The meaning, and of a choice what an empty cell stands for."""
    empty = f" Empty: `{column.default}`." if column.choices and column.optional else ""
    return meaning[column.name] + empty
