"""SpreadsheetML 2003, the XML that older Excel writes: tables piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gebiedswerk.formats.grid import Cell, Day, Percent, written_number
from gebiedswerk.formats.sheets.table_events import Events, SheetRow, SheetTable, TableBook, serial, table_book
from gebiedswerk.formats.xaf.text import read_text
from gebiedswerk.formats.xlsx.parts import Attributes, Unreadable, parse_xml, shows_day

SKIPPED = frozenset({"Comment", "PhoneticText"})


def open_spreadsheetml(path: Path) -> TableBook:
    """Open a file. Raises Unreadable or one of `BROKEN`."""
    text = read_text(path)

    def events() -> Events:
        reading = _Reading()
        for _ in parse_xml(_pieces(text.pieces()), reading.start, reading.end, reading.text, encoding="utf-8"):
            yield from reading.found
            reading.found.clear()
        yield from reading.found

    return table_book(path, events)


def _pieces(pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        for start in range(0, len(piece), 1 << 16):
            yield piece[start : start + (1 << 16)]


class _Reading:
    """One file on its way through the parser."""

    def __init__(self) -> None:
        self.found: list[SheetTable | SheetRow] = []
        self.around: list[str] = []
        self.styles: dict[str, type[float]] = {}
        self.style_id = ""
        self.table = -1
        self.row, self.next_row, self.column, self.next_column = 0, 1, 0, 0
        self.hidden = False
        self.cells: dict[int, Cell] = {}
        self.attributes: dict[str, str] = {}
        self.row_style, self.kind = "", ""
        self.letters: list[str] = []

    def start(self, name: str, written: Attributes) -> None:
        attributes = {key.rpartition(":")[2]: value for key, value in written.items()}
        if name == "Worksheet":
            self.found.append(SheetTable(attributes.get("Name", "")))
            self.table, self.next_row = self.table + 1, 1
        elif name == "Style":
            self.style_id = attributes.get("ID", "")
        elif name == "NumberFormat":
            self.styles[self.style_id] = _shown(attributes.get("Format", ""))
        elif name == "Row":
            self._row(attributes)
        elif name == "Cell":
            self._cell(attributes)
        elif name == "Data" and not SKIPPED & set(self.around):
            if self.around[-1:] != ["Cell"] or self.kind:
                raise Unreadable("L161")
            self.kind = attributes.get("Type", "String")
        self.around.append(name)

    def _row(self, attributes: dict[str, str]) -> None:
        if self.around[-1:] != ["Table"]:
            raise Unreadable("L161")
        self.row = int(attributes.get("Index", self.next_row))
        if self.row < self.next_row:
            raise Unreadable("L161")
        self.next_row = self.row + 1 + int(attributes.get("Span", 0))
        self.hidden = attributes.get("Hidden") == "1"
        self.row_style = attributes.get("StyleID", "")
        self.cells, self.next_column = {}, 0

    def _cell(self, attributes: dict[str, str]) -> None:
        if self.around[-1:] != ["Row"]:
            raise Unreadable("L161")
        self.column = int(attributes["Index"]) - 1 if "Index" in attributes else self.next_column
        if self.column < self.next_column:
            raise Unreadable("L161")
        self.next_column = self.column + 1 + int(attributes.get("MergeAcross", 0))
        self.attributes, self.kind = attributes, ""
        self.letters.clear()

    def text(self, data: str) -> None:
        if self.kind and "Data" in self.around and not SKIPPED & set(self.around):
            self.letters.append(data)

    def end(self, name: str) -> None:
        self.around.pop()
        if name == "Cell":
            cell = self._value("".join(self.letters).strip())
            if cell != "":
                self.cells[self.column] = cell
            self.kind = ""
        elif name == "Row":
            self.found.append(SheetRow(self.table, self.row, self.cells, self.hidden))

    def _value(self, text: str) -> Cell:
        if not self.kind:
            return self.attributes.get("Formula", "")
        if self.kind == "DateTime":
            try:
                return Day(serial(text))
            except ValueError:
                return text
        if self.kind == "Boolean":
            return {"1": "true", "0": "false"}.get(text, text)
        return self._number(text) if self.kind == "Number" else text

    def _number(self, text: str) -> Cell:
        number = written_number(text)
        if number is None:
            return text
        shown = self.styles.get(self.attributes.get("StyleID") or self.row_style, float)
        return shown(number)


def _shown(form: str) -> type[float]:
    """As what a format shows a number."""
    if form == "Percent" or "%" in form:
        return Percent
    named = form.endswith((" Date", " Time"))
    return Day if named or shows_day("", form or "General") else float
