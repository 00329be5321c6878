"""ODS, the sheets of LibreOffice and of some packages: tables piece by piece, out of the zip."""

from __future__ import annotations

import math
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gebiedswerk.formats.grid import LAST_COLUMN, LAST_ROW, Cell, Day, Percent
from gebiedswerk.formats.sheets.table_events import Events, SheetRow, SheetTable, TableBook, serial, table_book
from gebiedswerk.formats.xlsx.parts import Attributes, Unreadable, Workbook, unpackable

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
MOST_REPEATED = 100_000
"""So many rows or cells with something in them may be written as one that is repeated."""
HIDDEN = ("collapse", "filter")
SKIPPED = frozenset({"annotation", "tracked-changes", "dde-link", "ruby-text"})
NUMBERS: Mapping[str, type[float]] = {"float": float, "currency": float, "percentage": Percent}


@contextmanager
def open_ods(path: Path) -> Iterator[TableBook]:
    """Open a file. Raises Unreadable or one of `BROKEN`."""
    with path.open("rb") as file:
        archive = zipfile.ZipFile(file)
        book = Workbook(path, archive, unpackable(archive))
        manifest = book.pieces(MANIFEST) if MANIFEST.lower() in book.parts else ()
        if any(b"encryption-data" in piece for piece in manifest):
            raise Unreadable("L162")

        def events() -> Events:
            reading = _Reading()
            for _ in book.parse(CONTENT, reading.start, reading.end, reading.text):
                yield from reading.events()
            yield from reading.events()

        yield table_book(path, events)


class _Reading:
    """One file on its way through the parser."""

    def __init__(self) -> None:
        self.found: list[tuple[SheetTable | SheetRow, int]] = []
        self.around: list[str] = []
        self.table, self.row, self.times, self.repeated = -1, 0, 1, 0
        self.hidden = False
        self.cells: dict[int, Cell] = {}
        self.column, self.wide = 0, 1
        self.attributes: dict[str, str] = {}
        self.letters: list[str] = []
        self.paragraphs = 0

    def events(self) -> Events:
        """What was found since; a row that is repeated as often as it stands there."""
        for event, times in self.found:
            if isinstance(event, SheetTable):
                yield event
                continue
            for more in range(times):
                yield SheetRow(event.table, event.number + more, event.cells, event.hidden)
        self.found.clear()

    def start(self, name: str, written: Attributes) -> None:
        attributes = {key.rpartition(":")[2]: value for key, value in written.items()}
        if name == "table":
            self._table(attributes)
        elif name == "table-row":
            self._nested("table-row" not in self.around)
            self.times = _times(attributes, "number-rows-repeated", LAST_ROW)
            self.hidden = attributes.get("visibility") in HIDDEN
            self.cells, self.column = {}, 0
        elif name in ("table-cell", "covered-table-cell"):
            self._nested(self.around[-1:] == ["table-row"])
            self.wide = _times(attributes, "number-columns-repeated", LAST_COLUMN)
            # of a value type written twice (office and calcext) the error is what a person sees
            error = any(key.startswith("calcext") and value == "error" for key, value in written.items())
            self.attributes = attributes | ({"value-type": "error"} if error else {})
            self.letters.clear()
            self.paragraphs = 0
        elif name == "p" and self._reads():
            self.letters += ["\n"] if self.paragraphs else []
            self.paragraphs += 1
        elif name in ("s", "tab", "line-break") and self._reads():
            self.letters.append(" " * min(int(attributes.get("c", 1)), 1000) if name == "s" else " ")
        self.around.append(name)

    def _table(self, attributes: dict[str, str]) -> None:
        if SKIPPED & set(self.around):
            return
        self._nested(self.around[-1:] == ["spreadsheet"])
        self.found.append((SheetTable(attributes.get("name", "")), 1))
        self.table, self.row = self.table + 1, 0

    def _nested(self, right: bool) -> None:
        if not right and not SKIPPED & set(self.around):
            raise Unreadable("L161")

    def _reads(self) -> bool:
        return "table-cell" in self.around and not SKIPPED & set(self.around)

    def text(self, data: str) -> None:
        if self.around[-1:] != ["table-cell"] and "p" in self.around and self._reads():
            self.letters.append(data)

    def end(self, name: str) -> None:
        self.around.pop()
        if SKIPPED & set(self.around):
            return
        if name in ("table-cell", "covered-table-cell"):
            cell = self._value() if name == "table-cell" else ""
            if cell != "":
                self._count(self.wide - 1)
                if self.column + self.wide > LAST_COLUMN:
                    raise Unreadable("L161")
                self.cells.update((self.column + more, cell) for more in range(self.wide))
            self.column += self.wide
        elif name == "table-row":
            if self.cells:
                self._count(self.times - 1)
                self.found.append((SheetRow(self.table, self.row + 1, self.cells, self.hidden), self.times))
            self.row += self.times

    def _count(self, more: int) -> None:
        self.repeated += more
        if self.repeated > MOST_REPEATED:
            raise Unreadable("L163", most=MOST_REPEATED)

    def _value(self) -> Cell:
        """What a cell holds. A formula that was never computed is its own text."""
        attributes, text = self.attributes, "".join(self.letters).strip()
        kind = attributes.get("value-type", "")
        if kind in NUMBERS and "value" in attributes:
            number = float(attributes["value"])
            return NUMBERS[kind](number) if math.isfinite(number) and "_" not in attributes["value"] else text
        if kind == "date":
            try:
                return Day(serial(attributes.get("date-value", "")))
            except ValueError:
                return text or attributes.get("date-value", "")
        if kind == "boolean":
            return attributes.get("boolean-value", text)
        if kind == "string" and not text:
            return attributes.get("string-value", "").strip()
        return text or ("=" if attributes.get("formula") and not kind else "")


def _times(attributes: dict[str, str], name: str, most: int) -> int:
    times = int(attributes.get(name, 1))
    if not 0 < times <= most:
        raise Unreadable("L161")
    return times
