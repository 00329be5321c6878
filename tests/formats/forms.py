"""The same rows in every form of file that we read, written with the standard library alone (XLSX: a kept writer)."""

from __future__ import annotations

import html
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.formats.books import write_book

Rows = Sequence[Sequence[object]]
SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def write_form(form: str, folder: Path, rows: Rows) -> Path:
    """A file of this form with these rows, all text; the first is the header."""
    return FORMS[form](folder, rows)


def csv_file(folder: Path, rows: Rows) -> Path:
    path = folder / "f.csv"
    cells = [";".join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in rows]
    path.write_text("\n".join(cells) + "\n", "utf-8")
    return path


def unicode_text(folder: Path, rows: Rows) -> Path:
    """What Excel calls Unicode text, in UTF-8 here: the profile is that of the CSV."""
    path = folder / "f.xls"
    path.write_text("\r\n".join(";".join(map(str, row)) for row in rows), "utf-8-sig")
    return path


def xlsx(folder: Path, rows: Rows) -> Path:
    return write_book(folder / "f.xlsx", rows)


def spreadsheetml(folder: Path, rows: Rows) -> Path:
    path = folder / "f.xls"
    cells = ["".join(f'<Cell><Data ss:Type="String">{escape(str(c))}</Data></Cell>' for c in row) for row in rows]
    body = "".join(f"<Row>{row}</Row>" for row in cells)
    top = f'<?xml version="1.0"?><Workbook xmlns="{SHEET}" xmlns:ss="{SHEET}"><Worksheet ss:Name="Blad1"><Table>'
    path.write_text(f"{top}{body}</Table></Worksheet></Workbook>", "utf-8")
    return path


def ods_content(body: str) -> str:
    """The part of an ODS with these rows, as XML, in its one table."""
    spaces = " ".join(f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text"))
    return (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Blad1">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )


def ods_packed(path: Path, content: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content)
        book.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def ods(folder: Path, rows: Rows) -> Path:
    def cell(text: object) -> str:
        inside = f"<text:p>{escape(str(text))}</text:p>" if text != "" else ""
        return f'<table:table-cell office:value-type="string">{inside}</table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    return ods_packed(folder / "f.ods", ods_content(body))


def html_page(folder: Path, rows: Rows) -> Path:
    path = folder / "f.xls"
    body = "".join("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>\n" for row in rows)
    path.write_text(f"<html><head><meta charset=utf-8></head><body><table>{body}</table></body></html>", "utf-8")
    return path


def xaf(folder: Path, rows: Rows) -> Path:
    """An audit file of one transaction, each row in debit and again in credit, so that it agrees.

    Its columns are year, period, account, cost centre, text and amount.
    """
    lines = "".join(
        f"<trLine><nr>{2 * at + turned}</nr><accID>{row[2]}</accID><docRef>b</docRef><desc>{row[4]}</desc>"
        f"<amnt>{escape(str(row[5]))}</amnt><amntTp>{'DC'[turned]}</amntTp><costID>{row[3]}</costID></trLine>"
        for at, row in enumerate(rows[1:])
        for turned in (0, 1)
    )
    year, period = rows[1][0], rows[1][1]
    path = folder / "f.xaf"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><auditfile xmlns="http://www.auditfiles.nl/XAF/3.2"><header>'
        f"<fiscalYear>{year}</fiscalYear><curCode>EUR</curCode></header><company><generalLedger><ledgerAccount>"
        "<accID>43800</accID><accTp>P</accTp></ledgerAccount></generalLedger><transactions><journal><jrnID>1</jrnID>"
        f"<transaction><nr>1</nr><periodNumber>{period}</periodNumber><trDt>{year}-03-01</trDt>{lines}</transaction>"
        "</journal></transactions></company></auditfile>",
        "utf-8",
    )
    return path


FORMS: dict[str, Callable[[Path, Rows], Path]] = {
    "csv": csv_file,
    "unicode text": unicode_text,
    "xlsx": xlsx,
    "spreadsheetml": spreadsheetml,
    "ods": ods,
    "html": html_page,
    "xaf": xaf,
}
