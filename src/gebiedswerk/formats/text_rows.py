"""Rows with a text and no amount, year or period: the day of printing, the end of a report. They are no postings."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.formats.column_store import distinct, matching
from gebiedswerk.formats.format import LABEL, ROW, SAME, listed_rows
from gebiedswerk.formats.normalise import bare_code
from gebiedswerk.formats.period_cells import year_or_period

AMOUNTS = ("amount", "debit", "credit")
MOST_TEXTS = 5


def text_rows(cells: pl.DataFrame, profile: Profile) -> pl.Series:
    """Whether no amount stands in a row, and no year or period; never where a profile reads neither.

    What has no digit is no amount: `EUR` below a header, a row of dashes.
    """
    found = pl.repeat(value=False, n=cells.height, dtype=pl.Boolean, eager=True)
    money = [profile.columns[name] for name in AMOUNTS if profile.columns.get(name) in cells.columns]
    for name, header in _dated(cells, profile) if money else []:
        odd = _undated(cells[header], name)
        found = found if odd is None else found | odd
    for header in money if found.any() else []:
        column = cells[header]
        found = found & (column.is_null() if column.dtype == pl.Float64 else _without_digit(column))
    return found.fill_null(value=False)


def _without_digit(column: pl.Series) -> pl.Series:
    """Where a cell holds no digit."""
    return matching(column, lambda cells: ~cells.str.contains("[0-9]"))


def _dated(cells: pl.DataFrame, profile: Profile) -> list[tuple[str, str]]:
    """The columns of year and period that a profile reads: our name and their header."""
    return [(name, profile.columns[name]) for name in ("year", "period") if profile.columns.get(name) in cells.columns]


def _undated(column: pl.Series, name: str) -> pl.Series | None:
    """Where a cell is no year or no period; each distinct cell is looked at once. None: nowhere."""
    known = distinct(column)
    texts = (column.cast(pl.String).unique() if known is None else known).to_list()
    odd = [at for at, text in enumerate(texts) if text is not None and not _is_dated(text, name)]
    if not odd:
        return None
    return column.cast(pl.String).is_in([texts[at] for at in odd]) if known is None else column.to_physical().is_in(odd)


def _is_dated(cell: str, name: str) -> bool:
    return year_or_period(bare_code(cell), 0 if name == "year" else 1) is not None


def text_faults(rows: pl.DataFrame, delivery: Delivery) -> Iterator[Fault]:
    """Faults (L240) that say by which column such rows can be told from postings, and by which texts in it.

    That is a column of year or period which holds something else, or nothing: no posting has that.
    """
    dated = [(header, *_odd(rows[header], name)) for name, header in _dated(rows, delivery.profile)]
    shown = [name for name in rows.columns if name not in (ROW, LABEL, SAME)]
    rest, groups = pl.repeat(value=True, n=rows.height, eager=True), list[tuple[str, pl.Series]]()
    for filled in (True, False):
        for header, odd, full in dated:
            where = rest & odd & (full if filled else ~full)
            rest = rest & ~where
            groups += [(header, where)] if where.any() else []
    for header, where in sorted(groups, key=lambda one: int(one[1].arg_true()[0])):
        numbers = rows[ROW].filter(where)
        first = rows.filter(where.cum_sum() <= MOST_TEXTS, where)
        texts = first.select(pl.col(header, *(one for one in shown if one != header)).cast(pl.String)).iter_rows()
        cells = rows[header].filter(where).unique(maintain_order=True).cast(pl.String).fill_null("").to_list()
        facts = {
            "count": numbers.len(),
            "rows": listed_rows(numbers),
            "texts": ", ".join(f'"{text}"' for text in dict.fromkeys(next(filter(None, row), "") for row in texts)),
            "found": tuple(dict.fromkeys(cells)),
            "profile": delivery.settings.profile,
        }
        yield fault("L240", delivery.file, numbers[0], header, cells[0], **facts)


def _odd(column: pl.Series, name: str) -> tuple[pl.Series, pl.Series]:
    """Where a cell is no year or no period, and where it is not empty."""
    odd, empty = _undated(column, name), column.is_null()
    if column.dtype != pl.Float64:
        empty = empty | (column == "").fill_null(value=True)
    return (empty if odd is None else empty | odd.fill_null(value=False)), ~empty
