"""Amounts in whole cents, a column at once: written with the marks of a package, or as the numbers of a spreadsheet."""

from __future__ import annotations

import re

import polars as pl

from gebiedswerk.core.money import MOST_CENTS

DIGITS = len(str(MOST_CENTS)) - 3
"""Whole digits of an amount: more is not meant by anyone, and many of them would not fit the sums of an engine."""
NEAR = 1e-6
"""How far in euros a number of a spreadsheet may be from whole cents: what adding up in binary leaves behind."""


def number_cents(column: str) -> pl.Expr:
    """A number of a spreadsheet in whole cents; null where it is further from them than `NEAR`."""
    cents = (pl.col(column) * 100).round().cast(pl.Int64, strict=False)
    fits = pl.col(column).abs() < 10**DIGITS
    return pl.when(((cents / 100 - pl.col(column)).abs() <= NEAR) & fits).then(cents).otherwise(None).alias("cents")


def amount_cents(column: str, decimal: str, thousands: str, *, trailing_minus: bool = False) -> pl.Expr:
    """An amount with these marks in whole cents; null where it is none. The rule is `core.dutch.parse_cents`."""
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
