"""Totals without a word that says so: told by what they lack and by what they come to."""

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
    "ledger_account": "Rekening",
    "cost_centre": "Plaats",
    "amount": "Bedrag",
}
PROFILE = Profile(columns=COLUMNS, flows=Flows("Rekening", ["8*"]))
HEAD = "Jaar;Periode;Rekening;Plaats;Bedrag"


def row(account: str, centre: str, amount: str) -> str:
    return f"2019;1;{account};{centre};{amount}"


TWO = [row("4300", "7110", "100,00"), row("8300", "7110", "-30,00"), row("", "7110", "70,00")]
THREE = [row("4300", "7120", "5,00"), row("4310", "7120", "6,00"), row("4320", "7120", "7,00")]
PER_CENTRE = [*TWO, *THREE, row("", "7120", "18,00")]


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([*TWO, *THREE], "4"),
        (PER_CENTRE, "4, 8"),
        ([*PER_CENTRE, row("", "", "88,00")], "4, 8, 9"),
        ([*THREE, row("", "", "18,00")], "5"),
    ],
)
def test_a_total_without_a_word_is_asked_about(tmp_path: Path, rows: list[str], named: str) -> None:
    """Per cost centre, of all, or both; left out, the postings remain, and each total is held against them."""
    _, faults = read_csv(tmp_path, PROFILE, HEAD, *rows)
    (found,) = errors(faults)
    assert (found.code, found.column, found.value) == ("L244", "Rekening", named)
    read, faults = read_csv(tmp_path, replace(PROFILE, leave_out=[LeftOut("Rekening", empty=True)]), HEAD, *rows)
    assert (read.lines, faults) == (len(rows) - named.count(",") - 1, ())
    said = replace(PROFILE, unlabelled_totals=False)
    assert read_csv(tmp_path, said, HEAD, *rows)[0].lines == len(rows)


@pytest.mark.parametrize(
    "rows",
    [
        [*TWO[:2], row("4300", "7110", "70,00"), *THREE],  # nothing is lacking
        [*TWO[:2], row("", "7110", "70,01"), *THREE],  # a cent more
        [row("4300", "7110", "5,00"), row("", "7110", "5,00"), *THREE],  # one row alone may be chance
        [row("", "7110", "1,00"), row("", "7110", "2,00"), row("", "7110", "3,00")],  # nobody fills it
        [row("4300", "7110", "5,00"), row("4300", "7110", "-5,00"), row("", "7110", "0,00"), *THREE],
    ],
)
def test_a_posting_is_no_total(tmp_path: Path, rows: list[str]) -> None:
    """By its amount and what it lacks together; never by one of them."""
    assert "L244" not in {one.code for one in read_csv(tmp_path, PROFILE, HEAD, *rows)[1]}


def test_the_column_that_tells_income_tells_totals_too(tmp_path: Path) -> None:
    """Where the profile reads no other code."""
    columns = {name: header for name, header in COLUMNS.items() if name not in ("ledger_account", "cost_centre")}
    _, faults = read_csv(tmp_path, replace(PROFILE, columns=columns), HEAD, *PER_CENTRE)
    assert [(one.code, one.column) for one in errors(faults)] == [("L244", "Rekening")]
