"""What changed after adoption, told once: the rows that changed, not all that follows from them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.account import (
    MEASURES,
    Amounts,
    LineAccount,
    LineTerm,
    OpeningStatus,
    State,
    YearAccount,
    restated,
    value,
)
from gebiedswerk.core.spending_term import Tranche
from gebiedswerk.pages.restated import by_itself

TERM = LineTerm(OpeningStatus.NONE, (), 0, 0, 0, (), (), 0, 0, ())
SUMS = ("adopted", "amended", "brought_in", "moved_out", "costs", "income", "committed")


def year(amounts: Amounts, term: LineTerm = TERM) -> YearAccount:
    return YearAccount(2019, State.CLOSED, "x", (LineAccount("W", "West", "", None, amounts, term),))


def test_one_more_invoice_is_told_once() -> None:
    """Costs rise by 5,00: realised, result and what is left follow, and are not told apart."""
    then = year(Amounts(adopted=10000, costs=4000), replace(TERM, closing=(Tranche(2019, 2020, 6000),)))
    now = year(Amounts(adopted=10000, costs=4500), replace(TERM, closing=(Tranche(2019, 2020, 5500),)))
    found = restated(then, now)
    assert {measure for _, measure, _, _ in found} == {"costs", "realised", "result", "overspent", "closing"} | {
        "realised_after",
        "result_after",
    }
    assert by_itself(found) == [("W", "costs", 4000, 4500)]


def test_another_decision_about_what_is_left_is_told_by_its_step() -> None:
    """No row of the line changed; the council did not carry all: the steps of the term are the news."""
    then, now = (
        year(Amounts(adopted=10000), replace(TERM, not_carried=cents, opening=(Tranche(2018, 2019, 900 - cents),)))
        for cents in (0, 300)
    )
    assert [(measure, before, after) for _, measure, before, after in by_itself(restated(then, now))] == [
        ("opening", 900, 600),
        ("not_carried", 0, 300),
    ]


@given(
    st.fixed_dictionaries(dict.fromkeys(SUMS, st.integers(0, 3))),
    st.fixed_dictionaries(dict.fromkeys(SUMS, st.integers(0, 3))),
)
def test_what_differs_is_told_and_nothing_else(then: dict[str, int], now: dict[str, int]) -> None:
    """Each sum of rows that differs is told; from those all else follows."""
    one, other = year(Amounts(**then)), year(Amounts(**now))
    told = {measure for _, measure, _, _ in by_itself(restated(one, other))}
    assert told == {name for name in SUMS if then[name] != now[name]}
    same = {name for name in MEASURES if MEASURES[name].kinds} - told
    assert all(value(one.lines, name) == value(other.lines, name) for name in same)
