"""Areas that share a pot: who spends from it is not overspent while it covers what was spent."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.account import Pot, shared_pots
from gebiedswerk.actions import open_dossier
from gebiedswerk.figures import Address, Figures, members
from tests.small import Small

POT = 'years = 2\nterm_at = "parent"'
LINES = {"P": None, "N": "P", "Z": "P"}
AREAS = {"N": "NOORD", "Z": "ZUID"}


def figures_of(town: Small, path: Path) -> Figures:
    figures = town.open(path).newest
    assert isinstance(figures, Figures)
    return figures


def pots_of(figures: Figures, area: str, year: int) -> list[Pot]:
    account = figures.account.standing(year)
    return shared_pots(account, figures.lines(Address("result", f"area:{area}", year)))


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
    assert figures.figure(Address("result", "area:NOORD", 2019)).cents == -2_666_666
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
