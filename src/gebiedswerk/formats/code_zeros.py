"""Codes that a spreadsheet took for numbers: `7130.10` became `7130.1`, and `07110` became `7110`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from gebiedswerk.core.faults import fault
from gebiedswerk.formats.format import ROW

if TYPE_CHECKING:
    from gebiedswerk.formats.posting_reader import Reading

OF_NUMBERS = ("ledger_account", "cost_centre", "project")
"""Codes that have as many digits as the others in their column; those of Iv3 have not (L167)."""
NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
AS_THEY_STAND = "0"
SHORTEST = 3
"""Codes of fewer digits than this may begin with a zero beside others that do not."""


def with_zeros(reading: Reading, name: str) -> None:
    """Codes with the zeros of the profile (`zeros`); where it says nothing and some seem lost a question (L263)."""
    header, picture = reading.profile.columns[name], reading.profile.zeros.get(name)
    if picture == AS_THEY_STAND:
        return
    column = reading.distinct("", header)
    if picture is not None:
        reading.replace_text(header, column.each([_padded(cell, picture) for cell in column.cells], pl.String))
        return
    found = _lost(column.cells)
    if found is not None:
        picture, short = found
        at = int(column.where([one in short for one in column.cells]).arg_true()[0])
        row, cell = reading.cells[ROW][at], column.each(list(column.cells), pl.String)[at]
        facts = {"name": name, "picture": picture, "read": _padded(cell, picture)}
        facts["profile"] = reading.delivery.settings.profile
        reading.faults.append(fault("L263", reading.delivery.file, row, header, cell, **facts))


def _padded(cell: str, picture: str) -> str:
    """A code with as many digits as a picture has zeros: `7130.1` and `0000.00` give `7130.10`."""
    found = NUMBER.fullmatch(cell)
    if found is None:
        return cell
    before, _, behind = picture.partition(".")
    whole, rest = found[1].rjust(len(before), "0"), (found[2] or "").ljust(len(behind), "0")
    return f"{whole}.{rest}" if rest else whole


def _lost(cells: Sequence[str]) -> tuple[str, set[str]] | None:
    """The picture of codes of which some lost zeros, and those that did; None where none seems to have."""
    read = {cell: NUMBER.fullmatch(cell) for cell in cells if cell}
    parts = {cell: (found[1], found[2] or "") for cell, found in read.items() if found}
    if not parts or len(parts) < len(read):
        return None
    behind = {cell: rest for cell, (_, rest) in parts.items() if rest}
    most = max(map(len, behind.values()), default=0)
    if behind:
        short = {cell for cell, rest in behind.items() if len(rest) < most}
        kept = any(rest.endswith("0") for rest in behind.values())
        return (f"0.{'0' * most}", short) if short and not kept else None
    digits = {len(cell) for cell in parts if cell.startswith("0")}
    width = max(map(len, parts))
    short = {cell for cell in parts if len(cell) < width}
    return ("0" * width, short) if digits == {width} and short and width >= SHORTEST else None
