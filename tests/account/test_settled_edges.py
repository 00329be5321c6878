"""Settling on its edges: who is named, with which cents, and what is not said where nothing is wrong."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.account import Account, OpeningStatus, State, YearAccount, settle
from gebiedswerk.account.identities import BrokenIdentity
from gebiedswerk.assembly.opened import Opened
from gebiedswerk.core.faults import Fault
from gebiedswerk.core.spending_term import Tranche
from gebiedswerk.dossier import Basis
from tests.account.test_settle import amounts, carry, euros, term_of
from tests.small import Small, put

OPENINGS = "id,line,year,origin,amount,in_budget,decision,decided_on\n"


def settled(opened: Opened) -> tuple[Account, list[Fault]]:
    """The account of the newest basis, and what was said of it."""
    assert opened.newest is not None
    made = settle(opened.newest.ledger, opened.newest.dossier)
    assert made.value is not None
    return made.value, list(made.faults)


def said(opened: Opened, code: str) -> list[tuple[str | None, int | None, dict[str, object]]]:
    """Where a code is said, and its facts."""
    return [(found.file, found.row, dict(found.facts)) for found in settled(opened)[1] if found.code == code]


def move(line: str, year: int, amount: object, origin: int, **more: object) -> dict[str, object]:
    """A row that moves money of an origin out of a year (below zero), or into it."""
    return carry(line, year, 0) | {"amount": amount, "origin": origin, "decided_on": f"{year}-06-01"} | more


def stands(path: Path, *rows: str) -> None:
    """Which line stands in which year: line, year, name."""
    put(path, "budget_line_years.csv", "line,year,name\n" + "".join(f"{row}\n" for row in rows))


def opened_again(path: Path) -> Opened:
    from gebiedswerk.assembly.opened import open_dossier

    return open_dossier(path)


# Which year is how far, and what it stands on


def test_each_year_is_as_far_as_it_is_itself(tmp_path: Path) -> None:
    """2019 is closed and has a budget; 2018 has neither, and takes nothing of it."""
    account, _ = settled(Small(closed=(2019,), adopted=[(2019, "A", 5)]).open(tmp_path))
    assert [account.years[year].state for year in (2018, 2019)] == [State.UNBUDGETED, State.CLOSED]
    assert account.basis == account.years[2018].basis == "newest"


def test_a_year_is_closed_on_the_day_it_was_and_not_before(tmp_path: Path) -> None:
    """On a basis of February 2019 the closing of March is not known yet."""
    opened = Small(closed=(2018,), adopted=[(2018, "A", 5)]).open(tmp_path)
    assert opened.newest is not None
    states = []
    for day in ("2019-01-28T00:00:00", "2019-02-28T23:59:59", "2019-03-01T00:00:00"):
        ledger = replace(opened.newest.ledger, basis=Basis(datetime.fromisoformat(day)))
        made = settle(ledger, opened.newest.dossier).value
        assert made is not None
        states.append(made.years[2018].state)
    assert states == [State.OPEN, State.OPEN, State.CLOSED]


def test_the_year_after_an_adopted_one_opens_with_its_closing(tmp_path: Path) -> None:
    """The newest account leaves 90 of 2018; the council adopted one that leaves 40."""
    opened = Small(closed=(2018,), adopted=[(2018, "A", 100)], postings=[(2018, "A", 10)]).open(tmp_path)
    assert opened.newest is not None
    then = opened.newest.account.years[2018]
    term = then.by_code["A"].term
    assert term is not None
    line = replace(then.by_code["A"], term=replace(term, closing=(Tranche(2018, 2019, 40_00),)))
    adopted: dict[int, YearAccount] = {2018: replace(then, lines=(line,))}
    made = settle(opened.newest.ledger, opened.newest.dossier, adopted).value
    assert made is not None
    now = made.years[2019].by_code["A"].term
    assert now is not None
    assert (now.opening, made.years[2018].state, made.adopted) == (
        (Tranche(2018, 2019, 40_00),),
        State.ADOPTED,
        adopted,
    )


def test_an_account_that_does_not_add_up_stops_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours in the term reaches no page."""
    module = sys.modules["gebiedswerk.account.settle"]  # its package has a function of that name
    right = module.settle_term

    def a_cent_lost(*args: Any) -> Any:
        term = right(*args)
        return replace(term, shortfall_cents=term.shortfall_cents + 1)

    opened = Small(adopted=[(2018, "A", 100)]).open(tmp_path)
    monkeypatch.setattr(module, "settle_term", a_cent_lost)
    with pytest.raises(BrokenIdentity, match=r"^term does not hold for line A in 2018"):
        settled(opened)


# Money on a line that does not stand


def strangers(path: Path) -> Opened:
    """B stands in 2018, Z in both years; B is booked on in 2019 too."""
    town = Small(lines={"A": None, "B": None, "Z": None}, adopted=[(2018, "A", 1)])
    town.postings = [(2019, "Z", 1), (2018, "B", 2), (2019, "B", 30), (2019, "B", 4, "4100")]
    town.write(path)
    stands(path, "A,2018,A", "A,2019,A", "B,2018,B", "Z,2018,Z", "Z,2019,Z")
    return opened_again(path)


def test_money_on_a_line_that_does_not_stand_is_named_at_its_first_row(tmp_path: Path) -> None:
    """Row 4 is the first of B in 2019; both count."""
    assert said(strangers(tmp_path), "M207") == [
        ("deliveries/realised/f.csv", 4, {"year": 2019, "cents": 34_00, "rule": "rB"})
    ]


def test_the_order_in_which_sums_stand_is_nothing(tmp_path: Path) -> None:
    """Row 4 is named, and all is the same, where the ledger is turned round."""
    opened = strangers(tmp_path)
    assert opened.newest is not None
    ledger = opened.newest.ledger
    turned = settle(replace(ledger, sums=ledger.sums.reverse()), opened.newest.dossier)
    assert turned == settle(ledger, opened.newest.dossier)
    assert [one.row for one in turned.faults if one.code == "M207"] == [4]


def test_of_two_deliveries_the_first_by_name_is_named(tmp_path: Path) -> None:
    """Commitments come before what was realised, though their row stands lower."""
    town = Small(lines={"A": None, "B": None}, adopted=[(2018, "A", 1)], postings=[(2019, "B", 1)])
    town.committed = [(2019, "A", 5), (2019, "B", 6)]
    town.write(tmp_path)
    stands(tmp_path, "A,2018,A", "A,2019,A")
    places = [(file, row) for file, row, _ in said(opened_again(tmp_path), "M207")]
    assert places == [("deliveries/commitment-2019/f.csv", 3)]


def test_an_opening_written_by_hand_is_named_in_its_own_table(tmp_path: Path) -> None:
    town = Small(lines={"A": None, "B": None}, adopted=[(2018, "A", 1)])
    town.write(tmp_path)
    put(tmp_path, "openings.csv", f"{OPENINGS}o1,B,2019,2018,5,,R1,2018-12-01\n")
    stands(tmp_path, "A,2018,A", "A,2019,A")
    assert [(file, row) for file, row, _ in said(opened_again(tmp_path), "M207")] == [("openings.csv", 2)]


# Money of a line that stands no longer


def left_behind(
    path: Path, *budgets: dict[str, object], term: str = "years = 3", closed: Sequence[int] = (2018,)
) -> Opened:
    """B has 100 of 2018 and is gone in 2019."""
    town = Small(lines={"A": None, "B": None}, closed=closed, term=term, budgets=budgets)
    town.adopted = [(2018, "A", 1), (2018, "B", 100)]
    town.write(path)
    stands(path, "A,2018,A", "A,2019,A", "B,2018,B")
    return opened_again(path)


@pytest.mark.parametrize(
    ("handed", "left"), [(None, 100_00), ("60", 40_00), ("99.99", 1), ("100", None), ("120", None)]
)
def test_what_nobody_takes_over_is_said_to_the_cent(tmp_path: Path, handed: str | None, left: int | None) -> None:
    """Of 100 that B leaves behind."""
    rows = [move("A", 2019, handed, 2018, source="B")] if handed else []
    opened = left_behind(tmp_path, *rows)
    facts = [facts for _, _, facts in said(opened, "M211")]
    assert facts == ([{"year": 2019, "cents": left}] if left else [])
    assert bool(said(opened, "M205")) == (handed == "120")
    assert settled(opened)[0].doubtful == ({2019} if handed == "120" else frozenset())


def test_what_lapsed_is_left_behind_by_nobody(tmp_path: Path) -> None:
    """The term of B ended with 2018: nothing to take over."""
    opened = left_behind(tmp_path, term="years = 1", closed=())
    assert said(opened, "M211") == []


def test_nothing_can_be_taken_over_from_a_line_without_money(tmp_path: Path) -> None:
    """B spent all: a row that takes 5 of it takes what is not there."""
    town = Small(lines={"A": None, "B": None}, closed=(2018,), adopted=[(2018, "A", 1), (2018, "B", 9)])
    town.postings, town.budgets = [(2018, "B", 9)], [move("A", 2019, 5, 2018, source="B")]
    town.write(tmp_path)
    stands(tmp_path, "A,2018,A", "A,2019,A", "B,2018,B")
    (found,) = said(opened_again(tmp_path), "M205")
    assert found[2] == {"cents": 5_00, "left_cents": 0, "origin": 2018}


def test_every_year_in_which_too_much_is_handed_on_is_doubtful(tmp_path: Path) -> None:
    """B in 2019, C in 2020, and in 2019 also D, who leaves as much as is taken."""
    town = Small(lines=dict.fromkeys("ABCD"), years=(2018, 2019, 2020), closed=(2018, 2019), term="years = 5")
    town.adopted = [(2018, line, 10) for line in "ABCD"]
    town.budgets = [move("A", 2019, 11, 2018, source="B"), move("A", 2019, 10, 2018, source="D")]
    town.budgets += [move("A", 2020, 11, 2018, source="C")]
    town.write(tmp_path)
    stands(tmp_path, *(f"A,{year},A" for year in (2018, 2019, 2020)), "B,2018,B", "D,2018,D", "C,2018,C", "C,2019,C")
    opened = opened_again(tmp_path)
    assert [facts["cents"] for _, _, facts in said(opened, "M205")] == [11_00, 11_00]
    assert settled(opened)[0].doubtful == {2019, 2020}


# Money that moves to the next year


def moving(path: Path, *budgets: dict[str, object], **more: Any) -> Opened:
    """In 2019 A has 10 of 2017 and 20 of 2018, 30 of its own and 5 less by amendment."""
    town = Small(lines={"A": None, "B": None}, years=(2018, 2019, 2020), closed=(2018, 2019), term="years = 9", **more)
    town.adopted = [(2018, "A", 20), (2019, "A", 30)]
    less = {"line": "A", "year": 2019, "kind": "amendment", "amount": -5, "number": "R9", "decided_on": "2019-05-01"}
    town.budgets = [less, *budgets]
    town.write(path)
    put(path, "openings.csv", f"{OPENINGS}o1,A,2018,2017,10,,R1,2017-12-01\n")
    return opened_again(path)


@pytest.mark.parametrize(("origin", "there"), [(2017, 10), (2018, 20), (2019, 25)])
def test_no_more_moves_out_than_was_there_of_that_origin(tmp_path: Path, origin: int, there: int) -> None:
    """All of it may move; a euro more may not, and is named with what was there."""
    into = {"in_budget": "ja", "decided_on": "2019-12-01"}
    exact = [move("A", 2019, -there, origin), move("A", 2020, there, origin, **into)]
    assert said(moving(tmp_path / "exact", *exact), "M205") == []
    more = [move("A", 2019, -there - 1, origin), move("A", 2020, there + 1, origin, **into)]
    found = said(moving(tmp_path / "more", *more), "M205")
    assert ("budgets.csv", 5, {"cents": (there + 1) * 100, "left_cents": there * 100, "origin": origin}) in found


def test_what_arrives_is_of_that_origin_and_line_and_in_the_budget(tmp_path: Path) -> None:
    """Of 9 of 2018, 2 arrive with A and 3 with B, from A; the rest is of 2017, of 2019, outside the budget, or of B."""
    into = {"in_budget": "ja", "decided_on": "2019-12-01"}
    found = moving(
        tmp_path,
        move("A", 2019, -9, 2018),
        move("A", 2020, 2, 2018, **into),
        move("B", 2020, 3, 2018, source="A", **into),
        move("A", 2020, 1, 2018, **(into | {"in_budget": ""})),
        move("A", 2020, 4, 2017, **into),
        move("A", 2020, 5, 2019, **into),
        move("B", 2020, 6, 2018, **into),
    )
    assert said(found, "M206") == [("budgets.csv", 5, {"cents": 9_00, "met_cents": 5_00, "year": 2020})]
    assert 2019 in settled(found)[0].doubtful


def test_what_comes_in_and_what_moves_out_are_not_each_other(tmp_path: Path) -> None:
    """50 of 2018 comes into 2019, and in December 40 of it moves on: budget 100 − 40, and 10 + 100 to be spent."""
    town = Small(years=(2018, 2019, 2020), closed=(2018, 2019), term="years = 5")
    town.adopted, town.postings = [(2018, "A", 50), (2019, "A", 100)], [(2019, "A", 105)]
    town.budgets = [move("A", 2019, 50, 2018), move("A", 2019, -40, 2018, decided_on="2019-12-01")]
    town.budgets += [move("A", 2020, 40, 2018, in_budget="ja", decided_on="2019-12-01")]
    opened = town.open(tmp_path)
    assert amounts(opened, "A", 2019) == (60, 105, -45)
    assert euros(term_of(opened, "A", 2019), "closing") == {2018: 40, 2019: 5}
    assert not opened.faults


def test_the_row_that_moves_it_is_named_and_no_other(tmp_path: Path) -> None:
    """Row 5 to 9 are of another line, origin, year, of nothing, and into the year; then come two that move it."""
    found = moving(
        tmp_path,
        move("B", 2019, -1, 2018),
        move("A", 2019, -1, 2017),
        move("A", 2018, -1, 2018),
        move("A", 2019, 0, 2018),
        move("A", 2019, 2, 2018, number="R2"),
        move("A", 2019, -1, 2018),
        move("A", 2019, -2, 2018),
    )
    rows = [row for _, row, facts in said(found, "M206") if facts["cents"] == 3_00]
    assert rows == [10]


def test_money_that_moved_out_is_not_spent(tmp_path: Path) -> None:
    """Of 100, 40 moves to 2020; who spends 80 in 2019 is 20 short."""
    town = Small(years=(2019, 2020), closed=(2019,), adopted=[(2019, "A", 100)], postings=[(2019, "A", 80)])
    town.budgets = [move("A", 2019, -40, 2019), move("A", 2020, 40, 2019, in_budget="ja")]
    term = term_of(town.open(tmp_path), "A", 2019)
    assert (term.shortfall, euros(term, "closing")) == (20_00, {2019: 40})


def test_a_move_out_decides_nothing_on_what_was_left(tmp_path: Path) -> None:
    """30 of 2018 is left, and nobody decided on it: that 40 of 2019 moves on is another matter; nor does a row of 0."""
    town = Small(years=(2018, 2019), closed=(2018,), adopted=[(2018, "A", 30), (2019, "A", 100)])
    town.budgets = [move("A", 2019, -40, 2019), move("A", 2019, 0, 2018)]
    term = term_of(town.open(tmp_path), "A", 2019)
    assert (term.opening_status, euros(term, "opening")) == (OpeningStatus.EXPECTED, {2018: 30})


def test_a_cent_is_carried_over(tmp_path: Path) -> None:
    """Of 30 the council adopts one cent."""
    town = Small(closed=(2018,), adopted=[(2018, "A", 30), (2019, "A", 1)], budgets=[move("A", 2019, "0.01", 2018)])
    term = term_of(town.open(tmp_path), "A", 2019)
    assert (term.opening_status, term.opening) == (OpeningStatus.DECIDED, (Tranche(2018, 2019, 1),))


def test_a_row_that_names_its_own_line_as_source_is_its_own(tmp_path: Path) -> None:
    """20 of 30 is carried over: not handed on to itself, nor received from itself."""
    town = Small(closed=(2018,), adopted=[(2018, "A", 30), (2019, "A", 1)])
    town.budgets = [move("A", 2019, 20, 2018, source="A")]
    term = term_of(town.open(tmp_path), "A", 2019)
    assert (euros(term, "opening"), term.not_carried) == ({2018: 20}, 10_00)


# What is known of a year


def uncertain(path: Path, stranger: int) -> Opened:
    """More is carried over and moved out than there is in 2019; in some year money is booked on a line that is gone."""
    town = Small(lines={"A": None, "B": None}, years=(2018, 2019, 2020), closed=(2018,), adopted=[(2018, "A", 10)])
    town.budgets = [move("A", 2019, 11, 2018), move("A", 2019, -50, 2019)]
    town.postings = [(stranger, "B", 1)]
    town.write(path)
    stands(path, "A,2018,A", "A,2019,A", "A,2020,A")
    return opened_again(path)


@pytest.mark.parametrize(("year", "known"), [(2018, False), (2019, True), (2020, True)])
def test_what_was_left_of_a_year_that_is_not_complete_is_not_known(tmp_path: Path, year: int, known: bool) -> None:
    """Money missing in 2018 may be what was carried over; missing in 2019 itself it is not. What arrives is known."""
    opened = uncertain(tmp_path, year)
    assert bool(said(opened, "M205")) == known
    assert [facts["met_cents"] for _, _, facts in said(opened, "M206")] == [0]


def test_a_sound_account_is_doubtful_in_no_year(tmp_path: Path) -> None:
    opened = Small(closed=(2018,), adopted=[(2018, "A", 10)], budgets=[move("A", 2019, 10, 2018)]).open(tmp_path)
    assert settled(opened)[0].doubtful == frozenset()


@pytest.mark.parametrize(("stranger", "known"), [(2018, False), (2019, True)])
def test_a_withdrawal_beyond_what_is_there_is_named_where_that_is_known(
    tmp_path: Path, stranger: int, known: bool
) -> None:
    """Minus 8 in 2019 of a line with 5 left; row 4 is the last that takes from it."""
    town = Small(lines={"A": None, "B": None}, closed=(2018,), adopted=[(2018, "A", 5)], postings=[(stranger, "B", 1)])
    usual = {"year": 2019, "kind": "amendment", "number": "R3", "decided_on": "2019-03-01"}
    town.budgets = [
        {"line": "A", "amount": -3} | usual,
        {"line": "A", "amount": -5} | usual,
        {"line": "A", "amount": 0} | usual,
        {"line": "A", "amount": 1, "flow": "income"} | usual,
        {"line": "A", "amount": -1, "flow": "reserve_in"} | usual,
        {"line": "A", "amount": -9} | usual | {"year": 2018, "decided_on": "2018-03-01"},
    ]
    town.write(tmp_path)
    stands(tmp_path, "A,2018,A", "A,2019,A")
    found = [(file, row) for file, row, facts in said(opened_again(tmp_path), "M204") if facts["year"] == 2019]
    assert found == ([("budgets.csv", 4)] if known else [])


def test_a_withdrawal_is_named_at_the_amendment_of_its_own_line(tmp_path: Path) -> None:
    """After row 5, that takes 8 of A, stand a cut of B, a move out of A and a grant of A that is below zero."""
    town = Small(lines={"A": None, "B": None}, closed=(2018,), adopted=[(2018, "A", 5), (2018, "B", 5), (2019, "B", 9)])
    usual = {"year": 2019, "kind": "amendment", "number": "R3", "decided_on": "2019-03-01"}
    town.budgets = [
        {"line": "A", "amount": -8} | usual,
        {"line": "B", "amount": -2} | usual,
        {"line": "A", "amount": -1} | usual | {"kind": "adopted", "decided_on": "2018-11-01"},
        move("A", 2019, -1, 2018),
    ]
    assert [(file, row) for file, row, _ in said(town.open(tmp_path), "M204")] == [("budgets.csv", 5)]


def test_a_withdrawal_that_no_amendment_made_has_no_row(tmp_path: Path) -> None:
    """An adopted budget of minus 8, of a line with 5 left."""
    opened = Small(closed=(2018,), adopted=[(2018, "A", 5), (2019, "A", -8)]).open(tmp_path)
    assert said(opened, "M204") == [("budgets.csv", None, {"year": 2019, "cents": 3_00})]


def test_a_refund_is_no_withdrawal(tmp_path: Path) -> None:
    """Minus 8 in the budget and 6 received back: what the budget took is there, or not, by the refund alone."""
    town = Small(closed=(2018,), adopted=[(2018, "A", 1)], postings=[(2019, "A", -6)])
    usual = {"year": 2019, "kind": "amendment", "number": "R3", "decided_on": "2019-03-01"}
    town.budgets = [{"line": "A", "amount": -8} | usual]
    opened = town.open(tmp_path)
    assert (term_of(opened, "A", 2019).withdrawn_beyond, said(opened, "M204")) == (1_00, [])


# Amounts


def test_only_costs_bind_the_term_where_income_is_general(tmp_path: Path) -> None:
    """A budget of 120 in costs and 20 in income, for whom income lowers what is spent, and for whom it does not."""
    flow = {"line": "A", "year": 2018, "kind": "adopted", "amount": -20, "flow": "income"}
    terms = [
        term_of(
            Small(term=f'income = "{income}"', adopted=[(2018, "A", 120)], budgets=[flow]).open(tmp_path / income),
            "A",
            2018,
        )
        for income in ("reduces", "general")
    ]
    assert [(term.allocated, term.general) for term in terms] == [(100_00, 0), (120_00, -20_00)]


def test_openings_by_hand_are_brought_into_the_budget_or_not(tmp_path: Path) -> None:
    """3 in the budget and 4 outside it: 7 may be spent, and the budget is 10 + 3."""
    town = Small(adopted=[(2018, "A", 10)])
    town.write(tmp_path)
    put(tmp_path, "openings.csv", f"{OPENINGS}o1,A,2018,2017,3,ja,R1,2017-12-01\no2,A,2018,2016,4,,R1,2017-12-01\n")
    opened = opened_again(tmp_path)
    assert amounts(opened, "A", 2018) == (13, 0, 13)
    term = term_of(opened, "A", 2018)
    assert {t.origin: t.in_budget_cents for t in term.opening} == {2017: 300} | (
        {2016: 0} if len(term.opening) > 1 else {}
    )


def test_budgets_of_reserves_before_and_after_amendment(tmp_path: Path) -> None:
    """Into a reserve 50, then 7 more; out of one 30, then 9 less. None of it is budget."""
    usual = {"line": "A", "year": 2018, "number": "R3", "decided_on": "2017-12-01"}
    rows = [("adopted", "reserve_in", 50), ("amendment", "reserve_in", 7)]
    rows += [("adopted", "reserve_out", -30), ("amendment", "reserve_out", 9)]
    town = Small(adopted=[(2018, "A", 10)])
    town.budgets = [usual | {"kind": kind, "flow": flow, "amount": amount} for kind, flow, amount in rows]
    account, _ = settled(town.open(tmp_path))
    own = account.years[2018].by_code["A"].own
    assert (own.adopted_reserve_in, own.adopted_reserve_out) == (50_00, 30_00)
    assert (own.budget_reserve_in, own.budget_reserve_out, own.budget) == (57_00, 21_00, 10_00)
