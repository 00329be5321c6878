"""New rows for the tables of a dossier, with what follows from a name filled in: written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gebiedswerk.core.addresses import slug_of
from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.dossier import safe_files
from gebiedswerk.dossier.checks.references import check
from gebiedswerk.dossier.disk import on_disk
from gebiedswerk.dossier.model import Dossier
from gebiedswerk.dossier.reader import read
from gebiedswerk.dossier.rooted import Root
from gebiedswerk.dossier.table_files import as_it_stands
from gebiedswerk.dossier.table_reader import columns_of, doubles, rows_of
from gebiedswerk.dossier.tables import TABLES, Row, TableSchema
from gebiedswerk.dossier.work import WORK_TABLES
from gebiedswerk.dossier.writing.added_rows import with_rows
from gebiedswerk.dossier.writing.table_edit import CannotEdit

LINES = "lines"
"""Budget lines: a row of `budget_lines.csv` for a new code, and one of `budget_line_years.csv` for its year."""
ADDABLE: Mapping[str, TableSchema] = {**TABLES, **{f"work/{name}": table for name, table in WORK_TABLES.items()}}
PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Additions:
    """What was added: per file the number of rows; the headers of a list that mean nothing; and what is wrong."""

    faults: tuple[Fault, ...] = ()
    added: tuple[tuple[str, int], ...] = ()
    unread: tuple[str, ...] = ()


New = Sequence[tuple[str, Sequence[Row]]]
"""Name of a table → its new rows."""


def add_each(path: Path, name: str, rows: Iterable[Mapping[str, str]]) -> Additions:
    """Add rows of these values to a table, or to both tables of `lines`, all or none of them."""
    checked = read(path)
    if checked.value is None:
        return Additions(checked.faults)
    return added(checked.value, RowShape(name, {}), [list(row.items()) for row in rows])


def added(dossier: Dossier, shape: RowShape, records: Sequence[Iterable[tuple[str, str]]]) -> Additions:
    """Add rows of a shape, each as (our column, cell), all or none of them."""
    made, faults = _rows(dossier, shape, records)
    if errors(faults):
        return Additions(tuple(faults))
    done = land(dossier, made)
    return replace(done, faults=(*faults, *done.faults))


def land(dossier: Dossier, new: New) -> Additions:
    """Write new rows of some tables, whole or not at all; those that make a fault that was not there are refused."""
    rows = [(name, found) for name, found in new if found]
    faults = _made_faults(dossier, rows)
    if faults or not rows:
        return Additions(tuple(faults))
    try:
        texts = dict(with_rows(dossier.path, ADDABLE[name], found) for name, found in rows)
    except CannotEdit as refused:
        return Additions((as_it_stands(fault("D188", refused.file), dossier.path),))

    def work() -> Checked[bool | None]:
        with safe_files.alone_in(dossier.path, PATIENCE_SECONDS):
            safe_files.replace_files({Root(dossier.path).at(file): data for file, data in texts.items()})
        return Checked(True)

    _, said = on_disk(dossier.path, "B111", work)
    counts = zip(texts, (len(found) for _, found in rows), strict=True)
    return Additions(said, () if said else tuple(counts))


def _made_faults(dossier: Dossier, new: New) -> list[Fault]:
    """The errors that a dossier would have with these rows and has not without them."""
    faults: list[Fault] = []
    after = dossier
    for name, rows in new:
        table = ADDABLE[name]
        if name not in TABLES:
            faults += doubles([*getattr(dossier.work, name.removeprefix("work/")), *rows], table)
            continue
        old = getattr(dossier, name)
        first = max((row.row for row in old), default=1) + 1
        numbered = [replace(row, row=first + at) for at, row in enumerate(rows)]
        faults += doubles([*old, *numbered], table)
        changed: dict[str, Any] = {name: (*old, *numbered)}
        after = replace(after, **changed)
    known = {(one.code, one.file, one.row, one.value) for one in check(dossier)}
    faults += [one for one in errors(check(after)) if (one.code, one.file, one.row, one.value) not in known]
    return [as_it_stands(one, dossier.path) for one in faults]


class RowShape:
    """The columns of a table, or of the two tables of `lines` together, and the values that all rows get."""

    def __init__(self, name: str, values: Mapping[str, str]) -> None:
        self.name, self.values = name, values
        self.tables = ["budget_lines", "budget_line_years"] if name == LINES else [name]
        found = [one.name for table in self.tables for one in columns_of(ADDABLE[table].rows)]
        self.columns = list(dict.fromkeys(one for one in found if not (name == LINES and one == "line")))

    def cells(self, record: Mapping[str, str]) -> dict[str, str]:
        """The cells of one row, with a code and an address made of its name where it needs them."""
        cells = {**record, **self.values}
        if "code" in self.columns and not cells.get("code"):
            cells["code"] = slug_of(cells.get("name", "")).upper()
        if "slug" in self.columns and not cells.get("slug"):
            cells["slug"] = slug_of(cells.get("name") or cells.get("code", ""))
        return cells


def _rows(dossier: Dossier, shape: RowShape, records: Iterable[Iterable[tuple[str, str]]]) -> Checked[New]:
    """The new rows of each table, and the faults of their cells."""
    unknown = [name for name in shape.values if name not in shape.columns]
    faults = [fault("D102", shape.name, None, name, name, known=shape.columns) for name in unknown]
    cells = [shape.cells(dict(record)) for record in records]
    new: list[tuple[str, Sequence[Row]]] = []
    for name in shape.tables:
        table = ADDABLE[name]
        columns = columns_of(table.rows)
        told = [_for_table(one, name, shape.name, dossier, at) for at, one in enumerate(cells)]
        if name == "budget_lines":
            known = {line.code for line in dossier.budget_lines}
            told = [one for one in told if one.get("code") not in known]
        used = [one.name for one in columns if not one.optional or any(row.get(one.name) for row in told)]
        table_of = [used, *([row.get(column, "") for column in used] for row in told)]
        rows, found = rows_of(table_of, table, shape.name) if told else ((), [])
        faults += found
        new.append((name, rows))
    return Checked(new, tuple(faults))


def _for_table(cells: Mapping[str, str], name: str, shape: str, dossier: Dossier, at: int) -> Mapping[str, str]:
    """The cells as one table wants them: a line by its code, a row of decisions with an id of its own."""
    if shape == LINES and name == "budget_line_years":
        return {**cells, "line": cells.get("code", "")}
    if ADDABLE[name].key == ("id",) and not cells.get("id"):
        holder = dossier if name in TABLES else dossier.work
        taken = {row.id for row in getattr(holder, name.removeprefix("work/"))}
        parts = (cells.get("year", ""), cells.get("line", ""), cells.get("kind", ""))
        stem = "-".join(filter(None, parts)) or name.rpartition("/")[2]
        number = len(taken) + 1 + at
        return {**cells, "id": next(one for one in _ids(stem, number) if one not in taken)}
    return cells


def _ids(stem: str, number: int) -> Iterator[str]:
    """Names for a row: `2025-NOORD-adopted-7`, and on."""
    while True:
        yield f"{stem}-{number}"
        number += 1
