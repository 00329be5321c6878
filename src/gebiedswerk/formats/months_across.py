"""Rows with a column of amounts for each period: what stands in one that is not nil is a posting of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings import Flows
from gebiedswerk.formats.amount_columns import row_sums, with_amounts_in
from gebiedswerk.formats.amounts import NOTHING, amount_text, number_cents
from gebiedswerk.formats.format import ROW, ReadFile
from gebiedswerk.formats.lacking import lacking_codes
from gebiedswerk.formats.left_out import Parted, unproven_faults
from gebiedswerk.formats.month_years import MonthColumn, month_columns, with_years
from gebiedswerk.formats.normalise import bare_amounts
from gebiedswerk.formats.period_heads import is_number_alone
from gebiedswerk.formats.posting_reader import Reading
from gebiedswerk.formats.running_months import months_added, running_faults
from gebiedswerk.formats.sums_of_rows import sums_of_rows
from gebiedswerk.formats.unlabelled import unlabelled_totals

PERIOD, AMOUNT = "Periode", "Bedrag"
"""The columns that a row with amounts in many gets, one row for each of them."""
SIDE, COSTS, INCOME = "Lasten/baten", "lasten", "baten"
"""The column that it gets where costs and income of a period have a column each, and what stands there."""
MONTHS_EACH = ((3, 4), (1, 4), (4, 3), (6, 2))
"""How many months a period may have, and the most columns of such periods in a year."""


def read_months(parts: Parted, delivery: Delivery, repeated: list[Fault]) -> Checked[ReadFile]:
    """Read rows with a column of amounts for each period.

    `repeated`: what is said of rows that stand there twice, where nothing else is wrong.
    """
    (columns, by_month), asked = month_columns(parts.kept, delivery)
    income = _of_income(columns, delivery)
    asked = (*asked, *_longer_periods(delivery), *running_faults(parts.kept, columns, delivery))
    asked = (*asked, *(running_faults(parts.kept, income, delivery) if income else ()))
    for each in (columns, income) if delivery.profile.running_months else ():
        kept, out = (months_added(one, each, delivery.profile) for one in (parts.kept, parts.out))
        parts = replace(parts, kept=kept, out=out) if each else parts
    reading = Reading(_long(parts.kept, [*columns, *income], delivery), _with_sides(by_month))
    if not reading.cells.height:
        return Checked(ReadFile(), (*parts.faults, fault("L110", delivery.file)))
    held, same = reading.postings()
    named = dict.fromkeys(_in_its_month(one, parts.kept, delivery) for one in reading.faults)
    faults = [*parts.faults, *named, *asked]
    if not errors(reading.faults):
        balance = _sums(parts.kept, delivery)
        faults += unlabelled_totals(parts.kept, delivery, balance)
        faults += sums_of_rows(parts.kept, delivery, balance)
        faults += lacking_codes(parts.kept, delivery, balance)
        faults += unproven_faults(parts, delivery.file, balance, lambda out: _sums(out, delivery))
        faults += repeated
    if errors(faults):
        return Checked(ReadFile(), tuple(faults))
    return Checked(ReadFile(held, held.height, *reading.sums, same), tuple(faults))


def _of_income(columns: Sequence[MonthColumn], delivery: Delivery) -> list[MonthColumn]:
    """The columns of income, each with the year and period of that of the costs beside it."""
    of_income = delivery.profile.income_columns
    beside = zip(delivery.profile.period_columns, columns, strict=True)
    return [replace(one, name=of_income[key], income=True) for key, one in beside if key in of_income]


def _with_sides(delivery: Delivery) -> Delivery:
    """The delivery as if each row had one amount and its period; and said whether that is income, where columns do."""
    alone = with_amounts_in(delivery, AMOUNT, period=PERIOD)
    if not delivery.profile.income_columns:
        return alone
    return replace(alone, profile=replace(alone.profile, flows=Flows(SIDE, income=[INCOME])))


def _longer_periods(delivery: Delivery) -> Iterator[Fault]:
    """Ask how many months the periods of a year have that numbers alone name, up to 4: they may be quarters (L271)."""
    profile, names = delivery.profile, [*delivery.profile.period_columns.values()]
    keys = [*profile.period_columns]
    if profile.quarters is None and profile.period_months is None and all(map(is_number_alone, names)):
        months = [
            one for one, most in MONTHS_EACH if keys == list(map(str, range(1, len(keys) + 1))) and len(keys) <= most
        ]
        if months:
            facts = {"profile": delivery.settings.profile, "months": months, "last": names[-1]}
            yield fault("L271", delivery.file, None, names[0], names[0], **facts)


def _long(cells: pl.DataFrame, columns: Sequence[MonthColumn], delivery: Delivery) -> pl.DataFrame:
    """A row for each amount that is not nil, in the order of the file."""
    profile, taken = delivery.profile, {one.name for one in columns} | {PERIOD, AMOUNT, SIDE}
    rest = [pl.col(name) for name in cells.columns if name not in taken]
    numbers = all(cells.schema[one.name] == pl.Float64 for one in columns)
    found = []
    for column in columns:
        amounts = cells[column.name] if numbers else _texts(cells[column.name], profile.decimal)
        there = _is_money(amounts) if numbers else ~_bare(amounts, profile).str.contains(NOTHING)
        rows = with_years(cells, column, delivery)
        own = {PERIOD: column.key, SIDE: INCOME if column.income else COSTS}
        said = (pl.lit(text, pl.String).alias(name) for name, text in own.items())
        one = rows.select(*rest, *said, amounts.alias(AMOUNT))
        found.append(one.filter(there))
    return pl.concat(found, how="vertical_relaxed").sort(ROW, maintain_order=True)


def _is_money(amounts: pl.Series) -> pl.Series:
    """Whether numbers are no nil, nor what a spreadsheet left of it in adding up: 0.00000000001."""
    cents = amounts.to_frame().select(number_cents(amounts.name)).to_series()
    return amounts.is_not_null() & (cents != 0).fill_null(value=True)


def _bare(amounts: pl.Series, profile: Profile) -> pl.Series:
    """Amounts without currency and blanks: `EUR 0,00` is nothing too."""
    return bare_amounts(amounts, profile.decimal, profile.thousands, trailing_minus=profile.trailing_minus)


def _in_its_month(said: Fault, cells: pl.DataFrame, delivery: Delivery) -> Fault:
    """A fault of an amount with the column of the file in which it stands, the first one of its row."""
    if said.column != AMOUNT or said.row is None:
        return said
    names = [*delivery.profile.period_columns.values(), *delivery.profile.income_columns.values()]
    row = cells.filter(pl.col(ROW) == said.row).select(names)
    shown = (name for name in names if said.value in _texts(row[name], delivery.profile.decimal).to_list())
    return replace(said, column=next(shown, AMOUNT))


def _texts(column: pl.Series, decimal: str) -> pl.Series:
    if column.dtype != pl.Float64:
        return column.cast(pl.String).fill_null("")
    texts = ["" if cell is None else amount_text(cell, decimal) for cell in column.to_list()]
    return pl.Series(column.name, texts, dtype=pl.String)


def _sums(cells: pl.DataFrame, delivery: Delivery) -> pl.Series:
    """Debit minus credit of each row over all its periods, in cents; an empty cell is nothing."""
    columns = [*delivery.profile.period_columns.values(), *delivery.profile.income_columns.values()]
    return row_sums(Reading(cells, with_amounts_in(delivery, name)).balances() for name in columns)
