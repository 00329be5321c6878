"""What a line starts a year with: last year's closing, as expected or as the council decided it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gebiedswerk.account.values import OpeningStatus, tranche_sum
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.spending_term import TermRule, Tranche, in_spending_order, last_year_of


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening tranches of one line, and what of last year's closing is not among them."""

    status: OpeningStatus
    tranches: tuple[Tranche, ...]
    not_carried: int
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Carrying:
    """What is known when a line opens a year.

    `closing`: what was left of last year. `own`: rows that carry it, `handed`: rows by which another line takes
    it over, `received`: rows that bring a predecessor's money here, each with the predecessor's closing in `theirs`;
    `openings`: hand-written positions. `decided`: whether the council has decided for all lines.
    """

    year: int
    closing: Sequence[Tranche]
    own: Sequence[Mapping[str, Any]]
    handed: Sequence[Mapping[str, Any]]
    received: Sequence[Mapping[str, Any]]
    theirs: Mapping[str, Sequence[Tranche]]
    openings: Sequence[Mapping[str, Any]]
    decided: bool


def opening(carrying: Carrying, rules: Sequence[TermRule]) -> Opening:
    """Open a year. Until decided, the opening is expected and equals last year's closing.

    Holds: opening = last year's closing − not carried + received − handed on (+ hand-written openings).
    A row decided after last year's end settles its line; so does the decision for all lines (`years.csv`).
    Source: decision 57.
    """
    usable = [tranche for tranche in carrying.closing if tranche.last_year >= carrying.year]
    settled = carrying.decided or any(row["decided_on"] >= date(carrying.year, 1, 1) for row in carrying.own)
    taken = [*carrying.own, *carrying.handed]
    faults = too_much(usable, taken)
    if settled:
        own = _carried(usable, carrying.own)
    else:
        own = _in_budget(_without(usable, carrying.handed), carrying.own)
    received = [_received(row, carrying, rules) for row in carrying.received]
    written = [_written(row, rules) for row in carrying.openings]
    tranches = tuple(in_spending_order([*own, *received, *written]))
    handed_on = sum(row["cents"] for row in carrying.handed)
    not_carried = tranche_sum(carrying.closing) - tranche_sum(own) - handed_on
    known = settled or bool(carrying.received) or bool(carrying.openings)
    status = OpeningStatus.DECIDED if known else OpeningStatus.EXPECTED if tranches else OpeningStatus.NONE
    return Opening(status, tranches, not_carried, tuple(faults))


def _sums(rows: Sequence[Mapping[str, Any]], key: str = "cents") -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for row in rows:
        sums[row["origin"]] += row[key]
    return sums


def too_much(usable: Sequence[Tranche], rows: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """More carried or handed on than was left of that origin (M205), at the row where it runs over."""
    left: dict[int, int] = defaultdict(int)
    for tranche in usable:
        left[tranche.origin] += tranche.cents
    faults = []
    for row in rows:
        if row["cents"] > left[row["origin"]]:
            facts = {"cents": row["cents"], "left_cents": max(left[row["origin"]], 0), "origin": row["origin"]}
            faults.append(fault("M205", "budgets.csv", row["row"], "amount", row["decision"], **facts))
        left[row["origin"]] -= row["cents"]
    return faults


def _carried(usable: Sequence[Tranche], rows: Sequence[Mapping[str, Any]]) -> list[Tranche]:
    """What the council adopted of each origin, from the part that lasts longest."""
    asked, budgeted = _sums(rows), _sums([row for row in rows if row["in_budget"]])
    carried = []
    for tranche in sorted(usable, key=lambda t: -t.last_year):
        cents = min(asked[tranche.origin], tranche.cents)
        in_budget = min(budgeted[tranche.origin], cents)
        asked[tranche.origin] -= cents
        budgeted[tranche.origin] -= in_budget
        carried.append(replace(tranche, cents=cents, in_budget_cents=in_budget))
    return carried


def _in_budget(usable: Sequence[Tranche], rows: Sequence[Mapping[str, Any]]) -> list[Tranche]:
    """Everything left, of which earlier decisions brought a part into the budget."""
    budgeted = _sums([row for row in rows if row["in_budget"]])
    opened = []
    for tranche in sorted(usable, key=lambda t: -t.last_year):
        in_budget = min(budgeted[tranche.origin], tranche.cents)
        budgeted[tranche.origin] -= in_budget
        opened.append(replace(tranche, in_budget_cents=in_budget))
    return opened


def _without(usable: Sequence[Tranche], rows: Sequence[Mapping[str, Any]]) -> list[Tranche]:
    """What is left after other lines took over their part."""
    asked, rest = _sums(rows), []
    for tranche in usable:
        cents = min(asked[tranche.origin], tranche.cents)
        asked[tranche.origin] -= cents
        rest.append(replace(tranche, cents=tranche.cents - cents))
    return rest


def _received(row: Mapping[str, Any], carrying: Carrying, rules: Sequence[TermRule]) -> Tranche:
    """A predecessor's money keeps its origin, and its last year unless the decision gives another."""
    theirs = [t.last_year for t in carrying.theirs.get(row["source"], ()) if t.origin == row["origin"]]
    last_year = row["last_year"] or max(theirs, default=last_year_of(rules, row["origin"]))
    in_budget = row["cents"] if row["in_budget"] else 0
    return Tranche(row["origin"], max(last_year, carrying.year), row["cents"], in_budget)


def _written(row: Mapping[str, Any], rules: Sequence[TermRule]) -> Tranche:
    last_year = row["last_year"] or last_year_of(rules, row["origin"])
    return Tranche(row["origin"], last_year, row["cents"], row["cents"] if row["in_budget"] else 0)
