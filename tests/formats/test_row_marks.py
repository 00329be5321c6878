"""What makes a row look like a total: all rows at once are as one by one."""

from __future__ import annotations

import random

import polars as pl

from gebiedswerk.formats.format import ROW
from gebiedswerk.formats.row_marks import label_of, marked

PIECES = (
    "Subtotaal 7101|  Eindsaldo |totaal|Bestelling|Tussentelling|beginbalans:|\u017faldo|Saldering|GRAND TOTAL"
    "|per saldo|Totalisator|opening balance 3|Bijdrage|Zomerfeest totaal|12,50||-"
).split("|")


def test_all_rows_at_once_are_as_one_by_one() -> None:
    """Also where one row holds two, where a cell is missing, and where none names a total."""
    dice = random.Random(8)
    for pieces in (PIECES, PIECES[-3:]):
        rows = [[dice.choice([*pieces, None]) for _ in range(3)] for _ in range(2_000)]
        cells = pl.DataFrame(rows, schema=dict.fromkeys("abc", pl.String), orient="row").with_row_index(ROW)
        labels = marked(cells)[0].to_list()
        assert labels == [label_of("abc", [cell or "" for cell in row]) for row in rows]
        assert any(labels) == (pieces is PIECES)
