"""Which sheets of a workbook hold its rows: the one that a profile names, the only one, or all with its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.formats.amounts import amount_text
from gebiedswerk.formats.format import LABEL, ROW, SAME
from gebiedswerk.formats.grid import Grid, header_names, with_unnamed
from gebiedswerk.formats.period_cells import year_or_period
from gebiedswerk.formats.posting_reader import LAST_PERIOD
from gebiedswerk.formats.profile_reader import used_columns
from gebiedswerk.formats.row_marks import BETWEEN, is_label
from gebiedswerk.formats.sheets.books import Book, grids_of
from gebiedswerk.formats.xlsx.parts import Sheet, Unreadable

HEADER_WITHIN = 20
"""A header stands in one of so many rows."""
FEW = 2
"""Fewer rows with an amount are no table."""
APART = 0x9E37_79B9_7F4A_7C15
"""What tells rows of one sheet from those of another."""
WITH_CENTS = re.compile(r"[0-9][.,][0-9]{1,2}$")
SHEET = "bladnaam"
"""A column that no sheet has to have: the name of each, where that says of its rows what no column does."""
ALL = "*"
"""In the name of a sheet: anything. No sheet can have this sign in its name."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sheets to read, in the order of the workbook, each with the row of its header; the names of others that have
    the same columns, and of those that hold amounts below other ones.
    """

    sheets: list[tuple[Sheet, int]]
    others: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)


def is_named(profile: Profile, sheet: Sheet) -> bool:
    """Whether a profile reads a sheet of this name: any that is seen, where it names none."""
    if not profile.sheet or ALL in profile.sheet:
        fits = ".*".join(map(re.escape, (profile.sheet or ALL).strip().split(ALL)))
        return sheet.visible and bool(re.fullmatch(fits, sheet.name.strip(), re.DOTALL))
    return sheet.name.strip() == profile.sheet.strip()


def chosen(workbook: Book, profile: Profile) -> Chosen:
    """The sheets that a profile reads. Raises Unreadable where none has that name (L164), or where it names none and
    more than one is seen and filled (L166).
    """
    if not workbook.sheets:
        raise Unreadable("L161")
    seen = [sheet for sheet in workbook.sheets if sheet.visible] or list(workbook.sheets)
    named = [sheet for sheet in workbook.sheets if is_named(profile, sheet)]
    if not profile.sheet:
        grids = grids_of(workbook, seen, 0, (), 1) if len(seen) > 1 else ()
        filled = [sheet for sheet, grid in zip(seen, grids, strict=False) if grid.rows]
        if len(filled) > 1:
            raise Unreadable("L166", names=[sheet.name for sheet in filled])
        return Chosen([(sheet, profile.header_row) for sheet in (filled or seen)[:1]])
    if not named:
        raise Unreadable("L164", names=[sheet.name for sheet in workbook.sheets])
    only = [(named[0], profile.header_row)]
    others = [sheet for sheet in seen if sheet is not named[0] or ALL in profile.sheet]
    if profile.other_sheets is not None and ALL not in profile.sheet:
        return Chosen(only)
    within = max(HEADER_WITHIN, profile.header_row + profile.header_rows)
    grids = grids_of(workbook, others, 1, (), 1, within)
    looked = [(sheet, *_looked_at(grid, profile)) for sheet, grid in zip(others, grids, strict=True)]
    strange = [sheet.name for sheet, row, money in looked if not row and money and profile.other_sheets is None]
    if ALL in profile.sheet:
        return Chosen([(sheet, row) for sheet, row, _ in looked if row and sheet in named] or only, [], strange)
    return Chosen(only, [sheet.name for sheet, row, _ in looked if row], strange)


def _looked_at(grid: Grid, profile: Profile) -> tuple[int, bool]:
    """The row in which the columns that a profile reads are named, with a row below it (0: none), and whether the first
    rows of a sheet hold amounts as its rows do.
    """
    rows = [[cell.strip() for cell in row] for row in grid.tops]
    wanted, count = set(used_columns(profile)) - {SHEET}, profile.header_rows
    likely = [profile.header_row - 1, *range(len(rows))]
    for at in likely:
        below = bool(grid.rows) or any(map(any, rows[at + count :]))
        if below and wanted <= set(with_unnamed(header_names(rows[at : at + count] or [[]]), wanted)):
            return at + 1, True
    money = [row for row in rows if sum(map(bool, row)) >= len(wanted) - 1 and any(map(WITH_CENTS.search, row))]
    return 0, len(money) >= FEW


def with_sheet_name(header: list[str], cells: pl.DataFrame, name: str, place: int) -> tuple[list[str], pl.DataFrame]:
    """Header and rows with the name of their sheet, the one at a `place`, as a column; as they are where they have it.

    Equal rows of two sheets are no repetition then. Where the name is that of a total, all rows look like one.
    """
    if SHEET in header:
        return header, cells
    named = [pl.lit(name).alias(SHEET), pl.col(SAME) ^ pl.lit(place * APART % 2**64, pl.UInt64)]
    named += [pl.lit(f"{SHEET}{BETWEEN}{name}").alias(LABEL)] if is_label(name) else []
    return [*header, SHEET], cells.with_columns(named)


def names_periods(names: Sequence[str]) -> bool:
    """Whether sheets are called by their periods or years: most of them, and by more than a bare number if there is
    only one.
    """
    rows = [name for name in names if not is_label(name.strip())]
    told = sum(map(_is_period, rows))
    return told * 2 > len(rows) and (told > 1 or bool(rows) and not rows[0].strip().isdecimal())


def _is_period(name: str) -> bool:
    period = year_or_period(name.strip(), 1)
    return period is not None and period <= LAST_PERIOD or year_or_period(name.strip(), 0) is not None


def together(found: Sequence[pl.DataFrame], profile: Profile) -> tuple[pl.DataFrame, list[int]]:
    """The rows of several sheets as if each stood below the one before; and after which row each begins.

    Amounts that are numbers in one sheet and text in another become text in all, as within one sheet.
    """
    starts, laid, start = list[int](), list[pl.DataFrame](), 0
    columns = [name for name in found[0].columns if all(name in one.columns for one in found)]
    texts = [name for name in columns if any(one.schema[name] == pl.String for one in found)]
    for cells in found:
        written = [_as_text(cells[name], profile.decimal) for name in texts]
        laid.append(cells.select(columns).with_columns(pl.col(ROW) + start, *written))
        starts.append(start)
        start = int(laid[-1][ROW].max() or start)  # type: ignore[arg-type] # a whole number
    return pl.concat(laid), starts


def _as_text(column: pl.Series, decimal: str) -> pl.Series:
    if column.dtype != pl.Float64 or column.name in (ROW, LABEL, SAME):
        return column
    texts = ["" if cell is None else amount_text(cell, decimal) for cell in column.to_list()]
    return pl.Series(column.name, texts, dtype=pl.String)


def sheet_faults(delivery: Delivery, picked: Chosen, starts: Sequence[int]) -> Iterator[Fault]:
    """Ask about sheets that are not read and have the same columns (L250), or amounts below other ones (L253); say
    which were read together (L251).
    """
    if picked.others:
        facts = {"found": picked.others, "profile": delivery.settings.profile, "read": picked.sheets[0][0].name}
        yield fault("L250", delivery.file, None, None, ", ".join(picked.others), **facts)
    elif picked.strange:
        facts = {"profile": delivery.settings.profile}
        yield fault("L253", delivery.file, None, None, ", ".join(picked.strange), **facts)
    if len(starts) > 1:
        named = [f"{sheet.name} ({start + 1})" for (sheet, _), start in zip(picked.sheets, starts, strict=True)]
        yield fault("L251", delivery.file, None, None, ", ".join(named))
