"""Rounding to whole units: one amount, or a whole tree of lines at once so that every sum still holds.

A tree is rounded by two-way controlled rounding (decision 57): each cell is an arc that carries its floor and has
room for one unit more, each sum is a node where as much comes in as goes out. The cheapest flow is the best rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.core.hierarchy import Parents, above
from gebiedswerk.core.unit_flows import NoFlow, cheapest_units

Key = tuple[Literal["own", "total"], str | None, str]  # part, line code (None: all top lines together), column
Node = str | tuple[str | None, str] | tuple[()]  # a line's columns that cancel out, a total, the way out


class ColumnsDoNotBalance(GebiedswerkError, ValueError):
    """Columns of a line that do not cancel out, so that no rounding of them can."""

    def __init__(self, row: RoundingRow, columns: Mapping[str, int]) -> None:
        sum_ = " ".join(f"{'+' if sign > 0 else '-'} {column} ({row.own[column]})" for column, sign in columns.items())
        super().__init__(f"Line {row.code}: the own cents {sum_} should add up to 0, or no rounding of them can.")


class NoControlledRounding(GebiedswerkError, ValueError):
    """Columns that were rounded earlier leave no room to round the others."""

    def __init__(self, why: str) -> None:
        super().__init__(f"No rounding fits around the columns that were rounded earlier: {why}.")


@dataclass(frozen=True, slots=True)
class RoundingRow:
    """One line of the tree: its own amounts per column, in cents."""

    code: str
    parent: str | None  # code of the line above, None at the top
    own: Mapping[str, int]  # column -> cents, own part only (without descendants)


@dataclass(frozen=True, slots=True)
class RoundedTable:
    """A tree of lines in units of `unit_cents`.

    `own` and `total` hold every line, keyed by line code and column, and are equal where nothing stands below the
    line. `grand`, keyed by column, is the sum of the totals of the top lines.
    """

    unit_cents: int
    own: Mapping[tuple[str, str], int]
    total: Mapping[tuple[str, str], int]
    grand: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Arc:
    """A cell in the network: `floor` units for certain, and one more if that pays (never when `over_cents` is 0).

    `grand`: its distance is weighed before that of all others.
    """

    tail: Node
    head: Node
    floor: int
    over_cents: int
    grand: bool


def plain(cents: int, unit_cents: int) -> int:
    """The nearest whole unit, half away from zero."""
    units = (2 * abs(cents) + unit_cents) // (2 * unit_cents)
    return units if cents >= 0 else -units


def shared(parts: Sequence[int], whole: int, unit_cents: int) -> list[int]:
    """Round cents that add up to a whole which was rounded to `whole` units: the rounded parts add up to that too.

    Each part becomes one of its two neighbouring units and exact ones stay; the parts furthest above their floor go up,
    among equals the first. Where no such rounding exists, because the whole is no neighbour of the sum of the parts,
    each is rounded by itself.
    """
    floors = [divmod(cents, unit_cents) for cents in parts]
    up = whole - sum(floor for floor, _ in floors)
    order = sorted((at for at, (_, over) in enumerate(floors) if over), key=lambda at: -floors[at][1])
    if not 0 <= up <= len(order):
        return [plain(cents, unit_cents) for cents in parts]
    raised = set(order[:up])
    return [floor + (at in raised) for at, (floor, _) in enumerate(floors)]


def controlled(
    rows: Sequence[RoundingRow], columns: Mapping[str, int], unit_cents: int, fixed: RoundedTable | None = None
) -> RoundedTable:
    """Round a tree of lines so that all sums hold: down the lines, and across the columns.

    Takes `rows`: each line once, in printed order, every parent among them; `columns`: column -> sign (1 or -1), in
    printed order, where sign * own cents add up to zero on every line; `fixed`: an earlier rounding of the same lines,
    whose values are kept for the columns that both have.
    Every cell becomes one of its two neighbouring units and exact units stay; then the distance of the grand totals is
    least, so that each is the nearest wherever a solution allows; then the total distance; then the cells are largest,
    first come first: totals line by line and column by column, grand totals, own parts.
    Raises ColumnsDoNotBalance, or NoControlledRounding where `fixed` leaves no solution (without it there is one).
    Source: decision 57; the case worked by hand in `tests/core/test_rounding.py`.
    """
    for row in rows:
        if sum(sign * row.own[column] for column, sign in columns.items()):
            raise ColumnsDoNotBalance(row, columns)
    parents = {row.code: row.parent for row in rows}
    cells = _cells(rows, parents, columns)
    inner = {None, *parents.values()}
    arcs = [
        _Arc(*_ends(key, parents, inner, columns), *_room(key, cents, unit_cents, fixed), grand=key[1] is None)
        for key, cents in cells.items()
    ]
    units = dict(zip(cells, _cheapest(arcs, unit_cents), strict=True))
    total = {(code, column): units["total", code, column] for code in parents for column in columns}
    return RoundedTable(
        unit_cents,
        own={(code, column): units.get(("own", code, column), cell) for (code, column), cell in total.items()},
        total=total,
        grand={column: units["total", None, column] for column in columns},
    )


def _cells(rows: Sequence[RoundingRow], parents: Parents, columns: Mapping[str, int]) -> dict[Key, int]:
    """Exact cents per cell, in the order in which ties are decided. A line with none below has no own cell."""
    cells: dict[Key, int] = {("total", code, column): 0 for code in [*parents, None] for column in columns}
    for row in rows:
        for code in [*above(parents, row.code), None]:
            for column in columns:
                cells["total", code, column] += row.own[column]
    inner = set(parents.values())
    return cells | {
        ("own", row.code, column): row.own[column] for row in rows if row.code in inner for column in columns
    }


def _ends(key: Key, parents: Parents, inner: AbstractSet[str | None], columns: Mapping[str, int]) -> tuple[Node, Node]:
    """The two sums a cell stands in, from below to above; a column with sign -1 flows the other way."""
    part, code, column = key
    is_sum = part == "total" and code in inner
    below: Node = (code, column) if is_sum or code is None else code
    above_it: Node = () if code is None else (code if part == "own" else parents[code], column)
    return (below, above_it) if columns[column] > 0 else (above_it, below)


def _room(key: Key, cents: int, unit_cents: int, fixed: RoundedTable | None) -> tuple[int, int]:
    """The units a cell has for certain, and the cents above them; of a cell that is fixed, its units and 0."""
    part, code, column = key
    floor, over_cents = divmod(cents, unit_cents)
    if fixed is None or column not in fixed.grand:
        return floor, over_cents
    if fixed.unit_cents != unit_cents:
        why = f"they are in units of {fixed.unit_cents} cents, not {unit_cents}"  # literal: for developers
        raise NoControlledRounding(why)
    earlier = fixed.own if part == "own" else fixed.total
    units = fixed.grand[column] if code is None else earlier.get((code, column))
    if units is None or not floor <= units <= floor + (over_cents > 0):
        why = f"{units} is no neighbour of {cents} cents (line {code or 'total'}, {column})"  # literal: for developers
        raise NoControlledRounding(why)
    return units, 0


def _cheapest(arcs: Sequence[_Arc], unit_cents: int) -> list[int]:
    """Units per arc: all sums hold, at the least distance of grand totals, then of all, and the first arcs largest.

    The weight of going up is the change in distance, above one bit per arc that decides ties and never more. That of a
    grand total counts for more than all others together can change.
    """
    most = unit_cents * len(arcs)  # more than the distance of all arcs together can change
    needs: dict[Node, int] = {(): 0}
    free: list[_Arc] = []
    weights: list[int] = []
    for later, arc in zip(reversed(range(len(arcs))), arcs, strict=True):
        needs[arc.tail] = needs.get(arc.tail, 0) + arc.floor
        needs[arc.head] = needs.get(arc.head, 0) - arc.floor
        if arc.over_cents:
            more = unit_cents - 2 * arc.over_cents
            weight = ((most * more if arc.grand else more) << len(arcs)) - (1 << later)
            free.append(arc)
            weights.append(weight)
    try:
        up = iter(cheapest_units([(arc.tail, arc.head) for arc in free], weights, needs))
    except NoFlow as none:
        raise NoControlledRounding("not all sums can hold") from none  # literal: for developers
    return [arc.floor + (next(up) if arc.over_cents else 0) for arc in arcs]
