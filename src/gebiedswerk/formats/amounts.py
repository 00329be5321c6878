"""Amounts in whole cents, a column at once: written with the marks of a package, or as the numbers of a spreadsheet."""

from __future__ import annotations

import re

import polars as pl

from gebiedswerk.core.money import MOST_CENTS
from gebiedswerk.formats.grid import number_text

DIGITS = len(str(MOST_CENTS)) - 3
"""Whole digits of an amount: more is not meant by anyone, and many of them would not fit the sums of an engine."""
NOTHING = r"^[-–0.,€ ]*$"
"""A cell in which nothing is booked."""
NEAR = 1e-6
"""How far in euros a number of a spreadsheet may be from whole cents: what adding up in binary leaves behind."""


def number_cents(column: str) -> pl.Expr:
    """A number of a spreadsheet in whole cents; null where it is further from them than `NEAR`."""
    cents = (pl.col(column) * 100).round().cast(pl.Int64, strict=False)
    fits = pl.col(column).abs() < 10**DIGITS
    return pl.when(((cents / 100 - pl.col(column)).abs() <= NEAR) & fits).then(cents).otherwise(None).alias("cents")


def amount_cents(column: str, decimal: str, thousands: str, *, trailing_minus: bool = False) -> pl.Expr:
    """An amount with these marks in whole cents; null where it is none. The rule is `numbers_and_dates.parse_cents`."""
    mark, group = re.escape(decimal), re.escape(thousands)
    grouped = rf"|[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+" if thousands else ""
    number = rf"(?:[0-9]+{grouped})(?:{mark}[0-9]{{1,2}})?"
    text = pl.col(column)
    valid = text.str.contains(rf"^[+\-−]?{number}$" + (rf"|^{number}[\-−]$" if trailing_minus else ""))
    whole = text.str.extract(rf"^[+\-−]?([0-9{group}]+)", 1).str.replace_all(thousands or " ", "", literal=True)
    rest = text.str.extract(rf"{mark}([0-9]{{1,2}})[\-−]?$", 1).fill_null("").str.pad_end(2, "0")
    fits = whole.str.strip_chars_start("0").str.len_bytes() <= DIGITS
    sign = pl.when(text.str.contains(r"^[\-−]|[\-−]$")).then(-1).otherwise(1)
    cents = sign * (whole.cast(pl.Int64, strict=False) * 100 + rest.cast(pl.Int64, strict=False))
    return pl.when(valid & fits & pl.lit(decimal != thousands)).then(cents).otherwise(None).alias("cents")


def with_cents(euros: pl.Series, written: pl.Series, cents: pl.Series) -> pl.Series:
    """Whole euros (in cents) with the cents of a column beside them; null where either is no such number.

    Takes the cells of both as they stand: `-0` with 50 beside it is half a euro back.
    """
    parts = cents.cast(pl.String).fill_null("").str.extract(r"^([-−]?[0-9]{1,2})(?:[.,]0+)?$", 1).str.replace("−", "-")
    empty = cents.cast(pl.String).fill_null("") == ""
    rest = parts.cast(pl.Int64, strict=False).set(empty, 0)
    below = (
        (euros < 0)
        | written.cast(pl.String).fill_null("").str.contains(r"^ *[-−(]|[-−)] *$")
        | (parts.str.starts_with("-").fill_null(value=False))
    )
    whole = pl.select(pl.when(euros % 100 == 0).then(euros.abs() + rest.abs())).to_series()
    return whole.zip_with(~below.fill_null(value=False), -whole)


def read_amounts(column: pl.Series, decimal: str, thousands: str, *, trailing_minus: bool = False) -> pl.Series:
    """A column of amounts in whole cents; null where a cell is none. The same as `amount_cents`, cell for cell.

    What is written as almost every package does, with two decimals and a minus in front if any, is cents as soon as its
    marks are gone; the few cells that are written otherwise are read by the rule itself.
    """
    usual = column.to_frame().select(_usual_cents(column.name, decimal, thousands)).to_series()
    other = usual.is_null() & (column != "")
    if not other.any():
        return usual
    rule = amount_cents(column.name, decimal, thousands, trailing_minus=trailing_minus)
    return usual.scatter(other.arg_true(), column.to_frame().filter(other).select(rule).to_series())


def _usual_cents(column: str, decimal: str, thousands: str) -> pl.Expr:
    """Cents of `1.234,56`, `1234,56` and `-0,05`; null for whatever is written otherwise."""
    mark, group = re.escape(decimal), re.escape(thousands)
    grouped = rf"|[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}}){{1,{DIGITS // 3 - 1}}}" if thousands else ""
    text = pl.col(column)
    bare = text.str.replace_all(thousands, "", literal=True) if thousands else text
    usual = text.str.contains(rf"^-?(?:[0-9]{{1,{DIGITS}}}{grouped}){mark}[0-9]{{2}}$") & pl.lit(decimal != thousands)
    cents = bare.str.replace(decimal, "", literal=True).cast(pl.Int64, strict=False)
    return pl.when(usual).then(cents).otherwise(None).alias("cents")


def amount_text(number: float, decimal: str) -> str:
    """An amount among texts, with the marks of the profile; more than two decimals stay, and are then no amount."""
    near = f"{number:.2f}"
    return (near if abs(float(near) - number) <= NEAR else number_text(number)).replace(".", decimal)
