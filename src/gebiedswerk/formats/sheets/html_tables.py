"""Tables of a web page, which many packages export and call `.xls`: piece by piece, as a browser shows them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from gebiedswerk.formats.grid import LAST_COLUMN, LAST_ROW, Cell, written_number
from gebiedswerk.formats.sheets.table_events import Events, SheetRow, SheetTable, TableBook, table_book
from gebiedswerk.formats.xaf.text import read_text
from gebiedswerk.formats.xlsx.parts import Unreadable

PIECE = 1 << 16
LONGEST = 1 << 20
"""Signs: a tag or comment that goes on longer is damage, and would be looked through again and again."""
LONGEST_END = 10_000
"""Signs of a last tag or comment that is never closed: at the end the parser takes the square of them."""
DEEPEST = 20
SILENT = frozenset({"script", "style", "title", "select", "template"})
NUMERIC = re.compile(r"\s*(?:[-+−(]\s*)?(?:(?:€|EUR)\s*)?[-+−]?[0-9][0-9.,'\s]*(?:E[+-]?[0-9]+\s*)?[-)]?(?:€|EUR)?")
"""What a cell shows whose number stands beside it (`x:num`), where that is no day, time or part of hundred."""


def open_html(path: Path) -> TableBook:
    """Open a page. Raises Unreadable."""
    text = read_text(path)

    def events() -> Events:
        page = _Page()
        for piece in text.pieces():
            letters = piece.decode("utf-8", "replace")
            for start in range(0, len(letters), PIECE):
                page.feed(letters[start : start + PIECE])
                if len(page.rawdata) > LONGEST:
                    raise Unreadable("L161")
                yield from page.found
                page.found.clear()
        if len(page.rawdata) > LONGEST_END:
            raise Unreadable("L161")
        page.close()
        page.end_all()
        yield from page.found

    return table_book(path, events)


class _Open:
    """A table that is open: its rows so far, and the columns that a cell above still takes."""

    def __init__(self) -> None:
        self.row, self.column = 0, 0
        self.cells: dict[int, Cell] | None = None
        self.hidden = False
        self.taken: dict[int, int] = {}
        self.letters: list[str] | None = None
        self.number = ""
        self.place, self.wide, self.high = 0, 1, 1


class _Page(HTMLParser):
    """One page on its way. A cell or row ends where the next begins, whether it is closed or not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[SheetTable | SheetRow] = []
        self.open: list[tuple[int, _Open]] = []
        self.tables = 0
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in SILENT:
            self.silent = self.silent or tag
        elif tag == "table":
            self._table()
        elif not self.open:
            return
        elif tag == "tr":
            self._row(attributes)
        elif tag in ("td", "th"):
            self._cell(attributes)
        elif tag in ("br", "p", "div", "li") and self.top.letters:
            self.top.letters.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""
        elif not self.open:
            return
        elif tag == "table":
            self._end_row()
            self.open.pop()
        elif tag == "tr":
            self._end_row()
        elif tag in ("td", "th"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self.open and self.top.letters is not None and not self.silent:
            self.top.letters.append(data)

    @property
    def top(self) -> _Open:
        """The innermost table that is open."""
        return self.open[-1][1]

    def end_all(self) -> None:
        """The end of the page: what is open ends there."""
        while self.open:
            self._end_row()
            self.open.pop()

    def _table(self) -> None:
        if len(self.open) >= DEEPEST:
            raise Unreadable("L161")
        self.open.append((self.tables, _Open()))
        self.tables += 1
        self.found.append(SheetTable(str(self.tables)))

    def _row(self, attributes: dict[str, str]) -> None:
        self._end_row()
        table = self.top
        table.row, table.column, table.cells = table.row + 1, 0, {}
        table.hidden = re.search(r"display\s*:\s*none", attributes.get("style", ""), re.I) is not None
        table.hidden = table.hidden or "hidden" in attributes

    def _cell(self, attributes: dict[str, str]) -> None:
        self._end_cell()
        table = self.top
        if table.cells is None:
            self._row({})
        while table.taken.get(table.column, 0):
            table.column += 1
        table.place, table.letters, table.number = table.column, [], attributes.get("x:num", "")
        table.wide, table.high = _span(attributes, "colspan", 1000), _span(attributes, "rowspan", LAST_ROW)
        table.column += table.wide
        if table.column > LAST_COLUMN:
            raise Unreadable("L161")

    def _end_cell(self) -> None:
        table = self.top
        if table.letters is None or table.cells is None:
            return
        text = " ".join(part for part in re.split(r"[ \t\r\n\f]+", "".join(table.letters)) if part)
        table.letters = None
        cell = _value(text, table.number)
        if cell != "":
            table.cells[table.place] = cell
        if table.high > 1:
            table.taken |= dict.fromkeys(range(table.place, table.place + table.wide), table.high)

    def _end_row(self) -> None:
        self._end_cell()
        number, table = self.open[-1]
        if table.cells is None:
            return
        self.found.append(SheetRow(number, table.row, table.cells, table.hidden))
        table.cells = None
        table.taken = {at: left - 1 for at, left in table.taken.items() if left > 1}


def _span(attributes: dict[str, str], name: str, most: int) -> int:
    """How many columns or rows a cell takes; what is no number is one, as in a browser."""
    written = attributes.get(name, "1").strip()
    return max(1, min(int(written), most)) if written.isascii() and written.isdecimal() and len(written) < 9 else 1


def _value(text: str, number: str) -> Cell:
    """What a cell holds: the number beside it where it shows one, else its text."""
    found = written_number(number) if NUMERIC.fullmatch(text) else None
    return text if found is None else found
