"""Which part of a decision a row is: money that it brings into the budget of its year, or that it takes out of it.

The rule stands here alone: `PARTS` in a table, `with_part` for rows; `verify.sql` is made from the table too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import polars as pl


@dataclass(frozen=True, slots=True)
class DecisionPart:
    """The rows of some `kinds` with an amount above zero (`sign` 1) or below it (-1).

    `in_budget`: only where the decision puts the money in the budget.
    """

    name: str
    kinds: tuple[str, ...]
    sign: int
    in_budget: bool = False


PARTS: Sequence[DecisionPart] = (
    DecisionPart("brought_in", ("carry_over", "opening"), sign=1, in_budget=True),
    DecisionPart("moved_out", ("carry_over",), sign=-1),
)


def with_part(postings: pl.LazyFrame) -> pl.LazyFrame:
    """Say of every posting which part of a decision it is.

    Takes one row per posting share. Returns the same rows in their order with a column `part` (str): a name of `PARTS`,
    else empty.
    """
    none: pl.Expr = pl.lit("")
    part = reduce(lambda other, one: pl.when(_is(one)).then(pl.lit(one.name)).otherwise(other), PARTS, none)
    return postings.with_columns(part.alias("part"))


def _is(part: DecisionPart) -> pl.Expr:
    """Whether a row is of a part."""
    amount = pl.col("cents") * part.sign > 0
    found = pl.col("kind").is_in(part.kinds) & amount
    return found & pl.col("in_budget") if part.in_budget else found
