"""The cells of a sheet one by one, exactly as they stand: the careful way, for small files and for odd ones."""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from gebiedswerk.ledger.importers.row_marks import label_of
from gebiedswerk.ledger.importers.xlsx_parts import Attributes, Sheet, Texts, Unreadable, Workbook, unescaped

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LAST_DAY = 2_958_465  # 31 December 9999


class Day(float):
    """A number that its cell shows as a day."""


Cell = str | float
"""Text, a number, or a `Day`; an empty cell is an empty text. An error is its text: `#REF!`."""


@dataclass(slots=True)
class Grid:
    """The header of a sheet, and of each row below it that is not blank its number and the cells asked for.

    `above` counts the cells with something in them up to and including the header, `texts_above` those with text.
    `labels` and `same` are the marks of each row (`LABEL`, `SAME`); `hidden`: the rows that nobody sees in the sheet.
    """

    header: list[str] = field(default_factory=list)
    above: int = 0
    texts_above: int = 0
    rows: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    same: array[int] = field(default_factory=lambda: array("Q"))
    hidden: list[int] = field(default_factory=list)
    cells: dict[str, list[Cell]] = field(default_factory=dict)


def read_grid(
    workbook: Workbook, sheet: Sheet, header_row: int, wanted: Collection[str], most: int | None = None
) -> Grid:
    """Read a sheet, at most `most` rows of it. Raises Unreadable or one of `BROKEN`."""
    reading = _Reading(workbook, header_row, wanted, most)
    for _ in workbook.parse(sheet.part, reading.start, reading.end, reading.text):
        if reading.enough:
            break
    return reading.grid


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


class _Reading:
    """One sheet on its way."""

    def __init__(self, workbook: Workbook, header_row: int, wanted: Collection[str], most: int | None) -> None:
        self.grid = Grid()
        self.header_row, self.wanted, self.most = header_row, wanted, most
        self.day_styles, self.from_1904 = workbook.day_styles, workbook.from_1904
        self.texts = Texts(workbook)
        self.enough = False
        self.inside, self.skipping, self.place, self.around = False, False, "", ""
        self.row, self.column, self.highest = 0, -1, 0
        self.hides = False
        self.late = set[int]()  # the rows so far, once one stood out of order
        self.values: dict[int, Cell] = {}
        self.positions: list[tuple[int, list[Cell]]] = []
        self.columns: dict[str, int] = {}
        self.value: list[str] = []
        self.formula: list[str] = []
        self.attributes: Attributes = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheetData":
            self.inside = True
        elif not self.inside:
            return
        elif name == "c":
            self._nested("c", within="row")
            self._cell(attributes)
        elif name == "row":
            self._nested("row", within="")
            self._row(attributes)
        elif name in ("v", "t", "f"):
            if name == "v" and self.value:
                raise Unreadable("L161")  # two values would read as one longer number
            self.place = "" if self.skipping else name
            if name == "f":
                self.formula.append("=")
        elif name == "rPh":
            self.skipping = True

    def _nested(self, name: str, *, within: str) -> None:
        """A row stands in no row, and a cell in a row and in no cell: else cells would go to another row."""
        if self.around != within:
            raise Unreadable("L161")
        self.around = name

    def _row(self, attributes: Attributes) -> None:
        """A row stands there once; in order is what the standard wants, and no reason to refuse it."""
        self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
        self.hides = attributes.get("hidden") in ("1", "true")
        self.column = -1
        if self.row <= self.highest and not self.late:
            self.late = {0, *self.grid.rows, *([self.header_row] if self.grid.header else [])}
        if self.row in self.late or not 0 < self.row <= LAST_ROW:
            raise Unreadable("L161")
        if self.late:
            self.late.add(self.row)
        self.highest = max(self.highest, self.row)

    def _cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        letters = place.rstrip("0123456789") if place else ""
        if not place:
            self.column += 1
        elif place[len(letters) :] != str(self.row):
            raise Unreadable("L161")
        else:
            self.column = self._column(letters)
        if self.column >= LAST_COLUMN or self.column in self.values:
            raise Unreadable("L161")
        self.attributes = attributes
        self.value.clear()
        self.formula.clear()

    def _column(self, letters: str) -> int:
        """The number of a column from its letters: A is 0."""
        if letters not in self.columns:
            if not (letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) < 4):
                raise Unreadable("L161")
            number = 0
            for letter in letters:
                number = number * 26 + ord(letter) - ord("A") + 1
            self.columns[letters] = number - 1
        return self.columns[letters]

    def text(self, data: str) -> None:
        if self.place:
            (self.formula if self.place == "f" else self.value).append(data)

    def end(self, name: str) -> None:
        if not self.inside:
            return
        if name in ("v", "t", "f"):
            if name == "v":
                self.value.append("")
            self.place = ""
        elif name == "rPh":
            self.skipping = False
        elif name == "c":
            self.around = "row"
            if self.value or self.formula:
                self.values[self.column] = self._read()
        elif name == "row":
            self.around = ""
            self._flush()
        elif name == "sheetData":
            self.inside = False

    def _read(self) -> Cell:
        """What a cell holds. A formula that was never computed is its own text: `=A1*2`."""
        kind, text = self.attributes.get("t", "n"), "".join(self.value)
        if kind in ("str", "inlineStr"):
            text = unescaped(text)
        if self.formula and not self.value:
            return "".join(self.formula)
        if kind == "s":
            return self.texts[int(text)] if text.strip() else ""
        if kind == "b":
            return {"1": "true", "0": "false"}.get(text, text)
        if kind == "d":
            day = date.fromisoformat(text[:10])
            return Day((day - (date(1904, 1, 1) if self.from_1904 else date(1899, 12, 30))).days)
        if kind == "n" and text.strip():
            return self._number(text.strip())
        return text.strip()

    def _number(self, text: str) -> Cell:
        try:
            number = float(text)
        except ValueError:
            return text
        if not math.isfinite(number) or "_" in text:
            return text
        return Day(number) if self.attributes.get("s") in self.day_styles else number

    def _flush(self) -> None:
        """The end of a row: the header, a row to keep, or nothing."""
        filled = {at: value for at, value in self.values.items() if value != ""}
        if self.row <= self.header_row:
            self.grid.above += len(self.values)
            self.grid.texts_above += sum(isinstance(value, str) for value in self.values.values())
        self.values = {}
        if self.row == self.header_row:
            self._header(filled)
        elif self.row < self.header_row or not filled or self.enough:
            return
        else:
            self.grid.rows.append(self.row)
            texts = {at: value for at, value in filled.items() if isinstance(value, str)}
            self.grid.labels.append(self._label(texts))
            self.grid.same.append(hash(tuple(sorted(filled.items()))) & 0xFFFF_FFFF_FFFF_FFFF)
            self.grid.hidden += [self.row] if self.hides else []
            for at, cells in self.positions:
                cells.append(filled.get(at, ""))
            self.enough = len(self.grid.rows) == self.most

    def _label(self, texts: dict[int, str]) -> str:
        if not texts:
            return ""
        header = self.grid.header
        return label_of([header[at] if at < len(header) else "" for at in texts], texts.values())

    def _header(self, filled: dict[int, Cell]) -> None:
        names = [filled.get(at, "") for at in range(max(filled, default=-1) + 1)]
        self.grid.header = [name if isinstance(name, str) else number_text(name) for name in names]
        for at, name in enumerate(self.grid.header):
            if name in self.wanted and name not in self.grid.cells:
                self.grid.cells[name] = []
                self.positions.append((at, self.grid.cells[name]))
