"""New cells are written as those that are there."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from gebiedswerk.dossier.table_files import TableFile
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.dossier.work import WORK_TABLES
from gebiedswerk.dossier.writing.cell_style import Style, style_of, style_of_table, styled

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


@pytest.mark.parametrize(
    ("rows", "style"),
    [
        (["A;L;2025;adopted;1.50;R;raad;1-2-2025;JA", "B;L;2025;adopted;1,50;R;raad;2025-02-01;ja"], Style(",", True)),
        (["A;L;2025;adopted;1.50;R;raad;abc-def;JA", "B;L"], Style(".", False, True)),
        (["A;L;2025;adopted;1.50;R;raad;2025-02-01;JA", "B;L;2025;adopted;2.50;R;raad;;WAAR"], Style(".", False, True)),
    ],
)
def test_one_cell_that_is_written_otherwise_tells(rows: list[str], style: Style) -> None:
    """A comma, a Dutch day and a small letter each say more than those beside them; a short row has no cell there."""
    text = "\n".join([HEAD, *rows]).encode()
    assert style_of_table(text, "budgets.csv", BUDGETS, None) == style


def test_granted_money_is_an_amount_too() -> None:
    """Also where nothing of it may be left."""
    ideas = WORK_TABLES["initiatives"]
    there = b"code;slug;name;area;asked_on;asked\nI1;i1;Bankje;NRD;2025-01-01;12.50\n"
    style = style_of_table(there, "work/initiatives.csv", ideas, None)
    assert style == Style(".", False)
    assert styled({"asked": "7,50", "granted": "6,25"}, style, ideas) == {"asked": "7.50", "granted": "6.25"}


def test_other_marks_and_workbooks() -> None:
    """Only semicolons are Dutch; a workbook holds numbers with a point, and no Dutch days."""
    columns = columns_of(BUDGETS.rows)
    assert style_of(TableFile([], "|"), columns, []) == style_of(TableFile([], "\t"), columns, []) == Style(",", False)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        made.add_worksheet().write_row(0, 0, HEAD.split(";"))
    assert style_of_table(out.getvalue(), "budgets.xlsx", BUDGETS, None) == Style(".", False)
    assert style_of_table(None, "budgets.csv", BUDGETS, None) == Style(",", True)
    assert style_of_table(None, "budgets.xlsx", BUDGETS, out.getvalue()) == Style(",", True)
    assert style_of_table(b"", "budgets.csv", BUDGETS, None).decimal == ","


def test_days_and_yes_stay_in_another_style() -> None:
    """As they are compared, where nobody writes them otherwise."""
    assert styled({"decided_on": "2025-02-01", "complete": "ja"}, Style(), BUDGETS) == {
        "decided_on": "2025-02-01",
        "complete": "ja",
    }


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
