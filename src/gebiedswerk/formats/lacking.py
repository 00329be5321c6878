"""Rows with an amount and without a code that the other rows have: cut off, or postings without a place."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.formats.format import ROW, listed_rows

TELLING = ("ledger_account", "cost_centre", "project")
"""Codes that packages write in every row, or leave empty in many; so is the one that tells income."""
PART = 100
"""Rows that lack a code are no more than one and one in so many; where more lack it the package leaves it empty."""


def few_lacking(rows: int) -> int:
    """So many of some rows may lack a code by chance."""
    return 1 + rows // PART


def lacking_codes(cells: pl.DataFrame, delivery: Delivery, balance: pl.Series) -> Iterator[Fault]:
    """Ask about the few rows with an amount that lack a code which all others have (L249), of all columns at once; of
    rows that lack every code also where they are more.

    Takes debit minus credit of each row. Whoever said that such rows are postings (`empty_codes`) is not asked; a file
    of budgets has rows for a whole line.
    """
    profile = delivery.profile
    if profile.empty_codes or profile.unlabelled_totals is False or delivery.settings.kind is DeliveryKind.BUDGET:
        return
    columns = dict.fromkeys([*(profile.columns.get(name) for name in TELLING), profile.flows.column])
    lacking, told = pl.repeat(value=False, n=cells.height, dtype=pl.Boolean, eager=True), list[str]()
    texts = [header for header in columns if header in cells.columns and cells.schema[header] != pl.Float64]
    without = {header: (cells[header] == "").fill_null(value=True) for header in texts}
    bare = int(pl.select(pl.all_horizontal(*without.values())).to_series().sum()) if len(without) > 1 else 0
    for header, empty in without.items():
        count = int(empty.sum())
        few = count <= few_lacking(cells.height) or count == bare
        if 0 < count * 3 <= cells.height and few:
            booked = empty & (balance != 0).fill_null(value=False)
            lacking, told = lacking | booked, [*told, header] if booked.any() else told
    if told:
        rows = cells[ROW].filter(lacking)
        listed = listed_rows(rows)
        facts = {"count": rows.len(), "cents": int(balance.filter(lacking).sum()), "rows": listed}
        facts |= {"columns": ", ".join(told), "profile": delivery.settings.profile}
        facts["names"] = tuple(name for name in TELLING if profile.columns.get(name) in told)
        yield fault("L249", delivery.file, rows[0], told[0], listed, **facts)
