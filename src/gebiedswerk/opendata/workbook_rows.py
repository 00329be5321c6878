"""The rows of a sheet as XML, put into a workbook that a library made: it takes its time for each of half a million.

Source: ECMA-376, part 1, 18.3.1 (worksheets) and 22.9.2.19 (`_xHHHH_`, a sign that XML cannot hold).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

Cell = int | bool | str | None
Row = Sequence[Cell]
NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""Signs that XML cannot hold, or that it would read as others; and what looks like one that was written so."""
DIMENSION = re.compile(rb'(<dimension ref="A1:)[A-Z]+[0-9]+"')
LEVEL = 3
"""Of zlib: a third of the time of its usual one, for a tenth more bytes."""


def with_rows(book: bytes, rows: Mapping[str, Sequence[Row]]) -> bytes:
    """A workbook with rows below those of its sheets (`rows`: by the place of a sheet); the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename in rows:
                data = _with_rows(data, rows[entry.filename])
            kept = zipfile.ZipInfo(entry.filename, entry.date_time)
            kept.external_attr, kept.create_system = entry.external_attr, entry.create_system
            after.writestr(kept, data, zipfile.ZIP_DEFLATED, LEVEL)
    return out.getvalue()


def _with_rows(sheet: bytes, rows: Sequence[Row]) -> bytes:
    """A sheet with rows below those that stand there."""
    head, end, tail = sheet.partition(b"</sheetData>")
    first = head.count(b"<row ") + 1
    last = f"{_letters(max(map(len, rows), default=1) - 1)}{first + len(rows) - 1}".encode()
    if rows:
        head = DIMENSION.sub(rb"\g<1>" + last + b'"', head, count=1)
    return b"".join([head, rows_xml(rows, first).encode(), end, tail])


def rows_xml(rows: Sequence[Row], first: int) -> str:
    """Rows from the row with this number on; a cell without a value is left out."""
    words: dict[str, str] = {}
    letters = [_letters(at) for at in range(max(map(len, rows), default=0))]
    made = []
    for number, row in enumerate(rows, first):
        cells = []
        for letter, cell in zip(letters, row, strict=False):
            if cell is None:
                continue
            if isinstance(cell, str):
                text = words.get(cell)
                if text is None:
                    text = words[cell] = _text(cell)
                cells.append(f'<c r="{letter}{number}" t="inlineStr">{text}</c>')
            elif isinstance(cell, bool):
                cells.append(f'<c r="{letter}{number}" t="b"><v>{cell:d}</v></c>')
            else:
                cells.append(f'<c r="{letter}{number}"><v>{cell}</v></c>')
        made.append(f'<row r="{number}">{"".join(cells)}</row>')
    return "".join(made)


def _text(words: str) -> str:
    """Words within a cell: never a formula, and with the blanks around them."""
    safe = escape(NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", words))
    kept = ' xml:space="preserve"' if safe != safe.strip() or "\n" in safe else ""
    return f"<is><t{kept}>{safe}</t></is>"


def _letters(at: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    found = ""
    while at >= 0:
        found, at = chr(ord("A") + at % 26) + found, at // 26 - 1
    return found
