"""Debit and credit of each row: by their own columns, by a sign, or by the side on which income stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from gebiedswerk.core.faults import fault
from gebiedswerk.dossier.settings import DeliveryKind, SignColumn
from gebiedswerk.formats.column_store import matching
from gebiedswerk.formats.format import ROW, listed_rows
from gebiedswerk.formats.normalise import CURRENCY

if TYPE_CHECKING:
    from gebiedswerk.formats.posting_reader import Reading

MARK_AROUND = r"(^[A-Za-z]{1,8}|[A-Za-z]{1,8}$)"
"""The letters before or behind an amount that give its sign: `1.250,00 D`."""
OFTEN = 3
"""Costs below zero, one in so many rows and euros: more than is taken back in an ordinary file."""


def sides(reading: Reading) -> tuple[pl.Series, pl.Series]:
    """Debit and credit of each row in cents, as the columns and marks of the profile say."""
    if "amount" in reading.profile.columns:
        return _signed(reading)
    debit, credit = reading.cents("debit"), reading.cents("credit")
    _without_amount(reading, debit, credit)
    if reading.profile.negative_credit:
        return debit, -credit
    below, above = int((credit < 0).sum()), int((credit > 0).sum())
    if reading.profile.negative_credit is None and below and (below >= above or int(credit.sum()) < 0):
        header = reading.profile.columns["credit"]
        first = int((credit < 0).arg_true()[0])
        facts = {"count": below, "cents": int(credit.sum()), "profile": reading.delivery.settings.profile}
        value = reading.cells[header][first]
        reading.faults.append(fault("L185", reading.delivery.file, reading.cells[ROW][first], header, value, **facts))
    return debit, credit


def _without_amount(reading: Reading, debit: pl.Series, credit: pl.Series) -> None:
    """Say which rows have nothing in debit and nothing in credit: they count as 0,00 (L243).

    A cell that is empty beside 0,00 is one of them too, where its column is filled in every row with an amount.
    """
    zero = ((debit == 0) & (credit == 0)).fill_null(value=False)
    if not zero.any():
        return
    empty = [_empty(reading.text(name)) for name in ("debit", "credit")]
    nothing = zero & empty[0] & empty[1]
    for cells in empty:
        nothing = nothing if (cells & ~zero).any() else nothing | zero & cells
    if nothing.any():
        rows = reading.cells[ROW].filter(nothing)
        listed = listed_rows(rows)
        header = reading.profile.columns["debit"]
        reading.faults.append(fault("L243", reading.delivery.file, rows[0], header, listed, count=rows.len()))


def _empty(cells: pl.Series) -> pl.Series:
    return cells.is_null() if cells.dtype == pl.Float64 else (cells == "").fill_null(value=False)


def _signed(reading: Reading) -> tuple[pl.Series, pl.Series]:
    """Debit and credit of one amount: by its own sign, or by a column that says which it is (`[sign]`)."""
    cents, sign = reading.cents("amount"), reading.profile.sign
    cents = -cents if reading.profile.negative_costs else cents
    if sign is None:
        return cents.clip(lower_bound=0), -cents.clip(upper_bound=0)
    marks = _marks(reading, sign)
    credit = _one_of(marks, sign.negative)
    below = credit & (cents < 0).fill_null(value=False)
    if sign.signed is None and below.any() and not ((credit & (cents > 0)) | (~credit & (cents < 0))).any():
        _asked(reading, "L242", below, int(cents.filter(below).sum()))
    if sign.signed:
        cents = pl.select(pl.when(credit).then(-cents).otherwise(cents)).to_series()
    if sign.positive:
        strange = ~(credit | _one_of(marks, sign.positive))
        choices = [*sign.positive, *sign.negative]
        reading.note("D105", "", strange, sign.column, kind="choice", choices=choices)
    nothing = pl.zeros(cents.len(), dtype=pl.Int64, eager=True)
    return cents.zip_with(~credit, nothing), cents.zip_with(credit, nothing)


def _asked(reading: Reading, code: str, where: pl.Series, cents: int) -> None:
    """Ask about the amounts in these places: a fault with the first of them, how many they are and their sum."""
    first, header = int(where.arg_true()[0]), reading.profile.columns["amount"]
    facts = {"count": int(where.sum()), "cents": cents, "profile": reading.delivery.settings.profile}
    cell = reading.cells[header][first]
    reading.faults.append(fault(code, reading.delivery.file, reading.cells[ROW][first], header, cell, **facts))


def costs_below_zero(reading: Reading, balance: pl.Series, flow: pl.Series) -> bool:
    """Ask about costs that stand below zero in one column that holds its own sign (L241).

    Of an area a municipality nearly always spends more than it takes back, and more often: asked where that is not so,
    or where it takes back a third of it in a third of the rows. A file that comes to nil is another question (L189).
    """
    profile, kind = reading.profile, reading.delivery.settings.kind
    said = profile.negative_costs is not None or profile.sign is not None or kind is not DeliveryKind.REALISED
    if said or "amount" not in profile.columns or balance.null_count():
        return False
    costs = (flow == "costs") & (balance != 0)
    below = costs & (balance < 0)
    total, back = int(balance.filter(costs).sum()), -int(balance.filter(below).sum())
    often = below.sum() * 4 >= costs.sum() * 3 or (
        below.sum() * OFTEN >= costs.sum() and back * OFTEN >= total + back and int(balance.sum()) != 0
    )
    if not below.any() or not often and total >= 0:
        return False
    _asked(reading, "L241", below.fill_null(value=False), total)
    return True


def _marks(reading: Reading, sign: SignColumn) -> pl.Series:
    """The cell that gives the sign: of its own column, or the letters around the amount where that is the same."""
    marks = reading.cells[sign.column]
    if sign.column != reading.profile.columns["amount"] or marks.dtype == pl.Float64:
        return marks
    return _without_currency(marks.cast(pl.String)).str.extract(MARK_AROUND, 1).fill_null("").str.strip_chars()


def _one_of(marks: pl.Series, words: Sequence[str]) -> pl.Series:
    """Where one of these words stands, in capitals or not: packages and people write `D` and `d` in one file."""
    small = [word.lower() for word in words]
    return matching(marks, lambda texts: texts.str.to_lowercase().is_in(small))


def without_marks(texts: pl.Series) -> pl.Series:
    """Amounts without currency and the letters before or behind them that give the sign: `EUR 12,50 D` is `12,50`."""
    return _without_currency(texts).str.replace(MARK_AROUND, "").str.strip_chars()


def _without_currency(texts: pl.Series) -> pl.Series:
    return texts.str.replace_all(rf"(?i)(^|[^a-z]){CURRENCY}([^a-z]|$)", "${1}${2}").str.strip_chars()


def income_signed(
    reading: Reading, debit: pl.Series, credit: pl.Series, flow: pl.Series
) -> tuple[pl.Series, pl.Series]:
    """Debit and credit where income stands without its minus: turned round, or asked about (L186).

    Nobody is asked where most of it stands below zero and together too, or in a column of its own.
    """
    profile = reading.profile
    if profile.unsigned_income is False or "amount" not in profile.columns or profile.sign is not None:
        return debit, credit
    income = flow.is_in(["income", "reserve_out"])
    if not income.any():
        return debit, credit
    if profile.unsigned_income:
        return debit.zip_with(~income, credit), credit.zip_with(~income, debit)
    booked, back = int(debit.filter(income).sum()), int(credit.filter(income).sum())
    above = int((debit.filter(income) > 0).sum())
    if booked > back or above and above >= int((credit.filter(income) > 0).sum()):
        header = profile.columns["amount"]
        first = int(income.arg_true()[0])
        facts = {"count": int(income.sum()), "cents": booked - back, "profile": reading.delivery.settings.profile}
        facts["turned"] = str(profile.negative_costs or "")
        value = reading.cells[header][first]
        reading.faults.append(fault("L186", reading.delivery.file, reading.cells[ROW][first], header, value, **facts))
    return debit, credit
