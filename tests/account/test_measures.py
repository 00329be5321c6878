"""Measures of a line: what follows from what, per tranche, what lapses, and what an adopted account says else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gebiedswerk.account import MEASURES, RESTS_ON, lapsing, restated, value
from gebiedswerk.account.measures import PER_ORIGIN, RESERVES, TERM, rests_on
from gebiedswerk.account.values import Amounts, LineAccount, YearAccount
from gebiedswerk.core.spending_term import Tranche
from tests.account.test_identities import FOLDED, year_with
from tests.account.test_identities import TERM as A_TERM

# each amount another power of two, so that no sum of some is a sum of others
AMOUNTS = Amounts(**{name: 1 << at for at, name in enumerate(Amounts.__dataclass_fields__)})
TRANCHES = (Tranche(2017, 2018, 100, 1), Tranche(2018, 2019, 20, 3), Tranche(2019, 2020, 7))
LINE = LineAccount(
    "M", "M", "", None, AMOUNTS, replace(A_TERM, opening=TRANCHES, spent=TRANCHES, released=TRANCHES, closing=TRANCHES)
)


def year(*lines: LineAccount, **more: Any) -> YearAccount:
    return replace(year_with(), lines=lines, **more)


@pytest.mark.parametrize("name", [name for name, measure in MEASURES.items() if measure.inputs and name != "outside"])
def test_a_measure_is_the_sum_of_what_it_follows_from(name: str) -> None:
    """With their signs, as its source page writes it."""
    assert value([LINE], name) == sum(sign * value([LINE], of) for sign, of in MEASURES[name].inputs)


def test_outside_the_budget_is_what_no_decision_brought_in() -> None:
    """Of 127 at the opening, 4 is in the budget; a line without a term of its own has none."""
    assert value([LINE], "outside") == 123
    assert [value([FOLDED], name) for name in TERM] == [0] * len(TERM)


@pytest.mark.parametrize("name", PER_ORIGIN)
def test_a_step_of_the_term_of_one_year(name: str) -> None:
    """20 of 2018, neither what is older nor what is newer; twice on two lines, and nothing of one without a term."""
    assert value([LINE, LINE, FOLDED], name, 2018) == 40
    assert value([LINE], name) == 127


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("amended", {"adopted"}),  # what was amended says nothing without what was adopted
        ("brought_in", set()),  # none was brought in where no row says so
        ("budget", {"adopted"}),
        ("income", {"realised"}),
        ("committed", {"commitment"}),
        ("overspent", {"adopted", "realised"}),
        ("result_after", {"adopted", "realised"}),
        ("opening", set()),
        ("allocated", {"adopted"}),
        ("spent", {"realised"}),
        ("shortfall", {"adopted"}),
        ("closing", set()),  # what nobody saw spent is left
    ],
)
def test_a_measure_is_unknown_without_what_it_rests_on(name: str, kinds: set[str]) -> None:
    """Without a budget that was adopted, or a file of that kind."""
    assert rests_on(name) == RESTS_ON[name] == kinds


def test_what_may_not_be_spent_after_this_year_lapses() -> None:
    """In 2019: what had to be spent by 2018, and by 2019 itself; not what may be spent in 2020."""
    assert lapsing(year(LINE), LINE) == list(TRANCHES[:2])
    assert lapsing(year(LINE), FOLDED) == []


def test_what_differs_from_the_adopted_account_is_named() -> None:
    """A cent of costs more on M; a line that came, and one that went, with all that they have."""
    cost = Amounts(costs=5)
    came, went = (LineAccount(code, code, "", None, cost, None) for code in "CW")
    more = replace(LINE, own=replace(AMOUNTS, costs=AMOUNTS.costs + 1))
    found = restated(year(LINE, went), year(more, came))
    named = ("costs", "realised", "result", "overspent")
    assert [(code, name) for code, name, _, _ in found if name in named] == [
        (code, name) for code in ("M", "C", "W") for name in named
    ]
    by_name = {(code, name): (then, now) for code, name, then, now in found}
    assert by_name["M", "costs"] == (AMOUNTS.costs, AMOUNTS.costs + 1)
    assert (by_name["C", "costs"], by_name["W", "costs"]) == ((0, 5), (5, 0))
    assert {name for _, name, _, _ in found} == {*named, "realised_after", "result_after"}


def test_of_reserves_nothing_is_said_to_an_account_that_does_not_know_them() -> None:
    """Of all else it is."""
    other = replace(LINE, own=replace(AMOUNTS, costs=0, reserve_in=0), term=None)
    then = year(LINE, knows_reserves=False)
    names = [name for _, name, _, _ in restated(then, year(other))]
    assert not set(names) & set(RESERVES)
    assert {"costs", "opening", "closing"} <= set(names)
    assert "reserve_in" in [name for _, name, _, _ in restated(year(LINE), year(other))]
