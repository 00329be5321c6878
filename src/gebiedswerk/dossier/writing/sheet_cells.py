"""A table in a workbook, changed cell by cell in the XML of its sheet: every other part of the workbook stays.

What a change would put out of step (formulas, merged cells, a named table round the rows) is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from gebiedswerk.dossier.cell_types import Column
from gebiedswerk.dossier.table_files import TableFile
from gebiedswerk.dossier.workbooks import ESCAPED, WorkbookSheet
from gebiedswerk.dossier.writing.row_edits import CannotEdit, Changes, WhyNot

AMOUNTS = frozenset({"amount", "amount_left"})
NUMBERS = frozenset({*AMOUNTS, "year", "weight", "row_number", "place"})
"""Kinds of cells that are numbers in a workbook, also in a cell that held nothing."""
UNSAID = re.compile(r"[\x00-\x08\x0b-\x1f]")
"""Signs that XML cannot hold, or reads as another."""
RANGE = re.compile(r"([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?")


def changed_workbook(
    data: bytes, found: TableFile, changes: Changes, columns: Mapping[str, Column], file: str
) -> bytes:
    """The bytes of a workbook with these changes in its sheet. Raises CannotEdit."""
    sheet, out = found.sheet, io.BytesIO()
    if sheet is None:
        raise CannotEdit(file, WhyNot.SHAPE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as written:
        written.comment = archive.comment
        place = sheet.part.lower()
        there = [one for one in archive.infolist() if one.filename.replace("\\", "/").lower() == place]
        if len(there) != 1:
            raise CannotEdit(file, WhyNot.SHAPE)
        for info in archive.infolist():
            part = archive.read(info)
            written.writestr(info, _changed_part(part, sheet, changes, columns, file) if info in there else part)
    return out.getvalue()


def _changed_part(
    part: bytes, sheet: WorkbookSheet, changes: Changes, columns: Mapping[str, Column], file: str
) -> bytes:
    try:
        text = part.decode()
    except UnicodeDecodeError as problem:
        raise CannotEdit(file, WhyNot.SHAPE) from problem
    new = _new_cells(changes, len(sheet.records))
    cleared = {at + 1 for at in changes.gone}
    xml = _SheetXml(text, file)
    former = (len(sheet.records), len(changes.header) - changes.wider)
    xml.refuse_if_out_of_step(new, cleared, former, is_larger=bool(changes.added or changes.wider or cleared))
    written = {
        place: _CellWriter(sheet, columns.get(changes.header[place[1]]), xml.prefix, cell)
        for place, cell in new.items()
    }
    return xml.changed(written, cleared, is_larger=bool(changes.added or changes.wider)).encode()


def _new_cells(changes: Changes, last: int) -> dict[tuple[int, int], str]:
    """The new text of each cell, by its row from 1 and its column from 0; new rows stand below the last one."""
    new = {(1, column): name for column, name in changes.cells_of(0).items()}
    new |= {(at + 1, column): text for (at, column), text in changes.cells.items()}
    for at, record in enumerate(changes.added, start=last + 1):
        new |= {(at, column): cell for column, cell in enumerate(record) if cell}
    return new


@dataclass(frozen=True, slots=True)
class _CellWriter:
    """Writes the new text of one cell: as a number where one stood or belongs, else as a text of its own."""

    sheet: WorkbookSheet
    column: Column | None
    prefix: str
    text: str

    def over(self, attributes: str, inner: str) -> str:
        """The cell with this text, where it had these attributes and held this."""
        kept = re.sub(r'\s(?:t|cm|vm)\s*=\s*(?:"[^"]*"|\'[^\']*\')', "", attributes).rstrip()
        p = self.prefix
        if not self.text:
            return f"<{p}c{kept}/>"
        number = self._number(attributes, inner)
        if number is not None:
            return f"<{p}c{kept}><{p}v>{number}</{p}v></{p}c>"
        said = UNSAID.sub(lambda sign: f"_x{ord(sign[0]):04X}_", ESCAPED.sub(r"_x005F\g<0>", self.text))
        return f'<{p}c{kept} t="inlineStr"><{p}is><{p}t xml:space="preserve">{escape(said)}</{p}t></{p}is></{p}c>'

    def _number(self, attributes: str, inner: str) -> str | None:
        """The number that this text is in such a cell; None where it is a text."""
        kind = _attribute(attributes, "t") or "n"
        is_day = int(_attribute(attributes, "s") or 0) in self.sheet.day_styles
        name = self.column.kind.name if self.column else ""
        held = kind == "n" and bool(inner)
        if not (held or not inner and name in NUMBERS):
            return None
        value = self.column.kind.read(self.text) if self.column else _plain(self.text)
        if is_day:
            return str((value - self.sheet.first_day).days) if isinstance(value, date) else None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return None
        return f"{Decimal(value) / 100:.2f}" if name in AMOUNTS else str(value)


def _plain(text: str) -> Decimal | None:
    """A number that reads back as the same text."""
    return Decimal(text) if re.fullmatch(r"0|-?[1-9][0-9]{0,14}", text) else None


def _attribute(attributes: str, name: str) -> str | None:
    found = re.search(rf'(?:^|\s){name}\s*=\s*(?:"([^"]*)"|\'([^\']*)\')', attributes)
    return (found[1] if found[1] is not None else found[2]) if found else None


@dataclass(frozen=True, slots=True)
class _Element:
    """A row or a cell: its number, where it stands and where what it holds stands, and its attributes.

    `inner` is empty, and `closed` true, for one that closes itself.
    """

    number: int
    start: int
    end: int
    inner: tuple[int, int]
    attributes: str

    @property
    def closed(self) -> bool:
        """Whether it holds nothing, and has no end of its own."""
        return self.inner == (self.end, self.end)


class _SheetXml:
    """The text of a sheet, with its rows and cells by their numbers. Raises CannotEdit where it is built otherwise."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        data = re.search(r"<((?:\w+:)?)sheetData\s*>(.*)</\1sheetData\s*>", text, re.DOTALL)
        if data is None or "<![CDATA[" in text or "<!--" in text:
            raise self.refusal(WhyNot.SHAPE)
        self.prefix: str = data[1]
        self.rows = {row.number: row for row in self._elements("row", *data.span(2), 1)}

    def refusal(self, why: WhyNot) -> CannotEdit:
        """Why this sheet cannot be edited."""
        return CannotEdit(self.file, why)

    def _elements(self, name: str, start: int, end: int, first: int) -> Iterator[_Element]:
        """The elements of this name that a part of the text holds, and nothing besides."""
        tag = f"{self.prefix}{name}"
        found = re.compile(rf"\s*<{tag}((?:\s[^<>]*?)?)(?:/>|>(.*?)</{tag}\s*>)\s*", re.DOTALL)
        number = first - 1
        while start < end:
            one = found.match(self.text, start, end)
            if one is None:
                raise self.refusal(WhyNot.SHAPE)
            place = _attribute(one[1], "r")
            number = number + 1 if place is None else int(place) if name == "row" else _column_of(place)
            at, until = one.start() + one[0].index("<"), one.start() + len(one[0].rstrip())
            yield _Element(number, at, until, one.span(2) if one[2] is not None else (until, until), one[1])
            start = one.end()

    def cells(self, row: _Element) -> dict[int, _Element]:
        """The cells of a row."""
        return {cell.number: cell for cell in self._elements("c", *row.inner, 0)}

    def refuse_if_out_of_step(
        self, new: Mapping[tuple[int, int], str], cleared: set[int], former: tuple[int, int], *, is_larger: bool
    ) -> None:
        """Raise CannotEdit where a change would leave something behind that no longer fits the rows.

        `former`: how many rows and columns there were.
        """
        has_formula = re.search(rf"<{self.prefix}f[\s/>]", self.text) is not None
        if has_formula and (cleared or any(row <= former[0] and column < former[1] for row, column in new)):
            raise self.refusal(WhyNot.FORMULA)
        if is_larger and re.search(rf"<{self.prefix}tableParts[\s/>]", self.text):
            raise self.refusal(WhyNot.NAMED_TABLE)
        for low, high in self._merged():
            if any(low[0] <= row <= high[0] for row in cleared) or any(
                low[0] <= row <= high[0] and low[1] <= column <= high[1] for row, column in new
            ):
                raise self.refusal(WhyNot.MERGED)

    def _merged(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """The first and last cell of each group of merged ones: row and column."""
        for found in re.finditer(rf"<{self.prefix}mergeCell\s[^>]*>", self.text):
            place = RANGE.fullmatch((_attribute(found[0], "ref") or "").replace("$", ""))
            if place is None:
                raise self.refusal(WhyNot.MERGED)
            low = (int(place[2]), _column_of(place[1]))
            yield low, (int(place[4]), _column_of(place[3])) if place[3] else low

    def changed(self, new: Mapping[tuple[int, int], _CellWriter], cleared: set[int], *, is_larger: bool) -> str:
        """The text with these cells, and without what the cleared rows hold."""
        by_row: dict[int, dict[int, _CellWriter]] = defaultdict(dict)
        for (row, column), cell in sorted(new.items()):
            by_row[row][column] = cell
        pieces: list[tuple[int, int, str]] = []
        for number in cleared & self.rows.keys():
            pieces += [
                (cell.start, cell.end, _emptied(self.prefix, cell)) for cell in self.cells(self.rows[number]).values()
            ]
        for number, cells in sorted(by_row.items()):
            pieces += self._in_row(self.rows[number], cells) if number in self.rows else self._new_row(number, cells)
        if is_larger:
            pieces += [
                (one.start(), one.end(), "") for one in re.finditer(rf"<{self.prefix}dimension\s[^>]*/>", self.text)
            ]
        return _replaced(self.text, pieces)

    def _in_row(self, row: _Element, new: Mapping[int, _CellWriter]) -> Iterator[tuple[int, int, str]]:
        cells = self.cells(row)
        added: dict[int, list[str]] = defaultdict(list)
        for column, writer in new.items():
            if column in cells:
                cell = cells[column]
                yield cell.start, cell.end, writer.over(cell.attributes, self.text[slice(*cell.inner)])
            else:
                before = [one.end for number, one in cells.items() if number < column]
                added[max(before, default=row.inner[0])].append(writer.over(f' r="{_letters(column)}{row.number}"', ""))
        if row.closed:  # whoever changes it adds cells
            p, made = self.prefix, "".join(part for parts in added.values() for part in parts)
            yield row.start, row.end, f"<{p}row{_without_spans(row.attributes)}>{made}</{p}row>"
            return
        if added:
            head = row.start + len(f"<{self.prefix}row")
            yield head, head + len(row.attributes), _without_spans(row.attributes)
        for at, parts in added.items():
            yield at, at, "".join(parts)

    def _new_row(self, number: int, new: Mapping[int, _CellWriter]) -> Iterator[tuple[int, int, str]]:
        at = max(row.end for one, row in self.rows.items() if one < number)  # the header stands above
        cells = "".join(writer.over(f' r="{_letters(column)}{number}"', "") for column, writer in new.items())
        yield at, at, f'<{self.prefix}row r="{number}">{cells}</{self.prefix}row>'


def _without_spans(attributes: str) -> str:
    """The attributes of a row, without the columns that it held before."""
    return re.sub(r'\sspans\s*=\s*(?:"[^"]*"|\'[^\']*\')', "", attributes).rstrip()


def _emptied(prefix: str, cell: _Element) -> str:
    """A cell of a cleared row: what it looks like stays."""
    attributes = re.sub(r'\s(?:t|cm|vm)\s*=\s*(?:"[^"]*"|\'[^\']*\')', "", cell.attributes).rstrip()
    return f"<{prefix}c{attributes}/>"


def _replaced(text: str, pieces: Sequence[tuple[int, int, str]]) -> str:
    out, done = [], 0
    for start, end, new in sorted(pieces, key=lambda piece: piece[:2]):
        out += [text[done:start], new]
        done = end
    return "".join([*out, text[done:]])


def _column_of(place: str) -> int:
    """The number of a column from 0, of `AB12` or `AB`."""
    number = 0
    for letter in place.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1


def _letters(column: int) -> str:
    """The letters of a column from 0."""
    letters, at = "", column + 1
    while at:
        at, letter = divmod(at - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
