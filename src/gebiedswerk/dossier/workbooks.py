"""A table in a workbook: the cells of its one sheet as the text that a person would type in a CSV table.

For tables that people keep by hand; exports are read by `formats`, which hold a million rows.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

from gebiedswerk.core.faults import GebiedswerkError

MOST_BYTES = 50_000_000
"""What a workbook may unpack to: a table by hand is far smaller."""
MOST_CELLS = 2_000_000
DAY_FORMATS = frozenset([*range(14, 23), *range(45, 48)])
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ET.ParseError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
)


class NoWorkbook(GebiedswerkError):
    """A file that is no workbook with one table: `sheets` are those between which nobody can choose."""

    def __init__(self, path: Path, sheets: tuple[str, ...] = ()) -> None:
        super().__init__(f"{path.name} is no workbook with one table: {', '.join(sheets)}")
        self.sheets = sheets


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A sheet: where it stands in its zip, its rows of text from row 1, and the cells that hold no value.

    `odd`: row, header of the column and what stands there, such as `#REF!` or a formula that was never computed.
    Numbers in one of `day_styles` count days from `first_day`.
    """

    part: str
    records: list[list[str]]
    odd: tuple[tuple[int, str, str], ...]
    day_styles: frozenset[int] = frozenset()
    first_day: date = date(1899, 12, 30)


def read_sheet(path: Path, data: bytes | None = None) -> WorkbookSheet:
    """Read the sheet that is called as its file, else the only one with something in it. Raises NoWorkbook.

    `data`: what the file is to hold, where that is not what stands there.
    """
    try:
        with zipfile.ZipFile(path if data is None else io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                raise NoWorkbook(path)
            return _read(path, archive)
    except BROKEN as problem:
        raise NoWorkbook(path) from problem


def _read(path: Path, archive: zipfile.ZipFile) -> WorkbookSheet:
    main = _target(archive, "", "officeDocument")
    book = _xml(archive, main)
    parts = {one.get("Id"): one.get("Target", "") for one in _relations(archive, main)}
    texts = [_text_of(one) for one in _part(archive, main, "sharedStrings") if _name(one) == "si"]
    styles = _day_styles(archive, main)
    is_1904 = any(one.get("date1904") in ("1", "true") for one in book.iter() if _name(one) == "workbookPr")
    named: list[tuple[str, WorkbookSheet]] = []
    for one in book.iter():
        if _name(one) == "sheet" and one.get("state", "visible") == "visible":
            ident = next(value for key, value in one.items() if key.endswith("}id"))
            part = _joined(main, parts[ident])
            cells = _Cells(texts, styles, is_1904=is_1904)
            named.append((one.get("name", ""), cells.sheet(part, _xml(archive, part))))
    filled = [(name, sheet) for name, sheet in named if any(any(record) for record in sheet.records)]
    own = [sheet for name, sheet in filled if name.strip().casefold() == path.stem.casefold()]
    if not filled:
        return WorkbookSheet("", [], ())
    if len(own) != 1 and len(filled) != 1:
        raise NoWorkbook(path, tuple(name for name, _ in filled))
    return own[0] if len(own) == 1 else filled[0][1]


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _xml(archive: zipfile.ZipFile, part: str) -> ET.Element:
    """A part as XML; one that declares things of its own is none of ours."""
    names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
    data = archive.read(names[part.lower()])
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError(part)
    return ET.fromstring(data)  # noqa: S314 # without a DOCTYPE there are no entities


def _joined(part: str, target: str) -> str:
    target = target.replace("\\", "/")
    whole = target if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
    return posixpath.normpath(whole).lstrip("/")


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[ET.Element]:
    folder, _, name = part.rpartition("/")
    yield from _xml(archive, posixpath.join(folder, "_rels", f"{name}.rels"))


def _target(archive: zipfile.ZipFile, part: str, kind: str) -> str:
    """The part that another names as this kind. Raises LookupError where there is none."""
    targets = [one.get("Target", "") for one in _relations(archive, part) if one.get("Type", "").endswith(f"/{kind}")]
    return _joined(part, targets[0])


def _part(archive: zipfile.ZipFile, main: str, kind: str) -> ET.Element | tuple[()]:
    try:
        return _xml(archive, _target(archive, main, kind))
    except LookupError:
        return ()


def _text_of(element: ET.Element) -> str:
    """The text of a string, without the notes on how it is pronounced."""
    runs = [
        one for child in element for one in ([child] if _name(child) == "t" else child if _name(child) == "r" else ())
    ]
    said = [one.text or "" for one in runs if _name(one) == "t"]
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(said))


def _day_styles(archive: zipfile.ZipFile, main: str) -> frozenset[int]:
    """The numbers of the styles that show a number as a day or a time."""
    styles = _part(archive, main, "styles")
    formats: dict[int, str] = {}
    found: set[int] = set()
    for child in styles:
        if _name(child) == "numFmts":
            formats |= {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in child}
        elif _name(child) == "cellXfs":
            numbers = [int(one.get("numFmtId", "0")) for one in child]
            found |= {
                at for at, number in enumerate(numbers) if number in DAY_FORMATS or _is_day(formats.get(number, ""))
            }
    return frozenset(found)


def _is_day(form: str) -> bool:
    return bool(re.search(r"[dmyhs]", QUOTED.sub("", form.split(";", maxsplit=1)[0]), re.IGNORECASE))


class _Cells:
    """The cells of a sheet, each as text."""

    def __init__(self, texts: list[str], day_styles: frozenset[int], *, is_1904: bool) -> None:
        self.texts, self.day_styles = texts, day_styles
        self.first_day = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 # a day has no zone

    def sheet(self, part: str, root: ET.Element) -> WorkbookSheet:
        """All rows of a sheet."""
        found: dict[int, dict[int, str]] = {}
        odd: list[tuple[int, int, str]] = []
        row, count = 0, 0
        for element in root.iter():
            if _name(element) != "row":
                continue
            row, column = int(element.get("r", row + 1)), -1
            for cell in element:
                column = _column(cell.get("r", ""), column + 1)
                count += 1
                if column > 16_383 or row > 1_048_576 or count > MOST_CELLS:
                    raise ValueError(part)
                text, is_odd = self.text(cell)
                odd += [(row, column, text)] if is_odd else []
                found.setdefault(row, {})[column] = text
        width = max((at for cells in found.values() for at, text in cells.items() if text), default=-1) + 1
        last = max((number for number, cells in found.items() if any(cells.values())), default=0)
        if last * max(width, 1) > MOST_CELLS:
            raise ValueError(part)
        records = [[found.get(at, {}).get(column, "") for column in range(width)] for at in range(1, last + 1)]
        header = records[0] if records else []
        return WorkbookSheet(
            part,
            records,
            tuple((at, header[column] or str(column + 1), text) for at, column, text in odd),
            self.day_styles,
            self.first_day.date(),
        )

    def text(self, cell: ET.Element) -> tuple[str, bool]:
        """What stands in a cell, and whether that is no value."""
        kind, value, formula = cell.get("t", "n"), None, None
        for child in cell:
            name = _name(child)
            value = child.text or "" if name == "v" else _text_of(child) if name == "is" else value
            formula = f"={child.text or ''}" if name == "f" else formula
        if value is None or value == "" and formula is not None and kind == "n":
            return (formula, True) if formula is not None else ("", False)
        if kind == "s":
            return (self.texts[int(value)] if value else ""), False
        if kind == "b":
            return ("ja" if value == "1" else "nee"), False  # literal: how a table is written
        if kind == "n" and value:
            return self._number(float(value), int(cell.get("s", "0"))), False
        if kind == "d":
            return value.removesuffix("T00:00:00"), False
        text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if kind == "str" else value
        return text, kind == "e"

    def _number(self, number: float, style: int) -> str:
        if style in self.day_styles:
            moment = self.first_day + timedelta(seconds=round(number * 86_400))
            if number < 1:
                return moment.time().isoformat()
            return moment.date().isoformat() if moment.time().isoformat() == "00:00:00" else moment.isoformat(" ")
        return number_text(number)


def number_text(number: float) -> str:
    """A number of a workbook in its fifteen digits; never in a form that a person could take for thousands."""
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.15g}"
    return f"{text}0" if re.fullmatch(r"-?[0-9]{1,3}\.[0-9]{3}", text) else text


def _column(place: str, following: int) -> int:
    """The number of a column from 0, of `AB12`; the next one where a cell does not say."""
    letters = re.match(r"[A-Z]{1,3}", place)
    number = 0
    for letter in letters[0] if letters else "":
        number = number * 26 + ord(letter) - 64
    return number - 1 if letters else following
