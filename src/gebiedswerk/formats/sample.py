"""The first rows of a file that nobody described yet: cut into a header and rows of text, and how it is written."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from pathlib import Path

from gebiedswerk.dossier import Profile
from gebiedswerk.dossier.csv_cut import lined, read_records
from gebiedswerk.formats.csv.records import bare_record, holds_row, is_line, says_separator
from gebiedswerk.formats.csv.text import END_OF_TEXT, wide_encoding
from gebiedswerk.formats.format import AGAIN
from gebiedswerk.formats.grid import Cell, Shown, by_place, day_of, header_names, number_text
from gebiedswerk.formats.period_heads import periods_named, says_of_periods
from gebiedswerk.formats.profile_reader import used_columns
from gebiedswerk.formats.row_marks import is_label
from gebiedswerk.formats.sheets.books import Book, grid_of, open_book
from gebiedswerk.formats.sheets.of_book import ALL, SHEET, is_named, names_periods
from gebiedswerk.formats.xlsx.parts import BROKEN, Sheet, Unreadable, Workbook

FIRST, MOST = 2**16, 2**22
"""Characters of text from which the delimiter is told, and the rest; the encoding is that of the whole file."""
LOOK = 2**18
"""Bytes of a large text that are looked at without reading all of it: some thousands of rows."""
ROWS = 5_000
HEADER_WITHIN = 20
MOST_SHEETS = 15
"""So many sheets are looked at: one for each month, and some beside."""
MARKS = (";", ",", "\t", "|")


OF_SIDE = re.compile("(?i)[a-z]{1,2}|debet|debit|credit|af|bij|[-+]")
OF_CENTS = re.compile("-?[0-9]{1,2}")
"""What stands in columns that packages give no name: on which side an amount is, or its cents."""
WRITTEN = re.compile(r"[0-9][.,][0-9]{2} *(?:-|\)|[A-Za-z]{1,2})?$")
"""An amount with cents, as a text."""
GROUPED = re.compile(r"[0-9][.,][0-9]{3}(?![0-9])")
"""An amount of which nobody can tell the decimals from the thousands."""
BEYOND = 2
"""So many columns of a sheet beside those with a name are looked at."""


@dataclass(frozen=True, slots=True)
class Alone:
    """What stands alone in a row below the header, in which column, and whether rows with more in them follow it."""

    text: str
    at: int
    above: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """A header and the rows below it, all text; every row has as many cells as the header.

    `delimiter` and `encoding` are empty for a sheet; `plain` says that the text holds no letter that could tell its
    encoding. `numbers` are the columns that hold numbers and no text: their marks are of no matter. `title`: what
    stands above the header, a line for each row; `formats.titles` reads a fiscal year out of it. `lines`: what stands
    alone in a row below it. `sheets`: what the sheets are called that it was read from.
    """

    header: list[str]
    rows: list[list[str]]
    header_row: int = 1
    delimiter: str = ""
    encoding: str = ""
    plain: bool = False
    sheet: str = ""
    numbers: frozenset[str] = frozenset()
    header_rows: int = 1
    title: tuple[str, ...] = ()
    lines: tuple[Alone, ...] = ()
    sheets: tuple[str, ...] = ()

    def column(self, name: str) -> list[str]:
        """The cells of a column that are not empty."""
        at = self.header.index(name)
        return [row[at] for row in self.rows if row[at]]

    def cells(self, name: str) -> list[str]:
        """All cells of a column."""
        at = self.header.index(name)
        return [row[at] for row in self.rows]


def of_text(path: Path, *, whole: bool = True) -> Sample | None:
    """The first rows of a text; None where no table can be seen in it.

    `whole`: its encoding is told from all of it; else no more than its first rows are read.
    """
    with path.open("rb") as file:
        data = file.read() if whole else file.read(LOOK)
    if not whole and len(data) == LOOK:
        data = data[: data.rfind(b"\n") + 1] or data
    encoding, text = _decoded(data)
    text = lined(text.rstrip(END_OF_TEXT.decode()))  # of UTF-16 half a letter may be nothing
    if "\0" in text:
        return None
    head = _lines_within(text, FIRST)
    said = re.match(r"(?i)\"?sep=([^\w\s\"]|\t)\"?\s*\n", text)
    likely = sorted(MARKS, key=lambda mark: _evenness(_records(head, mark)), reverse=True)
    looked_at = _lines_within(text, MOST)
    found = ((mark, _table(_records(looked_at, mark))) for mark in ([said[1]] if said else likely))
    mark, table = next(((mark, table) for mark, table in found if table is not None), ("", None))
    if table is None:
        return None
    top, header, rows = table
    return replace(top, header=header, rows=rows, delimiter=mark, encoding=encoding, plain=data.isascii())


def _decoded(data: bytes) -> tuple[str, str]:
    """The encoding of a text and the text itself. What is no UTF-8 comes from Windows."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", data.decode("utf-16", "replace")
    wide = wide_encoding(data[:FIRST])
    if wide:
        return wide, data.decode(wide, "replace")
    for encoding in ("utf-8", "windows-1252"):
        try:
            return encoding, data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    return "iso-8859-1", data.decode("iso-8859-1")


def _lines_within(text: str, most: int) -> str:
    """The whole lines of the beginning of a text."""
    return text if len(text) <= most else text[: text.rfind("\n", 0, most) + 1] or text[:most]


def _records(text: str, mark: str) -> list[list[str]]:
    """The records of a text; where a quote that is no more than a sign swallows lines, each line is one."""
    found = read_records(text, mark)[0]
    marks = max((line.count(mark) for line in text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN]), default=0)
    if any("\n" in cell and holds_row(cell, mark, marks) for record in found for cell in record):
        found = [[_unquoted(cell) for cell in record] for record in read_records(text, mark, quotes=False)[0]]
    return [_stripped(record) for record in found]


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _stripped(record: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in record]


def _evenness(records: list[list[str]]) -> tuple[float, int]:
    """How far rows cut by a mark have as many cells: the share of the commonest number above one, and that number."""
    widths = Counter(len(record) for record in records if any(record))
    wide = [(count, width) for width, count in widths.items() if width > 1]
    count, width = max(wide, default=(0, 0))
    return count / max(widths.total(), 1), width


def _table(records: list[list[str]]) -> tuple[Sample, list[str], list[list[str]]] | None:
    """Where the header stands and what is above it, the header, and the rows of the same width below it."""
    width = _evenness(records)[1]
    for at, record in enumerate(records[:HEADER_WITHIN]):
        if width > 1 and width - len(record) in (0, 1) and _is_header(record, width):
            above = records[at - 1] if at and len(records[at - 1]) == width else []
            first, count = _header_rows(at, above, record, records[at + 1] if at + 1 < len(records) else [])
            header = header_names(records[first : first + count])
            tops = [bare for top in records[: first + count] if (bare := bare_record(top))]
            below = (_wide(row, width) for row in records[first + count :])
            rows = [row for row in below if len(row) == width and bare_record(row) not in [[], *tops]]
            title = _lines(record for record in records[:first] if not says_separator(record))
            header = [*header, *[""] * width][:width]  # packages write a mark behind the last cell of rows alone
            header = _unnamed_called(header, rows)
            lines = _lines_alone(records[first + count :])
            top = Sample([], [], first + 1, header_rows=count, title=title, lines=lines)
            return (top, header, rows) if rows else None
    return None


def _wide(row: list[str], width: int) -> list[str]:
    """A line of words that stands alone in its row, as wide as the others."""
    bare = bare_record(row) if len(row) != width else []
    return [*bare, *[""] * (width - len(bare))] if len(bare) == 1 and is_line(bare) else row


def _unnamed_called(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A header in which columns without a name are called by their place, where they say something of an amount."""
    return [name if name or not _tells([row[at] for row in rows]) else by_place(at) for at, name in enumerate(header)]


def _tells(cells: Sequence[str]) -> bool:
    """Whether a column without a name holds the letters of debit and credit, or cents."""
    filled = {cell for cell in cells if cell}
    return bool(filled) and (all(map(OF_SIDE.fullmatch, filled)) or all(map(OF_CENTS.fullmatch, filled)))


def _is_header(record: list[str], width: int) -> bool:
    filled = sum(map(bool, record))
    return filled > width // 2 and _names(record) == filled


def _names(record: Sequence[str]) -> int:
    """How many cells of a row can name a column: no numbers, but those that are periods, as in `2025-01`, or `1`."""
    periods = periods_named(record)
    return sum(cell != "" and (cell in periods or not _is_number(cell)) for cell in record)


def _lines(rows: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Each row with something in it as one line."""
    return tuple(line for row in rows if (line := " ".join(cell for cell in row if cell)))


def _lines_alone(rows: Sequence[Sequence[str]]) -> tuple[Alone, ...]:
    """What is the only thing in a row."""
    filled = [[(cell, at) for at, cell in enumerate(row) if cell] for row in rows]
    last = max((number for number, cells in enumerate(filled) if len(cells) > 1), default=0)
    return tuple(Alone(*cells[0], number < last) for number, cells in enumerate(filled) if len(cells) == 1)


def _header_rows(at: int, above: Sequence[str], names: Sequence[str], below: Sequence[str]) -> tuple[int, int]:
    """Where a header begins of which `names` is a row, and how many rows it has.

    Two where names stand there twice and something is written above them, or where that says of periods which they are
    or whether they are booked, or where one is empty, or stands there twice, and the next row, which holds no number,
    names it.
    """
    filled = [name for name in names if name]
    if len(set(filled)) < len(filled) and sum(map(bool, above)) > 1:
        return at - 1, 2
    if says_of_periods(above, names):
        return at - 1, 2
    times = Counter(names)
    named = any(low and (not top or times[top] > 1) for top, low in zip_longest(names, below, fillvalue=""))
    words = any(below) and not any(any(letter.isdigit() for letter in cell) for cell in below)
    return at, 2 if named and words else 1


def _is_number(cell: str) -> bool:
    return cell != "" and all(letter.isdigit() or letter in ".,-+ " for letter in cell)


def of_workbook(path: Path, profile: Profile | None = None) -> Sample | None:
    """The first rows of a workbook; None where no table can be seen in it.

    Those of the sheets that a profile reads; without one of the first sheet that a person sees with a table in it, and
    of those with the same columns.
    """
    try:
        with open_book(path) as workbook:
            seen = [sheet for sheet in workbook.sheets if sheet.visible] or list(workbook.sheets)
            read = [sheet for sheet in workbook.sheets if profile and profile.sheet and is_named(profile, sheet)]
            samples = (_of_sheet(workbook, sheet, named=len(seen) > 1) for sheet in read or seen)
            first = next((sample for sample in samples if sample is not None), None)
            if first is None or not isinstance(workbook, Workbook):  # a file of tables is passed through as a whole
                return first
            more = [sample for sample in islice(samples, MOST_SHEETS) if sample and sample.header == first.header]
            wanted = profile is None or SHEET in used_columns(profile)
            return _together(_by_name([first, *more]) if wanted else [first, *more])
    except (Unreadable, *BROKEN):
        return None


def _by_name(samples: Sequence[Sample]) -> Sequence[Sample]:
    """The samples with the name of their sheet as a column, where that says of which period or year its rows are; then
    without those that are called totals.
    """
    if SHEET in samples[0].header or not names_periods([one.sheets[0] for one in samples]):
        return samples
    rows = [one for one in samples if not is_label(one.sheets[0].strip())]
    return [
        replace(one, header=[*one.header, SHEET], rows=[[*row, one.sheets[0].strip()] for row in one.rows], sheet=ALL)
        for one in rows
    ]


def _together(samples: Sequence[Sample]) -> Sample:
    """The first of some samples with the rows of all."""
    rows = [row for sample in samples for row in sample.rows]
    numbers = frozenset.intersection(*(sample.numbers for sample in samples))
    lines = tuple(line for sample in samples for line in sample.lines)
    sheets = tuple(name for sample in samples for name in sample.sheets)
    return replace(samples[0], rows=rows, numbers=numbers, lines=lines, sheets=sheets)


def _of_sheet(workbook: Book, sheet: Sheet, *, named: bool) -> Sample | None:
    """The table below the row with most names among the first; of more such rows the first."""
    tops = [_stripped(row) for row in grid_of(workbook, sheet, 1, (), 1, HEADER_WITHIN + 1).tops]
    tops += [[] for _ in range(HEADER_WITHIN + 1 - len(tops))]
    names = [_names(top) for top in tops[:HEADER_WITHIN]]
    if max(names) < 2:
        return None
    at = names.index(max(names))
    first, count = _header_rows(at, tops[at - 1] if at else [], tops[at], tops[at + 1])
    header = grid_of(workbook, sheet, first + 1, (), 1, count).header
    places = {by_place(at) for at in range(len(header) + BEYOND) if at >= len(header) or not header[at]}
    grid = grid_of(workbook, sheet, first + 1, {*header, *places}, ROWS, count)
    if not grid.rows:
        return None
    found = {name: [_text(cell, from_1904=workbook.from_1904) for cell in cells] for name, cells in grid.cells.items()}
    for name, cells in grid.cells.items():
        found[name] = _as_the_texts(found[name], cells)
    for name in (name for name in grid.cells if name in places and not _tells(found[name])):
        unnamed = found.pop(name)
        if any(unnamed):
            found.setdefault("", unnamed)
    texts = [found[name] for name in found]
    rows = [list(row) for row, label in zip(zip(*texts, strict=True), grid.labels, strict=True) if label != AGAIN]
    numbers = frozenset(name for name in found if name and _all_numbers(grid.cells[name]))
    place = sheet.name if named else ""
    title, lines = _lines(tops[:first]), _lines_alone(rows)
    return Sample(list(found), rows, first + 1, "", "", False, place, numbers, count, title, lines, (sheet.name,))


def _text(cell: Cell, *, from_1904: bool) -> str:
    if isinstance(cell, str):
        return cell.strip()
    day = day_of(cell, from_1904=from_1904) if isinstance(cell, Shown) else None
    return number_text(cell) if day is None else day.isoformat()


def _as_the_texts(shown: list[str], cells: Sequence[Cell]) -> list[str]:
    """The cells of a column in which numbers stand among amounts that are text, all written as those are.

    Where the texts do not say their decimal mark (`1.250`), the numbers are no proof of one: they are shown whole.
    """
    texts = [cell for cell in cells if isinstance(cell, str)]
    mark = decimal_in(texts)
    if not mark and not any(map(GROUPED.search, texts)):
        return shown
    plain = [isinstance(cell, float) and not isinstance(cell, Shown) for cell in cells]
    return [to_cents(one, mark) if number else one for one, number in zip(shown, plain, strict=True)]


def decimal_in(texts: Iterable[str]) -> str:
    """The decimal mark of amounts that are text; empty where none has cents."""
    written = [cell for cell in texts if WRITTEN.search(cell)]
    return "," if any("," in cell for cell in written) else "." if written else ""


def to_cents(shown: str, mark: str) -> str:
    """A number of a sheet as text with two decimals: `12.5` → `12,50`; without a mark in whole euros."""
    return f"{float(shown):.2f}".replace(".", mark) if mark else f"{float(shown):.0f}"


def _all_numbers(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell != ""]
    return bool(filled) and not any(isinstance(cell, str | Shown) for cell in filled)
