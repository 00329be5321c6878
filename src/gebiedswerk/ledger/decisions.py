"""Budget decisions and opening positions as postings: written by hand, or delivered as a file."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import polars as pl

from gebiedswerk.core.faults import Fault, capped, fault
from gebiedswerk.dossier import Basis, BudgetKind, BudgetStatus, Delivery, Dossier, standing
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.dossier.tables import Authority, BudgetRow, OpeningRow
from gebiedswerk.formats.postings import DECIDED, DELIVERED
from gebiedswerk.ledger.attribution import Attributed, Rows
from gebiedswerk.ledger.queries import decisions_in_several_files
from gebiedswerk.ledger.store import Held


def decided_rows(dossier: Dossier, basis: Basis) -> Iterator[dict[str, Any]]:
    """One posting per adopted row that a budget line gets and that was decided by the basis."""
    adopted = (row for row in dossier.budgets if row.status is BudgetStatus.ADOPTED)
    for row in standing(tuple(row for row in adopted if basis.knows(row.decided_on))):
        if row.line is not None:
            yield _budget_posting(row)
    known_openings = tuple(row for row in dossier.openings if basis.knows(row.decided_on))
    for opening in standing(known_openings):
        yield _opening_posting(opening)


def _budget_posting(row: BudgetRow) -> dict[str, Any]:
    return _posting(row, "budgets.csv", row.kind, row.note) | {"flow": row.flow.value, "decision": row.number}


def _opening_posting(row: OpeningRow) -> dict[str, Any]:
    return _posting(row, "openings.csv", "opening", "") | {"flow": "costs"}


def _posting(row: BudgetRow | OpeningRow, file: str, kind: str, description: str) -> dict[str, Any]:
    """A row of a decision: what it says under the names of `DECIDED`, as far as its table has them."""
    return {
        **{name: _plain(getattr(row, name, None)) for name in DECIDED},
        "delivery": file,
        "row": row.row,
        "year": row.year,
        "period": 0,
        "booked_on": row.decided_on,
        "kind": str(kind),
        "cents": row.amount,
        "description": description,
        "scope": "line",
        "line": row.line,
        "rule": file,
        "share": "",
    }


def _plain(cell: object) -> object:
    """A cell as the engine takes it: a choice as its word."""
    return cell.value if isinstance(cell, StrEnum) else cell


def known_on(postings: pl.LazyFrame, delivery: Delivery, basis: Basis) -> pl.LazyFrame:
    """Delivered postings with the columns of a decision (`DECIDED`); of a budget, those decided by the basis."""
    is_budget = delivery.settings.kind is DeliveryKind.BUDGET
    there = postings.collect_schema().names()
    missing = [pl.lit(None, kind).alias(name) for name, kind in DECIDED.items() if name not in there]
    if is_budget and basis.as_of is not None and "decided_on" in there:
        postings = postings.filter(pl.col("decided_on") <= basis.as_of.date())
    proposed = [one.kind for one in delivery.settings.decision if one.status is BudgetStatus.PROPOSED]
    if is_budget and proposed and "decided_on" in there:
        kinds = [kind.value for kind in BudgetKind if kind in proposed or None in proposed]
        own = [one.kind.value for one in delivery.settings.decision if one.kind and one.kind not in proposed]
        postings = postings.filter(~pl.col("kind").is_in([kind for kind in kinds if kind not in own]))
    return postings.with_columns(missing).select(*DELIVERED, *DECIDED)


def budgets_of(dossier: Dossier, attributed: Attributed, rows: Rows) -> pl.DataFrame:
    """The postings of delivered budgets that came to a line."""
    budgets = [one.id for one in dossier.deliveries if one.settings.kind is DeliveryKind.BUDGET]
    found = attributed.postings({name: read for name, read in rows.items() if name in budgets})
    return found.filter(pl.col("scope") == "line").collect()


def counted_twice(dossier: Dossier, budgets: pl.DataFrame) -> tuple[list[Fault], set[int]]:
    """Decisions that stand in two sources (M212): the same year, line, number and kind. And all years of such."""
    kinds = [BudgetKind.ADOPTED.value, BudgetKind.AMENDMENT.value]
    places = decisions_in_several_files(budgets.lazy(), kinds, "budgets.csv").collect()
    sources = {one.id: (one.file, one.profile.columns.get("number")) for one in dossier.deliveries}
    first: dict[tuple[object, ...], tuple[str, int]] = {}
    faults, years = [], set[int]()
    for delivery, *key, row in places.iter_rows():
        file, column = sources.get(delivery, (delivery, "number"))
        other = first.setdefault(tuple(key), (file, row))
        if other != (file, row):
            facts = {"line": key[1], "year": key[0], "other": other[0], "other_row": other[1]}
            faults.append(fault("M212", file, row, column, key[2], **facts))
            years.add(key[0])
    return capped(faults), years


def delivered_faults(delivery: Delivery, read: Held) -> list[Fault]:
    """The decisions of a delivered budget are held to what `budgets.csv` is held to (`dossier/decisions.py`)."""
    if delivery.settings.kind is not DeliveryKind.BUDGET:
        return []
    headers, file = delivery.profile.columns, delivery.file
    faults, amended = [], dict[str, list[dict[str, Any]]]()
    for row in read.postings.collect().iter_rows(named=True):
        if row["decided_on"].year > row["year"]:
            faults.append(
                fault("M202", file, row["row"], headers.get("decided_on"), row["decided_on"], year=row["year"])
            )
        if row["kind"] == BudgetKind.ADOPTED and row["authority"] == Authority.COLLEGE:
            faults.append(fault("M201", file, row["row"], headers.get("authority"), row["authority"]))
        if row["kind"] == BudgetKind.AMENDMENT:
            amended.setdefault(row["decision"], []).append(row)
    for number, rows in amended.items():
        total = sum(row["cents"] for row in rows)
        if total and any(row["complete"] for row in rows):
            place = (rows[-1]["row"], headers.get("amount", headers.get("debit")), number)
            faults.append(fault("M203", file, *place, cents=total))
    return capped(faults)
