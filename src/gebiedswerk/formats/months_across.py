"""Rows with a column of amounts for each period: what stands in one that is not nil is a posting of its own."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from gebiedswerk.core.faults import Fault, capped, errors, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.formats.amounts import amount_text
from gebiedswerk.formats.format import MOST_NAMED, ROW, ReadFile
from gebiedswerk.formats.lacking import lacking_codes
from gebiedswerk.formats.left_out import Parted, unproven
from gebiedswerk.formats.posting_reader import Reading
from gebiedswerk.formats.running_months import months_added, running_faults
from gebiedswerk.formats.unlabelled import unlabelled_totals
from gebiedswerk.language.numbers_and_dates import euros

PERIOD, AMOUNT = "Periode", "Bedrag"
"""The columns that a row with amounts in many gets, one row for each of them."""
NOTHING = r"^[-–0.,€ ]*$"
"""A cell in which nothing is booked."""


def read_months(parts: Parted, delivery: Delivery, repeated: list[Fault]) -> tuple[ReadFile, list[Fault]]:
    """Read rows with a column of amounts for each period.

    `repeated`: what is said of rows that stand there twice, where nothing else is wrong.
    """
    if delivery.profile.running_months:
        kept, out = (months_added(one, delivery.profile) for one in (parts.kept, parts.out))
        parts = replace(parts, kept=kept, out=out)
    reading = Reading(_long(parts.kept, delivery), _with_one(delivery, AMOUNT, PERIOD))
    if not reading.cells.height:
        return ReadFile(), [*parts.faults, fault("L110", delivery.file)]
    held, same = reading.postings()
    faults = [*parts.faults, *reading.faults, *running_faults(parts.kept, delivery)]
    if not errors(reading.faults):
        balance = _sums(parts.kept, delivery)
        faults += unlabelled_totals(parts.kept, delivery, balance)
        faults += lacking_codes(parts.kept, delivery, balance)
        wrong = unproven(parts, balance, _sums(parts.out, delivery)) if parts.out.height else []
        faults += capped([fault("L184", delivery.file, row, None, euros(c), cents=c) for row, c in wrong], MOST_NAMED)
        faults += repeated
    if errors(faults):
        return ReadFile(), faults
    return ReadFile(held, held.height, *reading.sums, same), faults


def _with_one(delivery: Delivery, amount: str, period: str = "") -> Delivery:
    """The delivery as if it had one column of amounts, and one of periods or none."""
    columns = {name: of for name, of in delivery.profile.columns.items() if name not in ("debit", "credit", "period")}
    columns |= {"amount": amount} | ({"period": period} if period else {})
    return replace(delivery, profile=replace(delivery.profile, columns=columns, period_columns={}))


def _long(cells: pl.DataFrame, delivery: Delivery) -> pl.DataFrame:
    """A row for each amount that is not nil, in the order of the file."""
    profile, columns = delivery.profile, delivery.profile.period_columns
    rest = [pl.col(name) for name in cells.columns if name not in columns.values()]
    numbers = all(cells.schema[name] == pl.Float64 for name in columns.values())
    found = []
    for period, name in columns.items():
        amounts = cells[name] if numbers else _texts(cells[name], profile.decimal)
        there = (amounts != 0).fill_null(value=False) if numbers else ~amounts.str.contains(NOTHING)
        one = cells.select(*rest, pl.lit(period, pl.String).alias(PERIOD), amounts.alias(AMOUNT))
        found.append(one.filter(there))
    return pl.concat(found).sort(ROW, maintain_order=True)


def _texts(column: pl.Series, decimal: str) -> pl.Series:
    if column.dtype != pl.Float64:
        return column.cast(pl.String).fill_null("")
    texts = ["" if cell is None else amount_text(cell, decimal) for cell in column.to_list()]
    return pl.Series(column.name, texts, dtype=pl.String)


def _sums(cells: pl.DataFrame, delivery: Delivery) -> pl.Series:
    """Debit minus credit of each row over all its periods, in cents; an empty cell is nothing."""
    columns = delivery.profile.period_columns.values()
    found = [Reading(cells, _with_one(delivery, name)).balances() for name in columns]
    return pl.DataFrame({str(at): one for at, one in enumerate(found)}).sum_horizontal()
