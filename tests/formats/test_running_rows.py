"""Rows that hold the year up to and including their period: asked about, and read as what each period added."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.importing.ordinary import Landed, Row, book, landed, nl, text

LINES = {("4300", "7110"): [100, 200, 300, 350], ("4310", "7120"): [500, 500, 450, 450], ("8200", "7130"): [-7] * 4}
"""Account and cost centre → the year so far in each period."""


def rows(lines: dict[tuple[str, str], list[int]] = LINES, *, by_period: bool = True) -> list[Row]:
    """A row for each period of each line."""
    found = [(2025, at, *codes, cents) for codes, told in lines.items() for at, cents in enumerate(told, start=1)]
    return sorted(found, key=lambda one: one[1]) if by_period else found


def of_lines(told: Sequence[Row]) -> dict[tuple[int, str, str], int]:
    """Period, account and cost centre → cents."""
    return {(period, ledger, centre): cents for _, period, ledger, centre, cents in told}


def added(told: Sequence[Row]) -> dict[tuple[int, str, str], int]:
    """What each period of a line adds."""
    so_far = of_lines(told)
    return {key: cents - so_far.get((key[0] - 1, key[1], key[2]), 0) for key, cents in so_far.items()}


def taken(folder: Path, told: Sequence[Row], period: str, amount: str, answer: str, form: str = "csv") -> Landed:
    """What lands of these rows."""
    heads = ["Boekjaar", period, "Grootboekrekening", "Kostenplaats", amount]
    answers = {"running_months": answer, "columns.amount": amount, "columns.period": period}
    if form == "xlsx":
        cells = [[year, at, int(ledger), int(centre), cents / 100] for year, at, ledger, centre, cents in told]
        return landed(folder, book(folder, {"Saldi": [heads, *cells]}), "xlsx", answers)
    lines = (f"{year};{at};{ledger};{centre};{nl(cents)}" for year, at, ledger, centre, cents in told)
    return landed(folder, text(";".join(heads), *lines), "csv", answers)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("by_period", [True, False])
@pytest.mark.parametrize(
    ("period", "amount"),
    [
        ("Periode", "Bedrag cumulatief"),
        ("T/m periode", "Bedrag"),
        ("Periode", "Bedrag YTD"),
        ("Periode", "Saldo t/m periode"),
        ("Periode", "Bedrag"),
    ],
)
def test_rows_that_run_on(tmp_path: Path, period: str, amount: str, form: str, *, by_period: bool) -> None:
    """Each period gets what was added; January counted four times."""
    told = taken(tmp_path, rows(by_period=by_period), period, amount, "true", form)
    assert "running_months" in told.asked
    assert of_lines(told.rows) == added(rows())


def test_amounts_of_periods_are_as_they_stand(tmp_path: Path) -> None:
    """Whoever says so."""
    told = taken(tmp_path, rows(), "Periode", "Bedrag", "false")
    assert (told.asked, sorted(told.rows)) == (["running_months"], sorted(rows()))


@pytest.mark.parametrize("amount", ["Bedrag", "Bedrag cumulatief"])
def test_a_line_that_is_gone_or_stands_twice_is_refused(tmp_path: Path, amount: str) -> None:
    """Nobody can say what its periods added."""
    gone = [one for one in rows() if one[:4] != (2025, 3, "4310", "7120")]
    told = taken(tmp_path / "gone", gone, "Periode", amount, "true")
    assert not told.rows
    assert "L274" in told.said
    told = taken(tmp_path / "twice", [*rows(), (2025, 3, "4310", "7120", 1)], "Periode", "Bedrag cumulatief", "true")
    assert not told.rows
    assert "L274" in told.said


def test_a_line_may_begin_later(tmp_path: Path) -> None:
    """Before its first row nothing was booked on it."""
    told = rows({("4300", "7110"): [100, 200, 300], ("4310", "7120"): [0, 0, 5], ("4320", "7120"): [0, 1, 1]})
    later = [one for one in told if one[-1]]
    found = taken(tmp_path, later, "Periode", "Bedrag", "true")
    expected = {(at, "4300", "7110"): 100 for at in (1, 2, 3)}
    expected |= {(3, "4310", "7120"): 5, (2, "4320", "7120"): 1, (3, "4320", "7120"): 0}
    assert of_lines(found.rows) == expected


@pytest.mark.parametrize(
    "told",
    [
        [*rows(), (2025, 2, "4300", "7110", 5)],
        [one for one in rows() if one[1] != 2],
        rows({("4300", "7110"): [100, 200], ("4310", "7120"): [300, 400]}),
        rows({("4300", "7110"): [100, 200, 300, 400]}),
    ],
    ids=["two of a period", "a gap", "two periods of two lines", "one line"],
)
def test_postings_are_no_question(tmp_path: Path, told: list[Row]) -> None:
    """Where a line stands twice in a period, or in few of them."""
    if not any(one[1] == 2 for one in told):
        told = [one for one in told if one[2] != "4300" or one[1] != 3]
    found = taken(tmp_path, told, "Periode", "Bedrag", "true")
    assert (found.asked, sorted(found.rows)) == ([], sorted(told))
