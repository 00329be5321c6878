"""A change names rows, cells and keys in one way, whatever the style of a file."""

from __future__ import annotations

import pytest

from gebiedswerk.dossier import read
from gebiedswerk.dossier.table_reader import columns_of, rows_of
from gebiedswerk.dossier.writing.change import (
    CHANGEABLE,
    RowSeen,
    canonical_cells,
    cells_of,
    key_of_cells,
    opaque_key,
    seen,
)
from gebiedswerk.dossier.writing.row_edits import canonical, is_key
from tests.conftest import KLEIN

BUDGETS = CHANGEABLE["budgets"]
COLUMNS = {column.name: column for column in columns_of(BUDGETS.rows)}


@pytest.mark.parametrize(
    ("column", "text", "same"),
    [
        ("amount", "€ 1.250,00", "1250,00"),
        ("amount", " 1250 ", "1250,00"),
        ("decided_on", "1-2-2025", "2025-02-01"),
        ("complete", "TRUE", "ja"),
        ("note", " een  twee ", "een  twee"),
        ("amount", "veel", "veel"),
        ("amount", "", ""),
    ],
)
def test_a_cell_in_one_way(column: str, text: str, same: str) -> None:
    assert canonical(text, COLUMNS[column]) == same
    assert canonical(same, COLUMNS[column]) == same


@pytest.mark.parametrize("name", CHANGEABLE)
def test_a_row_as_cells_is_read_back_as_that_row(name: str) -> None:
    """Every row of every table of the example."""
    dossier = read(KLEIN).value
    assert dossier is not None
    rows = getattr(dossier.work, name.removeprefix("work/")) if "/" in name else getattr(dossier, name)
    for row in rows:
        cells = cells_of(row)
        (again,), faults = rows_of([list(cells), list(cells.values())], CHANGEABLE[name], "x.csv")
        assert not faults
        assert all(getattr(again, column) == getattr(row, column) for column in again.__slots__ if column != "row")
        assert seen(name, row) == RowSeen(name, key_of_cells(cells, CHANGEABLE[name]), cells)
        assert is_key(key_of_cells(cells, CHANGEABLE[name]), CHANGEABLE[name])


def test_what_says_nothing_is_no_cell() -> None:
    """Of a row only what is filled in, and what must be."""
    dossier = read(KLEIN).value
    assert dossier is not None
    cells = cells_of(dossier.budgets[0])
    assert {"id", "line", "year", "kind", "amount", "number", "authority", "decided_on"} == cells.keys()


def test_cells_as_they_are_compared() -> None:
    """Those that the table knows in one way, those of the writer (`x_`) as they are, no others."""
    cells = {"amount": "€ 1.250,00", "decided_on": "1-2-2025", "x_own": " € 1,50 ", "nergens": "q", "X_own": "r"}
    assert canonical_cells(cells, BUDGETS) == {"amount": "1250,00", "decided_on": "2025-02-01", "x_own": " € 1,50 "}
    assert canonical_cells({}, BUDGETS) == {}


def test_keys_of_codes_alone_stand_in_the_chain() -> None:
    assert opaque_key(("B1",), BUDGETS)
    team = CHANGEABLE["work/team"]
    assert opaque_key(("T1",), team)
    assert not opaque_key(("NRD", "voorzitter", "Jansen", ""), team)
    assert not opaque_key(("oud",), CHANGEABLE["redirects"])
    assert not opaque_key(("p1",), CHANGEABLE["takedowns"])
