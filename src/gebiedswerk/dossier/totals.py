"""The row of totals below a table: it is no row of it, and must be the sum of the rows above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier.cell_types import Column

SUMMED = frozenset({"amount", "amount_left", "weight", "number"})
NAMED = re.compile(r"(eind|sub|grand )?(totaal|totalen|totals?|som)\b", re.IGNORECASE)


def is_total(cells: Mapping[str, str], columns: Sequence[Column]) -> bool:
    """Whether cells that make no row are those of totals: one is called so, or nothing but sums stands there."""
    summed = {column.name for column in columns if column.kind.name in SUMMED}
    filled = {name for name, cell in cells.items() if cell}
    return any(NAMED.match(cell) for cell in cells.values()) or bool(filled) and filled <= summed


def total_faults(
    cells: Mapping[str, str], columns: Sequence[Column], rows: Sequence[Any], file: str, number: int, *, whole: bool
) -> Iterator[Fault]:
    """That a row of totals is left out (D181), or that it is not the sum of the rows above (D182).

    Where not all rows above can be read (not `whole`) nobody knows their sum.
    """
    told = next(filter(NAMED.match, cells.values()), "") or next(filter(None, cells.values()))
    yield fault("D181", file, number, value=told)
    for column in columns:
        cell = cells.get(column.name, "")
        if whole and cell and column.kind.name in SUMMED:
            total = sum(value for row in rows if (value := getattr(row, column.name)) is not None)
            if column.kind.read(cell) != total:
                yield fault("D182", file, number, column.name, cell, sum=shown(total, column.kind.name))


def shown(total: Any, kind: str) -> str:
    """A sum as a person writes it in a table."""
    if kind not in ("amount", "amount_left"):
        return str(total)
    return f"{'-' if total < 0 else ''}{abs(total) // 100},{abs(total) % 100:02d}"
