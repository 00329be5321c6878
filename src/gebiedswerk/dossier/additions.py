"""New rows for the tables of a dossier, with what follows from a name filled in: written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gebiedswerk.core.actor import By
from gebiedswerk.core.addresses import slug_of
from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.dossier.checks.permanent_ids import WITH_IDS
from gebiedswerk.dossier.model import Dossier
from gebiedswerk.dossier.reader import read
from gebiedswerk.dossier.table_files import standing_name
from gebiedswerk.dossier.table_reader import columns_of, rows_of
from gebiedswerk.dossier.tables import TABLES, Row, TableSchema
from gebiedswerk.dossier.writing import apply
from gebiedswerk.dossier.writing.change import CHANGEABLE, RowAdded, RowSeen, cells_of

LINES = "lines"
"""Budget lines: a row of `budget_lines.csv` for a new code, and one of `budget_line_years.csv` for its year."""
ADDABLE: Mapping[str, TableSchema] = CHANGEABLE


@dataclass(frozen=True, slots=True)
class Additions:
    """What was added: per file the number of rows; the headers of a list that mean nothing; and what is wrong."""

    faults: tuple[Fault, ...] = ()
    added: tuple[tuple[str, int], ...] = ()
    unread: tuple[str, ...] = ()


New = Sequence[tuple[str, Sequence[Row]]]
"""Name of a table → its new rows."""


def add_each(path: Path, name: str, rows: Iterable[Mapping[str, str]], by: By, verb: str) -> Additions:
    """Add rows of these values to a table, or to both tables of `lines`, all or none of them."""
    checked = read(path)
    if checked.value is None:
        return Additions(checked.faults)
    return added(checked.value, RowShape(name, {}), [list(row.items()) for row in rows], by, verb)


def added(
    dossier: Dossier, shape: RowShape, records: Sequence[Iterable[tuple[str, str]]], by: By, verb: str
) -> Additions:
    """Add rows of a shape, each as (our column, cell), all or none of them."""
    made, faults = rows_made(dossier, shape, records)
    if errors(faults):
        return Additions(tuple(faults))
    done = land(dossier, made, by, verb)
    return replace(done, faults=(*faults, *done.faults))


def land(dossier: Dossier, new: New, by: By, verb: str, seen: Sequence[RowSeen] = ()) -> Additions:
    """Write new rows of some tables, whole or not at all; those that make a fault that was not there are refused.

    `seen`: the rows that they were decided on.
    """
    rows = [(name, found) for name, found in new if found]
    if not rows:
        return Additions()
    landed = apply.land(dossier.path, [*seen, *rows_added(rows)], by, verb)
    if landed.value is None:
        return Additions(landed.faults)
    counts = tuple((standing_name(dossier.path, ADDABLE[name].file), len(found)) for name, found in rows)
    return Additions(landed.faults, counts)


def rows_added(new: New) -> list[RowAdded]:
    """New rows as items of a change."""
    return [RowAdded(name, cells_of(row)) for name, found in new for row in found]


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


def rows_made(dossier: Dossier, shape: RowShape, records: Iterable[Iterable[tuple[str, str]]]) -> Checked[New]:
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
    has_ids = ADDABLE[name].key == ("id",) or bool(ADDABLE[name].first_id) and dossier.settings.format >= WITH_IDS
    if has_ids and not cells.get("id"):
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
