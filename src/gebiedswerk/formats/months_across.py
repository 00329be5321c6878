"""Rows with a column of amounts for each period: what stands in one that is not nil is a posting of its own."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from gebiedswerk.core.faults import Fault, errors, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.formats.amount_columns import row_sums, with_amounts_in
from gebiedswerk.formats.amounts import NOTHING, amount_text
from gebiedswerk.formats.format import ROW, ReadFile
from gebiedswerk.formats.lacking import lacking_codes
from gebiedswerk.formats.left_out import Parted, unproven_faults
from gebiedswerk.formats.normalise import bare_amounts
from gebiedswerk.formats.posting_reader import Reading
from gebiedswerk.formats.running_months import months_added, running_faults
from gebiedswerk.formats.unlabelled import unlabelled_totals

PERIOD, AMOUNT = "Periode", "Bedrag"
"""The columns that a row with amounts in many gets, one row for each of them."""


def read_months(parts: Parted, delivery: Delivery, repeated: list[Fault]) -> tuple[ReadFile, list[Fault]]:
    """Read rows with a column of amounts for each period.

    `repeated`: what is said of rows that stand there twice, where nothing else is wrong.
    """
    if delivery.profile.running_months:
        kept, out = (months_added(one, delivery.profile) for one in (parts.kept, parts.out))
        parts = replace(parts, kept=kept, out=out)
    reading = Reading(_long(parts.kept, delivery), with_amounts_in(delivery, AMOUNT, period=PERIOD))
    if not reading.cells.height:
        return ReadFile(), [*parts.faults, fault("L110", delivery.file)]
    held, same = reading.postings()
    named = dict.fromkeys(_in_its_month(one, parts.kept, delivery) for one in reading.faults)
    faults = [*parts.faults, *named, *running_faults(parts.kept, delivery)]
    if not errors(reading.faults):
        balance = _sums(parts.kept, delivery)
        faults += unlabelled_totals(parts.kept, delivery, balance)
        faults += lacking_codes(parts.kept, delivery, balance)
        faults += unproven_faults(parts, delivery.file, balance, lambda out: _sums(out, delivery))
        faults += repeated
    if errors(faults):
        return ReadFile(), faults
    return ReadFile(held, held.height, *reading.sums, same), faults


def _long(cells: pl.DataFrame, delivery: Delivery) -> pl.DataFrame:
    """A row for each amount that is not nil, in the order of the file."""
    profile, columns = delivery.profile, delivery.profile.period_columns
    rest = [pl.col(name) for name in cells.columns if name not in columns.values()]
    numbers = all(cells.schema[name] == pl.Float64 for name in columns.values())
    found = []
    for period, name in columns.items():
        amounts = cells[name] if numbers else _texts(cells[name], profile.decimal)
        there = (amounts != 0).fill_null(value=False) if numbers else ~_bare(amounts, profile).str.contains(NOTHING)
        one = cells.select(*rest, pl.lit(period, pl.String).alias(PERIOD), amounts.alias(AMOUNT))
        found.append(one.filter(there))
    return pl.concat(found).sort(ROW, maintain_order=True)


def _bare(amounts: pl.Series, profile: Profile) -> pl.Series:
    """Amounts without currency and blanks: `EUR 0,00` is nothing too."""
    return bare_amounts(amounts, profile.decimal, trailing_minus=profile.trailing_minus)


def _in_its_month(said: Fault, cells: pl.DataFrame, delivery: Delivery) -> Fault:
    """A fault of an amount with the column of the file in which it stands, the first one of its row."""
    if said.column != AMOUNT or said.row is None:
        return said
    names = list(delivery.profile.period_columns.values())
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
    columns = delivery.profile.period_columns.values()
    return row_sums(Reading(cells, with_amounts_in(delivery, name)).balances() for name in columns)
