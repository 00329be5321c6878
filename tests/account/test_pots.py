"""Areas that share a pot: who spends from it is not overspent while it covers what was spent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.account import Pot, shared_pots
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.figures import Address, Figures, area_subject, members
from tests.account.test_settle import carry
from tests.small import Small, posting_row, put

POT = 'years = 2\nterm_at = "parent"'
LINES = {"P": None, "N": "P", "Z": "P"}
AREAS = {"N": "NOORD", "Z": "ZUID"}


def figures_of(town: Small, path: Path) -> Figures:
    figures = town.open(path).newest
    assert isinstance(figures, Figures)
    return figures


def pots_of(figures: Figures, area: str, year: int) -> list[Pot]:
    account = figures.account.standing(year)
    return shared_pots(account, figures.lines(Address("result", area_subject(area), year)))


@pytest.mark.parametrize(("noord", "overspent"), [(20, []), (60, []), (61, ["NOORD"])])
def test_a_pot_above_two_areas(tmp_path: Path, noord: int, overspent: list[str]) -> None:
    """60 on the pot, none on the areas: Noord spends 20 and is not overspent; at 61 the pot is 1 short."""
    town = Small(lines=LINES, areas=AREAS, term=POT, adopted=[(2018, "P", 60)], postings=[(2018, "N", noord)])
    figures = figures_of(town, tmp_path)
    assert [pot.line.code for pot in pots_of(figures, "NOORD", 2018)] == ["P"]
    assert [name for _, name in members(figures, "areas-overspent", 2018)] == overspent


def test_a_project_over_two_areas(tmp_path: Path) -> None:
    """Hand case 3: in 2019 more than the budget went to both, from what was left of 2018: the pot has 5.000."""
    town = Small(
        lines=LINES,
        areas=AREAS,
        term=POT,
        adopted=[(2018, "N", 40_000), (2018, "Z", 20_000), (2019, "N", 20_000), (2019, "Z", 10_000)],
        postings=[(2018, "P", 15_000, "4000"), (2019, "P", 70_000, "4000")],
        keys=["plein,2018,N,2,x", "plein,2018,Z,1,x", "plein,2019,N,2,x", "plein,2019,Z,1,x"],
        closed=(2018,),
    )
    path = town.write(tmp_path)
    rules = (path / "attribution.csv").read_text("utf-8").replace("rP,kP,P,,", "rP,kP,,plein,")
    (path / "attribution.csv").write_text(rules, "utf-8")
    figures = open_dossier(path).newest
    assert isinstance(figures, Figures)
    found = {
        (measure, area): figures.figure(Address(measure, area_subject(area), 2019)).cents
        for measure in ("realised", "result")
        for area in ("NOORD", "ZUID")
    }
    assert found == {
        ("realised", "NOORD"): 4_666_667,
        ("realised", "ZUID"): 2_333_333,
        ("result", "NOORD"): -2_666_667,
        ("result", "ZUID"): -1_333_333,
    }
    (pot,) = pots_of(figures, "NOORD", 2019)
    assert sum(tranche.cents for tranche in pot.term.closing) == 500_000
    assert members(figures, "areas-overspent", 2019) == []


def test_a_pot_of_one_area_is_not_shared(tmp_path: Path) -> None:
    """The lines below inherit its area: what it spends more than budgeted is its own."""
    town = Small(lines=LINES, areas={"P": "NOORD"}, term=POT, adopted=[(2018, "P", 60)], postings=[(2018, "N", 70)])
    figures = figures_of(town, tmp_path)
    assert pots_of(figures, "NOORD", 2018) == []
    assert [name for _, name in members(figures, "areas-overspent", 2018)] == ["NOORD"]


def test_every_line_its_own_term_shares_nothing(tmp_path: Path) -> None:
    town = Small(lines=LINES, areas=AREAS, adopted=[(2018, "P", 60)], postings=[(2018, "N", 20)])
    figures = figures_of(town, tmp_path)
    assert pots_of(figures, "NOORD", 2018) == []
    assert [name for _, name in members(figures, "areas-overspent", 2018)] == ["NOORD"]


@pytest.mark.parametrize(
    ("pot", "earlier", "budgets", "spent", "eaten"),
    [
        (0, 0, (50, 50), (70, 20), 20),  # Noord spends 20 more; Zuid saved 30 of which 20 is gone
        (0, 0, (50, 50), (70, 40), 10),  # Zuid saved 10 alone: the other 10 are a shortfall
        (0, 0, (50, 50), (50, 20), 0),  # on the edge: Noord spends its own
        (20, 0, (50, 50), (70, 20), 0),  # the pot has money of its own, for both
        (15, 0, (50, 50), (70, 20), 5),
        (0, 20, (50, 50), (70, 20), 0),  # left of the year before, for both
        (0, 5, (50, 50), (70, 20), 15),
        (0, 0, (50, 50), (70, 50), 0),  # nobody saved: a shortfall, told as such
    ],
)
def test_a_saving_that_another_ate_is_warned(
    tmp_path: Path, pot: int, earlier: int, budgets: tuple[int, int], spent: tuple[int, int], eaten: int
) -> None:
    """Once the year is closed: what lines of a pot spent beyond their own budget at the cost of others (M214)."""
    given = [(2018, "P", earlier), (2019, "P", pot), (2019, "N", budgets[0]), (2019, "Z", budgets[1])]
    town = Small(
        lines=LINES,
        areas=AREAS,
        term=POT,
        closed=(2018, 2019),
        adopted=[row for row in given if row[2]],
        postings=[(2019, "N", spent[0]), (2019, "Z", spent[1])],
    )
    found = [one for one in town.open(tmp_path).faults if one.code == "M214"]
    assert [(one.value, dict(one.facts)) for one in found] == (
        [("P", {"over": "N", "saved": "Z", "year": 2019, "cents": eaten * 100})] if eaten else []
    )
    assert all(one.severity.value == "warning" for one in found)


@pytest.mark.parametrize(("term", "closed"), [("years = 2", (2019,)), (POT, ())])
def test_no_saving_is_eaten_per_line_or_in_a_year_that_runs(tmp_path: Path, term: str, closed: tuple[int, ...]) -> None:
    """Where a line keeps its own money, or where it may still be spent, nothing was eaten."""
    town = Small(
        lines=LINES, areas=AREAS, term=term, closed=closed, years=(2019,), adopted=[(2019, "N", 50), (2019, "Z", 50)]
    )
    town.postings = [(2019, "N", 70), (2019, "Z", 20)]
    assert "M214" not in {one.code for one in town.open(tmp_path).faults}


def test_nothing_is_said_of_savings_while_money_is_on_no_line(tmp_path: Path) -> None:
    """Money on a line that does not stand in that year (M207): what was eaten is not known, and not told beside it."""
    town = Small(
        lines=LINES, areas=AREAS, term=POT, closed=(2019,), years=(2019,), adopted=[(2019, "N", 50), (2019, "Z", 50)]
    )
    town.postings = [(2019, "N", 70), (2019, "Z", 20)]
    path = town.write(tmp_path)
    assert "M214" in {one.code for one in open_dossier(path).faults}
    put(path, "budget_lines.csv", (path / "budget_lines.csv").read_text("utf-8") + "X,x\n")
    put(path, "attribution.csv", (path / "attribution.csv").read_text("utf-8") + "rx,kX,X,,\n")
    export = path / "deliveries/realised/f.csv"
    put(path, "deliveries/realised/f.csv", export.read_text("utf-8") + "\n" + posting_row(2019, "X", -30))
    codes = {one.code for one in open_dossier(path).faults}
    assert "M207" in codes and "M214" not in codes


def eaten(town: Small, path: Path) -> list[dict[str, object]]:
    """The facts of what is said of savings that others ate."""
    return [dict(one.facts) for one in town.open(path).faults if one.code == "M214"]


def sharing(*given: tuple[int, str, int], spent: dict[str, object], **more: Any) -> Small:
    """A pot P that runs in 2018 and 2019, both closed; `spent` in 2019 per line."""
    lines = {"P": None} | dict.fromkeys(spent, "P")
    postings = [(2019, line, amount) for line, amount in spent.items()]
    return Small(lines=lines, term=POT, closed=(2018, 2019), adopted=given, postings=postings, **more)


def test_all_who_spent_and_all_who_saved_are_named_and_no_others(tmp_path: Path) -> None:
    """A and B spent 5 and 6 more than their 10, C and D saved 7 and 8; E spent its own."""
    spent: dict[str, object] = {"A": 15, "B": 16, "C": 3, "D": 2, "E": 10}
    town = sharing(*((2019, line, 10) for line in spent), spent=spent)
    assert eaten(town, tmp_path) == [{"over": "A, B", "saved": "C, D", "year": 2019, "cents": 11_00}]


def test_a_cent_that_was_eaten_is_said(tmp_path: Path) -> None:
    """A spent 10 more than its own, B saved one cent."""
    town = sharing((2019, "A", 10), (2019, "B", 10), spent={"A": 20, "B": "9,99"})
    assert eaten(town, tmp_path) == [{"over": "A", "saved": "B", "year": 2019, "cents": 1}]


def test_who_ate_what_is_not_said_of_a_year_whose_money_is_not_complete(tmp_path: Path) -> None:
    """Nobody knows yet on which line 1 of 2019 was spent: perhaps B saved nothing."""
    town = sharing((2019, "A", 10), (2019, "B", 10), spent={"A": 20, "B": 1})
    assert len(eaten(town, tmp_path / "complete")) == 1
    town.postings = [*town.postings, (2019, "nowhere", 1)]
    assert eaten(town, tmp_path / "open") == []


def test_who_ate_what_is_not_said_where_decisions_carry_more_than_there_is(tmp_path: Path) -> None:
    """Of 5 that the pot had left, 6 is carried over: what paid first is not known."""
    given = (2018, "P", 5), (2019, "A", 10), (2019, "B", 10)
    spent: dict[str, object] = {"A": 20, "B": 1}
    assert len(eaten(sharing(*given, spent=spent, budgets=[carry("P", 2019, 5)]), tmp_path / "there")) == 1
    assert eaten(sharing(*given, spent=spent, budgets=[carry("P", 2019, 6)]), tmp_path / "beyond") == []
