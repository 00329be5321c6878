"""Rows with several columns of amounts, each read as if it were the only one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import polars as pl

from gebiedswerk.dossier import Delivery
from gebiedswerk.dossier.settings import BudgetAmounts


def with_amounts_in(delivery: Delivery, header: str, *, period: str = "") -> Delivery:
    """The delivery as if it had one column of amounts, and where it is named another one of periods."""
    own = {"amount", "debit", "credit"} | ({"period"} if period else set())
    columns = {name: of for name, of in delivery.profile.columns.items() if name not in own}
    columns |= {"amount": header} | ({"period": period} if period else {})
    alone = replace(
        delivery.profile, columns=columns, budget_amounts=BudgetAmounts(), period_columns={}, income_columns={}
    )
    alone = replace(alone, running_months=False)
    return replace(delivery, profile=alone)


def row_sums(columns: Iterable[pl.Series]) -> pl.Series:
    """The amounts of a row together, in cents; an empty one is nothing."""
    return pl.DataFrame({str(at): one for at, one in enumerate(columns)}).sum_horizontal()
