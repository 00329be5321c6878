"""Amounts that a person typed into a column of numbers, with marks of their own: never read as a part of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.ordinary import NAMES, TRUE, book, cells, landed, text


@pytest.mark.parametrize("typed", ["1.250", "€ 1.250", "-1.250", "1.250 ", "EUR 1.250", "(1.250)"])
@pytest.mark.parametrize("near", ["number", "text"])
def test_thousands_typed_among_numbers_are_not_thousandths(tmp_path: Path, typed: str, near: str) -> None:
    """`1.250` in a column of numbers was read as 1,25: the marks are asked for, and then it is 1.250,00."""
    table: list[list[object]] = [list(NAMES), *(cells(row) for row in TRUE)]
    table[2][-1] = typed
    if near == "text":
        table[3][-1] = "-25.10"  # beside amounts with a point nobody types such marks for thousands
    told = landed(
        tmp_path, book(tmp_path, {"Blad": table}), "xlsx", {"decimal": ",", "thousands": ".", "negative_costs": "false"}
    )
    minus = -1 if "-" in typed or "(" in typed else 1
    right = [(*TRUE[0],), (*TRUE[1][:-1], minus * 125_000), *TRUE[2:]]
    if near == "number":
        assert told.rows == right
        assert told.asked[0] == "decimal"
    else:
        assert not told.rows
        assert [(one.code, one.row, one.column, one.value) for one in told.faults] == [
            ("L106", 3, "Bedrag", typed.strip())
        ]


def test_thousands_typed_in_a_month_of_text(tmp_path: Path) -> None:
    """The other months are numbers, which are no proof of a point for decimals either."""
    months = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
    table: list[list[object]] = [["Boekjaar", "Grootboekrekening", "Kostenplaats", *months]]
    table += [[2025, 4300, 7110, 100.5, "1.250", *[None] * 10], [2025, 4300, 7120, 7.25, "3.000", *[None] * 10]]
    answers = {"decimal": ",", "thousands": ".", "running_months": "false"}
    told = landed(tmp_path, book(tmp_path, {"Blad": table}), "xlsx", answers)
    assert "decimal" in told.asked
    assert sorted(row[-1] for row in told.rows) == [725, 10_050, 125_000, 300_000]


@pytest.mark.parametrize("last", ["7120.0", ""])
def test_codes_that_a_program_wrote_as_numbers(tmp_path: Path, last: str) -> None:
    """`7110.0` in every row is cost centre 7110, and it is said; beside another code it stays as it is."""
    head = "Boekjaar;Periode;Grootboekrekening;Kostenplaats;Bedrag"
    rows = ["2025;1;4300.0;7110.0;1,00", "2025;2;4310.0;7110.0;2,50", f"2025;3;4300.0;{last};1,25"]
    told = landed(tmp_path, text(head, *rows), "csv", {"empty_codes": "true"})
    centres = ["7110", "7110", last.removesuffix(".0")]
    assert [row[2:4] for row in told.rows] == list(zip(["4300", "4310", "4300"], centres, strict=True))
    assert "L176" in told.said
    other = landed(tmp_path / "other", text(head, *rows[:2], "2025;3;4300.0;7110;1,25"), "csv", {})
    assert [row[3] for row in other.rows] == ["7110.0", "7110.0", "7110"]
