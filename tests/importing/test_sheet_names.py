"""A workbook with a sheet for each period, of which no column says which one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importing.ordinary import TRUE, Row, book, cells, landed

MONTHS = "januari februari maart april mei juni".split()
KINDS: dict[str, Callable[[int], str]] = {
    "month": lambda month: MONTHS[month - 1],
    "capitals": lambda month: MONTHS[month - 1].title(),
    "short": lambda month: MONTHS[month - 1][:3],
    "month and year": lambda month: f"{MONTHS[month - 1].title()} 2025",
    "year and month": lambda month: f"2025-{month:02d}",
    "P": lambda month: f"P{month:02d}",
    "Periode": lambda month: f"Periode {month}",
    "number": str,
    "two digits": lambda month: f"{month:02d}",
}
NAMES: list[object] = ["Boekjaar", "Grootboekrekening", "Kostenplaats", "Omschrijving", "Bedrag"]


def _row(row: Row) -> list[object]:
    year, _, *rest = cells(row)
    return [year, *rest]


def _sheets(called: Callable[[int], str], total: str = "") -> dict[str, list[list[object]]]:
    sheets = {called(month): [NAMES, *(_row(one) for one in TRUE if one[1] == month)] for month in range(1, 7)}
    return sheets | ({total: [NAMES, *map(_row, TRUE)]} if total else {})


@pytest.mark.parametrize("kind", KINDS)
def test_the_name_of_a_sheet_is_its_period(tmp_path: Path, kind: str) -> None:
    """It could not come in: nothing said the period of its rows."""
    told = landed(tmp_path / "d", book(tmp_path / "b", _sheets(KINDS[kind])), "xlsx", {"columns.period": "bladnaam"})
    assert (told.rows, set(told.asked) <= {"columns.period"}) == (TRUE, True), told


@pytest.mark.parametrize("called", ["Totaal", "Totaal 2025"])
def test_a_sheet_of_totals_is_asked_about(tmp_path: Path, called: str) -> None:
    """It holds the rows of all others again."""
    data = book(tmp_path / "b", _sheets(KINDS["month"], called))
    answers = {"columns.period": "bladnaam", "L180": f"leave_out_other=bladnaam={called}"}
    told = landed(tmp_path, data, "xlsx", answers)
    assert (told.rows, "leave_out" in told.asked) == (TRUE, True), told


def test_equal_rows_of_two_sheets_are_no_repetition(tmp_path: Path) -> None:
    """The rent of each month."""
    rent = [2025, 4300, 7110, "Huur", 100.5]
    said = {"columns.period": "bladnaam", "running_months": "false"}
    sheets = {month: [NAMES, rent, [2025, 4310, 7120, month, 1.25]] for month in MONTHS}
    told = landed(tmp_path / "d", book(tmp_path / "b", sheets), "xlsx", said)
    assert len(told.rows) == 12 and "L181" not in told.said, told
    sheets["mei"] += [rent, rent]
    told = landed(tmp_path / "e", book(tmp_path / "b", sheets), "xlsx", said)
    assert len(told.rows) == 14 and "L181" in told.said, told


def test_sheets_of_years(tmp_path: Path) -> None:
    """Each is a fiscal year, and its rows say their period."""
    names: list[object] = ["Periode", *NAMES[1:]]
    sheets = {str(year): [names, *(cells(one)[1:] for one in TRUE)] for year in (2024, 2025)}
    told = landed(tmp_path / "d", book(tmp_path / "b", sheets), "xlsx", {"columns.year": "bladnaam"})
    assert told.rows == [(year, *one[1:]) for year in (2024, 2025) for one in TRUE], told


def test_one_sheet_of_a_month(tmp_path: Path) -> None:
    """What is exported each month; a bare number says nothing then."""
    rows = [NAMES, *map(_row, TRUE)]
    told = landed(tmp_path / "d", book(tmp_path / "b", {"Maart 2025": rows}), "xlsx", {"columns.period": "bladnaam"})
    assert told.rows == [(year, 3, *rest) for year, _, *rest in TRUE], told
    told = landed(tmp_path / "e", book(tmp_path / "c", {"3": rows}), "xlsx", {})
    assert (told.rows, "columns.period" in told.asked) == ([], True)
