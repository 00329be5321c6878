"""A sheet of any program: its cells become rows of text, its amounts numbers, through the same profile as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import polars as pl

from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings import BudgetAmounts
from gebiedswerk.formats.amounts import amount_text
from gebiedswerk.formats.format import LABEL, ROW, SAME, ReadFile, listed_rows
from gebiedswerk.formats.forms import BOOKS, Form, form_of, reader_of
from gebiedswerk.formats.grid import Cell, Day, Grid, Minus, Percent, Shown, day_of, number_text
from gebiedswerk.formats.posting_reader import AMOUNTS
from gebiedswerk.formats.profile_reader import DAYS, header_faults, read_rows, used_columns
from gebiedswerk.formats.sample import Sample, of_workbook
from gebiedswerk.formats.sheets.books import Book, grids_of, open_book
from gebiedswerk.formats.sheets.of_book import SHEET, Chosen, chosen, sheet_faults, together, with_sheet_name
from gebiedswerk.formats.xlsx.bulk import numbers_as_text, read_bulk
from gebiedswerk.formats.xlsx.cells import read_grid
from gebiedswerk.formats.xlsx.look import headers_of, moments_of
from gebiedswerk.formats.xlsx.parts import BROKEN, Sheet, Unreadable, Workbook

SMALL = 2 * 2**20
"""Bytes of a sheet up to which the careful way takes no time that anyone notices."""
TAAKVELD, LOST = "taakveld", "0.1"
LAST_MONTH = 12
SAMPLE = 200
"""So many rows of a large sheet are read both ways, and must agree."""


@dataclass(frozen=True, slots=True)
class XlsxImporter:
    """XLSX by profile."""

    name: str = "xlsx"
    has_columns: bool = True

    def recognises(self, path: Path, head: bytes) -> bool:
        """By what it is, or by its name: a broken workbook is still a workbook."""
        del head
        return reader_of(path) == self.name

    def headers(self, path: Path, profile: Profile) -> Iterator[list[str]]:
        """One for each sheet that a person sees."""
        return headers_of(path, profile)

    def sample(self, path: Path, profile: Profile | None = None, *, whole: bool = True) -> Sample | None:
        """The first rows of its sheets; a large one is not looked through for less than all of it."""
        return of_workbook(path, profile) if whole else None

    def lines_around(self, path: Path, profile: Profile) -> Iterator[Sequence[str]]:
        """Above the table of each sheet."""
        above = range(1, profile.header_row)
        yield from headers_of(path, profile, above) if above else ()

    def moments(self, path: Path) -> tuple[tuple[datetime, str], ...]:
        """When it was made, and last saved."""
        return moments_of(path)

    def unreadable(self, delivery: Delivery) -> tuple[Fault, ...]:
        """A workbook without a sheet that can be read."""
        damaged = next(headers_of(delivery.path, delivery.profile), None) is None
        return tuple(self.read(delivery)[1]) if damaged else ()

    def unfit(self, path: Path, profiles: Iterable[Profile]) -> tuple[Fault, ...]:
        """A workbook says itself how it is encoded."""
        del path, profiles
        return ()

    def read(self, delivery: Delivery) -> Checked[ReadFile]:
        """Read a delivery. It lands whole or not at all."""
        try:
            with open_book(delivery.path) as workbook:
                picked = chosen(workbook, delivery.profile)
                header, cells, lost, hidden, starts = _all_cells(workbook, picked, delivery.profile)
        except Unreadable as problem:
            return Checked(ReadFile(), (_unreadable(problem, delivery),))
        except BROKEN:
            return Checked(ReadFile(), (_unreadable(Unreadable("L161"), delivery),))
        faults = header_faults(header, delivery) if header or cells.height else []
        faults = faults or ([] if cells.height else [fault("L110", delivery.file)])
        faults = faults or _lost_zero(delivery, lost)
        if faults:
            return Checked(ReadFile(), tuple(faults))
        read, of_rows = read_rows(cells, delivery, lambda: self.lines_around(delivery.path, delivery.profile))
        of_file = (*sheet_faults(delivery, picked, starts), *_hidden_rows(delivery, hidden), *of_rows)
        return Checked(ReadFile() if errors(of_file) else read, of_file)


def _hidden_rows(delivery: Delivery, rows: list[int]) -> list[Fault]:
    """Rows that are hidden in the sheet, by a filter or by hand, are counted like any other: said once (L182)."""
    if not rows:
        return []
    return [fault("L182", delivery.file, rows[0], None, listed_rows(pl.Series(rows)), count=len(rows))]


def _lost_zero(delivery: Delivery, rows: list[int]) -> list[Fault]:
    """A taakveld that stands in the sheet as the number 0.1 (L167): 0.1 and 0.10 are then the same."""
    header = delivery.profile.columns.get(TAAKVELD)
    return [fault("L167", delivery.file, rows[0], header, LOST, count=len(rows))] if rows else []


def _unreadable(problem: Unreadable, delivery: Delivery) -> Fault:
    facts: dict[str, Any] = dict(problem.facts)
    if problem.code == "L161":
        form = form_of(delivery.path)
        facts = {"kind": str(form if form in BOOKS else Form.XLSX), "choices": ""}
    if problem.code == "L164":
        profile_file, sheet = f"profiles/{delivery.settings.profile}.toml", delivery.profile.sheet
        return fault("L164", profile_file, None, "sheet", sheet, **facts)
    if problem.code in ("L166", "L260"):
        facts["profile"] = delivery.settings.profile
    return fault(problem.code, delivery.file, **facts)


Cells = tuple[list[str], pl.DataFrame, list[int], list[int]]


def _all_cells(workbook: Book, picked: Chosen, profile: Profile) -> tuple[*Cells, list[int]]:
    """What `_cells` gives, of all sheets together, and after which row each begins."""
    found: list[Cells] = []
    for row, sheets in groupby(picked.sheets, key=lambda one: one[1]):
        found += _cells(workbook, [sheet for sheet, _ in sheets], replace(profile, header_row=row))
    if SHEET in used_columns(profile):
        names = [sheet.name.strip() for sheet, _ in picked.sheets]
        each = enumerate(zip(found, names, strict=True))
        found = [(*with_sheet_name(*one[:2], name, at), one[2], one[3]) for at, (one, name) in each]
    header, cells, lost, hidden = found[0]
    if len(found) == 1:
        return header, cells, lost, hidden, [0]
    cells, starts = together([one[1] for one in found], profile)
    for start, (_, _, zeros, hides) in zip(starts[1:], found[1:], strict=True):
        lost, hidden = [*lost, *(row + start for row in zeros)], [*hidden, *(row + start for row in hides)]
    return header, cells, lost, hidden, starts


def _cells(workbook: Book, sheets: Sequence[Sheet], profile: Profile) -> Iterator[Cells]:
    """Of each sheet the header, the rows that are not blank, those with the number 0.1 as taakveld, and those that are
    hidden; large sheets in one go.
    """
    large = [_large(workbook, sheet, profile) for sheet in sheets]
    rest = [sheet for sheet, cells in zip(sheets, large, strict=True) if cells is None]
    grids = grids_of(workbook, rest, profile.header_row, used_columns(profile), None, profile.header_rows)
    for cells in large:
        yield _of_grid(next(grids), profile, from_1904=workbook.from_1904) if cells is None else cells


def _large(workbook: Book, sheet: Sheet, profile: Profile) -> Cells | None:
    """The cells of a large sheet of a workbook, where it can be read in one go; None for any other."""
    if not isinstance(workbook, Workbook) or workbook.parts[sheet.part.lower()].file_size <= SMALL:
        return None
    sample = read_grid(workbook, sheet, profile.header_row, used_columns(profile), SAMPLE, profile.header_rows)
    found = _bulk(workbook, sheet, sample, profile)
    return None if found is None else (sample.header, *found, [])


def _of_grid(grid: Grid, profile: Profile, *, from_1904: bool) -> Cells:
    _by_shown_sign(grid, profile)
    codes = zip(grid.rows, grid.cells.get(profile.columns.get(TAAKVELD, ""), []), strict=False)
    lost = [row for row, cell in codes if not isinstance(cell, str) and number_text(cell) == LOST]
    return grid.header, _frame(grid, profile, from_1904=from_1904), lost, grid.hidden


def _by_shown_sign(grid: Grid, profile: Profile) -> None:
    """Turn the amounts that their cells show with a minus of the format, where the profile says that it counts.

    Raises Unreadable (L260) where it says nothing.
    """
    for name in _headers(profile, AMOUNTS) & set(grid.cells) if profile.shown_minus is not False else ():
        cells = grid.cells[name]
        places = [at for at, cell in enumerate(cells) if isinstance(cell, Minus) and cell]
        if places and profile.shown_minus is None:
            value = number_text(float(cells[places[0]]))
            raise Unreadable("L260", row=grid.rows[places[0]], column=name, value=value, count=len(places))
        for at in places:
            cells[at] = -float(cells[at])


def _bulk(workbook: Workbook, sheet: Sheet, sample: Grid, profile: Profile) -> tuple[pl.DataFrame, list[int]] | None:
    """A large sheet in one go, where its first rows are what they are when read one by one. Else None."""
    try:
        found = read_bulk(workbook, sheet, sample, profile.header_row + profile.header_rows - 1)
    except BROKEN:  # damage may stand in a part that we never read
        return None
    if found is None or not set(sample.cells) <= set(found.columns):
        return None
    columns = [_bulk_column(found[name], profile) for name in sample.cells]
    if any(column is None for column in columns):
        return None
    cells = pl.DataFrame([found[ROW], found[LABEL], found[SAME], *(column for column in columns if column is not None)])
    exact = _frame(sample, profile, from_1904=workbook.from_1904).drop(SAME)
    return (cells, _lost_rows(found, profile)) if cells.head(exact.height).drop(SAME).equals(exact) else None


def _lost_rows(found: pl.DataFrame, profile: Profile) -> list[int]:
    """The rows of a sheet that hold the number 0.1 as taakveld."""
    header = profile.columns.get(TAAKVELD)
    if header is None or found[header].dtype != pl.Float64:
        return []
    return found[ROW].filter(numbers_as_text(found[header]).fill_null("") == LOST).to_list()


def _bulk_column(column: pl.Series, profile: Profile) -> pl.Series | None:
    """A column as `read_rows` takes it. Amounts that are text somewhere may be both: those are read one by one."""
    if column.name in _numeric(profile):
        empty = column.null_count() == column.len()
        return column.cast(pl.Float64) if empty or column.dtype == pl.Float64 else None
    if column.name in _headers(profile, AMOUNTS):
        return None
    if column.dtype == pl.Float64:
        column = numbers_as_text(column)
    elif column.dtype == pl.Date:
        if profile.swapped_days:
            return None
        form = profile.date if column.name in _headers(profile, DAYS) else "jjjj-mm-dd"
        column = column.dt.strftime(_strftime(form))
    return column.fill_null("")


def _frame(grid: Grid, profile: Profile, *, from_1904: bool) -> pl.DataFrame:
    """The rows of a grid as `read_rows` takes them."""
    columns = [_column(name, cells, profile, from_1904=from_1904) for name, cells in grid.cells.items()]
    marks = [
        pl.Series(ROW, grid.rows, dtype=pl.Int64),
        pl.Series(LABEL, grid.labels, dtype=pl.String),
        pl.Series(SAME, grid.same, dtype=pl.UInt64),
    ]
    return pl.DataFrame([*marks, *columns])


def _column(name: str, cells: list[Cell], profile: Profile, *, from_1904: bool) -> pl.Series:
    if name in _headers(profile, AMOUNTS):
        numbers = all(cell == "" or isinstance(cell, float) and not isinstance(cell, Shown) for cell in cells)
        if name in _numeric(profile) and numbers:
            return pl.Series(name, [None if cell == "" else float(cell) for cell in cells], dtype=pl.Float64)
        texts = [cell if isinstance(cell, str) else _amount(cell, profile, from_1904=from_1904) for cell in cells]
        return pl.Series(name, texts, dtype=pl.String)
    form = profile.date if name in _headers(profile, DAYS) else "jjjj-mm-dd"
    swaps = bool(profile.swapped_days) and name in _headers(profile, DAYS)
    texts = [cell if isinstance(cell, str) else _number(cell, form, from_1904=from_1904, swaps=swaps) for cell in cells]
    return pl.Series(name, texts, dtype=pl.String)


def _number(cell: float, form: str, *, from_1904: bool, swaps: bool = False) -> str:
    """A number as text: a day, time or part of hundred where its cell shows one, else a code.

    `swaps`: a spreadsheet took the day for the month and the month for the day, where both may be.
    """
    if isinstance(cell, Percent):
        return f"{number_text(round(cell * 100, 6))}%"
    if isinstance(cell, Day) and 0 < cell < 1:
        return f"{int(cell * 24):02d}:{round(cell * 1440) % 60:02d}"
    day: date | None = day_of(cell, from_1904=from_1904) if isinstance(cell, Day) else None
    if day is not None and swaps and day.day <= LAST_MONTH:
        day = day.replace(month=day.day, day=day.month)
    return number_text(cell) if day is None else day.strftime(_strftime(form))


def _amount(cell: float, profile: Profile, *, from_1904: bool) -> str:
    """A number among texts; a cell that shows a day is that day, and so no amount."""
    shown = isinstance(cell, Shown)
    return _number(cell, "jjjj-mm-dd", from_1904=from_1904) if shown else amount_text(cell, profile.decimal)


def _headers(profile: Profile, names: tuple[str, ...]) -> set[str]:
    budget = profile.budget_amounts if names is AMOUNTS else BudgetAmounts()
    more = {*budget.kinds(), *([budget.control] if budget.control else [])}
    more |= {*profile.period_columns.values(), *profile.income_columns.values()} if names is AMOUNTS else set()
    return {profile.columns[name] for name in names if name in profile.columns} | more


def _numeric(profile: Profile) -> set[str]:
    """The headers of amounts that mean nothing else besides: only those may be columns of numbers."""
    columns = {name: h for name, h in profile.columns.items() if name not in AMOUNTS}
    bare = replace(profile, columns=columns, budget_amounts=BudgetAmounts(), period_columns={})
    return _headers(profile, AMOUNTS) - set(used_columns(bare))


def _strftime(form: str) -> str:
    """A pattern of a profile as Python writes days: both write two digits where one may do, and a year has four."""
    form = form if "jjjj" in form else "jjjj-mm-dd"
    return form.replace("jjjj", "%Y").replace("dd", "d").replace("mm", "m").replace("d", "%d").replace("m", "%m")
