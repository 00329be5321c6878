"""What a person says once of the decisions of a budget: `--decision amendment.number=W2025-1`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gebiedswerk.dossier import BudgetKind
from gebiedswerk.dossier.settings import DecisionSettings
from gebiedswerk.dossier.tables import Authority, BudgetStatus
from gebiedswerk.formats.budget_columns import YES_NO
from gebiedswerk.language.numbers_and_dates import parse_date

Said = tuple[BudgetKind | None, str, object]
"""Of which kind of decision (None: all), which fact of it, and what it is."""
PATTERN = "d-m-jjjj"


def said(text: str) -> Said:
    """Read one option: `number=R2024-11`, or of one kind `adopted.number=R2024-11`. Raises ValueError."""
    key, equals, value = (part.strip() for part in text.partition("="))
    kind, dot, name = key.rpartition(".")
    if not equals or not value or name not in READ or kind not in ("", *KINDS):
        raise ValueError(text)
    return KINDS[kind] if dot else None, name, READ[name](value)


def _day(text: str) -> date:
    """A day as 2025-06-12 or as 12-6-2025. Raises ValueError."""
    return parse_date(text, PATTERN) or date.fromisoformat(text)


def _yes_no(text: str) -> bool:
    if text.casefold() not in YES_NO:
        raise ValueError(text)
    return YES_NO[text.casefold()]


KINDS: Mapping[str, BudgetKind] = {kind.value: kind for kind in (BudgetKind.ADOPTED, BudgetKind.AMENDMENT)}
READ: Mapping[str, Any] = {
    "number": str,
    "authority": Authority,
    "decided_on": _day,
    "effective_on": _day,
    "status": BudgetStatus,
    "complete": _yes_no,
}


def decisions_of(options: Iterable[Said]) -> list[DecisionSettings]:
    """The settings of a delivery: those of one kind with what holds for all."""
    facts: dict[BudgetKind | None, dict[str, Any]] = {}
    for kind, name, value in options:
        facts.setdefault(kind, {})[name] = value
    general = facts.get(None, {})
    kinds = [kind for kind in (None, *KINDS.values()) if kind in facts]
    return [DecisionSettings(kind=kind, **(general | facts[kind])) for kind in kinds]
