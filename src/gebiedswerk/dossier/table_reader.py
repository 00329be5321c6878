"""Read one table of the dossier into its row class: every fault with row, column and value."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin

from gebiedswerk.core.faults import MOST, Checked, Fault, capped, errors, fault
from gebiedswerk.core.words import is_blank
from gebiedswerk.dossier.cell_types import Column, Kind, hints_of, plain_hint, public_name, table_of
from gebiedswerk.dossier.checks.signs_in_text import in_records
from gebiedswerk.dossier.session import Session
from gebiedswerk.dossier.table_files import double_faults, read_bytes, standing
from gebiedswerk.dossier.tables import Row, TableSchema
from gebiedswerk.dossier.totals import is_total, total_faults

R = TypeVar("R", bound=Row)


def columns_of(rows: type[Row]) -> tuple[Column, ...]:
    """The columns of a row class, in the order in which they are written."""
    return _columns_of(cast(Hashable, rows))


@cache  # cache: by a class, which is source
def _columns_of(kind: Hashable) -> tuple[Column, ...]:
    rows = cast(type[Row], kind)
    hints = hints_of(rows)
    return tuple(_column(field, hints[field.name]) for field in fields(rows) if field.name != "row")


def columns_in_use(table: TableSchema, rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns of a table with these rows: without that of ids where none has one, as before format 2."""
    has_ids = not table.first_id or any(getattr(row, "id", None) is not None for row in rows)
    return tuple(one for one in columns_of(table.rows) if has_ids or one.name != "id")


def read_table(path: Path, table: TableSchema, session: Session | None = None) -> Checked[tuple[Any, ...]]:
    """Read a table. Returns its rows and its faults; a table with faults in its header gives no rows.

    `session`: what knows the rows of the same bytes.
    """
    place = standing(path)
    if not place.is_file():
        return Checked((), (fault("D101", table.file),) if table.required or path.exists() else ())
    double = double_faults(path, table.file)
    if double:
        return Checked((), double)
    data = place.read_bytes()
    return (session or Session()).once((table.file, place.suffix, data), lambda: _rows_in(data, place, table))


def _rows_in(data: bytes, place: Path, table: TableSchema) -> Checked[tuple[Any, ...]]:
    found, broken = read_bytes(data, place, table.file)
    if found is None:
        return Checked((), tuple(broken))
    return rows_of(found.records, table, table.file)


def rows_of(records: Sequence[Sequence[str]], table: TableSchema, file: str) -> Checked[tuple[Any, ...]]:
    """The rows of a table in these records, of which the first is its header, and their faults (`file` in those)."""
    table = replace(table, file=file)
    columns = columns_of(table.rows)
    cells = [header_of(records, columns), *map(list, records[1:])] if records else []
    strange = capped(in_records(cells, file))
    faults = _header_faults(cells[0] if cells else [], columns, table)
    rows, more = ((), faults) if faults else _read_records(cells, columns, table)
    return Checked(
        rows,
        (*strange, *more),
    )


def header_of(records: Sequence[Sequence[str]], columns: Sequence[Column]) -> list[str]:
    """The names of the columns as we write them, whatever their capitals; without empty columns at the end."""
    known = {column.name for column in columns}
    names = [name.strip() for name in records[0]]
    names = [name if name in known or name.casefold() not in known else name.casefold() for name in names]
    filled = {at for record in records[1:] for at, cell in enumerate(record) if cell.strip()}
    while names and not names[-1] and len(names) - 1 not in filled:
        names.pop()
    return names


def _column(field: Field[Any], hint: Any) -> Column:
    optional = field.default is not MISSING
    default = field.default if optional else None
    refers_to, public = table_of(hint), public_name(hint)
    of, *marks = get_args(hint) if get_origin(hint := plain_hint(hint)) is Annotated else (hint,)
    kind = next((mark for mark in marks if isinstance(mark, Kind)), None)
    if kind is not None:
        return Column(field.name, kind, optional, default, refers_to=refers_to, public=public)
    if isinstance(of, type) and issubclass(of, StrEnum):
        choices: type[StrEnum] = of
        values = tuple(choice.value for choice in choices)
        return Column(
            field.name,
            Kind("choice", lambda cell: choices(cell.casefold()) if cell.casefold() in values else None),
            optional,
            default,
            values,
            public=public,
        )
    raise TypeError(field.name)


def _header_faults(header: list[str], columns: tuple[Column, ...], table: TableSchema) -> list[Fault]:
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
    records: list[list[str]], columns: tuple[Column, ...], table: TableSchema
) -> Checked[tuple[Any, ...]]:
    names = records[0]
    rows: list[Row] = []
    read: list[dict[str, str]] = []
    faults: list[Fault] = []
    refused: list[Fault] = []
    total: list[Fault] = []
    below = total_below(records, columns)
    for number, record in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in record):
            continue
        if len(record) < len(names) or any(cell.strip() for cell in record[len(names) :]):
            faults.append(fault("D119", table.file, number, cells=len(record), columns=len(names)))
            continue
        cells = dict(zip(names, (cell.strip() for cell in record), strict=False))
        values, found = _read_cells(cells, columns, table.file, number)
        if number == below:
            total = list(total_faults(cells, columns, rows, table.file, number, whole=not faults))
            continue
        read.append(cells)
        faults += found
        refused += _refused(cells, columns, table.file, number)
        if not found:
            rows.append(table.rows(row=number, **values))
    return Checked(
        tuple(rows),
        (*whole_columns(faults, read, table.file), *capped(refused), *doubles(rows, table), *total),
    )


def total_below(records: Sequence[Sequence[str]], columns: Sequence[Column]) -> int:
    """The number of the row of totals, the last one with something in it; 0 where that is a row of the table."""
    names = header_of(records, columns)
    last = max((at for at, record in enumerate(records) if any(cell.strip() for cell in record)), default=0)
    cells = dict(zip(names, (cell.strip() for cell in records[last]), strict=False))
    if last == 0 or len(cells) < len(names) or not is_total(cells, columns):
        return 0
    return last + 1 if _read_cells(cells, columns, "", last + 1)[1] else 0


def _refused(cells: Mapping[str, str], columns: Sequence[Column], file: str, number: int) -> Iterator[Fault]:
    """Cells that can be read, and that would become a file or an address that cannot be (D150)."""
    for column in columns:
        cell = cells.get(column.name, "")
        why = column.kind.refusal(cell) if cell and column.kind.read(cell) is not None else None
        if why is not None:
            yield fault("D150", file, number, column.name, cell, kind=why.kind, choices="")


def _read_cells(cells: dict[str, str], columns: Sequence[Column], file: str, number: int) -> Checked[dict[str, Any]]:
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
    return Checked(values, tuple(faults))


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


def doubles(rows: Sequence[Row], table: TableSchema) -> list[Fault]:
    """The same key twice; for codes with a slug also the same slug, and where rows have an id also that."""
    uniques = [table.key] + ([("slug",)] if any(column.name == "slug" for column in columns_of(table.rows)) else [])
    uniques += [("id",)] if table.first_id else []
    faults = []
    for names in uniques:
        seen: dict[tuple[Any, ...], int] = {}
        for row in rows:
            value = tuple(getattr(row, name) for name in names)
            if value == (None,):
                continue
            if value in seen:
                written = ", ".join(str(part) for part in value)
                faults.append(fault("D107", table.file, row.row, ", ".join(names), written, first=seen[value]))
            seen.setdefault(value, row.row)
    return faults
