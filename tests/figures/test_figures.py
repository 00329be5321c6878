"""Figures that are asked at once are those that are asked one by one."""

from __future__ import annotations

import pytest

from gebiedswerk.account import MEASURES
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.figures import UNITS, Address
from gebiedswerk.pages import bases
from tests.conftest import ROOT


@pytest.mark.parametrize("example", ["groningen", "klein"])
def test_all_at_once_is_one_by_one(example: str) -> None:
    """Every measure of every subject in every year, on every basis, in cents, euros and thousands: and no other."""
    opened = open_dossier(ROOT / "examples" / example)
    assert opened.newest is not None
    counted = 0
    for basis, _ in bases(opened.newest, opened.views):
        for subject, year in basis.figures.subjects():
            there = [one for name in MEASURES if basis.figures.exists(one := Address(name, subject, year))]
            for unit_cents in (UNITS["cent"], UNITS["euro"], UNITS["thousand"]):
                slow = {
                    one.measure: (basis.figures.figure(one).cents, basis.figures.units(one, unit_cents))
                    for one in there
                }
                assert basis.figures.all_of(subject, year, unit_cents) == slow, (subject, year)
                some = ("realised", "closing", "shortfall")
                found = {name: both for name, both in slow.items() if name in some}
                assert basis.figures.all_of(subject, year, unit_cents, some) == found
            counted += len(there)
    assert counted > 500
