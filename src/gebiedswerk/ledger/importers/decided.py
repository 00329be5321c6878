"""What a row of a delivered budget says of its decision: adopted or amended, by which number, by whom and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from gebiedswerk.core.dutch import parse_date
from gebiedswerk.dossier.tables import Authority, BudgetKind

if TYPE_CHECKING:
    from gebiedswerk.ledger.importers.reading import Reading

DECISION = ("budget_kind", "number", "authority", "decided_on")
YES_NO = {"ja": True, "yes": True, "nee": False, "no": False, "": False}


def decision_columns(reading: Reading) -> dict[str, pl.Series]:
    """The columns of a posting that a decision gives, and `complete`: whether all its rows stand in the file.

    A cell that says nothing is a fault (D106), as in `budgets.csv`; so is a word we do not know (D105).
    """
    for name in DECISION:
        reading.note("D106", name, reading.text(name) == "")
    decided_on = reading.once("decided_on", lambda cell: parse_date(cell, reading.profile.date), pl.Date)
    unread = decided_on.is_null() & (reading.text("decided_on") != "")
    reading.note("L107", "decided_on", unread, pattern=reading.profile.date)
    kinds = reading.profile.budget_kinds
    named = dict.fromkeys(kinds.adopted, BudgetKind.ADOPTED) | dict.fromkeys(kinds.amendment, BudgetKind.AMENDMENT)
    return {
        "kind": _chosen(reading, "budget_kind", {word: kind.value for word, kind in named.items()}),
        "authority": _chosen(reading, "authority", {authority.value: authority.value for authority in Authority}),
        "decision": reading.text("number"),
        "decided_on": decided_on,
        "complete": _complete(reading),
    }


def _chosen(reading: Reading, name: str, words: dict[str, str]) -> pl.Series:
    """A column of which each cell is one of these words, whatever its capitals; else a fault that names them."""
    known = {word.casefold(): meaning for word, meaning in words.items()}
    found = reading.once(name, lambda cell: known.get(cell.casefold()), pl.Enum(sorted(set(known.values()))))
    strange = found.is_null() & (reading.text(name) != "")
    reading.note("D105", name, strange, kind="choice", choices=tuple(words))
    return found


def _complete(reading: Reading) -> pl.Series:
    if "complete" not in reading.profile.columns:
        return pl.repeat(value=False, n=reading.cells.height, dtype=pl.Boolean, eager=True)
    found = reading.once("complete", lambda cell: YES_NO.get(cell.casefold()), pl.Boolean)
    reading.note("D105", "complete", found.is_null(), kind="yes_no", choices="")
    return found
