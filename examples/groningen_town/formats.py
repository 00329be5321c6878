"""Writers of the formats in which packages export: Dutch CSV, XLSX and XAF 3.2. The same rows give the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from examples.groningen_town.bookings import Booking


@dataclass(frozen=True, slots=True)
class Euro:
    """A cell that holds an amount, in cents."""

    cents: int


Value = str | int | date | Euro | None
Rows = Sequence[Sequence[Value]]


def table(header: str, rows: Rows) -> str:
    """A table of the dossier: UTF-8 CSV with commas, amounts with a point."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows([[_point(value.cents) if isinstance(value, Euro) else value for value in row] for row in rows])
    return out.getvalue()


def dutch(cents: int) -> str:
    """1234567 → 12.345,67."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole:,}".replace(",", ".") + f",{rest:02d}"


def dutch_csv(header: Sequence[str], rows: Rows) -> bytes:
    """`;`, `1.234,56`, `dd-mm-jjjj`, windows-1252, as Dutch packages write it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([[_text(value) for value in row] for row in rows])
    return out.getvalue().encode("windows-1252")


def _text(value: Value) -> str:
    if isinstance(value, Euro):
        return dutch(value.cents)
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    return "" if value is None else str(value)


PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/styles.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="xl/workbook.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
    '<Relationship Id="rId2" Target="styles.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>',
    "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" xfId="0"/><xf numFmtId="164" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="4" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>',
}
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DAY_ZERO = date(1899, 12, 30)


def xlsx(sheet: str, header: Sequence[str], rows: Rows, title: str = "") -> bytes:
    """A workbook with one sheet; above the header a title and an empty row, if there is one.

    Nothing is compressed: how well a machine does that differs, and the bytes must not.
    """
    above: list[Sequence[Value]] = [[title], []] if title else []
    lines = [_sheet_row(number, row) for number, row in enumerate([*above, header, *rows], start=1)]
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = dict(PARTS)
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{namespace}" xmlns:r="{relations}"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    parts["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="{namespace}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system = 3  # else the machine that writes shows in the bytes
            archive.writestr(info, (HEAD + text).encode())
    return out.getvalue()


def _sheet_row(number: int, row: Sequence[Value]) -> str:
    cells = (_cell(f"{_letters(at)}{number}", value) for at, value in enumerate(row))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _letters(at: int) -> str:
    return chr(65 + at) if at < 26 else _letters(at // 26 - 1) + chr(65 + at % 26)


def _cell(place: str, value: Value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, Euro):
        return f'<c r="{place}" s="2"><v>{_point(value.cents)}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - DAY_ZERO).days}</v></c>'
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


ACCOUNTS = {  # accID: description and type (B: balance sheet, P: result)
    "011000": ("Bank", "B"),
    "016000": ("Crediteuren", "B"),
    "018000": ("Nog te betalen en vooruitontvangen", "B"),
    "019000": ("Bestemmingsreserves", "B"),
    "042400": ("Subsidies en bijdragen", "P"),
    "043510": ("Ingeleend personeel", "P"),
    "043800": ("Overige goederen en diensten", "P"),
    "083900": ("Overige baten", "P"),
    "097010": ("Toevoeging reserves", "P"),
}
JOURNALS = {"INK": "Inkoopboek", "MEM": "Memoriaal", "VRK": "Verkoopboek"}


def xaf(year: int, company: str, bookings: Sequence[Booking], written_on: date) -> bytes:
    """An audit file (XAF 3.2): every posting is a transaction of two lines that balance.

    Taakveld and category have no place in the standard: they stand in `prodID` and `artGrpID`, as packages do.
    """
    total = _point(sum(abs(one.cents) for one in bookings))
    centres = sorted({one.centre for one in bookings})
    journals = [
        f"<journal><jrnID>{code}</jrnID><desc>{words}</desc>{''.join(map(_transaction, mine))}</journal>"
        for code, words in JOURNALS.items()
        if (mine := [one for one in bookings if _journal(one) == code])
    ]
    ledger = "".join(
        f"<ledgerAccount><accID>{code}</accID><accDesc>{words}</accDesc><accTp>{kind}</accTp></ledgerAccount>"
        for code, (words, kind) in ACCOUNTS.items()
    )
    basics = "".join(
        f"<basic><basicType>02</basicType><basicID>{code}</basicID><basicDesc>Kostenplaats {code}</basicDesc></basic>"
        for code in centres
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<auditfile xmlns="http://www.auditfiles.nl/XAF/3.2">\n'
        f"<header><fiscalYear>{year}</fiscalYear><startDate>{year}-01-01</startDate><endDate>{year}-12-31</endDate>"
        f"<curCode>EUR</curCode><dateCreated>{written_on}</dateCreated>"
        "<softwareDesc>Voorbeeldpakket</softwareDesc><softwareVersion>8.1</softwareVersion></header>\n"
        f"<company><companyName>{escape(company)}</companyName>"
        "<taxRegistrationCountry>NL</taxRegistrationCountry><taxRegIdent>000000000</taxRegIdent>\n"
        f"<generalLedger>{ledger}<basics>{basics}</basics></generalLedger>\n<periods>{_periods(year)}</periods>\n"
        f"<transactions><linesCount>{2 * len(bookings)}</linesCount><totalDebit>{total}</totalDebit>"
        f"<totalCredit>{total}</totalCredit>\n{''.join(journals)}</transactions>\n</company>\n</auditfile>\n"
    )
    return text.encode()


def _periods(year: int) -> str:
    months = [(number, date(year, number, 1), _last_day(year, number)) for number in range(1, 13)]
    closing = (13, date(year, 12, 31), date(year, 12, 31))
    return "".join(
        f"<period><periodNumber>{number}</periodNumber><startDatePeriod>{first}</startDatePeriod>"
        f"<endDatePeriod>{last}</endDatePeriod></period>"
        for number, first, last in [*months, closing]
    )


def _last_day(year: int, month: int) -> date:
    after = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


def _journal(one: Booking) -> str:
    if one.account == "083900":
        return "VRK"
    return "MEM" if one.account.startswith("097") or one.period == 13 else "INK"


def _transaction(one: Booking) -> str:
    against = {"VRK": "011000", "INK": "016000", "MEM": "018000"}[_journal(one)]
    against = "019000" if one.account.startswith("097") else against
    side, other = ("D", "C") if one.cents >= 0 else ("C", "D")
    own = (
        f"<costID>{one.centre}</costID><prodID>{one.taakveld}</prodID>"
        + (f"<projID>{one.project}</projID>" if one.project else "")
        + f"<artGrpID>{one.category}</artGrpID>"
    )
    lines = [
        f"<trLine><nr>{number}</nr><accID>{account}</accID><docRef>{one.document}</docRef>"
        f"<effDate>{one.day}</effDate><desc>{escape(one.text)}</desc><amnt>{_point(abs(one.cents))}</amnt>"
        f"<amntTp>{where}</amntTp>{codes}</trLine>"
        for number, account, where, codes in ((1, one.account, side, own), (2, against, other, ""))
    ]
    return (
        f"\n<transaction><nr>{one.document}</nr><desc>{escape(one.text)}</desc><periodNumber>{one.period}</periodNumber>"
        f"<trDt>{one.day}</trDt>\n{lines[0]}\n{lines[1]}</transaction>"
    )


def _point(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
