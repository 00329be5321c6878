"""The cells of a sheet one by one, exactly as they stand: the careful way, for small files and for odd ones."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from gebiedswerk.formats.grid import LAST_COLUMN, LAST_ROW, Cell, Day, Gathering, Grid, Minus, Percent, written_number
from gebiedswerk.formats.xlsx.parts import Attributes, Sheet, Texts, Unreadable, Workbook, unescaped


def read_grid(
    workbook: Workbook,
    sheet: Sheet,
    header_row: int,
    wanted: Collection[str],
    most: int | None = None,
    header_rows: int = 1,
) -> Grid:
    """Read a sheet, at most `most` rows of it. Raises Unreadable or one of `BROKEN`."""
    gathering = Gathering(header_row, wanted, most, header_rows, from_1904=workbook.from_1904)
    reading = _Reading(workbook, gathering)
    for _ in workbook.parse(sheet.part, reading.start, reading.end, reading.text):
        if reading.gathering.enough:
            break
    return reading.gathering.grid


class _Reading:
    """One sheet on its way."""

    def __init__(self, workbook: Workbook, gathering: Gathering) -> None:
        self.gathering = gathering
        self.day_styles, self.from_1904 = workbook.day_styles, workbook.from_1904
        self.percent_styles, self.minus_styles = workbook.percent_styles, workbook.minus_styles
        self.texts = Texts(workbook)
        self.inside, self.skipping, self.place, self.around = False, False, "", ""
        self.row, self.column, self.highest = 0, -1, 0
        self.hides = False
        self.late = set[int]()  # the rows so far, once one stood out of order
        self.values: dict[int, Cell] = {}
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
            self.late = {0, *self.gathering.grid.rows, *self.gathering.tops}
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
                self.values[self.column] = self._read_or_text()
        elif name == "row":
            self.around = ""
            self._flush()
        elif name == "sheetData":
            self.inside = False

    def _read_or_text(self) -> Cell:
        """What a cell holds; where it cannot be read, and nobody reads its column, the text that stands there."""
        try:
            return self._read()
        except (ValueError, IndexError):
            read_at = self.gathering.read_at
            if read_at is None or self.row <= self.gathering.last_header or self.column in read_at:
                raise
            return "".join(self.value)

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
        number = written_number(text)
        if number is None:
            return text
        style = self.attributes.get("s")
        if style in self.percent_styles:
            return Percent(number)
        if style in self.minus_styles:
            return Minus(number)
        return Day(number) if style in self.day_styles else number

    def _flush(self) -> None:
        """The end of a row."""
        self.gathering.row(self.row, self.values, hidden=self.hides)
        self.values = {}
