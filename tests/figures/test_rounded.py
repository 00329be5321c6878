"""The same cents of a subject in a year are printed the same, whichever measure they stand for, on every page."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from gebiedswerk.account import MEASURES
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.rounding import plain
from gebiedswerk.figures import TOTAL, UNITS, Address, Figures, line_subject
from tests.conftest import ROOT


@cache
def _bases() -> list[Figures]:
    examples = [open_dossier(ROOT / "examples" / name) for name in ("klein", "groningen")]
    return [view.figures for one in examples for view in one.views]


@pytest.mark.parametrize("unit", ["thousand", "euro"])
def test_the_same_cents_of_a_subject_print_the_same(unit: str) -> None:
    """Also where a measure is not rounded with others: an opening, what was allocated."""
    met = 0
    for figures in _bases():
        printed: dict[tuple[int | None, str, int], set[int]] = defaultdict(set)
        for address in figures.addresses():
            cents, units = figures.figure(address).cents, figures.units(address, UNITS[unit])
            sign = -1 if cents < 0 else 1
            printed[address.year, str(address.subject), sign * cents].add(sign * units)
            met += units != plain(cents, UNITS[unit])
        assert [key for key, units in printed.items() if len(units) > 1] == []
    assert met > 20


@pytest.mark.parametrize("unit", ["thousand", "euro"])
def test_what_an_area_has_alone_prints_as_the_line_that_has_it(unit: str) -> None:
    """An area in which one line has money, or all money of the whole, shows what that line or the whole shows."""
    met = 0
    for figures in _bases():
        for address in figures.addresses():
            if address.area is None:
                continue
            lines = [line for line in figures.lines(address) if MEASURES[address.measure].own(line)]
            if len(lines) == 1 and len(figures.account.standing(address.year or 0).below(lines[0].code)) == 1:
                line = Address(address.measure, line_subject(lines[0].code), address.year)
                assert figures.units(address, UNITS[unit]) == figures.units(line, UNITS[unit])
                met += 1
    assert met > 100


def test_what_is_not_nearest_is_known(klein: Path) -> None:
    """`exactly` says the cents where what is printed is not the nearest unit, and nothing where it is."""
    figures = open_dossier(klein).views[0].figures
    for address in figures.addresses():
        cents = figures.figure(address).cents
        odd = figures.units(address, UNITS["thousand"]) != plain(cents, UNITS["thousand"])
        assert figures.exactly(address, UNITS["thousand"]) == (cents if odd else None)
    assert figures.exactly(Address("budget", TOTAL, figures.years()[-1]), UNITS["cent"]) is None
