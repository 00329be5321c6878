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
from gebiedswerk.dossier.work import WORK_TABLES
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


def with_sheet(data: bytes, text: str | bytes) -> bytes:
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


# Sheets written out, and what becomes of every letter of them

INDICATORS = WORK_TABLES["indicators"]
COLUMNS = ("id", "line", "year", "amount", "complete", "x_own")


def words(place: str, text: str) -> str:
    """A cell with a text."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


HEAD = f'<row r="1">{"".join(words(f"{at}1", name) for at, name in zip("ABCDEF", COLUMNS, strict=True))}</row>'


def written(path: Path, rows: str, before: str = "", behind: str = "", style: str = "d-m-yyyy") -> bytes:
    """A workbook whose sheet holds these rows; its only style is of days."""
    with xlsxwriter.Workbook(path / "budgets.xlsx") as made:
        made.add_worksheet().write_row(0, 0, COLUMNS, made.add_format({"num_format": style}))
    data = (path / "budgets.xlsx").read_bytes()
    text = re.sub(r"<dimension[^>]*>|<sheetViews>.*</sheetViews>|<pageMargins[^>]*>", "", sheet_of(data))
    there = f"{before}<sheetData>{rows}</sheetData>{behind}"
    whole = re.sub(r"<sheetFormatPr[^>]*/><sheetData>.*</sheetData>", there, text)
    assert rows in whole
    return with_sheet(data, whole)


def rows_of(data: bytes) -> str:
    """What stands between the ends of the rows."""
    found = re.search(r"<sheetData>(.*)</sheetData>", sheet_of(data), re.DOTALL)
    assert found is not None
    return found[1]


def first_row(*cells: str) -> str:
    return f'<row r="2">{words("A2", "P1")}{"".join(cells)}</row>'


@pytest.mark.parametrize(
    ("column", "there", "text", "becomes"),
    [
        ("year", '<c r="C2" t="str"><v>2025</v></c>', "2026", words("C2", "2026")),
        ("year", '<c r="C2" t="b"><v>1</v></c>', "2026", words("C2", "2026")),
        ("year", '<c r="C2" t="str"/>', "2026", '<c r="C2"><v>2026</v></c>'),
        ("year", "<c r='C2'><v>2025</v></c>", "2026", "<c r='C2'><v>2026</v></c>"),
        ("line", '<c r="B2"/>', "5", words("B2", "5")),
        ("complete", '<c r="E2"><v>1</v></c>', "ja", words("E2", "ja")),
        ("x_own", '<c r="F2"><v>12</v></c>', "13", '<c r="F2"><v>13</v></c>'),
        ("x_own", '<c r="F2" s="1"><v>12</v></c>', "13", words("F2", "13").replace(" t=", ' s="1" t=')),
        ("x_own", "", "13", words("F2", "13")),
        ("year", "", "2026", '<c r="C2"><v>2026</v></c>'),
    ],
)
def test_what_a_cell_held_says_what_it_becomes(
    tmp_path: Path, column: str, there: str, text: str, becomes: str
) -> None:
    """A number only where a number stood, or in an empty cell of a column of numbers; other cells stay."""
    made = after(written(tmp_path, HEAD + first_row(there)), RowEdit(("P1",), {column: text}))
    assert rows_of(made) == HEAD + first_row(becomes)


def test_a_small_number_is_written_in_full(tmp_path: Path) -> None:
    """Not with an exponent, which reads as a text."""
    with xlsxwriter.Workbook(tmp_path / "indicators.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "area", "name", "period", "value"])
        sheet.write_row(1, 0, ["i1", "NOORD", "Groen", "2025", 0.5])
    data = (tmp_path / "indicators.xlsx").read_bytes()
    _, made = edited(data, "indicators.xlsx", INDICATORS, [RowEdit(("i1",), {"value": "0,0001"})])
    assert cell(made, "E2") == '<c r="E2"><v>0.0001</v></c>'


def test_lines_and_blanks_between_cells_stay(tmp_path: Path) -> None:
    """As a program writes that sets each row on a line of its own."""
    rows = HEAD + '\n  <row r="2" spans="1:3">\n    ' + words("A2", "P1") + "\n    " + words("B2", "NO\nORD")
    rows += '\n    <c r="C2"><v>2025</v></c>\n  </row>\n'
    made = after(written(tmp_path, rows), RowEdit(("P1",), {"line": "Z", "amount": "1,00", "x_own": "q"}))
    new = '<c r="D2"><v>1.00</v></c>' + words("F2", "q")
    expected = rows.replace(words("B2", "NO\nORD"), words("B2", "Z")).replace(' spans="1:3"', "")
    assert rows_of(made) == expected.replace("<v>2025</v></c>", f"<v>2025</v></c>{new}")
    gone = after(written(tmp_path, f"\n {HEAD}\n" + rows[len(HEAD) :]), RowEdit(("P1",), None))
    assert rows_of(gone).endswith(
        '<row r="2" spans="1:3">\n    <c r="A2"/>\n    <c r="B2"/>\n    <c r="C2"/>\n  </row>\n'
    )


def test_cells_go_between_those_that_are_there(tmp_path: Path) -> None:
    """Each behind the last one before it."""
    rows = HEAD + first_row('<c r="E2"/>', words("F2", "x"))
    made = after(written(tmp_path, rows), RowEdit(("P1",), {"line": "Z", "year": "2025"}))
    new = (words("B2", "Z"), '<c r="C2"><v>2025</v></c>', '<c r="E2"/>', words("F2", "x"))
    assert rows_of(made) == HEAD + first_row(*new)


def test_new_rows_stand_in_order(tmp_path: Path) -> None:
    """Behind the last record and before what lies below; the tenth behind the ninth; a closed row is opened."""
    below = '<row r="40" ht="30"/>'
    data = written(tmp_path, HEAD + first_row() + '<row r="3" ht="20"/>' + below, '<dimension ref="A1:F2"/>')
    made = after(data, *(RowEdit(None, {"id": f"N{at}", "x_own": "1"}) for at in range(3, 12)))
    new = "".join(f'<row r="{at}">{words(f"A{at}", f"N{at}")}{words(f"F{at}", "1")}</row>' for at in range(3, 12))
    assert rows_of(made) == HEAD + first_row() + new.replace('<row r="3">', '<row r="3" ht="20">') + below
    whole = sheet_of(data).replace('<dimension ref="A1:F2"/>', "")
    assert sheet_of(made) == whole.replace(rows_of(data), rows_of(made))


def test_the_size_of_a_sheet_is_said_no_more_where_it_grew(tmp_path: Path) -> None:
    """By a row or by a column; not where a cell changed."""
    data = written(tmp_path, HEAD + first_row(), '<dimension ref="A1:F2"/>')
    wider = RowEdit(("P1",), {"x_new": "n"})
    for edit, stays in ((CORRECTED, True), (wider, False), (ADDED, False)):
        assert ('<dimension ref="A1:F2"/>' in sheet_of(after(data, edit))) == stays


def test_two_rows_that_go(tmp_path: Path) -> None:
    """Both leave their cells empty."""
    rows = HEAD + first_row() + first_row().replace("2", "3").replace("P1", "P2")
    made = after(written(tmp_path, rows), RowEdit(("P1",), None), RowEdit(("P2",), None))
    assert rows_of(made) == HEAD + '<row r="2"><c r="A2"/></row><row r="3"><c r="A3"/></row>'


def test_columns_beyond_the_alphabet(tmp_path: Path) -> None:
    """X, AB and BC are found, and made where they are not there."""
    names = [*COLUMNS, *(f"x_{at}" for at in range(6, 56))]
    with xlsxwriter.Workbook(tmp_path / "budgets.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, names)
        sheet.write_row(1, 0, ["P1", *(f"w{at}" for at in range(1, 54))])
    data = (tmp_path / "budgets.xlsx").read_bytes()
    made = after(data, RowEdit(("P1",), {"x_23": "een", "x_27": "twee", "x_54": "drie", "x_new": "vier"}))
    assert [cell(made, place) for place in ("X2", "AB2", "BC2", "BE2")] == [
        words(place, text) for place, text in (("X2", "een"), ("AB2", "twee"), ("BC2", "drie"), ("BE2", "vier"))
    ]
    assert read(made)[:54] == ["P1", *(f"w{at}" for at in range(1, 54))][:23] + ["een", "w24", "w25", "w26", "twee"] + [
        f"w{at}" for at in range(28, 54)
    ]


def test_only_cells_within_merged_ones_are_refused(tmp_path: Path) -> None:
    """B3 to C3, with or without dollars; one cell alone; cells, rows and columns beside them can change."""
    second = f'<row r="3">{words("A3", "P2")}{words("B3", "b")}{words("C3", "2025")}</row>'
    rows = HEAD + first_row(words("B2", "a"), words("C2", "2025")) + second

    def merged(place: str) -> bytes:
        return written(tmp_path, rows, behind=f'<mergeCells count="1"><mergeCell ref="{place}"/></mergeCells>')

    for place in ("B3:C3", "$B$3:$C$3"):
        there = merged(place)
        assert read(after(there, RowEdit(("P1",), {"line": "Z"})))[1] == "Z"
        assert list(keyed(after(there, RowEdit(("P1",), None)), "budgets.xlsx", BUDGETS)) == [("P2",)]
        assert read(after(there, RowEdit(("P2",), {"x_own": "Z"})), "P2")[5] == "Z"
        refused = (RowEdit(("P2",), {"line": "Z"}), RowEdit(("P2",), {"year": "2026"}), RowEdit(("P2",), None))
        assert [why_not(there, one) for one in refused] == [WhyNot.MERGED] * 3
        assert why_not(there, RowEdit(("P2",), {"line": "Z", "x_own": "q"})) is WhyNot.MERGED
    assert read(after(merged("C3:D3"), RowEdit(("P2",), {"line": "Z"})), "P2")[1] == "Z"
    assert why_not(merged("B3"), RowEdit(("P2",), {"line": "Z"})) is WhyNot.MERGED
    assert why_not(merged(""), RowEdit(("P1",), {"line": "Z"})) is WhyNot.MERGED


def test_a_formula_looks_at_the_last_row_too(tmp_path: Path) -> None:
    """One cell among those that it may use is enough, also beside new ones; a named table is not made wider."""
    formula = book(tmp_path, "formula")
    assert why_not(formula, RowEdit(("P2",), {"line": "Z"})) is WhyNot.FORMULA
    assert why_not(formula, RowEdit(("P1",), {"line": "Z", "x_new": "n"})) is WhyNot.FORMULA
    assert why_not(book(tmp_path, "table"), RowEdit(("P1",), {"x_new": "n"})) is WhyNot.NAMED_TABLE


def renamed(data: bytes, name: str) -> bytes:
    """The same workbook, with its sheet under another name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for info in archive.infolist():
            made.writestr(name if info.filename == SHEET else info.filename, archive.read(info))
    return out.getvalue()


def test_a_workbook_of_more_parts(tmp_path: Path) -> None:
    """Another sheet stays as it is; places with other slashes or letters are the same; two of one name are refused."""
    with xlsxwriter.Workbook(tmp_path / "budgets.xlsx") as made:
        sheet, _ = made.add_worksheet(), made.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["P1", "NOORD"])
    more = (tmp_path / "budgets.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(after(more, CORRECTED))) as now, zipfile.ZipFile(io.BytesIO(more)) as then:
        assert [one for one in now.namelist() if now.read(one) != then.read(one)] == [SHEET]
        assert {one.compress_type for one in now.infolist()} == {zipfile.ZIP_DEFLATED}
    data = book(tmp_path)
    for name in (SHEET.replace("/", "\\"), SHEET.upper()):
        assert read(after(renamed(data, name), CORRECTED))[1] == "Z"
    twice = io.BytesIO(data)
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, sheet_of(data))
    assert why_not(twice.getvalue(), CORRECTED) is WhyNot.SHAPE
    plain = book(tmp_path)
    wide = with_sheet(plain, sheet_of(plain).replace("UTF-8", "UTF-16").encode("utf-16"))
    assert read(wide)[1] == "NOORD"
    assert why_not(wide, CORRECTED) is WhyNot.SHAPE
