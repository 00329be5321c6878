"""What is printed per year of origin adds up to what is printed for the whole, in every unit."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from gebiedswerk.account import PER_ORIGIN
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.rounding import plain
from gebiedswerk.figures import UNITS, Address, NoFigure
from tests.conftest import KLEIN, ROOT


@pytest.mark.parametrize("dossier", [KLEIN, ROOT / "examples" / "groningen"], ids=lambda path: path.name)
def test_years_of_origin_add_up(dossier: Path) -> None:
    """Every line, area and the whole, every measure that has tranches; and each part is a neighbour of its cents."""
    figures = open_dossier(dossier).newest
    assert figures is not None
    subjects = {(address.subject, address.year) for address in figures.addresses()}
    seen = 0
    for (subject, year), measure, unit in product(sorted(subjects, key=str), PER_ORIGIN, ("cent", "euro", "thousand")):
        whole, unit_cents = Address(measure, subject, year), UNITS[unit]
        try:
            printed = figures.units(whole, unit_cents)
        except NoFigure:
            continue
        lines = figures.lines(whole)
        origins = {tranche.origin for line in lines if line.term for tranche in PER_ORIGIN[measure](line.term)}
        parts = [Address(measure, subject, year, origin) for origin in origins]
        assert sum(figures.units(part, unit_cents) for part in parts) == printed
        for part in parts:
            assert abs(figures.units(part, unit_cents) - plain(figures.figure(part).cents, unit_cents)) <= 1
        seen += len(parts) > 1
    assert seen > 2
