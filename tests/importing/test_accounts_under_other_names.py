"""Columns of codes under names that nobody knows: asked about, whichever of them rules go by."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.ordinary import TRUE, landed, nl, text


@pytest.mark.parametrize("centre", ["KP", "Kostenplaats"])
@pytest.mark.parametrize("ledger", ["Rek.nr", "Rijlabels", "GB-code", "Nummer post"])
def test_the_column_of_accounts_is_asked_about(tmp_path: Path, ledger: str, centre: str) -> None:
    """It was dropped: only the cost centre and the column of income were asked about."""
    rows = [f"2025;{row[1]};{row[2]};{row[3]};{nl(row[-1])}" for row in TRUE]
    data = text(f"Boekjaar;Periode;{ledger};{centre};Bedrag", *rows)
    answers = {"columns.cost_centre": centre, "columns.ledger_account": ledger, "flows.column": ledger}
    told = landed(tmp_path, data, "csv", answers)
    assert told.rows == TRUE
    assert "columns.ledger_account" in told.asked


def test_there_may_be_no_column_of_accounts(tmp_path: Path) -> None:
    """Whoever says so has none; and where no column could be one, or a category is the account, nobody is asked."""
    rows = [f"2025;{row[1]};{row[3]};INK{at:05d};{nl(row[-1])}" for at, row in enumerate(TRUE)]
    data = text("Boekjaar;Periode;Kostenplaats;Stuk;Bedrag", *rows)
    answers = {"columns.ledger_account": "", "flows.column": "Kostenplaats"}
    told = landed(tmp_path / "none", data, "csv", answers)
    assert [row[2:] for row in told.rows] == [("", row[3], row[-1]) for row in TRUE]
    rows = [f"2025;{row[1]};{row[2]};{row[3]};INK{at:05d};{nl(row[-1])}" for at, row in enumerate(TRUE)]
    told = landed(tmp_path / "category", text("Boekjaar;Periode;ECL;FCL;Stuk;Bedrag", *rows), "csv", {})
    assert ([row[3] for row in told.rows], told.asked) == ([row[3] for row in TRUE], [])
