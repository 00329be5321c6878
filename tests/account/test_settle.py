"""The account through its years: the cases that need decisions, predecessors, folded lines or a ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gebiedswerk.account import LineTerm, OpeningStatus, State
from gebiedswerk.account.identities import broken
from gebiedswerk.assembly.opened import Opened
from gebiedswerk.core.spending_term import TermRule, TermYear, Tranche
from tests.core.test_spending_term import coin_by_coin
from tests.small import Small


def euros(term: LineTerm, step: str) -> dict[int, int]:
    """Origin → whole euros of one step."""
    return {t.origin: t.cents // 100 for t in getattr(term, step)}


def term_of(opened: Opened, line: str, year: int) -> LineTerm:
    assert opened.newest is not None
    term = opened.newest.account.years[year].by_code[line].term
    assert term is not None
    return term


def amounts(opened: Opened, line: str, year: int) -> tuple[int, int, int]:
    """Budget, realised and result in whole euros."""
    assert opened.newest is not None
    own = opened.newest.account.years[year].total(line)
    return own.budget // 100, own.realised // 100, own.result // 100


def carry(line: str, year: int, amount: int, **more: object) -> dict[str, object]:
    usual = {"line": line, "year": year, "kind": "carry_over", "amount": amount, "origin": year - 1}
    return usual | {"decided_on": f"{year}-06-01"} | more


def test_case_3_west(tmp_path: Path) -> None:
    """The overspend is last year's money: budget 450, result −170, nothing short."""
    town = Small(closed=(2018, 2019), adopted=[(2018, "A", 620), (2019, "A", 450)])
    town.postings = [(2018, "A", 450), (2019, "A", 620)]
    opened = town.open(tmp_path)
    assert amounts(opened, "A", 2019) == (450, 620, -170)
    term = term_of(opened, "A", 2019)
    assert euros(term, "spent") == {2018: 170, 2019: 450}
    assert (term.shortfall, term.closing) == (0, ())
    assert term.opening_status is OpeningStatus.EXPECTED


def test_case_6_a_predecessor_in_the_budget(tmp_path: Path) -> None:
    """Ten Boer: 12 of the former municipality brought into the budget: budget 118, result 27."""
    town = Small(lines={"A": None, "OLD": None}, closed=(2018, 2019), adopted=[(2018, "OLD", 12), (2019, "A", 106)])
    town.budgets = [carry("A", 2019, 12, source="OLD", in_budget="ja")]
    town.postings = [(2019, "A", 91)]
    opened = town.open(tmp_path)
    assert not opened.faults
    assert amounts(opened, "A", 2019) == (118, 91, 27)
    assert euros(term_of(opened, "A", 2019), "spent") == {2018: 12, 2019: 79}
    assert euros(term_of(opened, "A", 2019), "closing") == {2019: 27}
    assert term_of(opened, "OLD", 2019).not_carried == 0


def test_case_9_moved_in_december(tmp_path: Path) -> None:
    """−40 in 2019 and +40 in 2020: budget 60 and result 10, then budget 140 and result 110."""
    town = Small(years=(2019, 2020), closed=(2019, 2020), adopted=[(2019, "A", 100), (2020, "A", 100)])
    december = {"decided_on": "2019-12-10", "origin": 2019}
    town.budgets = [carry("A", 2019, -40, **december), carry("A", 2020, 40, in_budget="ja", **december)]
    town.postings = [(2019, "A", 50), (2020, "A", 30)]
    opened = town.open(tmp_path)
    assert not opened.faults
    assert amounts(opened, "A", 2019) == (60, 50, 10)
    assert euros(term_of(opened, "A", 2019), "closing") == {2019: 50}
    assert amounts(opened, "A", 2020) == (140, 30, 110)
    term = term_of(opened, "A", 2020)
    assert [(t.cents, t.in_budget_cents) for t in term.opening] == [(5000, 4000)]
    assert (euros(term, "spent"), euros(term, "released"), euros(term, "closing")) == (
        {2019: 30},
        {2019: 20},
        {2020: 100},
    )


@pytest.mark.parametrize(
    ("new", "spent", "short", "closing"), [(100, {2019: 30, 2020: 80}, 0, {2020: 20}), (0, {2019: 30}, 80, {})]
)
def test_case_10_the_council_adopts_less(
    tmp_path: Path, new: int, spent: dict[int, int], short: int, closing: dict[int, int]
) -> None:
    """30 of the 50 left is adopted: 20 is not carried."""
    town = Small(years=(2019, 2020), closed=(2019, 2020), adopted=[(2019, "A", 100), (2020, "A", new)])
    town.budgets = [carry("A", 2020, 30)]
    town.postings = [(2019, "A", 50), (2020, "A", 110)]
    term = term_of(town.open(tmp_path), "A", 2020)
    assert term.opening_status is OpeningStatus.DECIDED
    assert (euros(term, "opening"), term.not_carried // 100) == ({2019: 30}, 20)
    assert (euros(term, "spent"), term.shortfall // 100, euros(term, "closing")) == (spent, short, closing)


def test_a_decision_for_all_lines_leaves_the_others_without(tmp_path: Path) -> None:
    """The council decided on 2018: a line without a row carries nothing on."""
    town = Small(lines={"A": None, "B": None}, closed=(2018,), decided={2018: "2019-06-01"})
    town.adopted = [(2018, "A", 100), (2018, "B", 100), (2019, "A", 1)]
    town.budgets = [carry("A", 2019, 100)]
    opened = town.open(tmp_path)
    assert euros(term_of(opened, "A", 2019), "opening") == {2018: 100}
    assert term_of(opened, "B", 2019).opening == ()
    assert term_of(opened, "B", 2019).not_carried == 10_000


@pytest.mark.parametrize("folded", [False, True])
def test_case_11_an_aldermans_budget(tmp_path: Path, folded: bool) -> None:
    """Apart the alderman's 7 of 2018 lapse; folded into the area they are spent."""
    town = Small(lines={"OLD": None, "A": None, "W": "A"}, closed=(2018, 2019))
    town.term = 'years = 2\nterm_at = "parent"' if folded else "years = 2"
    town.adopted = [(2018, "OLD", 12), (2019, "A", 88), (2019, "W", 18)]
    town.budgets = [carry("W", 2019, 12, source="OLD")]
    town.postings = [(2019, "A", 86), (2019, "W", 5)]
    opened = town.open(tmp_path)
    assert opened.newest is not None
    if folded:
        term = term_of(opened, "A", 2019)
        assert opened.newest.account.years[2019].by_code["W"].term is None
        assert (euros(term, "spent"), euros(term, "released"), euros(term, "closing")) == (
            {2018: 12, 2019: 79},
            {},
            {2019: 27},
        )
        return
    own, alderman = term_of(opened, "A", 2019), term_of(opened, "W", 2019)
    assert (euros(own, "spent"), euros(own, "closing")) == ({2019: 86}, {2019: 2})
    assert (euros(alderman, "spent"), euros(alderman, "released"), euros(alderman, "closing")) == (
        {2018: 5},
        {2018: 7},
        {2019: 18},
    )


@pytest.mark.parametrize(
    ("income", "spent", "released", "closing"),
    [("reduces", {}, {2018: 40}, 120), ("general", {2018: 30}, {2018: 10}, 100)],
)
def test_case_12_income(
    tmp_path: Path, income: str, spent: dict[int, int], released: dict[int, int], closing: int
) -> None:
    """Costs 30, income 50: it lowers what is spent, or goes to the general means."""
    town = Small(
        closed=(2018, 2019), term=f'years = 2\nincome = "{income}"', adopted=[(2018, "A", 40), (2019, "A", 100)]
    )
    town.postings = [(2019, "A", 30), (2019, "A", -50, "8000")]
    opened = town.open(tmp_path)
    assert amounts(opened, "A", 2019) == (100, -20, 120)
    term = term_of(opened, "A", 2019)
    assert (euros(term, "spent"), euros(term, "released")) == (spent, released)
    assert euros(term, "closing") == {2019: closing}


def test_case_15_open_commitments_live_one_year_longer(tmp_path: Path) -> None:
    """25 of 2018 stays for its commitment, and is spent first in 2020."""
    town = Small(years=(2018, 2019, 2020), closed=(2018, 2019, 2020), term='years = 2\nexpiry = "keep-committed"')
    town.adopted = [(2018, "A", 90), (2019, "A", 100), (2020, "A", 0)]
    town.postings = [(2019, "A", 30), (2020, "A", 40)]
    town.committed = [(2019, "A", 25)]
    opened = town.open(tmp_path)
    assert euros(term_of(opened, "A", 2019), "released") == {2018: 35}
    term = term_of(opened, "A", 2020)
    assert (euros(term, "spent"), euros(term, "released")) == ({2018: 25, 2019: 15}, {2019: 85})


def test_case_18_an_open_year_releases_nothing(tmp_path: Path) -> None:
    """60 of 2018 lapses on 31 December; the account only says so."""
    town = Small(closed=(2018,), adopted=[(2018, "A", 90), (2019, "A", 100)], postings=[(2019, "A", 30, "4000", 9)])
    opened = town.open(tmp_path)
    term = term_of(opened, "A", 2019)
    assert (euros(term, "released"), euros(term, "closing")) == ({}, {2018: 60, 2019: 100})
    assert opened.newest is not None
    assert opened.newest.account.years[2019].state is State.OPEN


def test_case_21_a_reserve_movement_is_no_income(tmp_path: Path) -> None:
    """Costs 620 and a withdrawal of 170 from a reserve on the same cost centre: realised is 620."""
    town = Small(closed=(2018, 2019), adopted=[(2018, "A", 170), (2019, "A", 450)])
    town.postings = [(2019, "A", 620), (2019, "A", -170, "9700")]
    opened = town.open(tmp_path)
    assert amounts(opened, "A", 2019) == (450, 620, -170)
    assert euros(term_of(opened, "A", 2019), "spent") == {2018: 170, 2019: 450}


def test_case_22_succession_keeps_the_origin(tmp_path: Path) -> None:
    """Oude Wijken hands 52 on to Noord."""
    town = Small(lines={"OW": None, "N": None}, years=(2019, 2020), closed=(2019, 2020))
    town.adopted = [(2019, "OW", 52), (2020, "N", 100)]
    town.budgets = [carry("N", 2020, 52, source="OW")]
    town.postings = [(2020, "N", 60)]
    opened = town.open(tmp_path)
    term = term_of(opened, "N", 2020)
    assert (euros(term, "spent"), euros(term, "closing")) == ({2019: 52, 2020: 8}, {2020: 92})
    assert term_of(opened, "OW", 2020).opening == ()
    assert term_of(opened, "OW", 2020).not_carried == 0


def test_what_a_branch_hands_on_is_what_lapses_first(tmp_path: Path) -> None:
    """Three lines with money of 2018 for different years fold into one term: 50 handed on leaves what lasts longest."""
    town = Small(lines={"A": None, "B": "A", "D": "A", "E": "A", "C": None}, closed=(2018,))
    town.term = 'years = 1\n[[term]]\nfrom = 2019\nterm_at = "parent"'
    town.adopted = [(2018, line, 40) for line in "BDE"]
    town.extensions = [
        f"e{last},{line},2018,40,{last},R2,raad,2018-12-01"
        for line, last in zip("BDE", (2022, 2019, 2021), strict=True)
    ]
    town.budgets = [carry("C", 2019, 50, source="D")]
    town.postings = [(2019, "C", 1)]
    term = term_of(town.open(tmp_path), "A", 2019)
    assert [(tranche.last_year, tranche.cents) for tranche in term.opening] == [(2021, 30_00), (2022, 40_00)]


def test_case_24_and_25_the_fiscal_year_decides(tmp_path: Path) -> None:
    """An accrual of 30 that costs 22, and an invoice of period 13 booked in February: both in 2019."""
    town = Small(closed=(2018, 2019), adopted=[(2019, "A", 100)])
    town.postings = [
        (2019, "A", -30),
        (2019, "A", 22),
        (2019, "A", 80, "4000", 12),
        (2019, "A", 20, "4000", 13, "11-02-2020"),
    ]
    opened = town.open(tmp_path)
    assert amounts(opened, "A", 2019) == (100, 92, 8)
    assert not opened.faults


def test_a_year_without_a_budget_is_a_state(tmp_path: Path) -> None:
    """Nothing adopted yet for 2019, some spent: unbudgeted, no fault."""
    opened = Small(closed=(2018,), adopted=[(2018, "A", 1)], postings=[(2019, "A", 5)]).open(tmp_path)
    assert not opened.faults
    assert opened.newest is not None
    assert opened.newest.account.years[2019].state is State.UNBUDGETED


def test_a_correction_replaces_the_row_it_names(tmp_path: Path) -> None:
    """History is appended: the corrected row no longer counts."""
    town = Small(closed=(2018,), adopted=[(2018, "A", 100)])
    path = town.write(tmp_path)
    text = (path / "budgets.csv").read_text().splitlines()
    row = {
        "id": "b9",
        "corrects": "b0",
        "line": "A",
        "year": "2018",
        "kind": "adopted",
        "amount": "110",
        "number": "R1",
    }
    names = ["corrects", *text[0].split(",")]
    row |= {"authority": "raad", "decided_on": "2017-12-01"}
    lines = [",".join(names), f",{text[1]}", ",".join(row.get(name, "") for name in names)]
    (path / "budgets.csv").write_text("\n".join(lines))
    from gebiedswerk.assembly.opened import open_dossier

    assert amounts(open_dossier(path), "A", 2018) == (110, 0, 110)


MONEY = st.integers(-50, 150)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(MONEY, min_size=3, max_size=3),
    st.lists(MONEY, min_size=3, max_size=3),
    st.integers(1, 3),
    st.booleans(),
)
def test_years_in_a_row_equal_the_coins(
    tmp_path_factory: pytest.TempPathFactory, budget: list[int], spent: list[int], years: int, last_closed: bool
) -> None:
    """Three years of one line: each closing opens the next, and every identity holds."""
    closed = (2018, 2019, 2020) if last_closed else (2018, 2019)
    town = Small(years=(2018, 2019, 2020), closed=closed, term=f"years = {years}")
    town.adopted = [(year, "A", amount) for year, amount in zip((2018, 2019, 2020), budget, strict=True)]
    town.postings = [(year, "A", amount) for year, amount in zip((2018, 2019, 2020), spent, strict=True)]
    opened = town.open(tmp_path_factory.mktemp("town"))
    assert opened.newest is not None
    purse: list[Tranche] = []
    for year, given_, used in zip((2018, 2019, 2020), budget, spent, strict=True):
        start = TermYear(year, [t for t in purse if t.last_year >= year], given_, used, closed=year in closed)
        _, released, closing, shortfall = coin_by_coin(start, [TermRule(2000, years=years)])
        account = opened.newest.account.years[year]
        term = term_of(opened, "A", year)
        assert {(t.origin, t.last_year): t.cents // 100 for t in term.closing} == closing
        assert {(t.origin, t.last_year): t.cents // 100 for t in term.released} == released
        assert term.shortfall == shortfall * 100
        assert not [name for line in account.lines for name in broken(account, line)]
        purse = [Tranche(origin, last, cents) for (origin, last), cents in closing.items()]
