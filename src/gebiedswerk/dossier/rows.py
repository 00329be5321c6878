"""Read one CSV table of the dossier into its row class: every fault with row, column and value."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from gebiedswerk.core.faults import MOST, Fault, capped, errors, fault
from gebiedswerk.core.words import is_blank
from gebiedswerk.dossier.kinds import Kind
from gebiedswerk.dossier.records import read_records
from gebiedswerk.dossier.sign_checks import in_records
from gebiedswerk.dossier.tables import Row, Table

R = TypeVar("R", bound=Row)
LONGEST_LINE = 1_000_000
"""Letters: a longer line is no row of a table, and its cells would take many times the memory of the file."""
LONG = re.compile(rf"^[^\n]{{{LONGEST_LINE + 1}}}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: `optional` says that an empty cell takes `default`."""

    name: str
    kind: Kind
    optional: bool
    default: object
    choices: tuple[str, ...] = ()


def columns_of(rows: type[Row]) -> tuple[Column, ...]:
    """The columns of a row class, in the order in which they are written."""
    hints = get_type_hints(rows, include_extras=True)
    return tuple(_column(field, hints[field.name]) for field in fields(rows) if field.name != "row")


def read_table(path: Path, table: Table) -> tuple[tuple[Any, ...], list[Fault]]:
    """Read a table. Returns its rows and its faults; a table with faults in its header gives no rows."""
    if not path.is_file():
        return (), [fault("D101", table.file)] if table.required or path.exists() else []
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return (), [fault("D114", table.file, row=path.read_bytes()[: problem.start].count(b"\n") + 1)]
    if "\0" in text:
        return (), [fault("D114", table.file, row=text[: text.index("\0")].count("\n") + 1)]
    if long := LONG.search(text):
        return (), [fault("D174", table.file, text.count("\n", 0, long.start()) + 1, most=LONGEST_LINE)]
    records, broken = read_records(text, delimiter_of(text))
    if broken is not None:
        return (), [fault("D121", table.file, broken)]
    columns = columns_of(table.rows)
    strange = capped(in_records(records, table.file))
    faults = _header_faults(records[0] if records else [], columns, table)
    rows, found = ((), faults) if faults else _read_records(records, columns, table)
    return rows, [*strange, *found]


def delimiter_of(text: str) -> str:
    """A comma, or the semicolon of a Dutch spreadsheet: whichever the header uses most."""
    header = text.split("\n", 1)[0]
    return ";" if header.count(";") > header.count(",") else ","


def _column(field: Field[Any], hint: Any) -> Column:
    optional = field.default is not MISSING
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    default = field.default if optional else None
    if get_origin(hint) is Annotated:
        return Column(field.name, get_args(hint)[1], optional, default)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        choices: type[StrEnum] = hint
        values = tuple(choice.value for choice in choices)
        return Column(
            field.name,
            Kind("choice", lambda cell: choices(cell) if cell in values else None),
            optional,
            default,
            values,
        )
    raise TypeError(field.name)


def _header_faults(header: list[str], columns: tuple[Column, ...], table: Table) -> list[Fault]:
    """Unknown, missing and doubled columns; a name that starts with `x_` is the writer's own."""
    names = Counter(name.strip() for name in header)
    known = {column.name for column in columns}
    unknown = [name for name in names if name not in known and not name.startswith("x_")]
    missing = [column.name for column in columns if not column.optional and column.name not in names]
    doubled = [name for name, times in names.items() if times > 1 and name in known]
    if not any(names):
        return [fault("D103", table.file, 1, ", ".join(missing))]
    more = [fault("X002", table.file, None, None, of="D102", count=len(unknown) - MOST)] if len(unknown) > MOST else []
    return [
        *(fault("D102", table.file, 1, name, name, known=[c.name for c in columns]) for name in unknown[:MOST]),
        *more,
        *(fault("D103", table.file, 1, name) for name in missing),
        *(fault("D104", table.file, 1, name, name) for name in doubled),
    ]


def _read_records(
    records: list[list[str]], columns: tuple[Column, ...], table: Table
) -> tuple[tuple[Any, ...], list[Fault]]:
    names = [name.strip() for name in records[0]]
    rows: list[Row] = []
    read: list[dict[str, str]] = []
    faults: list[Fault] = []
    refused: list[Fault] = []
    for number, record in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in record):
            continue
        if len(record) != len(names):
            faults.append(fault("D119", table.file, number, cells=len(record), columns=len(names)))
            continue
        cells = dict(zip(names, (cell.strip() for cell in record), strict=True))
        read.append(cells)
        values, found = _read_cells(cells, columns, table.file, number)
        faults += found
        refused += _refused(cells, columns, table.file, number)
        if not found:
            rows.append(table.rows(row=number, **values))
    return tuple(rows), [*whole_columns(faults, read, table.file), *capped(refused), *_doubles(rows, table)]


def _refused(cells: Mapping[str, str], columns: Sequence[Column], file: str, number: int) -> Iterator[Fault]:
    """Cells that can be read, and that would become a file or an address that cannot be (D150)."""
    for column in columns:
        cell = cells.get(column.name, "")
        why = column.kind.refusal(cell) if cell and column.kind.read(cell) is not None else None
        if why is not None:
            yield fault("D150", file, number, column.name, cell, kind=why.kind, choices="")


def _read_cells(
    cells: dict[str, str], columns: tuple[Column, ...], file: str, number: int
) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults = []
    for column in columns:
        cell = cells.get(column.name, "")
        if cell == "" and column.optional:
            values[column.name] = column.default
            continue
        value = column.kind.read(cell)
        if cell == "" and (value is None or column.kind.name == "text"):
            faults.append(fault("D106", file, number, column.name))
        elif is_blank(cell, column.kind.words):
            faults.append(fault("T128", file, number, column.name, cell))
        elif value is None:
            expected = {"kind": column.kind.name, "choices": column.choices}
            faults.append(fault("D105", file, number, column.name, cell, **expected))
        values[column.name] = value
    return values, faults


def whole_columns(faults: list[Fault], read: Sequence[Mapping[str, str]], file: str) -> list[Fault]:
    """Where every value of a column fails in the same way (three or more), say it once (D115).

    `read`: the cells of each row that was read. A column that is empty where it may be is not held against the rest.
    """
    filled = Counter(name for cells in read for name, cell in cells.items() if cell)
    times: dict[tuple[str, str | None], list[Fault]] = defaultdict(list)
    for found in errors(faults):
        times[found.code, found.column] += [found] if found.column else []
    broken = {
        key: fault("D115", file, hits[0].row, hits[0].column, hits[0].value, rows=len(hits))
        for key, hits in times.items()
        if len(hits) > 2 and len(hits) == (filled[hits[0].column or ""] if hits[0].value else len(read))
    }
    return [*broken.values(), *capped(found for found in faults if (found.code, found.column) not in broken)]


def _doubles(rows: list[Row], table: Table) -> list[Fault]:
    """The same key twice; for codes with a slug also the same slug twice."""
    uniques = [table.key] + ([("slug",)] if any(column.name == "slug" for column in columns_of(table.rows)) else [])
    faults = []
    for names in uniques:
        seen: dict[tuple[Any, ...], int] = {}
        for row in rows:
            value = tuple(getattr(row, name) for name in names)
            if value in seen:
                written = ", ".join(str(part) for part in value)
                faults.append(fault("D107", table.file, row.row, ", ".join(names), written, first=seen[value]))
            seen.setdefault(value, row.row)
    return faults
