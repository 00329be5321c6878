"""The account and the terms as JSON: documented, stable shapes (`docs/reference/json.md`), and back again.

`adopt` keeps these beside a publication; later builds render it from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gebiedswerk.account.values import (
    RESERVE_AMOUNTS,
    Amounts,
    LineAccount,
    LineTerm,
    OpeningStatus,
    State,
    YearAccount,
)
from gebiedswerk.core.spending_term import Tranche

FORMAT = 1
AMOUNTS: Sequence[str] = "adopted amended brought_in moved_out budget costs income realised committed result".split()
WITH_RESERVES = (*RESERVE_AMOUNTS, "adopted_after", "budget_after", "realised_after", "result_after")
Json = dict[str, Any]


def account_json(account: YearAccount) -> Json:
    """`account --json`: every line with own and total amounts, and the whole."""
    names = (*AMOUNTS, *(WITH_RESERVES if account.knows_reserves else ()))
    whole = _amounts_json(account.grand_total, names)
    lines = [
        {
            "code": line.code,
            "name": line.name,
            "area": line.area or None,
            "parent": line.parent,
            "own": _amounts_json(line.own, names),
            "total": _amounts_json(account.total(line.code), names),
        }
        for line in account.lines
    ]
    return _head(account) | {"lines": lines, "total": whole}


def terms_json(account: YearAccount) -> Json:
    """`terms --json`: the lines at which the term runs, with their tranches in the order of spending."""
    return _head(account) | {
        "lines": [_term_json(line.code, line.term) for line in account.lines if line.term is not None]
    }


def from_json(account: Mapping[str, Any], terms: Mapping[str, Any]) -> YearAccount:
    """Read back what `account_json` and `terms_json` wrote, also before there were reserve movements in it."""
    by_code = {line["code"]: _term(line) for line in terms["lines"]}
    lines = tuple(
        LineAccount(
            line["code"],
            line["name"],
            line["area"] or "",
            line["parent"],
            _amounts(line["own"]),
            by_code.get(line["code"]),
        )
        for line in account["lines"]
    )
    knows_reserves = "reserve_in_cents" in account["total"]
    return YearAccount(account["year"], State(account["state"]), account["basis"], lines, knows_reserves)


def _head(account: YearAccount) -> Json:
    return {"format": FORMAT, "year": account.year, "basis": account.basis, "state": account.state.value}


def _amounts_json(amounts: Amounts, names: Iterable[str]) -> Json:
    return {f"{name}_cents": getattr(amounts, name) for name in names}


def _amounts(own: Mapping[str, int]) -> Amounts:
    names = ("adopted", "amended", "brought_in", "moved_out", "costs", "income", "committed")
    known = [name for name in RESERVE_AMOUNTS if f"{name}_cents" in own]
    return Amounts(*(own[f"{name}_cents"] for name in names), **{name: own[f"{name}_cents"] for name in known})


def _tranches_json(tranches: Iterable[Tranche], opening: bool = False) -> list[Json]:
    return [
        {"origin": t.origin, "last_year": t.last_year, "cents": t.cents}
        | ({"in_budget_cents": t.in_budget_cents} if opening else {})
        for t in tranches
    ]


def _tranches(found: Iterable[Mapping[str, int]]) -> tuple[Tranche, ...]:
    return tuple(Tranche(t["origin"], t["last_year"], t["cents"], t.get("in_budget_cents", 0)) for t in found)


def _term_json(code: str, term: LineTerm) -> Json:
    return {
        "code": code,
        "opening_status": term.opening_status.value,
        "opening": _tranches_json(term.opening, opening=True),
        "allocated_cents": term.allocated,
        "moved_out_cents": term.moved_out,
        "realised_cents": term.realised,
        "spent": _tranches_json(term.spent),
        "released": _tranches_json(term.released),
        "shortfall_cents": term.shortfall,
        "not_carried_cents": term.not_carried,
        "closing": _tranches_json(term.closing),
        "general_cents": term.general,
        "withdrawn_beyond_cents": term.withdrawn_beyond,
    }


def _term(line: Mapping[str, Any]) -> LineTerm:
    return LineTerm(
        opening_status=OpeningStatus(line["opening_status"]),
        opening=_tranches(line["opening"]),
        allocated=line["allocated_cents"],
        moved_out=line["moved_out_cents"],
        realised=line["realised_cents"],
        spent=_tranches(line["spent"]),
        released=_tranches(line["released"]),
        shortfall=line["shortfall_cents"],
        not_carried=line["not_carried_cents"],
        closing=_tranches(line["closing"]),
        general=line["general_cents"],
        withdrawn_beyond=line["withdrawn_beyond_cents"],
    )
