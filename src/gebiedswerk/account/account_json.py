"""The account and the terms as JSON: documented, stable shapes (`docs/reference/json.md`), and back again.

`adopt` keeps these beside a publication; later builds render it from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from gebiedswerk.account.measures import AMOUNTS, RESERVES
from gebiedswerk.account.values import (
    Amounts,
    LineAccount,
    LineTerm,
    OpeningStatus,
    State,
    YearAccount,
)
from gebiedswerk.core.spending_term import Tranche

FORMAT = 1
Json = dict[str, Any]


def account_json(account: YearAccount) -> Json:
    """`account --json`: every line with own and total amounts, and the whole."""
    names = [name for name in AMOUNTS if account.knows_reserves or name not in RESERVES]
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
    """Read back; those of reserve movements are not there where the account was adopted without them."""
    names = [field.name for field in fields(Amounts)]
    return Amounts(**{name: own[f"{name}_cents"] for name in names if name not in RESERVES or f"{name}_cents" in own})


def _tranches_json(tranches: Iterable[Tranche], opening: bool = False) -> list[Json]:
    return [
        {"origin": t.origin, "last_year": t.last_year, "cents": t.cents}
        | ({"in_budget_cents": t.in_budget_cents} if opening else {})
        for t in tranches
    ]


def _tranches(found: Iterable[Mapping[str, int]]) -> tuple[Tranche, ...]:
    return tuple(Tranche(t["origin"], t["last_year"], t["cents"], t.get("in_budget_cents", 0)) for t in found)


def _term_json(code: str, term: LineTerm) -> Json:
    """Each field of a term: tranches as a list, cents with that in their name."""
    form: Json = {"code": code}
    for name, value in ((field.name, getattr(term, field.name)) for field in fields(LineTerm)):
        if isinstance(value, tuple):
            form[name] = _tranches_json(value, opening=name == "opening")
        else:
            form |= {name: value.value} if isinstance(value, OpeningStatus) else {f"{name}_cents": value}
    return form


def _term(line: Mapping[str, Any]) -> LineTerm:
    names = [field.name for field in fields(LineTerm) if field.name != "opening_status"]
    amounts: Json = {name: _tranches(line[name]) if name in line else line[f"{name}_cents"] for name in names}
    return LineTerm(OpeningStatus(line["opening_status"]), **amounts)
