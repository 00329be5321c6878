"""What a row of a delivered budget says of its decision: adopted or amended, by which number, by whom and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from gebiedswerk.core.faults import fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.dossier.settings import DecisionSettings
from gebiedswerk.dossier.tables import Authority, BudgetKind
from gebiedswerk.language.numbers_and_dates import parse_date

if TYPE_CHECKING:
    from gebiedswerk.formats.posting_reader import Reading

DECISION = ("budget_kind", "number", "authority", "decided_on")
ONCE = ("number", "authority", "decided_on")
"""What may be said once of a whole delivery (`[[decision]]`), where its file has no column for it."""
YES_NO: Mapping[str, bool] = {"ja": True, "yes": True, "nee": False, "no": False, "": False}


def said_of(delivery: Delivery, kind: BudgetKind) -> DecisionSettings:
    """What a delivery says of its decisions of a kind: for that kind, else for all."""
    said = delivery.settings.decision
    own = [one for one in said if one.kind is kind] or [one for one in said if one.kind is None]
    return own[0] if own else DecisionSettings()


def decision_columns(reading: Reading, kind: BudgetKind | None = None) -> dict[str, pl.Series]:
    """The columns of a posting that a decision gives, and `complete`: whether all its rows stand in the file.

    `kind`: that of all rows, where the column of their amounts says it. A cell that says nothing is a fault (D106), as
    in `budgets.csv`; so is a word we do not know (D105). What neither file nor delivery says is asked (L221).
    """
    named = [name for name in DECISION if name in reading.profile.columns]
    for name in named:
        reading.note("D106", name, reading.text(name) == "")
    said = said_of(reading.delivery, kind) if kind else said_of_all(reading.delivery)
    for name in ONCE:
        if name not in named and not getattr(said, name):
            of = kind.value if kind else "–"
            reading.faults.append(fault("L221", reading.delivery.file, None, name, decisions=of))
    return {
        "kind": _kinds(reading) if kind is None else _same(reading, kind.value, pl.Enum([kind.value])),
        "authority": _authority(reading, said),
        "decision": reading.text("number") if "number" in named else _same(reading, said.number, pl.String),
        "decided_on": _days(reading) if "decided_on" in named else _same(reading, said.decided_on, pl.Date),
        "complete": _complete(reading, said),
    }


def said_of_all(delivery: Delivery) -> DecisionSettings:
    """What a delivery says of all its decisions, whatever their kind."""
    return next((one for one in delivery.settings.decision if one.kind is None), DecisionSettings())


def _same(reading: Reading, value: object, kind: Any) -> pl.Series:
    return pl.Series([value], dtype=kind).new_from_index(0, reading.cells.height)


def _kinds(reading: Reading) -> pl.Series:
    kinds = reading.profile.budget_kinds
    named = dict.fromkeys(kinds.adopted, BudgetKind.ADOPTED) | dict.fromkeys(kinds.amendment, BudgetKind.AMENDMENT)
    return _chosen(reading, "budget_kind", {word: kind.value for word, kind in named.items()})


def _authority(reading: Reading, said: DecisionSettings) -> pl.Series:
    words = {authority.value: authority.value for authority in Authority}
    if "authority" in reading.profile.columns:
        return _chosen(reading, "authority", words)
    return _same(reading, said.authority and said.authority.value, pl.Enum(sorted(words)))


def _days(reading: Reading) -> pl.Series:
    decided_on = reading.once("decided_on", lambda cell: parse_date(cell, reading.profile.date), pl.Date)
    unread = decided_on.is_null() & (reading.text("decided_on") != "")
    reading.note("L107", "decided_on", unread, pattern=reading.profile.date)
    return decided_on


def _chosen(reading: Reading, name: str, words: dict[str, str]) -> pl.Series:
    """A column of which each cell is one of these words, whatever its capitals; else a fault that names them."""
    known = {word.casefold(): meaning for word, meaning in words.items()}
    found = reading.once(name, lambda cell: known.get(cell.casefold()), pl.Enum(sorted(set(known.values()))))
    strange = found.is_null() & (reading.text(name) != "")
    reading.note("D105", name, strange, kind="choice", choices=tuple(words))
    return found


def _complete(reading: Reading, said: DecisionSettings) -> pl.Series:
    if "complete" not in reading.profile.columns:
        return _same(reading, said.complete, pl.Boolean)
    found = reading.once("complete", lambda cell: YES_NO.get(cell.casefold()), pl.Boolean)
    reading.note("D105", "complete", found.is_null(), kind="yes_no", choices="")
    return found
