"""Columns of cells that repeat: each distinct cell once, and only what stands there."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from gebiedswerk.formats.column_store import Distinct
from tests.importing.ordinary import landed, text

KEPT = pl.Series("code", ["a", "b", "a", "c"], dtype=pl.Enum(["a", "b", "c"]))


@pytest.mark.parametrize("rows", [[0], [1], [0, 2], [3, 1], []])
def test_what_was_left_out_is_no_cell_any_more(rows: list[int]) -> None:
    """The numbers of a column know it still; each cell that is named stands somewhere."""
    column = KEPT.gather(rows)
    found = Distinct(column)
    assert sorted(found.cells) == sorted(set(column.to_list()))
    assert found.each(list(found.cells), pl.String).to_list() == column.to_list()
    assert all(found.where([cell == one for cell in found.cells]).any() for one in found.cells)


def test_a_code_of_a_row_that_is_no_posting_is_not_asked_about(tmp_path: Path) -> None:
    """Zeros seem lost in a line below the rows alone: the question about them had no row to name."""
    head = "Boekjaar;Periode;Grootboekrekening;Kostenplaats;Bedrag"
    rows = ["2025;1;43000;07110;10,00", "2025;2;43000;07120;2,50", "2025;3;43100;07110;1,25", ";;;7110;"]
    told = landed(tmp_path, text(head, *rows), "csv", {"leave_out": "Boekjaar="})
    assert (len(told.rows), told.asked) == (3, ["leave_out"])
