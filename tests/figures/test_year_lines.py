"""The lines of a year by branch and area: looked up at once, and the same as when searched one by one."""

from __future__ import annotations

import pytest

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.hierarchy import subtree
from gebiedswerk.figures import TOTAL, Address, Figures, NoFigure, area_subject, line_subject
from tests.conftest import KLEIN, ROOT


@pytest.mark.parametrize("dossier", [KLEIN, ROOT / "examples" / "groningen"], ids=lambda path: path.name)
def test_it_finds_what_a_search_finds(dossier: object) -> None:
    """Every branch and every area of every year, against a walk through the tree for each."""
    figures = open_dossier(dossier).newest  # type: ignore[arg-type] # a path
    assert isinstance(figures, Figures)
    areas = {area.code: area.parent for area in figures.dossier.areas}
    for year in figures.years():
        account = figures.account.standing(year)
        assert list(figures.lines(Address("budget", TOTAL, year))) == list(account.lines)
        for line in account.lines:
            assert list(figures.lines(Address("budget", line_subject(line.code), year))) == account.below(line.code)
        for code in areas:
            within = set(subtree(areas, code))
            slow = [line for line in account.lines if line.area in within]
            assert list(figures.lines(Address("budget", area_subject(code), year))) == slow


def test_an_area_that_is_not_there() -> None:
    """A code that no area has is no figure; an area without lines in a year has none."""
    figures = open_dossier(ROOT / "examples" / "groningen").newest
    assert isinstance(figures, Figures)
    with pytest.raises(NoFigure):
        figures.lines(Address("budget", area_subject("NERGENS"), 2019))
    assert list(figures.lines(Address("budget", area_subject("HAREN"), 2018))) == []
