"""New cells are written as those that are there."""

from __future__ import annotations

import pytest

from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.dossier.writing.cell_style import Style, style_of_table, styled

BUDGETS = TABLES["budgets"]
HEAD = "id;line;year;kind;amount;number;authority;decided_on;complete"


@pytest.mark.parametrize(
    ("row", "style"),
    [
        ("A;L;2025;adopted;1,50;R;raad;1-2-2025;JA", Style(",", True, True)),
        ("A;L;2025;adopted;1.50;R;raad;2025-02-01;ja", Style(".", False, False)),
        ("A;L;2025;adopted;1.250,50;R;raad;;", Style(",", True, False)),
    ],
)
def test_the_style_of_what_is_there(row: str, style: Style) -> None:
    assert style_of_table(f"{HEAD}\n{row}\n".encode(), "budgets.csv", BUDGETS, None) == style


def test_of_a_table_without_rows_its_marks_tell() -> None:
    assert style_of_table(f"{HEAD}\n".encode(), "budgets.csv", BUDGETS, None) == Style(",", True, False)
    assert style_of_table(HEAD.replace(";", ",").encode(), "budgets.csv", BUDGETS, None) == Style(",", False, False)


def test_of_a_new_table_the_one_that_it_is_written_like() -> None:
    assert style_of_table(None, "budgets.csv", BUDGETS, b"code,slug\n") == Style(",", False, False)
    assert style_of_table(None, "budgets.csv", BUDGETS, None) == Style(",", True, False)


def test_canonical_cells_in_a_style() -> None:
    cells = {
        "amount": "-1250,05",
        "decided_on": "2025-02-01",
        "complete": "ja",
        "note": "a,b",
        "x_own": "1,50",
        "year": "",
    }
    assert styled(cells, Style(".", True, True), BUDGETS) == {
        "amount": "-1250.05",
        "decided_on": "1-2-2025",
        "complete": "JA",
        "note": "a,b",
        "x_own": "1,50",
        "year": "",
    }


def test_what_is_no_value_stays() -> None:
    assert styled({"amount": "veel", "decided_on": "ooit"}, Style(".", True), BUDGETS) == {
        "amount": "veel",
        "decided_on": "ooit",
    }
