"""A table as it stands on the disk: CSV as we or a Dutch spreadsheet write it, or a workbook, and in which style."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from pathlib import Path

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier.csv_cut import lined, read_records
from gebiedswerk.dossier.workbooks import NoWorkbook, WorkbookSheet, read_sheet

LONGEST_LINE = 1_000_000
"""Letters: a longer line is no row of a table, and its cells would take many times the memory of the file."""
LONG = re.compile(rf"^[^\n]{{{LONGEST_LINE + 1}}}", re.MULTILINE)
WORKBOOK = ".xlsx"
MARKS = (",", ";", "\t")
OF_WINDOWS = frozenset("€’‘“”–—…•·°²³½¼¾©®§«»¿¡×÷±µ\u00a0ŒœŠšŸ") | frozenset(map(chr, range(0xC0, 0x100)))
"""Signs that a Dutch spreadsheet writes in windows-1252. What else comes out of it was written in something else."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """The cells of a table, row by row as they stand (the header is row 1), and how they are written."""

    records: list[list[str]]
    delimiter: str = ","
    encoding: str = "utf-8"
    line_end: str = "\n"
    sheet: WorkbookSheet | None = None


def both_names(file: str) -> tuple[str, str]:
    """The two names that a table may have: as text, and as a workbook."""
    return file, Path(file).with_suffix(WORKBOOK).as_posix()


def standing(path: Path) -> Path:
    """Where a table stands: `areas.csv`, or `areas.xlsx` where there is only that."""
    book = path.with_suffix(WORKBOOK)
    return book if book.is_file() and not path.exists() else path


def standing_name(folder: Path, file: str) -> str:
    """The same for a name within a folder."""
    path = folder / file
    return both_names(file)[standing(path) != path]


def as_it_stands(found: Fault, folder: Path) -> Fault:
    """A fault of a table with the name of the file in which that table stands."""
    is_table = found.file is not None and found.file.endswith(".csv")
    return replace(found, file=standing_name(folder, str(found.file))) if is_table else found


def read_file(path: Path, file: str) -> Checked[TableFile | None]:
    """The table at a path (`file` in faults), or why it cannot be read: then there is none. Raises OSError."""
    double, place = double_faults(path, file), standing(path)
    return Checked(None, double) if double else read_bytes(place.read_bytes(), place, file)


def double_faults(path: Path, file: str) -> tuple[Fault, ...]:
    """A table that stands there twice, as text and as a workbook (D180)."""
    book = path.with_suffix(WORKBOOK)
    twice = path.is_file() and book.is_file() and path != book
    return (fault("D180", file, value=book.name),) if twice else ()


def read_bytes(data: bytes, place: Path, file: str) -> Checked[TableFile | None]:
    """The table in the bytes that stand at a place (`file` in faults), or why it cannot be read."""
    return _of_workbook(place, file, data) if place.suffix == WORKBOOK else _of_text(data, file)


def table_of_bytes(data: bytes, file: str) -> Checked[TableFile | None]:
    """The table in these bytes, or why it cannot be read; its name says whether they are text or a workbook."""
    return _of_workbook(Path(file), file, data) if file.endswith(WORKBOOK) else _of_text(data, file)


def _of_workbook(path: Path, file: str, data: bytes | None = None) -> Checked[TableFile | None]:
    try:
        sheet = read_sheet(path, data)
    except NoWorkbook as problem:
        return Checked(
            None, (fault("D185" if problem.sheets else "D183", file, value=", ".join(problem.sheets) or None),)
        )
    odd = [fault("D184", file, row, column, value) for row, column, value in sheet.odd]
    return Checked(None if odd else TableFile(sheet.records, sheet=sheet), tuple(odd))


def _of_text(data: bytes, file: str) -> Checked[TableFile | None]:
    text, encoding = decoded(data)
    if text is None:
        start = _first_bad(data)
        return Checked(None, (fault("D114", file, row=data[:start].count(b"\n") + 1),))
    if "\0" in text:
        return Checked(None, (fault("D114", file, row=text[: text.index("\0")].count("\n") + 1),))
    text = lined(text)
    if long := LONG.search(text):
        return Checked(None, (fault("D174", file, text.count("\n", 0, long.start()) + 1, most=LONGEST_LINE),))
    mark = delimiter_of(text)
    records, broken = read_records(text, mark)
    if broken is not None:
        return Checked(None, (fault("D121", file, broken),))
    return Checked(TableFile(records, mark, encoding, "\r\n" if "\r\n" in text else "\n"))


def decoded(data: bytes) -> tuple[str | None, str]:
    """The text of a table and its encoding: UTF-8, with a mark in front or not, UTF-16 with one, or windows-1252.

    None where it is neither, as far as the signs that come out of it tell.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError:
            return None, ""
    try:
        text = data.decode("utf-8-sig")
        return text, "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    except UnicodeDecodeError:
        pass
    text = data.decode("windows-1252", "replace")
    return (text, "windows-1252") if all(sign.isascii() or sign in OF_WINDOWS for sign in text) else (None, "")


def _first_bad(data: bytes) -> int:
    """Where the first byte stands that UTF-8 does not know."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return problem.start
    return 0


def delimiter_of(text: str) -> str:
    """A comma, the semicolon of a Dutch spreadsheet, or a tab: whichever the header uses most."""
    header = text.split("\n", 1)[0]
    return max(MARKS, key=header.count)
