"""In which fiscal year and period each column of a month counts, where its name and the year of its row disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import polars as pl

from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.formats.period_cells import year_or_period

LAST_MONTH = 12
HEADER, BEFORE, BY_ROW, ORDER = "header", "before", "row", "order"


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """A column of a period: its name, its period, the year that its name says, and how many years before that of its
    row it lies.
    """

    name: str
    period: int
    year: int | None = None
    years_before: int = 0
    income: bool = False

    @property
    def key(self) -> str:
        """As a cell of periods has it: `3`, or `2025-03`."""
        return str(self.period) if self.year is None else f"{self.year}-{self.period:02d}"

    @property
    def order(self) -> tuple[int, int]:
        """By which columns follow each other in time."""
        return (self.year or -self.years_before, self.period)


def month_columns(cells: pl.DataFrame, delivery: Delivery) -> Checked[tuple[list[MonthColumn], Delivery]]:
    """The columns of periods in the order of the file, with the years and periods that the profile gives them; and the
    delivery without its column of years, where that of a month counts.

    Where months go over New Year, or are of another year than their row says, and the profile does not say which one
    counts (`year_of_months`), that is asked (L270).
    """
    columns = named_columns(delivery)
    choices = _choices(columns, cells, delivery)
    said = delivery.profile.year_of_months
    if not choices:
        return Checked((columns, delivery))
    if said not in choices:
        first, last = columns[0].name, columns[-1].name
        facts = {"profile": delivery.settings.profile, "choices": choices, "first": first, "last": last}
        facts["years"] = ", ".join(map(str, _years_of_rows(cells, delivery))) or "–"
        asked = fault("L270", delivery.file, None, first, first, **facts)
        return Checked(([MonthColumn(one.name, one.period) for one in columns], delivery), (asked,))
    if said == HEADER:
        return Checked((columns, _without_year(delivery)))
    turn = _turn(columns) if said == BEFORE else 0
    months = [one.name for one in columns if 1 <= one.period <= LAST_MONTH]
    found = []
    for one in columns:
        at = months.index(one.name) if one.name in months else LAST_MONTH
        period = at + 1 if said == ORDER and one.name in months else one.period
        found.append(MonthColumn(one.name, period, None, int(at < turn)))
    return Checked((found, delivery))


def _without_year(delivery: Delivery) -> Delivery:
    """The delivery as if it had no column of years."""
    columns = {name: header for name, header in delivery.profile.columns.items() if name != "year"}
    return replace(delivery, profile=replace(delivery.profile, columns=columns))


def named_columns(delivery: Delivery) -> list[MonthColumn]:
    """The columns of periods as the profile names them."""
    found = []
    for key, name in delivery.profile.period_columns.items():
        year, _, period = key.rpartition("-")
        found.append(MonthColumn(name, int(period), int(year) if year else None))
    return found


def _choices(columns: Sequence[MonthColumn], cells: pl.DataFrame, delivery: Delivery) -> list[str]:
    """In how many ways years can be told, the likeliest first; none where there is one way alone."""
    with_year, turn = "year" in delivery.profile.columns, _turn(columns)
    years = {one.year for one in columns}
    months = [one.period for one in columns if 1 <= one.period <= LAST_MONTH]
    if None not in years:
        if not with_year or len(years) == 1 and set(_years_of_rows(cells, delivery)) <= years:
            return []
        rest = [BY_ROW] if len(set(months)) == len(months) else []
        return [HEADER, *rest, *([ORDER] if _is_out_of_order(months) and len(months) <= LAST_MONTH else [])]
    if years != {None} or not turn:
        return []
    return [*([BEFORE] if with_year else []), ORDER, BY_ROW]


def _turn(columns: Sequence[MonthColumn]) -> int:
    """The place of the first month after New Year among the months, where those begin later and go over it; else 0."""
    months = [one.period for one in columns if 1 <= one.period <= LAST_MONTH]
    falls = [at for at, (one, after) in enumerate(pairwise(months), start=1) if after < one]
    return falls[0] if len(falls) == 1 and months[-1] < months[0] else 0


def _is_out_of_order(months: Sequence[int]) -> bool:
    return list(months) != list(range(1, len(months) + 1))


def _years_of_rows(cells: pl.DataFrame, delivery: Delivery) -> list[int]:
    """The years that the column of years says."""
    header = delivery.profile.columns.get("year")
    told = cells[header].cast(pl.String).unique() if header else pl.Series(dtype=pl.String)
    return sorted({year for cell in told if cell and (year := year_or_period(str(cell), 0)) is not None})


def with_years(cells: pl.DataFrame, column: MonthColumn, delivery: Delivery) -> pl.DataFrame:
    """The rows with the year in which a column counts, where that is one before that of the row."""
    header = delivery.profile.columns.get("year")
    if not column.years_before or header is None:
        return cells
    earlier = [
        str(year - column.years_before) if (year := year_or_period(str(cell), 0)) is not None else str(cell or "")
        for cell in cells[header].cast(pl.String).to_list()
    ]
    return cells.with_columns(pl.Series(header, earlier, dtype=pl.String))
