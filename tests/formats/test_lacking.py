"""Rows with an amount that lack a code which the other rows have: asked about, whatever cut them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gebiedswerk.core.faults import errors
from gebiedswerk.dossier.settings import Flows, LeftOut, Profile
from tests.formats.test_amounts import read_csv

COLUMNS = {
    "year": "Jaar",
    "period": "Periode",
    "amount": "Bedrag",
    "ledger_account": "Rekening",
    "cost_centre": "Plaats",
    "project": "Project",
}
PROFILE = Profile(columns=COLUMNS, flows=Flows("Soort", ["B"]))
HEAD = "Jaar;Periode;Bedrag;Soort;Rekening;Plaats;Project;Naam"
WHOLE = ["2019", "1", "10,00", "L", "4300", "7110", "P1", "Bank"]
TOLD = {3: "Soort", 4: "Rekening", 5: "Plaats", 6: "Project"}


def row(*empty: int) -> str:
    return ";".join("" if at in empty else cell for at, cell in enumerate(WHOLE))


@pytest.mark.parametrize("at", sorted(TOLD))
@pytest.mark.parametrize("place", [0, 1, 3])
def test_each_code_that_one_row_lacks(tmp_path: Path, at: int, place: int) -> None:
    """A cell that was lost, in every column that tells where money belongs and in every place."""
    rows = [row(), row(), row()]
    rows.insert(place, row(at))
    (found,) = errors(read_csv(tmp_path, PROFILE, HEAD, *rows)[1])
    assert (found.code, found.row, found.column) == ("L249", place + 2, TOLD[at])
    said = read_csv(tmp_path, replace(PROFILE, empty_codes=True), HEAD, *rows)
    assert (said[0].lines, errors(said[1])) == (4, [])


@pytest.mark.parametrize("last", [3, 4, 5, 6])
def test_a_row_that_was_cut_is_told_once(tmp_path: Path, last: int) -> None:
    """From a column on nothing stands there: one question, which names all codes that are gone."""
    gone = range(last, len(WHOLE))
    (found,) = errors(read_csv(tmp_path, PROFILE, HEAD, row(), row(), row(*gone), row())[1])
    columns = [TOLD[at] for at in (4, 5, 6, 3) if at in gone]
    assert (found.code, found.row, dict(found.facts)["columns"]) == ("L249", 4, ", ".join(columns))


@pytest.mark.parametrize(
    "rows",
    [
        [row(7), row(), row()],  # a name says nothing of the place
        [row(6), row(6), row(), row(), row()],  # two in five: the package leaves it empty
        [row(5), row()],  # one of two says nothing
        [row(5, 6).replace("10,00", "0,00"), row(), row()],  # nothing is booked
    ],
)
def test_what_packages_leave_empty_is_not_asked_about(tmp_path: Path, rows: list[str]) -> None:
    """Only few rows among many that have the code, and only where money is at stake."""
    assert not errors(read_csv(tmp_path, PROFILE, HEAD, *rows)[1])


def test_as_many_as_one_in_a_hundred(tmp_path: Path) -> None:
    """Of two hundred rows three may be asked about; four say that the package leaves the cell empty."""
    whole = [row()] * 197
    assert [one.code for one in errors(read_csv(tmp_path, PROFILE, HEAD, *whole, *[row(5)] * 3)[1])] == ["L249"]
    assert not errors(read_csv(tmp_path, PROFILE, HEAD, *whole[1:], *[row(5)] * 4)[1])


def test_left_out_as_a_total_it_must_be_one(tmp_path: Path) -> None:
    """Whoever leaves out a row that was cut is told that it is no total; a total is left out."""
    profile = replace(PROFILE, leave_out=[LeftOut("Plaats", empty=True)])
    rows = [row(), row(), row(5)]
    assert [one.code for one in errors(read_csv(tmp_path, profile, HEAD, *rows)[1])] == ["L184"]
    read, faults = read_csv(tmp_path, profile, HEAD, *rows[:2], row(5).replace("10,00", "20,00"))
    assert (read.lines, errors(faults)) == (2, [])


@pytest.mark.parametrize(
    ("amounts", "asked"),
    [
        (["-90,00", "80,00", "40,00"], "L241"),  # a third of the rows, and more than a third of the money
        (["-10,00", "80,00", "40,00"], ""),  # an ordinary credit note
        (["-200,00", "80,00", "40,00", "30,00"], "L241"),  # together below zero
        (["-50,00", "-50,00", "60,00", "90,00", "10,00"], "L241"),
        (["-50,00", "10,00", "20,00", "20,00", "40,00"], ""),  # one in five
    ],
)
def test_signs_that_may_be_turned(tmp_path: Path, amounts: list[str], asked: str) -> None:
    """Half of the costs came back, or all signs are turned: nobody knows without asking."""
    rows = [row().replace("10,00", amount) for amount in amounts]
    assert [one.code for one in errors(read_csv(tmp_path, PROFILE, HEAD, *rows)[1])] == ([asked] if asked else [])
    for said in (True, False):
        assert not errors(read_csv(tmp_path, replace(PROFILE, negative_costs=said), HEAD, *rows)[1])
