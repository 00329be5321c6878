"""Rows of a table merged three ways, by key and cell: what both sides changed is told, all else becomes one table.

Rows are a mapping from key to the texts of their cells, in the order of the file; a cell that is not there is empty.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

Name = TypeVar("Name")
RowKey: TypeAlias = tuple[str, ...]
RowCells: TypeAlias = Mapping[str, str]
Rows: TypeAlias = Mapping[RowKey, RowCells]


@dataclass(frozen=True, slots=True)
class CellConflict:
    """A cell that both sides changed, or that one changed in a row that the other removed.

    None: there is no such row. Without a `base` both sides added the row.
    """

    key: RowKey
    column: str
    base: str | None
    ours: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class MergedRows:
    """The rows that two versions become; where they conflict, as ours has it.

    `taken`: what ours takes over from theirs for it: a new row, changed cells, or None for a row that goes.
    """

    rows: Rows
    taken: Mapping[RowKey, RowCells | None]
    conflicts: tuple[CellConflict, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the rows, in their order."""
        return tuple(dict.fromkeys(column for cells in self.rows.values() for column in cells))


def merged_rows(base: Rows, ours: Rows, theirs: Rows) -> MergedRows:
    """Merge the changes that two sides made of the same rows. Rows and columns stand as in ours, and what theirs adds
    behind what it stands behind there.
    """
    columns = tuple(_interleaved(_columns(ours), _columns(theirs)))
    rows: dict[RowKey, RowCells] = {}
    taken: dict[RowKey, RowCells | None] = {}
    conflicts: list[CellConflict] = []
    for key in _interleaved(ours, theirs):
        was, mine, other = base.get(key), ours.get(key), theirs.get(key)
        wrong = tuple(_conflicts(key, was, mine, other))
        conflicts += wrong
        cells = _merged(was, mine, other, {one.column for one in wrong})
        if cells is not None:
            rows[key] = {column: cells[column] for column in columns if column in cells}
        if mine is None and cells is not None or mine is not None and cells is None:
            taken[key] = cells
        elif mine is not None and cells is not None and (new := _differing(mine, cells)):
            taken[key] = {column: cells[column] for column in columns if column in new}
    return MergedRows(rows, taken, tuple(conflicts))


def _conflicts(
    key: RowKey, base: RowCells | None, ours: RowCells | None, theirs: RowCells | None
) -> Iterator[CellConflict]:
    """The cells of a row that cannot be as both sides want."""
    if base is None and (ours is None or theirs is None):
        return
    mine, other = _changed(base, ours), _changed(base, theirs)
    if ours is None or theirs is None:
        both = list(other if ours is None else mine)
    else:
        both = [column for column in mine if column in other and ours.get(column, "") != theirs.get(column, "")]
        both += [] if base is not None else [column for column in _differing(ours, theirs) if column not in both]
    for column in both:
        yield CellConflict(key, column, *(None if row is None else row.get(column, "") for row in (base, ours, theirs)))


def _changed(base: RowCells | None, side: RowCells | None) -> list[str]:
    return [] if side is None else _differing(base or {}, side)


def _differing(one: RowCells, other: RowCells) -> list[str]:
    """The columns in which two rows differ."""
    return [column for column in dict.fromkeys([*one, *other]) if one.get(column, "") != other.get(column, "")]


def _merged(
    base: RowCells | None, ours: RowCells | None, theirs: RowCells | None, disputed: Collection[str]
) -> dict[str, str] | None:
    """The cells of a row as both sides want them, and disputed ones as ours has them; None: there is no such row."""
    if ours is None or theirs is None:
        only = theirs if ours is None else ours
        if only is None or base is not None and (ours is None or not disputed):
            return None
        return dict(only)
    new = [column for column in _changed(base, theirs) if column not in disputed]
    return {**ours, **{column: theirs.get(column, "") for column in new}}


def _columns(rows: Rows) -> Mapping[str, object]:
    return dict.fromkeys(column for cells in rows.values() for column in cells)


def _interleaved(ours: Mapping[Name, object], theirs: Mapping[Name, object]) -> Iterator[Name]:
    """The names of both sides in the order of ours; one of theirs alone behind the name before it there.

    Where ours has something new at the same place, that goes first.
    """
    behind: dict[Name | None, list[Name]] = {}
    before: Name | None = None
    for name in theirs:
        if name in ours:
            before = name
        else:
            behind.setdefault(before, []).append(name)
    waiting = behind.get(None, [])
    for name in ours:
        if name in theirs:
            yield from waiting
            waiting = behind.get(name, [])
        yield name
    yield from waiting
