"""The shape of a posting (boeking): one row per attributed share of one row of a delivered file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import BudgetRow

CODES = ("ledger_account", "cost_centre", "project", "taakveld", "category")

COMMITTED = ("commitment", "order", "grant")
"""Kinds of open commitments: what was ordered, what was promised as a grant, and that of which nobody says which."""

DELIVERED: Mapping[str, Any] = {
    "delivery": pl.String,
    "row": pl.Int64,
    "administration": pl.String,
    "year": pl.Int64,
    "period": pl.Int64,
    "booked_on": pl.Date,
    "kind": pl.String,
    "flow": pl.String,
    "cents": pl.Int64,
    **dict.fromkeys(CODES, pl.String),
    "description": pl.String,
    "creditor": pl.String,
}
"""What an importer gives: costs positive, income negative, in whole cents. `creditor` is never published."""

_TYPES: Mapping[str, Any] = {"day": pl.Date, "year": pl.Int64, "yes_no": pl.Boolean}
DECIDED: Mapping[str, Any] = {
    column.public: _TYPES.get(column.kind.name, pl.String) for column in columns_of(BudgetRow) if column.public
}
"""What a row of a decision adds: the columns of `budgets.csv` that are public."""

OF_FILE: Mapping[str, Any] = {**DELIVERED, **DECIDED, "complete": pl.Boolean}
"""What stands in a delivered file, and in that of a budget: `complete` says whether all rows of a decision do."""

GROUP = ("delivery", "administration", "year", "kind", "flow", *CODES)
"""What postings share that are one for every rule that does not look at days."""

GROUPED: Mapping[str, Any] = {
    **{name: DELIVERED[name] for name in GROUP},
    "cents": pl.Int64,
    "postings": pl.Int64,
    "row": pl.Int64,
}
"""Postings of one group together: their sum, their number and the first of their rows."""

DAY = "_booked_on"
"""The booking day as text, for rules that look at days; empty where none does."""

ATTRIBUTED: Mapping[str, Any] = {"scope": pl.String, "line": pl.String, "rule": pl.String, "share": pl.String}
"""Where a posting ends: `scope` is line, out (of scope, for the reason in `rule`'s row) or open (not attributed)."""

POSTING: Mapping[str, Any] = {**DELIVERED, **DECIDED, **ATTRIBUTED}

SUMMED: Mapping[str, Any] = {**GROUPED, **DECIDED, **ATTRIBUTED}
"""The same, attributed: what is in one place, by one decision if any."""


def frame(rows: Iterable[Mapping[str, Any]], schema: Mapping[str, Any]) -> pl.DataFrame:
    """Build a frame of this schema; what a row does not give is empty."""
    rows = list(rows)
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in schema}, schema=dict(schema))


def delivered(held: pl.LazyFrame, same: Mapping[str, str]) -> pl.LazyFrame:
    """Postings as everyone reads them, from how they are held: with the columns of one text, in full width."""
    whole = held.with_columns(pl.lit(text).alias(name) for name, text in same.items())
    names = whole.collect_schema().names()
    return whole.select(pl.col(name).cast(kind) for name, kind in OF_FILE.items() if name in names)
