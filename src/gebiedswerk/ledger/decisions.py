"""Budget decisions and opening positions as postings: deliveries like any other, written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gebiedswerk.dossier import Basis, BudgetStatus, Dossier, standing
from gebiedswerk.dossier.tables import BudgetRow, OpeningRow


def decided_rows(dossier: Dossier, basis: Basis) -> Iterator[dict[str, Any]]:
    """One posting per adopted row that a budget line gets and that was decided by the basis."""
    known = tuple(row for row in dossier.budgets if basis.knows(row.decided_on))
    for row in standing(known):
        if row.status is BudgetStatus.ADOPTED and row.line is not None:
            yield _budget_posting(row)
    known_openings = tuple(row for row in dossier.openings if basis.knows(row.decided_on))
    for opening in standing(known_openings):
        yield _opening_posting(opening)


def _budget_posting(row: BudgetRow) -> dict[str, Any]:
    return _posting(row, "budgets.csv", row.kind, row.note) | {
        "flow": row.flow.value,
        "decision": row.number,
        "authority": row.authority.value,
        "source": row.source,
    }


def _opening_posting(row: OpeningRow) -> dict[str, Any]:
    return _posting(row, "openings.csv", "opening", "") | {"flow": "costs", "decision": row.decision}


def _posting(row: BudgetRow | OpeningRow, file: str, kind: str, description: str) -> dict[str, Any]:
    return {
        "delivery": file,
        "row": row.row,
        "year": row.year,
        "period": 0,
        "booked_on": row.decided_on,
        "kind": str(kind),
        "cents": row.amount,
        "description": description,
        "decided_on": row.decided_on,
        "origin": row.origin,
        "last_year": row.last_year,
        "in_budget": row.in_budget,
        "scope": "line",
        "line": row.line,
        "rule": file,
        "share": "",
    }
