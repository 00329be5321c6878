"""Identities of the account: one cent off, in whatever amount, is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gebiedswerk.account.identities import BrokenIdentity, assert_identities, broken
from gebiedswerk.account.values import Amounts, LineAccount, LineTerm, OpeningStatus, State, YearAccount
from gebiedswerk.core.spending_term import Tranche

# The term runs on costs: 20 of income goes to the general means, and 120 of the budget of 110 is for costs.
TERM = LineTerm(
    OpeningStatus.DECIDED,
    opening=(Tranche(2018, 2019, 15, 5),),
    allocated=120,
    moved_out=3,
    realised=60,
    spent=(Tranche(2018, 2019, 58),),
    released=(Tranche(2018, 2019, 4),),
    shortfall=2,
    not_carried=0,
    closing=(Tranche(2019, 2020, 73),),
    general=10,
)
OWN = Amounts(adopted=90, amended=10, brought_in=5, moved_out=3, costs=40, income=20)
FOLDED = LineAccount("B", "B", "", "M", Amounts(adopted=10, costs=20), None)
# lines below with a term of their own, one with a code before that of the line above, one with a code after it
APART = tuple(
    LineAccount(code, code, "", "M", Amounts(adopted=7), replace(TERM, opening=(), spent=())) for code in "AZ"
)


def year_with(term: LineTerm = TERM, own: Amounts = OWN) -> YearAccount:
    return YearAccount(2019, State.CLOSED, "x", (LineAccount("M", "M", "", None, own, term), *APART, FOLDED))


def off(name: str, cents: int) -> YearAccount:
    """The account with one amount changed: of the term, of its tranches, or of the line."""
    if name == "in_budget":
        return year_with(replace(TERM, opening=(replace(TERM.opening[0], in_budget_cents=5 + cents),)))
    if name.startswith("own."):
        return year_with(own=replace(OWN, **{name[4:]: getattr(OWN, name[4:]) + cents}))
    before = getattr(TERM, name)
    if isinstance(before, tuple):
        changed: dict[str, Any] = {name: (replace(before[0], cents=before[0].cents + cents),)}
    else:
        changed = {name: before + cents}
    return year_with(replace(TERM, **changed))


def test_all_hold() -> None:
    """With the line that folds into it, and without the line below that has a term of its own."""
    account = year_with()
    assert broken(account, account.by_code["M"]) == []
    assert broken(account, FOLDED) == []


def test_what_is_withdrawn_beyond_the_money_there_was_is_short_and_not_spent() -> None:
    """More income than costs, so that nothing is spent; the council took back 5 more than there was."""
    term = replace(TERM, realised=-7, withdrawn_beyond=5, spent=(), shortfall=5)
    account = year_with(term)
    assert "spending" not in broken(account, account.by_code["M"])


CENT_OFF = {
    "spent": ["spending"],
    "withdrawn_beyond": ["spending"],
    "general": ["result"],
    "own.adopted": ["result"],
    "own.costs": ["result"],
    "own.brought_in": ["budget", "result"],
    "moved_out": ["budget", "result"],
    "in_budget": ["budget", "result"],
    "closing": ["term", "result"],
    "released": ["term", "result"],
    "opening": ["term", "result"],
    "allocated": ["term"],
    "realised": ["term", "spending"],
    "shortfall": ["term", "spending", "result"],
}


@pytest.mark.parametrize("cents", [1, -1])
@pytest.mark.parametrize("name", CENT_OFF)
def test_a_cent_more_or_less_is_named(name: str, cents: int) -> None:
    account = off(name, cents)
    assert broken(account, account.by_code["M"]) == CENT_OFF[name]


def test_a_broken_identity_stops_the_work() -> None:
    """The first that does not hold, with its line and year: the dossier cannot help it."""
    account = replace(off("closing", 1), lines=(*off("closing", 1).lines[:1], FOLDED))
    with pytest.raises(BrokenIdentity, match=r"^term does not hold for line M in 2019"):
        assert_identities(account)
    assert_identities(replace(year_with(), lines=(year_with().lines[0], FOLDED)))


@pytest.mark.parametrize(("name", "said"), [("general", "result"), ("in_budget", "budget"), ("spent", "spending")])
def test_decisions_that_carry_too_much_excuse_budget_and_result_alone(name: str, said: str) -> None:
    """What was spent must be spent of something, whatever the council decided."""
    account = replace(off(name, 1), lines=(*off(name, 1).lines[:1], FOLDED))
    with pytest.raises(BrokenIdentity, match=f"^{said} does"):
        assert_identities(account)
    if said == "spending":
        with pytest.raises(BrokenIdentity, match=f"^{said} does"):
            assert_identities(account, faulty=True)
    else:
        assert_identities(account, faulty=True)
