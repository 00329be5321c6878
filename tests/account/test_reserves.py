"""Movements of reserves: apart from the budget and the term, realised and budgeted, in cents and in printed units."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.account import (
    RESERVES,
    Account,
    Adopted,
    Amounts,
    LineAccount,
    State,
    YearAccount,
    adopted_text,
    read_adopted,
    restated,
    rounded,
    value,
)
from gebiedswerk.assembly.opened import Opened
from gebiedswerk.core.rounding import plain
from gebiedswerk.figures import Address, Figures, NoFigure, parse_subject, posted_cents
from tests.small import Small

PARENTS = {"A": None, "B": "A", "C": "A", "D": None}
ALL = (*PARENTS, "total")


def town() -> Small:
    """Costs of 620 on a budget of 450; a withdrawal of 100 where 30, then 80 was budgeted; an addition of 5."""
    decided = {"line": "A", "year": 2019}
    small = Small(closed=(2018, 2019), adopted=[(2018, "A", 170), (2019, "A", 450)])
    small.budgets = [
        {**decided, "kind": "adopted", "flow": "reserve_out", "amount": -30},
        {**decided, "kind": "amendment", "flow": "reserve_out", "amount": -50},
    ]
    small.postings = [(2019, "A", 620), (2019, "A", -100, "9700"), (2019, "A", 5, "9600")]
    return small


def opened(path: Path, small: Small) -> Opened:
    """The town, its profile told that ledger accounts of 96 put money into a reserve."""
    small.write(path)
    profile = path / "profiles/p.toml"
    profile.write_text(profile.read_text("utf-8") + 'reserve_in = ["96*"]\n', "utf-8")
    from gebiedswerk.assembly.opened import open_dossier

    return open_dossier(path)


def cents(found: Opened, measure: str, subject: str = "A", year: int = 2019) -> int:
    """A figure in whole euros."""
    assert found.newest is not None
    return found.newest.figure(Address(measure, parse_subject(subject), year)).cents // 100


def test_each_movement_at_each_stage(tmp_path: Path) -> None:
    """Budget 450 − 80, realised 620 + 5 − 100: 525 where 370 was budgeted, 155 too much."""
    found = opened(tmp_path, town())
    assert not found.faults
    stages = {measure: cents(found, measure) for measure in RESERVES}
    assert stages == {
        "reserve_in": 5,
        "reserve_out": 100,
        "adopted_reserve_in": 0,
        "adopted_reserve_out": 30,
        "budget_reserve_in": 0,
        "budget_reserve_out": 80,
        "adopted_after": 420,
        "budget_after": 370,
        "realised_after": 525,
        "reserve_in_less": -5,
        "reserve_out_more": 20,
        "result_after": -155,
    }
    assert {measure: cents(found, measure, "total") for measure in RESERVES} == stages


def test_budget_and_term_do_not_move(tmp_path: Path) -> None:
    """Case 21 with budgeted movements too: all that was before stays, down to the tranches."""
    with_reserves = opened(tmp_path / "with", town())
    bare = town()
    bare.budgets, bare.postings = [], [(2019, "A", 620)]
    without = opened(tmp_path / "without", bare)
    assert with_reserves.newest is not None and without.newest is not None
    for year in (2018, 2019):
        one = with_reserves.newest.account.years[year].by_code["A"]
        other = without.newest.account.years[year].by_code["A"]
        assert one.term == other.term
        for name in ("adopted", "amended", "budget", "costs", "income", "realised", "committed", "result"):
            assert getattr(one.own, name) == getattr(other.own, name)


def test_every_figure_is_the_sum_of_its_postings(tmp_path: Path) -> None:
    """Factors times cents of the public postings, for every measure."""
    found = opened(tmp_path, town())
    assert found.newest is not None
    for measure in RESERVES:
        for subject in ("A", "total"):
            address = Address(measure, parse_subject(subject), 2019)
            assert posted_cents(found.newest, address) == found.newest.figure(address).cents


def test_a_year_without_movements_has_them_for_the_whole_alone(tmp_path: Path) -> None:
    """In 2018 nothing moved: nil in total, and what follows is the balance itself; a line has no such figure."""
    found = opened(tmp_path, town())
    assert found.newest is not None
    assert cents(found, "reserve_out", "total", 2018) == 0
    assert cents(found, "budget_after", "total", 2018) == cents(found, "budget", "total", 2018) == 170
    with pytest.raises(NoFigure):
        cents(found, "reserve_out", "A", 2018)
    shown = {address for address in found.newest.addresses() if address.measure in RESERVES}
    assert shown == {
        Address(m, parse_subject(s), y) for m in RESERVES for s, y in (("A", 2019), ("total", 2019), ("total", 2018))
    }


def test_a_cut_withdrawal_is_no_cut_of_the_budget(tmp_path: Path) -> None:
    """M204 names the row that took the money, not a later one about a reserve."""
    small = Small(years=(2019,), adopted=[(2019, "A", 100)])
    small.budgets = [
        {"line": "A", "year": 2019, "kind": "amendment", "amount": -500},
        {"line": "A", "year": 2019, "kind": "amendment", "flow": "reserve_out", "amount": -50},
    ]
    (fault,) = [one for one in small.open(tmp_path).faults if one.code == "M204"]
    assert fault.row == 3


AMOUNTS = st.builds(Amounts, *[st.integers(-300_000, 300_000)] * 7, *[st.integers(0, 200_000) | st.just(0)] * 6)


def year_of(amounts: list[Amounts]) -> YearAccount:
    """Four lines in a tree with these own amounts."""
    lines = (LineAccount(c, c, "", p, own, None) for (c, p), own in zip(PARENTS.items(), amounts, strict=True))
    return YearAccount(2019, State.OPEN, "x", tuple(lines))


def units(account: YearAccount, measure: str, subject: str) -> int:
    table = rounded(account, 100_000)
    return table.of_whole(measure) if subject == "total" else table.of_line(measure, subject)


@given(amounts=st.lists(AMOUNTS, min_size=4, max_size=4))
def test_result_is_balance_plus_withdrawals_minus_additions(amounts: list[Amounts]) -> None:
    """In cents for every line and the whole, at each stage; the difference too, both ways."""
    account = year_of(amounts)
    for subject in ALL:
        lines = account.lines if subject == "total" else account.below(subject)
        found = {m: value(lines, m) for m in (*RESERVES, "adopted", "budget", "realised", "result")}
        for stage, balance in (("adopted_", "adopted"), ("budget_", "budget"), ("", "realised")):
            law = -found[balance] + found[f"{stage}reserve_out"] - found[f"{stage}reserve_in"]
            assert -found[f"{balance}_after"] == law
        assert found["result_after"] == found["budget_after"] - found["realised_after"]
        assert found["result_after"] == found["result"] + found["reserve_in_less"] + found["reserve_out_more"]


@given(amounts=st.lists(AMOUNTS, min_size=4, max_size=4))
def test_printed_units_add_up_too(amounts: list[Amounts]) -> None:
    """What is not said to be plain adds up across and down; every cell is one of its two neighbours."""
    account = year_of(amounts)
    table = rounded(account, 100_000)
    for subject in ALL:
        lines = account.lines if subject == "total" else account.below(subject)
        found = {m: units(account, m, subject) for m in (*RESERVES, "adopted", "budget", "realised", "result")}
        for stage, balance in (("adopted_", "adopted"), ("budget_", "budget"), ("", "realised")):
            names = {f"{stage}reserve_in", f"{stage}reserve_out", f"{balance}_after"}
            if not names & table.plain:
                moved = found[f"{stage}reserve_out"] - found[f"{stage}reserve_in"]
                assert -found[f"{balance}_after"] == -found[balance] + moved
        if not {"result_after", "budget_after", "realised_after"} & table.plain:
            assert found["result_after"] == found["budget_after"] - found["realised_after"]
        assert all(abs(found[m] * 100_000 - value(lines, m)) < 100_000 for m in found)
    for measure in set(RESERVES) - table.plain:
        assert units(account, measure, "total") == sum(units(account, measure, top) for top in ("A", "D"))


def test_the_usual_case_is_never_plain() -> None:
    """One line with a withdrawal, budgeted and realised, among lines without: everything adds up."""
    still = Amounts(adopted=45_040_000, costs=39_960_000)
    moves = replace(still, reserve_out=10_050_000, adopted_reserve_out=3_000_000, budget_reserve_out=8_040_000)
    table = rounded(year_of([still, moves, still, still]), 100_000)
    assert not set(RESERVES) & table.plain


def test_without_movements_the_balance_after_is_the_balance() -> None:
    """Of amounts that round up and down: the same units, line by line."""
    account = year_of([Amounts(adopted=a, costs=c) for a, c in ((150_000, 49_999), (50_000, 1), (50_000, 0), (1, 1))])
    for subject in ALL:
        for name in ("adopted", "budget", "realised", "result"):
            assert units(account, f"{name}_after", subject) == units(account, name, subject)
        assert units(account, "reserve_out", subject) == plain(0, 100_000) == 0


def adopted_of(account: YearAccount) -> Adopted:
    return Adopted(datetime(2020, 6, 1, tzinfo=UTC), date(2020, 6, 1), "R1", {}, {}, {2019: account})


@given(amounts=st.lists(AMOUNTS, min_size=4, max_size=4))
def test_an_adopted_account_holds_them(amounts: list[Amounts]) -> None:
    """Written and read back the same."""
    account = year_of(amounts)
    assert read_adopted(adopted_text(adopted_of(account))).years[2019] == account


def old_text(text: str) -> str:
    """An adopted account as it was written before accounts held movements of reserves."""
    form = json.loads(text)
    for one in form["years"]:
        parts = [one["account"]["total"], *(line[p] for line in one["account"]["lines"] for p in ("own", "total"))]
        for part in parts:
            for key in [key for key in part if "reserve" in key or "_after_" in key]:
                del part[key]
    return json.dumps(form, indent=1, ensure_ascii=False) + "\n"


def test_an_older_adopted_account_does_not_know_them(tmp_path: Path) -> None:
    """It is read as it stands and written the same; nothing is restated, and there is no figure, not even nil."""
    found = opened(tmp_path, town())
    assert found.newest is not None
    now = found.newest.account.years[2019]
    text = old_text(adopted_text(adopted_of(now)))
    then = read_adopted(text).years[2019]
    assert adopted_text(read_adopted(text)) == text
    assert (then.knows_reserves, restated(then, now)) == (False, [])
    years = found.newest.account.years
    figures = Figures(found.newest.dossier, found.newest.ledger, Account("x", years, {2019: then}))
    assert figures.figure(Address("result", parse_subject("A"), 2019)).cents == -17_000
    for subject in ("A", "total"):
        with pytest.raises(NoFigure):
            figures.figure(Address("reserve_out", parse_subject(subject), 2019))
    assert not [one for one in figures.addresses() if one.measure in RESERVES and one.year == 2019]
