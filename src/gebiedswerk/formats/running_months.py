"""Columns of months that hold the year so far: what each month added, and whether a file looks like one.

Whoever reads running totals as months books January twelve times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.formats.format import ROW

FEWEST = 3
"""Months in which something stands: of fewer nobody can tell."""
NIL = Decimal(0)  # frozen: a number


def months_added(cells: pl.DataFrame, profile: Profile) -> pl.DataFrame:
    """The rows with what each month added to the one before; a cell that is no amount stays, and is refused as such."""
    names = _names(profile)
    rows = [list(row) for row in cells.select(names).iter_rows()]
    for row in rows:
        read = [_amount(cell, profile) for cell in row]
        if None not in read:
            amounts = [one for one in read if one is not None]
            row[:] = [_written(b - a, profile) for a, b in pairwise([NIL, *amounts])]
        else:
            row[:] = ["" if cell is None else str(cell) for cell in row]
    added = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    return cells.with_columns(pl.Series(name, added[name], dtype=pl.String) for name in names)


def running_faults(cells: pl.DataFrame, delivery: Delivery) -> list[Fault]:
    """Ask whether months are running totals (L264): where no row goes back, and one at least goes on."""
    profile = delivery.profile
    if profile.running_months is not None:
        return []
    names = _names(profile)
    rows = [[_amount(cell, profile) for cell in row] for row in cells.select(names).iter_rows()]
    if any(None in row for row in rows):
        return []
    amounts = [[one for one in row if one is not None] for row in rows]
    last = max((at for row in amounts for at, one in enumerate(row, start=1) if one), default=0)
    told = [(number, row[:last]) for number, row in zip(cells[ROW].to_list(), amounts, strict=True) if any(row)]
    if last < FEWEST or not told or not all(_goes_on(row) for _, row in told):
        return []
    number, row = max(told, key=lambda one: len(set(one[1])))
    value = " … ".join(_written(one, profile) for one in dict.fromkeys((row[0], row[-1])))
    return [fault("L264", delivery.file, number, names[last - 1], value, count=len(told))]


def _names(profile: Profile) -> list[str]:
    """The columns of the months, in the order of the year."""
    return [profile.period_columns[period] for period in sorted(profile.period_columns, key=int)]


def _goes_on(row: Sequence[Decimal]) -> bool:
    """Whether amounts move one way, away from nil, month after month."""
    sign = 1 if row[-1] > 0 else -1
    return row[-1] != 0 and all(a * sign <= b * sign for a, b in pairwise([NIL, *row]))


def _amount(cell: object, profile: Profile) -> Decimal | None:
    """An amount as it is written, or nil where nothing stands; None where it is no amount."""
    if cell is None or isinstance(cell, float):
        return NIL if cell is None else Decimal(repr(round(cell, 6)))
    bare = re.sub(r"[€\s]|EUR", "", str(cell)).replace(profile.thousands or " ", "").replace(profile.decimal, ".")
    bare = bare.replace("−", "-")
    if bare.strip("-–") == "":
        return NIL
    bare = f"-{bare[:-1]}" if bare.endswith("-") else bare
    bare = f"-{bare[1:-1]}" if bare.startswith("(") and bare.endswith(")") else bare
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def _written(amount: Decimal, profile: Profile) -> str:
    """An amount with the mark of the file, as plain as an export writes it; nothing where it is nil."""
    return f"{amount:f}".replace(".", profile.decimal) if amount else ""
