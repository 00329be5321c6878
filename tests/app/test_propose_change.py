"""What a change would do: faults that come and go, figures that move."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.app.propose_change import propose_change
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.dossier.writing.apply import apply
from gebiedswerk.dossier.writing.change import RowAdded, RowCorrected, RowRemoved
from tests.app.drafts import BY
from tests.release.releases import tree
from tests.town import edit

CHANGE = [RowCorrected("budgets", ("P2024-BIN",), {"amount": "32000,00"}, {"amount": "33000,00"})]


def test_it_says_what_comes_true(klein: Path) -> None:
    """The faults that it tells are those that are there afterwards, and nothing was written before."""
    before = tree(klein)
    known = list(open_dossier(klein).faults)
    proposed = propose_change(klein, CHANGE).value
    assert proposed is not None
    assert tree(klein) == before
    assert apply(klein, CHANGE, BY.actor, BY.reason).value
    now = list(open_dossier(klein).faults)
    marks = {(one.code, one.file, one.value) for one in now} - {(one.code, one.file, one.value) for one in known}
    assert {(one.code, one.file, one.value) for one in proposed.come} == marks
    assert proposed.difference is not None
    moved = {str(one.what): (one.before, one.after) for one in proposed.difference.told}
    assert moved["budget/BIN@2024"] == (32_000_00, 33_000_00)


def test_a_fault_that_goes(klein: Path) -> None:
    edit(klein, "budget_lines.csv", "BIN,binnenstad\n", "")
    add = [RowAdded("budget_lines", {"code": "BIN", "slug": "binnenstad"})]
    proposed = propose_change(klein, add).value
    assert proposed is not None
    assert "D108" in [one.code for one in proposed.go]
    assert "D108" not in [one.code for one in proposed.come]
    assert proposed.difference is None  # there was no account before


def test_a_delivery_is_no_fault_for_being_a_link(klein: Path) -> None:
    proposed = propose_change(klein, CHANGE).value
    assert proposed is not None
    assert "D152" not in [one.code for one in proposed.come]


def test_what_cannot_be_carried_out(klein: Path, tmp_path: Path) -> None:
    gone = propose_change(klein, [RowRemoved("budgets", ("nergens",), {})])
    assert (gone.value, [one.code for one in gone.faults]) == (None, ["J107"])
    assert [one.code for one in propose_change(tmp_path, CHANGE).faults] == ["D101"]
