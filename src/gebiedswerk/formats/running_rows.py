"""Rows of which each holds the year so far, up to and including its period: what each period added, and whether a file
looks like one.

Whoever reads running totals as amounts of a period books January again in every month after it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from gebiedswerk.core.faults import fault
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.formats.amounts import amount_text
from gebiedswerk.formats.format import ROW
from gebiedswerk.formats.postings import CODES

if TYPE_CHECKING:
    from gebiedswerk.formats.posting_reader import Reading

RUNS_ON = re.compile(  # literal: words that are read, never shown
    r"(?i)cumul|(?<![a-z])cum(?![a-z])|(?<![a-z])t/m(?![a-z])|tot en met|(?<![a-z])ytd(?![a-z])|year.to.date"
    r"|lopend totaal|doorlopend"
)
"""In the name of a column of amounts or periods: all up to and including a period."""
LOOK = 2_000
"""So many rows are looked at first: most ledgers have two of one period and account among them."""
FEW, LONG, MANY = 2, 3, 5
"""So many lines, one of them in so many periods without a gap; or so many lines in two: these may be running totals."""
YEAR, PERIOD, CENTS, BEFORE = "%year", "%period", "%cents", "%before"
"""Columns of ours beside those of the file."""


def amounts_of_periods(reading: Reading, year: pl.Series, period: pl.Series, cents: pl.Series) -> pl.Series:
    """The amounts of each row in cents: where rows hold the year so far (`running_months`) what their period added.

    It is asked where they may (L273). Rows that cannot be held against the one of the period before are refused (L274).
    """
    profile = reading.profile
    known = year.null_count() + period.null_count() + cents.null_count() == 0
    if reading.delivery.settings.kind is not DeliveryKind.REALISED or "period" not in profile.columns or not known:
        return cents
    if profile.running_months is False or not cents.len():
        return cents
    codes = [header for name, header in profile.columns.items() if name in CODES]
    lines = [one for one in dict.fromkeys([*codes, profile.flows.column]) if one in reading.cells.columns]
    if profile.running_months:
        return _added(reading, _rows(reading, lines, year, period, cents), lines)
    names = [profile.columns[name] for name in ("period", "amount", "debit", "credit") if name in profile.columns]
    said = next((name for name in names if RUNS_ON.search(name)), "")
    first = [one.head(LOOK) for one in (year, period, cents)]
    if said or "booked_on" not in profile.columns and not _has_two(_rows(reading, lines, *first), lines):
        _ask(reading, _rows(reading, lines, year, period, cents), lines, names, said)
    return cents


def _rows(reading: Reading, lines: list[str], year: pl.Series, period: pl.Series, cents: pl.Series) -> pl.DataFrame:
    """As many rows as there are years: their number, their line, and what they say."""
    own = [year.cast(pl.Int64).alias(YEAR), period.cast(pl.Int64).alias(PERIOD), cents.alias(CENTS)]
    return reading.cells.head(len(year)).select(ROW, *lines).with_columns(*own)


def _added(reading: Reading, rows: pl.DataFrame, lines: list[str]) -> pl.Series:
    """What each row added to the one of the period before, in the order of the file."""
    line = [*lines, YEAR]
    twice = rows.select(pl.struct(*line, PERIOD).is_duplicated()).to_series()
    # one row per line and period: the amount of the period before, in periods that the file has
    places = rows.select(YEAR, PERIOD).unique().sort(YEAR, PERIOD)
    places = places.with_columns(pl.int_range(pl.len()).over(YEAR).alias("%place"))
    rows = rows.with_row_index("%at").join(places, on=[YEAR, PERIOD]).sort(*line, "%place")
    before, last = pl.col(CENTS).shift(1).over(line), pl.col("%place").shift(1).over(line)
    rows = rows.with_columns(before.fill_null(0).alias(BEFORE), (pl.col("%place") - last).fill_null(1).alias("%step"))
    ends = pl.col("%place").max().over(YEAR)
    after = pl.col("%place").shift(-1).over(line).fill_null(ends + 1) - pl.col("%place")
    gaps = rows.filter((after > 1) & (pl.col(CENTS) != 0)) if not twice.any() else rows.head(0)
    bad = reading.cells[ROW].filter(twice) if twice.any() else gaps[ROW]
    if bad.len():
        first = int(bad.min())  # type: ignore[arg-type]
        facts = {
            "profile": reading.delivery.settings.profile,
            "count": bad.len(),
            "twice": "true" if twice.any() else "",
        }
        shown = reading.cells.filter(pl.col(ROW) == first)
        header = reading.profile.columns["period"]
        reading.faults.append(fault("L274", reading.delivery.file, first, header, str(shown[header][0]), **facts))
    return rows.sort("%at").select((pl.col(CENTS) - pl.col(BEFORE)).alias(CENTS)).to_series()


def _ask(reading: Reading, rows: pl.DataFrame, lines: list[str], names: list[str], said: str) -> None:
    """Ask about rows that say so in the name of a column, or that have one amount for a line in each period (L273).

    `names`: the columns of periods and amounts, and which of them says so, if any.
    """
    if rows.select(YEAR, PERIOD).n_unique() == rows[YEAR].n_unique():
        return
    going = _going_on(rows, lines)
    if not said and not going.height:
        return
    shown = going if going.height else rows
    of_line = shown.filter(pl.struct(*lines, YEAR) == shown.select(pl.struct(*lines, YEAR))[0, 0]).sort(PERIOD)
    cents, mark = of_line[CENTS], reading.profile.decimal
    value = " … ".join(amount_text(one / 100, mark) for one in dict.fromkeys((cents[0], cents[-1])))
    header = said or names[-1]
    facts = {"profile": reading.delivery.settings.profile}
    reading.faults.append(fault("L273", reading.delivery.file, of_line[ROW][-1], header, value, **facts))


def _has_two(rows: pl.DataFrame, lines: list[str]) -> bool:
    """Whether a line stands twice in a period."""
    return rows.select(*lines, YEAR, PERIOD).n_unique() < rows.height


def _going_on(rows: pl.DataFrame, lines: list[str]) -> pl.DataFrame:
    """The rows of the lines that have one amount in each period from their first one on, where half of all do."""
    line = [*lines, YEAR]
    nothing = rows.head(0)
    if not lines or _has_two(rows, lines):
        return nothing
    last = int(rows[PERIOD].max())  # type: ignore[arg-type]
    months = rows.filter(pl.col(PERIOD).is_between(1, last) & (pl.col(CENTS) != 0))
    # one row per line and year
    each = months.group_by(line).agg(pl.col(PERIOD).min().alias("%first"), pl.len().alias("%count"))
    told = each.filter(pl.col("%first") < last)
    going = told.filter(pl.col("%count") == last - pl.col("%first") + 1)
    enough = going.height >= (FEW if (going["%count"] >= LONG).any() else MANY)
    return months.join(going, on=line, how="semi") if enough and 2 * going.height >= told.height else nothing
