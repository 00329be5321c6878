"""Days that say the period of a posting: of one booked after its year, and of a number such as `2025.1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from gebiedswerk.core.faults import fault
from gebiedswerk.formats.format import ROW
from gebiedswerk.formats.period_cells import is_short

if TYPE_CHECKING:
    from gebiedswerk.formats.posting_reader import Reading

FEW_MONTHS = 6
"""A year with postings in fewer months than this has no late ones yet."""


def late_year(reading: Reading) -> int | None:
    """The last year of the days of a file, where only days say the year, and of it there are none but in January, below
    most of the year before.
    """
    days = [day for cell in reading.distinct("booked_on").cells if (day := reading.day(cell)) is not None]
    last = max((day.year for day in days), default=0)
    months = {day.month for day in days if day.year == last}
    before = {day.month for day in days if day.year == last - 1}
    return last if months == {1} and len(before) >= FEW_MONTHS else None


def with_late_days(reading: Reading, year: pl.Series, period: pl.Series) -> pl.Series:
    """The periods, where days say them, of rows whose day falls in another year than they count in: that of the profile
    (`late_period`), and 1 for a day before it. Where the profile says nothing they are asked about (L262).
    """
    columns, said = reading.profile.columns, reading.profile.late_period
    days = columns.get("booked_on")
    if days is None or columns.get("period") != days or said == 0:
        return period
    of_day = reading.once("booked_on", lambda cell: day.year if (day := reading.day(cell)) else None, pl.Int16)
    if columns.get("year") == days:
        late, early = (of_day == (reading.late_year or 0)), pl.repeat(value=False, n=of_day.len(), eager=True)
    else:
        late, early = (of_day > year), (of_day < year)
    other = (late | early).fill_null(value=False)
    if not other.any():
        return period
    if said is None:
        first = int(other.arg_true()[0])
        facts = {"count": int(other.sum()), "profile": reading.delivery.settings.profile}
        row, cell = reading.cells[ROW][first], str(reading.cells[days][first])
        reading.faults.append(fault("L262", reading.delivery.file, row, days, cell, **facts))
        return period
    told = pl.when(late).then(said).when(early).then(1).otherwise(period)
    return pl.select(told.cast(period.dtype)).to_series()


def short_periods(reading: Reading) -> None:
    """Ask which month `2025.1` is (L261): a spreadsheet makes that of `2025.10`.

    `both`: numbers of one digit stand for other months too, so that it may be January here and October there.
    """
    column = reading.distinct("period")
    cells = column.cells
    short = [cell for cell in cells if is_short(cell)]
    if not short or reading.profile.short_period is not None:
        return
    digits = {cell[5:] for cell in cells}
    if "10" in digits or "1" not in digits and not digits & {"11", "12"}:
        return  # nothing is lost, or no month is in doubt
    named = [cell for cell in short if cell.endswith("1")] or short
    first = int(column.where([cell in named for cell in cells]).arg_true()[0])
    count, header = int(column.where([is_short(cell) for cell in cells]).sum()), reading.profile.columns["period"]
    facts = {"count": count, "profile": reading.delivery.settings.profile}
    single = bool(digits & set("23456789"))
    facts["likely"] = "1" if single else "10"
    facts["both"] = "true" if single and digits & {"11", "12"} else ""
    value = column.each(list(cells), pl.String)[first]
    reading.faults.append(fault("L261", reading.delivery.file, reading.cells[ROW][first], header, value, **facts))
