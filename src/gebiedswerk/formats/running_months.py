"""Columns of months that hold the year so far: what each month added, and whether a file looks like one.

Whoever reads running totals as months books January twelve times.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from itertools import dropwhile, pairwise

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.formats.amounts import NOTHING, amount_text, number_cents, read_amounts
from gebiedswerk.formats.format import ROW
from gebiedswerk.formats.month_years import MonthColumn
from gebiedswerk.formats.normalise import bare_amounts
from gebiedswerk.formats.period_heads import runs_on


def months_added(cells: pl.DataFrame, columns: Sequence[MonthColumn], profile: Profile) -> pl.DataFrame:
    """The rows with what each month added to the one before in its year; where a cell is no amount a row stays as it
    is, and is refused for it.
    """
    ordered = _ordered(columns)
    names = [one.name for one in ordered]
    first = [not at or ordered[at - 1].order[0] != one.order[0] for at, one in enumerate(ordered)]
    rows = [
        [str(cell or "") for cell in row]
        if None in cents
        else [
            _written(b if new else b - a, profile)
            for (a, b), new in zip(pairwise([0, *_known(cents)]), first, strict=True)
        ]
        for row, cents in zip(cells.select(names).iter_rows(), _rows(cells, names, profile), strict=True)
    ]
    return cells.with_columns(
        pl.Series(name, [row[at] for row in rows], dtype=pl.String) for at, name in enumerate(names)
    )


def running_faults(cells: pl.DataFrame, columns: Sequence[MonthColumn], delivery: Delivery) -> list[Fault]:
    """Ask whether months are running totals (L264): where amounts go on from month to month in half of the rows, or
    their headers say so.

    A total that runs on may fall, as after a credit note; it is seldom nil again. What each month added often is.
    """
    profile = delivery.profile
    names = [one.name for one in _ordered(columns)]
    rows = _rows(cells, names, profile) if profile.running_months is None else []
    if not rows or any(None in row for row in rows):
        return []
    amounts = [_known(row) for row in rows]
    last = max((at for row in amounts for at, one in enumerate(row, start=1) if one), default=0)
    told = [
        (number, row[:last]) for number, row in zip(cells[ROW].to_list(), amounts, strict=True) if any(row[: last - 1])
    ]
    going = [(number, row) for number, row in told if _goes_on(row)]
    said = any(map(runs_on, names))
    going = told or going if said else going
    if not going or 2 * len(going) < len(told):
        return []
    number, row = max(going, key=lambda one: len(set(one[1])))
    value = " … ".join(_written(one, profile) for one in dict.fromkeys((row[0], row[-1])))
    return [fault("L264", delivery.file, number, names[last - 1], value, count=len(going))]


def _ordered(columns: Sequence[MonthColumn]) -> list[MonthColumn]:
    """The columns of the months, in the order of time."""
    return sorted(columns, key=lambda one: one.order)


def _goes_on(row: Sequence[int]) -> bool:
    """Whether no month after the first amount of a row is nil."""
    return all(dropwhile(operator.not_, row))


def _rows(cells: pl.DataFrame, names: Sequence[str], profile: Profile) -> list[tuple[int | None, ...]]:
    """The cents of each row, month by month; None where a cell is no amount."""
    return list(zip(*(_cents(cells[name], profile).to_list() for name in names), strict=True))


def _known(cents: Sequence[int | None]) -> list[int]:
    """The cents of a row of which each cell is an amount."""
    return [one for one in cents if one is not None]


def _cents(column: pl.Series, profile: Profile) -> pl.Series:
    """A column of amounts in cents, nil where nothing stands; null where a cell is no amount."""
    if column.dtype == pl.Float64:
        return column.to_frame().select(number_cents(column.name)).to_series().set(column.is_null(), 0)
    minus = profile.trailing_minus
    texts = column.cast(pl.String).fill_null("")
    bare = bare_amounts(texts, profile.decimal, profile.thousands, trailing_minus=minus)
    cents = read_amounts(bare, profile.decimal, profile.thousands, trailing_minus=minus)
    return cents.set(texts.str.contains(NOTHING), 0)


def _written(cents: int, profile: Profile) -> str:
    """An amount with the mark of the file; nothing where it is nil."""
    return amount_text(cents / 100, profile.decimal) if cents else ""
