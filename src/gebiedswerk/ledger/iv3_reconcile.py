"""The ledger of a whole administration against the Iv3 delivery of its annual accounts, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.formats.iv3.controls import cents_of, nearest, slack
from gebiedswerk.formats.iv3.form import Iv3, Iv3Row

SIDES = ("lasten", "baten")
CODES = ("taakveld", "category")
Cell = tuple[str, str, str]
"""Side, taakveld, categorie."""


@dataclass(frozen=True, slots=True)
class Booked:
    """What complete deliveries add up to: per cell in cents, lasten and baten both positive."""

    cells: Mapping[Cell, int]
    nameless: Mapping[str, Mapping[str, tuple[int, int]]]
    """Delivery → taakveld or category → postings without that code, and all its postings."""


def booked(sums: pl.DataFrame) -> Booked:
    """Bring the rows of `sums_per_taakveld` together over deliveries."""
    cells: dict[Cell, int] = defaultdict(int)
    without: dict[str, dict[str, list[int]]] = defaultdict(lambda: {name: [0, 0] for name in CODES})
    for delivery, side, taakveld, category, cents, postings in sums.iter_rows():
        cells[side, taakveld, category] += cents
        for name, code in zip(CODES, (taakveld, category), strict=True):
            without[delivery][name][0] += 0 if code else postings
            without[delivery][name][1] += postings
    named = {
        delivery: {name: (lacking, of) for name, (lacking, of) in found.items() if lacking}
        for delivery, found in without.items()
    }
    return Booked(dict(cells), {delivery: found for delivery, found in named.items() if found})


def nameless_faults(found: Booked, deliveries: Iterable[Delivery], iv3: Iv3) -> list[Fault]:
    """Postings that no cell of Iv3 can hold, because they have no taakveld or no category: once per column (R110)."""
    return [
        fault("R110", one.file, None, one.profile.columns.get(name, name), None, count=count, lines=lines, iv3=iv3.file)
        for one in deliveries
        for name, (count, lines) in found.nameless.get(one.id, {}).items()
    ]


def differences(iv3: Iv3, found: Booked, accepted: Mapping[str, int], unit: int) -> list[Fault]:
    """Every cell in which the ledger and Iv3 differ by more than the rounding of Iv3 (R112), largest first.

    An accepted difference is exactly the ledger minus Iv3. Codes that lost a zero in the ledger are said once (R111),
    and their cells are not compared.
    """
    told = _cells(iv3)
    lost = _lost_zeros({cell[1] for cell in found.cells}, {cell[1] for cell in told})
    unclear = {*lost, *lost.values()}
    sized = []
    for cell in sorted({*told, *found.cells, *_accepted_cells(iv3, accepted)}):
        if cell[1] not in unclear:
            sized += _difference(iv3, cell, told.get(cell, []), found.cells.get(cell, 0), accepted, unit)
    faults = [one for _, one in sorted(sized, key=lambda sized: -sized[0])]
    return [*(fault("R111", iv3.file, None, None, code, known=whole) for whole, code in sorted(lost.items())), *faults]


def what(iv3: Iv3, cell: Cell) -> str:
    """How `reconciliations.csv` names a difference in one cell."""
    return f"iv3:{iv3.number}/{iv3.year}/{'/'.join(cell)}"


def _cells(iv3: Iv3) -> dict[Cell, list[Iv3Row]]:
    """Cell → its rows: with details a cell may stand in several."""
    found: dict[Cell, list[Iv3Row]] = defaultdict(list)
    for side in SIDES:
        for row in iv3.parts[side]:
            found[side, row.codes[0], row.codes[1]].append(row)
    return found


def _accepted_cells(iv3: Iv3, accepted: Mapping[str, int]) -> set[Cell]:
    """The cells in which a difference was accepted; it may be gone."""
    start = f"iv3:{iv3.number}/{iv3.year}/"
    parts = (name.removeprefix(start).split("/") for name in accepted if name.startswith(start))
    return {(cell[0], cell[1], cell[2]) for cell in parts if len(cell) == 3}


def _difference(
    iv3: Iv3, cell: Cell, rows: Sequence[Iv3Row], cents: int, accepted: Mapping[str, int], unit: int
) -> list[tuple[int, Fault]]:
    """How large a difference is, and its fault; nothing where there is none."""
    written = max((row.decimals for side in SIDES for row in iv3.parts[side]), default=0)
    told, agreed = cents_of(rows, unit), accepted.get(what(iv3, cell))
    difference = cents - told
    if agreed is None and abs(difference) <= slack(rows, unit, written):
        return []
    if agreed is not None and nearest(difference) == agreed:
        return []
    sums = {"cents": cents, "iv3_cents": nearest(told), "difference_cents": nearest(difference)}
    sums["accepted_cents"] = agreed or 0
    found = fault("R112", iv3.file, None, None, "/".join(cell), what=what(iv3, cell), **sums)
    return [(abs(sums["difference_cents"]), found)]


def _lost_zeros(ledger: set[str], iv3: set[str]) -> dict[str, str]:
    """A code of Iv3 that ends in a zero (`0.10`), in no posting → the code without it that is in postings (`0.1`)."""
    ends = (code for code in iv3 - ledger if "." in code and code.endswith("0"))
    return {code: code.rstrip("0") for code in ends if code.rstrip("0") in ledger}
