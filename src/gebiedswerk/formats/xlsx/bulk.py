"""A large and plain sheet in one go, by the Rust reader: only where we can show that it loses no cell.

That reader drops errors such as `#REF!` without a word, and asks memory for all cells between the first and the last
one. So we look first, and where anything is odd the answer is None: then `xlsx_cells` reads the sheet.
"""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date

import polars as pl

from gebiedswerk.formats.format import ROW
from gebiedswerk.formats.grid import Cell, Grid, number_text
from gebiedswerk.formats.row_marks import marked, whole
from gebiedswerk.formats.xlsx.parts import Sheet, Workbook, parse_xml

MOST_COLUMNS = 40
BYTES_A_CELL = 12
"""A sheet has at least so many for each cell between its first and its last, or it is more empty than full: the reader
asks memory for empty cells too. A cell that is full takes twenty or more."""
NO_PLACE = r'[^r]|r[^=]|r=[^"]|r="[^A-Z]|r="[A-Z]{3}|r="[A-Z]{1,2}[^A-Z0-9]'
ODD = r"<c[\t\n\r/>]|<!|:c[ />]|<f[ >]|<rPh|_x[0-9A-Fa-f]{4}_|<row[^>]*[ \t\n\r]hidden="
"""Not plain: a cell that does not open with its place; a comment or DOCTYPE; a cell under a prefix; a formula; a note
on how to pronounce a text; a sign written by its number; a row that is hidden. The engine looks for it."""
ESCAPED = re.compile(rb"_x[0-9A-Fa-f]{4}_")
TAIL = 16
"""So many pieces at the end of a sheet may stand below its rows; merged cells and links do."""
A_MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}"


def read_bulk(workbook: Workbook, sheet: Sheet, top: Grid, header_row: int) -> pl.DataFrame | None:
    """Read a sheet below its header, or None. `top` is the sheet down to some rows below its header, as it stands.

    Returns `ROW` (Int64), the marks of each row (`LABEL`, `SAME`) and a column per name of the header: numbers as
    Float64, days as Date, all else as stripped text; empty is null. Rows that are blank are left out. Raises what a
    damaged zip raises, or broken XML below the rows.
    """
    header = top.header
    if not all(header) or len(set(header)) != len(header) or len(header) > MOST_COLUMNS:
        return None
    most = workbook.parts[sheet.part.lower()].file_size // (BYTES_A_CELL * len(header))
    cells = _plain_cells(workbook, sheet, _odd(workbook, len(header), most))
    frame = _loaded(workbook, sheet, header_row) if cells else None
    if frame is None or frame.width != len(header) or top.above + _filled(frame) != cells:
        return None
    columns = [_column(frame.to_series(at).alias(name)) for at, name in enumerate(header)]
    if any(column is None for column in columns):
        return None
    read = pl.DataFrame([column for column in columns if column is not None])
    if _stands_again(read, top.known):
        return None
    numbered = read.with_row_index(ROW, header_row + 1).with_columns(pl.col(ROW).cast(pl.Int64))
    marks = marked(numbered.with_columns(pl.col(pl.String).fill_null("")))
    return numbered.with_columns(marks).filter(read.select(pl.any_horizontal(pl.all().is_not_null())).to_series())


def _stands_again(read: pl.DataFrame, tops: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether a text of the header, or of the title above it, stands first in a row below: it may be that row again."""
    places = ((min(row), row[min(row)]) for row in tops)
    return any(
        read.to_series(at).dtype == pl.String and (read.to_series(at) == text.strip()).any()
        for at, text in places
        if isinstance(text, str) and at < read.width
    )


def _odd(workbook: Workbook, columns: int, rows: int) -> str:
    """What makes a sheet other than plain: also a cell that shows a part of hundred, or a minus that it does not have,
    which the engine does not say.
    """
    styles = "|".join(sorted(workbook.percent_styles | workbook.minus_styles))
    shown = rf"""|<c [^>]*[ \t\n\r]s=["'](?:{styles})["']""" if styles else ""
    return rf"{ODD}|<c (?:{NO_PLACE}|{beyond(columns, rows)}){shown}"


def _filled(frame: pl.DataFrame) -> int:
    return sum(column.len() - column.null_count() for column in frame)


def beyond(columns: int, rows: int) -> str:
    """A pattern of the place of a cell beyond so many columns (at most 52) or rows, or of no row that we know."""
    letter = chr(ord("A") + columns % 26)
    far = f"[{letter}-Z][0-9]|[A-Z]{{2}}" if columns < 26 else f"[B-Z][A-Z]|A[{letter}-Z]"
    digits = str(rows)
    higher = [
        f"{digits[:at]}[{int(digit) + 1}-9][0-9]{{{len(digits) - at - 1}}}"
        for at, digit in enumerate(digits)
        if digit != "9"
    ]
    numbers = "|".join(["0", *higher, f"[0-9]{{{len(digits) + 1}}}", '[0-9]+[^0-9"]'])
    return f'r="(?:{far})|r="[A-Z]{{1,2}}(?:{numbers})'


def _plain_cells(workbook: Workbook, sheet: Sheet, odd: str) -> int:
    """How many cells hold something, where every part unpacks as declared and no cell is `odd`. Else 0."""
    for part in workbook.parts:
        if part != sheet.part.lower() and part.startswith("xl/") and part.endswith(".xml"):
            for text in _between_tags(workbook.pieces(part)):
                if part == workbook.texts_part.lower() and ESCAPED.search(text):
                    return 0
    cells, looks = 0, deque[Future[int | None]]()
    last = deque[bytes](maxlen=TAIL)
    with ThreadPoolExecutor(1) as beside:  # unpacking takes as long as looking
        for text in _between_tags(workbook.pieces(sheet.part)):
            last.append(text)
            looks.append(beside.submit(_filled_cells, text, odd))
            found = looks.popleft().result() if len(looks) > 2 else 0
            if found is None:
                return 0
            cells += found
        for look in looks:
            found = look.result()
            if found is None:
                return 0
            cells += found
    return cells if _ends_well(b"".join(last)) else 0


def _ends_well(text: bytes) -> bool:
    """Whether what follows the rows of a sheet is XML to its end: the Rust reader stops at the last row."""
    rows, end, below = text.rpartition(b"</sheetData>")
    for _ in parse_xml([b"<worksheet><sheetData>", end, below], _passed, _passed, _passed):
        pass
    return bool(rows)


def _passed(*_: object) -> None:
    """What is only looked at for being XML."""


def _between_tags(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, cut where a tag opens."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        end = max(text.rfind(b"<"), 0)
        rest = text[end:]
        yield text[:end]
    yield rest


def _filled_cells(text: bytes, odd: str) -> int | None:
    """How many cells close in a piece of a sheet; None where something is odd."""
    try:
        series = whole(text)
    except pl.exceptions.ComputeError:  # of another encoding than both readers expect
        return None
    if series.str.contains(odd)[0]:
        return None
    return int(series.str.count_matches("</c>", literal=True)[0])


def _loaded(workbook: Workbook, sheet: Sheet, header_row: int) -> pl.DataFrame | None:
    """The rows below a header; None where cells of one column differ in kind: the engine would make one of them."""
    import fastexcel

    logging.getLogger("fastexcel").setLevel(logging.ERROR)  # it warns of every empty column
    try:
        reader = fastexcel.read_excel(workbook.path)
        loaded = reader.load_sheet(
            sheet.name, header_row=None, skip_rows=header_row, schema_sample_rows=None, dtype_coercion="strict"
        )
        return loaded.to_polars()
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError, ValueError):
        return None


def _column(column: pl.Series) -> pl.Series | None:
    """A column as promised; None where a text may have been a day, or the kind of its cells is another."""
    if column.dtype == pl.String:
        text = column.str.strip_chars()
        if text.str.contains(A_MOMENT).any():
            return None
        return text.set(text == "", None)
    if column.dtype == pl.Boolean:
        return column.cast(pl.String)
    if isinstance(column.dtype, pl.Datetime):
        days = column.cast(pl.Date)
        return None if (days < date(1900, 1, 1)).any() else days  # a time alone
    if column.dtype.is_numeric():
        numbers = column.cast(pl.Float64)
        return numbers if numbers.is_finite().all() else None  # `inf` is a text to us
    return column.cast(pl.String) if column.dtype == pl.Null else None


def numbers_as_text(numbers: pl.Series) -> pl.Series:
    """Numbers as codes, each distinct one written once."""
    distinct = numbers.unique().drop_nulls()
    texts = [number_text(number) for number in distinct]
    return numbers.replace_strict(distinct, texts, default=None, return_dtype=pl.String)
