"""One cell in the XML of a sheet: numbers stay numbers and days days; what would come out of step is refused."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.dossier.writing.table_edit import CannotEdit, RowEdit, WhyNot, edited, keyed

BUDGETS = TABLES["budgets"]
SHEET = "xl/worksheets/sheet1.xml"
HEADER = ["id", "line", "year", "kind", "amount", "number", "authority", "decided_on", "x_own"]
CORRECTED = RowEdit(("P1",), {"line": "Z"})
ADDED = RowEdit(None, {"id": "P3", "amount": "7,50", "decided_on": "2025-02-01"})


def book(path: Path, change: str = "") -> bytes:
    """Two rows, with what `change` names besides."""
    with xlsxwriter.Workbook(path / "budgets.xlsx") as made:
        sheet, day = made.add_worksheet(), made.add_format({"num_format": "d-m-yyyy"})
        euro, bold = made.add_format({"num_format": "€ #,##0.00"}), made.add_format({"bold": True})
        sheet.write_row(0, 0, HEADER)
        for at, ident in enumerate(("P1", "P2"), start=1):
            sheet.write_row(at, 0, [ident, "NOORD", 2025, "adopted"])
            sheet.write_number(at, 4, 1250.5, euro)
            sheet.write_row(at, 5, ["R1", "raad"], bold)
            sheet.write_datetime(at, 7, date(2024, 11, 7), day)
            sheet.write_number(at, 8, 12)
        if change == "formula":
            sheet.write_formula(2, 8, "=C3*2", None, 4050)
        elif change == "merged":
            sheet.merge_range(1, 1, 1, 2, "NOORD")
        elif change == "table":
            sheet.add_table(0, 0, 2, 8, {"columns": [{"header": name} for name in HEADER]})
        elif change == "total":
            sheet.write_row(3, 0, ["Totaal", "", "", "", 2501])
        elif change == "blank rows":
            sheet.write_formula(2, 8, "=C3*2", None, 4050)
            sheet.write_blank(3, 1, None, bold)
            sheet.set_row(4, 30)
    return (path / "budgets.xlsx").read_bytes()


def after(data: bytes, *edits: RowEdit) -> bytes:
    name, made = edited(data, "budgets.xlsx", BUDGETS, edits)
    assert name == "budgets.xlsx"
    return made


def why_not(data: bytes, *edits: RowEdit) -> WhyNot:
    with pytest.raises(CannotEdit) as refused:
        after(data, *edits)
    return refused.value.why


def sheet_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(SHEET).decode()


def with_sheet(data: bytes, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as written:
        for info in archive.infolist():
            written.writestr(info, text if info.filename == SHEET else archive.read(info))
    return out.getvalue()


def cell(data: bytes, place: str) -> str:
    found = re.search(rf'<c r="{place}"[^>]*?(/>|>.*?</c>)', sheet_of(data))
    return found[0] if found else ""


def read(data: bytes, key: str = "P1") -> list[str]:
    return list(keyed(data, "budgets.xlsx", BUDGETS)[(key,)].values())


@pytest.mark.parametrize(
    ("column", "text", "xml"),
    [
        ("line", "Z & <z>", '<c r="B2" t="inlineStr"><is><t xml:space="preserve">Z &amp; &lt;z&gt;</t></is></c>'),
        (
            "line",
            "a\rb_x0041_",
            '<c r="B2" t="inlineStr"><is><t xml:space="preserve">a_x000D_b_x005F_x0041_</t></is></c>',
        ),
        ("year", "2026", '<c r="C2"><v>2026</v></c>'),
        ("amount", "€ 1.000,25", '<c r="E2" s="1"><v>1000.25</v></c>'),
        ("amount", "veel", '<c r="E2" s="1" t="inlineStr"><is><t xml:space="preserve">veel</t></is></c>'),
        ("number", "12", '<c r="F2" s="2" t="inlineStr"><is><t xml:space="preserve">12</t></is></c>'),
        ("number", "", '<c r="F2" s="2"/>'),
        ("decided_on", "8-11-2024", '<c r="H2" s="3"><v>45604</v></c>'),
        ("decided_on", "later", '<c r="H2" s="3" t="inlineStr"><is><t xml:space="preserve">later</t></is></c>'),
        ("x_own", "13", '<c r="I2"><v>13</v></c>'),
        ("x_own", "013", '<c r="I2" t="inlineStr"><is><t xml:space="preserve">013</t></is></c>'),
    ],
)
def test_a_cell_keeps_its_look_and_kind(tmp_path: Path, column: str, text: str, xml: str) -> None:
    """A number is a number, a day a day, a text a text; all other letters of the sheet stay."""
    data = book(tmp_path)
    made = after(data, RowEdit(("P1",), {column: text}))
    place = f"{'ABCDEFGHI'[HEADER.index(column)]}2"
    assert cell(made, place) == xml
    assert sheet_of(made) == sheet_of(data).replace(cell(data, place), xml)


def test_a_row_below(tmp_path: Path) -> None:
    """In an empty row that is there, with its height, else in a new one; a new column stands in the header too."""
    for change, row in (("", '<row r="4"><c'), ("blank rows", '<row r="4"'), ("formula", '<row r="4"><c')):
        made = after(book(tmp_path, change), ADDED, RowEdit(None, {"id": "P4", "x_new": "nieuw"}))
        assert sheet_of(made).count('<row r="4"') == 1
        assert row in sheet_of(made)
        assert cell(made, "E4") == '<c r="E4"><v>7.50</v></c>'
        assert cell(made, "J1").endswith("x_new</t></is></c>")
        assert "<dimension" not in sheet_of(made)
        assert [read(made, one)[0] for one in ("P1", "P3", "P4")] == ["P1", "P3", "P4"]
        assert read(made, "P4")[-1] == "nieuw"
    made = after(book(tmp_path, "blank rows"), ADDED, ADDED)
    assert 'ht="30"' in sheet_of(made)
    assert re.search(r'<row r="4"[^>]*><c r="A4".*?</c><c r="B4" s="\d"/><c r="E4"', sheet_of(made))


def test_a_row_that_goes_leaves_its_looks(tmp_path: Path) -> None:
    data = book(tmp_path)
    made = after(data, RowEdit(("P1",), None))
    assert [cell(made, place) for place in ("A2", "E2", "H2")] == [
        '<c r="A2"/>',
        '<c r="E2" s="1"/>',
        '<c r="H2" s="3"/>',
    ]
    assert list(keyed(made, "budgets.xlsx", BUDGETS)) == [("P2",)]
    assert sheet_of(made)[-300:] == sheet_of(data)[-300:]


def test_what_would_come_out_of_step_is_refused(tmp_path: Path) -> None:
    """And only that: rows below a formula, a cell beside merged ones or within a named table can change."""
    formula, merged, table, total = (book(tmp_path, one) for one in ("formula", "merged", "table", "total"))
    gone = RowEdit(("P1",), None)
    assert [why_not(formula, CORRECTED), why_not(formula, gone)] == [WhyNot.FORMULA] * 2
    assert [why_not(merged, CORRECTED), why_not(merged, gone)] == [WhyNot.MERGED] * 2
    assert read(after(merged, RowEdit(("P2",), {"line": "Z"})), "P2")[1] == "Z"
    assert read(after(merged, RowEdit(("P1",), {"kind": "amendment"})))[3] == "amendment"
    assert [why_not(table, ADDED), why_not(table, gone)] == [WhyNot.NAMED_TABLE] * 2
    assert read(after(table, CORRECTED))[1] == "Z"
    assert read(after(formula, RowEdit(("P1",), {"x_new": "n"})))[-1] == "n"
    assert [why_not(total, ADDED), why_not(total, gone)] == [WhyNot.TOTALS] * 2
    assert why_not(total, RowEdit(("P1",), {"amount": "1,00"})) is WhyNot.TOTALS
    assert read(after(total, CORRECTED))[1] == "Z"


def test_sheets_as_other_programs_write_them(tmp_path: Path) -> None:
    """With a prefix, or without the places of rows and cells; comments, and rows that hold more, are refused."""
    data = book(tmp_path)
    text = sheet_of(data)
    bare = re.sub(r'<(row|c) r="\w+"', r"<\1", text)
    prefixed = re.sub(r"<(/?)(?=\w)", r"<\1x:", text).replace("xmlns=", "xmlns:x=")
    for other in (bare, prefixed):
        there = with_sheet(data, other)
        assert read(there)[1] == "NOORD"
        assert read(after(there, CORRECTED))[1] == "Z"
        assert read(after(there, CORRECTED, ADDED), "P3")[0] == "P3"
        assert read(after(there, RowEdit(("P1",), None)), "P2")[0] == "P2"
    for odd in ("<!-- x -->", "<extLst/>"):
        assert why_not(with_sheet(data, text.replace('<row r="2"', f'{odd}<row r="2"')), CORRECTED) is WhyNot.SHAPE
    assert why_not(data[:-30], CORRECTED) is WhyNot.UNREADABLE
