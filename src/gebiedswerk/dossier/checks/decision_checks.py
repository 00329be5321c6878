"""What budget decisions must be: by whom, by when, complete, and about money that can be there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.spending_term import last_year_of
from gebiedswerk.dossier.model import Dossier, standing
from gebiedswerk.dossier.tables import Authority, BudgetFlow, BudgetKind, BudgetRow, BudgetStatus

RESERVES = (BudgetFlow.RESERVE_IN, BudgetFlow.RESERVE_OUT)


def check_decisions(dossier: Dossier) -> list[Fault]:
    """All faults in decisions, rule by rule."""
    rules = (_decisions, _complete_decisions, _carry_overs, _openings, _extensions)
    return [found for rule in rules for found in rule(dossier)]


def _decisions(dossier: Dossier) -> Iterator[Fault]:
    """The budget changes until the end of its year, by the council (Gemeentewet 192)."""
    for row in dossier.budgets:
        late = row.kind is not BudgetKind.CARRY_OVER or row.amount < 0
        if late and row.decided_on > date(row.year, 12, 31):
            yield fault("M202", "budgets.csv", row.row, "decided_on", row.decided_on, year=row.year)
        if row.kind is BudgetKind.ADOPTED and row.authority is Authority.COLLEGE:
            yield fault("M201", "budgets.csv", row.row, "authority", row.authority)


def _complete_decisions(dossier: Dossier) -> Iterator[Fault]:
    """The amendments of one decision that is marked complete sum to zero with their coverage."""
    if "budgets.csv" in dossier.unread:
        return
    decisions: dict[str, list[BudgetRow]] = defaultdict(list)
    for row in standing(tuple(row for row in dossier.budgets if row.status is BudgetStatus.ADOPTED)):
        if row.kind is BudgetKind.AMENDMENT:
            decisions[row.number].append(row)
    for number, rows in decisions.items():
        total = sum(row.amount for row in rows)
        if total and any(row.complete for row in rows):
            yield fault("M203", "budgets.csv", rows[-1].row, "amount", number, cents=total)


def _carry_overs(dossier: Dossier) -> Iterator[Fault]:
    """A carry-over says whose money of which earlier year it moves, and only a carry-over does."""
    for row in dossier.budgets:
        if row.kind is BudgetKind.CARRY_OVER:
            yield from _carry_over(row)
        elif row.line is None and row.kind is BudgetKind.ADOPTED:
            yield fault("D106", "budgets.csv", row.row, "line")
        elif row.origin is not None or row.source is not None or row.in_budget:
            yield fault("M208", "budgets.csv", row.row, "kind", row.kind)


def _carry_over(row: BudgetRow) -> Iterator[Fault]:
    """Whose money (line), of which year (origin), until when (last_year); what is in a reserve is not carried over."""
    if row.flow in RESERVES:
        yield fault("M213", "budgets.csv", row.row, "flow", row.flow)
    if row.line is None or row.origin is None:
        yield fault("D106", "budgets.csv", row.row, "line" if row.line is None else "origin")
    elif row.origin > row.year or (row.origin == row.year and row.amount > 0):
        yield fault("M209", "budgets.csv", row.row, "origin", row.origin, year=row.year)
    elif row.last_year is not None and row.last_year < row.year:
        yield fault("M209", "budgets.csv", row.row, "last_year", row.last_year, year=row.year)


def _openings(dossier: Dossier) -> Iterator[Fault]:
    """An opening is of an earlier year, and may still be spent."""
    for row in dossier.openings:
        if row.origin >= row.year:
            yield fault("M209", "openings.csv", row.row, "origin", row.origin, year=row.year)
        elif row.last_year is not None and row.last_year < row.year:
            yield fault("M209", "openings.csv", row.row, "last_year", row.last_year, year=row.year)


def _extensions(dossier: Dossier) -> Iterator[Fault]:
    """An extension gives a tranche more years than its rule does (M210)."""
    for row in dossier.extensions:
        last_year = last_year_of(dossier.settings.term, row.origin)
        if row.last_year <= last_year:
            yield fault("M210", "extensions.csv", row.row, "last_year", row.last_year, already=last_year)
