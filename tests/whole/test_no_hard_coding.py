"""Hard-coding is impossible: move one posting, and exactly the figures that rest on it move, and their claims fail."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from gebiedswerk.account import RESERVES
from gebiedswerk.assembly.opened import Opened, open_dossier
from gebiedswerk.core.faults import errors
from gebiedswerk.figures import trace
from tests.town import add_to_posting, export_rows
from tests.twin import all_figures

DICE = random.Random(20)
ROWS = sorted(DICE.sample(range(2, 64), 20))


def values(opened: Opened) -> dict[str, int]:
    """Every figure on the newest basis."""
    assert opened.newest is not None
    return {str(address): opened.newest.figure(address).cents for address in opened.newest.addresses()}


def test_the_account_equals_its_slow_twin(klein: Path) -> None:
    """All figures of lines, areas and the whole, in cents."""
    assert values(open_dossier(klein)) == all_figures(klein)


@pytest.mark.parametrize("row", ROWS)
def test_a_moved_posting_moves_what_rests_on_it(klein: Path, row: int) -> None:
    """1.000,00 more on one posting: the figures that move are those of the twin, and only their claims fail."""
    before, twin_before = values(open_dossier(klein)), all_figures(klein)
    add_to_posting(klein, row, 100_000)
    opened = open_dossier(klein)
    after, twin_after = values(opened), all_figures(klein)
    moved = {name for name in before if before[name] != after[name]}
    assert moved == {name for name in twin_before if twin_before[name] != twin_after[name]}
    assert (not moved) == (export_rows(klein)[row - 2]["Kostenplaats"] == "6400")
    assert not is_reserve(klein, row) or {name.partition("/")[0] for name in moved} <= set(RESERVES)
    assert failing_claims(opened) == claims_on(opened, after, before)


@pytest.mark.parametrize("row", ROWS[:5])
def test_what_moves_has_the_posting_on_its_path(klein: Path, row: int) -> None:
    """The trace of every figure of that year that moved holds the row."""
    before = values(open_dossier(klein))
    add_to_posting(klein, row, 100_000)
    opened = open_dossier(klein)
    assert opened.newest is not None
    year = export_rows(klein)[row - 2]["Boekjaar"]
    for address in opened.newest.addresses():
        if before[str(address)] != opened.newest.figure(address).cents and str(address.year) == year:
            rows = {found["row"] for found in trace(opened.newest, address)["postings"] if found["sha256"]}
            assert row in rows, address


def is_reserve(klein: Path, row: int) -> bool:
    return export_rows(klein)[row - 2]["Grootboek"].startswith("971")


def failing_claims(opened: Opened) -> set[str]:
    """The figures whose claims are refused, as (address, written)."""
    return {f"{dict(found.facts)['figure']} {found.value}" for found in errors(opened.faults) if found.code == "T101"}


def claims_on(opened: Opened, after: dict[str, int], before: dict[str, int]) -> set[str]:
    """The claims whose printed figure is no longer what is written: their figure must have moved."""
    assert opened.newest is not None
    expected = set()
    for text in opened.texts:
        for claim in text.claims:
            name = str(claim.address)
            if claim.address.measure == "areas-overspent":
                names = {area for area, code in AREAS.items() if after[f"result/area:{code}@2025"] < 0}
                holds = names == {"Noorderwijk", "Havenkwartier"}
            elif claim.address.measure == "count":
                holds = True
            else:
                written = int(claim.written.text.replace(".", "").replace("−", "-"))
                exact = opened.newest.figure(claim.address).cents
                holds = abs(exact - written * 100) < 100 and (name not in after or after[name] == before[name])
                if abs(exact - written * 100) < 100 and name in after and after[name] != before[name]:
                    holds = opened.newest.units(claim.address, 100) == written
            expected |= set() if holds else {f"{claim.address} {claim.written.text}"}
    return expected


AREAS = {"Binnenstad": "BIN", "Noorderwijk": "NRD", "Havenkwartier": "HAV", "Oosteinde": "OST"}
