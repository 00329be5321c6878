"""Columns of one name: told apart by their order, the same by every reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.faults import errors
from gebiedswerk.dossier.settings import Flows, Profile
from gebiedswerk.formats.grid import as_written, header_names
from tests.formats.test_amounts import read_csv

HEAD = "Jaar;Periode;Rekening;Bedrag;Valuta;Bedrag"
ROWS = ("2019;1;4300;10,00;EUR;11,00", HEAD, "2019;2;8300;-1,00;EUR;-2,00")


def profile(amount: str) -> Profile:
    columns = {"year": "Jaar", "period": "Periode", "ledger_account": "Rekening", "amount": amount}
    return Profile(columns=columns, flows=Flows("Rekening", ["8*"]))


@given(st.lists(st.sampled_from(["Bedrag", "Bedrag ", "Saldo", "", "Valuta"]), max_size=9))
def test_each_column_has_a_name_of_its_own(header: list[str]) -> None:
    """What stands there once keeps its name, and what has none has none; in their order."""
    names = header_names([header])
    named = [name for name in names if name]
    assert len(set(named)) == len(named)
    assert [as_written(name) for name in names] == [name.strip() for name in header]
    once = [name.strip() for name in header if [one.strip() for one in header].count(name.strip()) == 1]
    assert all(name in names for name in once)


@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize(("amount", "cents"), [("Bedrag (1)", [1_000, -100]), ("Bedrag (2)", [1_100, -200])])
def test_a_profile_says_which(tmp_path: Path, amount: str, cents: list[int], quoted: bool) -> None:
    """Read quickly and cell by cell; the header that stands there again is left out all the same."""
    rows = [one.replace("EUR", '"EUR"') for one in ROWS] if quoted else ROWS
    read, faults = read_csv(tmp_path, profile(amount), HEAD, *rows)
    assert (read.postings["cents"].to_list(), [one.code for one in faults]) == (cents, ["L183"])


def test_a_profile_that_does_not_say_which_is_asked(tmp_path: Path) -> None:
    """Never the first of the two."""
    (found,) = errors(read_csv(tmp_path, profile("Bedrag"), HEAD, *ROWS)[1])
    assert (found.code, found.column) == ("L119", "Bedrag")
    assert "Bedrag (1)" in str(dict(found.facts)["present"])
