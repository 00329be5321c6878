"""The cells of a sheet as rows, whatever file they stand in: a header, and below it the columns that are asked for."""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import zip_longest

from gebiedswerk.formats.format import AGAIN, MOST_TITLES
from gebiedswerk.formats.row_marks import label_of

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
UNNAMED = re.compile("#([1-9][0-9]{0,4})")
"""The name of a column that has none in the file."""
LAST_DAY = 2_958_465  # 31 December 9999


class Shown(float):
    """A number that its cell shows as something else."""


class Day(Shown):
    """A number that its cell shows as a day or a time."""


class Percent(Shown):
    """A number that its cell shows as a part of hundred."""


class Minus(float):
    """A number that its cell shows with a minus, or as credit, that it does not have."""


Cell = str | float
"""Text, a number, or a `Day`; an empty cell is an empty text. An error is its text: `#REF!`."""


@dataclass(slots=True)
class Grid:
    """The header of a sheet, and of each row below it that is not blank its number and the cells asked for.

    `tops` are the rows of the header one by one; `known` these and the rows of the title above them, as they stand.
    `above` counts the cells with something in them up to and including the header.
    `labels` and `same` are the marks of each row (`LABEL`, `SAME`); `hidden`: the rows that nobody sees in the sheet.
    """

    header: list[str] = field(default_factory=list)
    tops: list[list[str]] = field(default_factory=list)
    above: int = 0
    known: list[dict[int, Cell]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    same: array[int] = field(default_factory=lambda: array("Q"))
    hidden: list[int] = field(default_factory=list)
    cells: dict[str, list[Cell]] = field(default_factory=dict)


class Gathering:
    """The rows of one sheet on their way into a grid, given in the order of the file."""

    def __init__(
        self,
        header_row: int,
        wanted: Collection[str],
        most: int | None,
        header_rows: int = 1,
        *,
        from_1904: bool = False,
    ) -> None:
        self.grid, self.from_1904 = Grid(), from_1904
        self.header_row, self.header_rows, self.wanted, self.most = header_row, header_rows, wanted, most
        self.tops: dict[int, dict[int, Cell]] = {}
        self.positions: list[tuple[int, list[Cell]]] = []
        self.read_at: frozenset[int] | None = None
        self.enough = most == 0

    @property
    def last_header(self) -> int:
        """The row below which the rows begin."""
        return self.header_row + self.header_rows - 1

    def row(self, number: int, cells: Mapping[int, Cell], *, hidden: bool = False) -> None:
        """The next row: a part of the header, a row to keep, or nothing."""
        filled = {at: value for at, value in cells.items() if value != ""}
        if number <= self.last_header:
            self.grid.above += len(cells)
            self.grid.known += [filled] if filled and len(self.grid.known) < MOST_TITLES else []
            if number >= self.header_row:
                self.tops[number] = filled
                self._header()
            return
        if not filled or self.enough:
            return
        self.grid.rows.append(number)
        texts = {at: value for at, value in filled.items() if isinstance(value, str)}
        self.grid.labels.append(AGAIN if filled in self.grid.known else self._label(texts))
        self.grid.same.append(hash(tuple(sorted(filled.items()))) & 0xFFFF_FFFF_FFFF_FFFF)
        self.grid.hidden += [number] if hidden else []
        for at, column in self.positions:
            column.append(filled.get(at, ""))
        self.enough = len(self.grid.rows) == self.most

    def _label(self, texts: dict[int, str]) -> str:
        if not texts:
            return ""
        header = self.grid.header
        return label_of([header[at] if at < len(header) else "" for at in texts], texts.values())

    def _header(self) -> None:
        """The names of the columns, as far as the rows of the header are there."""
        rows = range(self.header_row, self.last_header + 1)
        self.grid.tops = [self._names(self.tops.get(number, {})) for number in rows]
        self.grid.header = with_unnamed(header_names(self.grid.tops), self.wanted)
        self.grid.cells, self.positions = {}, []
        for at, name in enumerate(self.grid.header):
            if name in self.wanted and name not in self.grid.cells:
                self.grid.cells[name] = []
                self.positions.append((at, self.grid.cells[name]))
        self.read_at = frozenset(at for at, _ in self.positions)

    def _names(self, cells: Mapping[int, Cell]) -> list[str]:
        names = [cells.get(at, "") for at in range(max(cells, default=-1) + 1)]
        return [name if isinstance(name, str) else self._number(name) for name in names]

    def _number(self, name: float) -> str:
        """A number in a header; of a whole day that day, as months are named in a sheet: 2025-03-01."""
        whole = isinstance(name, Day) and name.is_integer()
        day = day_of(name, from_1904=self.from_1904) if whole else None
        return number_text(name) if day is None else day.isoformat()


def header_names(rows: Sequence[Sequence[str]]) -> list[str]:
    """The names of the columns out of the rows of a header: what stands above goes before, `2025 Debet`.

    A cell above that is empty is part of the one left of it, as cells that are merged are written; unless nothing
    stands below that one: then it is the name of its own column alone. Columns of one name are told apart by their
    order: `Bedrag (1)`, `Bedrag (2)`.
    """
    names = [cell.strip() for cell in rows[0]]
    for row in rows[1:]:
        pairs, above = [], ""
        for top, below in zip_longest(names, (cell.strip() for cell in row), fillvalue=""):
            above = (top or above) if below else ""
            pairs.append(f"{above} {below}".strip() if below else top)
        names = pairs
    while len(rows) > 1 and names and not names[-1]:
        names.pop()
    return _told_apart(names)


def with_unnamed(header: Sequence[str], wanted: Collection[str]) -> list[str]:
    """A header with the columns that have no name and are asked for by their place: `#7` is the seventh."""
    names = list(header)
    for at in sorted(int(found[1]) - 1 for name in wanted if (found := UNNAMED.fullmatch(name))):
        if at < LAST_COLUMN:
            names += [""] * (at + 1 - len(names))
            names[at] = names[at] or by_place(at)
    return names


def by_place(at: int) -> str:
    """How a column without a name is called, counted from 0."""
    return f"#{at + 1}"


def _told_apart(names: list[str]) -> list[str]:
    times, so_far = Counter(names), Counter[str]()
    for at, name in enumerate(names):
        if name and times[name] > 1:
            so_far[name] += 1
            names[at] = numbered(name, so_far[name])
    return names


def numbered(name: str, number: int) -> str:
    """How a column is called of which more have the same name."""
    return f"{name} ({number})"


def as_written(name: str) -> str:
    """The header of a column as it stands in the file, without the number that tells it apart."""
    return re.sub(r" \([0-9]+\)$", "", name)


def written_number(text: str) -> float | None:
    """The number that a cell of numbers holds; None where it is none that a spreadsheet writes."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in text else None


def number_text(number: float) -> str:
    """A number as a code: 710 and not 710.0, 3.8 and never 3.8e0."""
    return str(int(number)) if number == int(number) else f"{Decimal(repr(float(number))):f}"


def day_of(number: float, *, from_1904: bool) -> date | None:
    """The day that a number stands for; Excel counts a 29 February 1900 that never was."""
    if not 0 <= number <= LAST_DAY:
        return None
    start = date(1904, 1, 1) if from_1904 else date(1899, 12, 30) if number >= 60 else date(1899, 12, 31)
    try:
        return start + timedelta(days=int(number))
    except OverflowError:
        return None
