"""What nobody reads cannot refuse a file: odd contents in columns and parts that no profile reads, in every form."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gebiedswerk.core.faults import errors
from gebiedswerk.dossier.settings import Flows, Profile
from tests.formats.books import read_book, rewrite
from tests.formats.forms import FORMS, html_page, ods, write_form, xaf
from tests.formats.test_number_styles import HEADERS, PLAIN

MARK = "nobody"
ROWS = [["2019", "3", "43800", "7110", f"nr {at}", "1,50", MARK] for at in range(3)]
TABLE = [[*HEADERS, "Meer"], *ROWS]
SHEET = "xl/worksheets/sheet1.xml"
CELL = b'<c r="G2" t="s">'
ODD = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters='";\r\n\0'), max_size=20)


def same(path: Path, profile: Profile = PLAIN) -> None:
    """The file is read, to the same postings as ever."""
    read, faults = read_book(path, profile)
    assert not errors(faults), faults
    assert (read.lines, read.debit_cents) == (3, 450)


@pytest.mark.parametrize("form", [form for form in FORMS if form != "xaf"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)
@given(odd=st.one_of(ODD, st.sampled_from(["#REF!", "7,13E+03", "03-12-2025", "1.2.3,4", "=1/0", "<b>", "&amp", "'"])))
def test_a_text_that_nobody_reads(form: str, tmp_path: Path, odd: str) -> None:
    """Any text at all, of letters that the form of file can hold."""
    if form != "csv":
        odd = "".join(sign for sign in odd if sign.isprintable() and sign not in "\ufffe\uffff")
    same(write_form(form, tmp_path, [TABLE[0], [*ROWS[0][:-1], odd or "x"], *TABLE[2:]]))


BYTES = [b"\xff", b"\x80abc", b"\xc3", b"a\0b", b"\x1a", b"\x07", b"\xef\xbf\xbd", b"\xed\xa0\x80"]


@pytest.mark.parametrize("odd", BYTES)
def test_bytes_that_are_no_letters(odd: bytes, tmp_path: Path) -> None:
    """In a CSV; in a column that is read they are a fault at their cell."""
    path = write_form("csv", tmp_path, TABLE)
    plain = path.read_bytes()
    path.write_bytes(plain.replace(MARK.encode(), odd, 1))
    same(path)
    path.write_bytes(plain.replace(b"nr 1", odd, 1).replace(b"1,50", odd, 1))
    assert errors(read_book(path, PLAIN)[1])


CELLS = [
    b'<c r="G2" t="s"><v>999999</v></c>',
    b'<c r="G2" t="s"><v>x</v></c>',
    b'<c r="G2" t="d"><v>2019-13-45</v></c>',
    b'<c r="G2" s="999"><v>1</v></c>',
    b'<c r="G2" t="n"><v>1.2.3</v></c>',
    b'<c r="G2" t="e"><v>#REF!</v></c>',
    b'<c r="G2" t="zz"><v>?</v></c>',
    b'<c r="G2"><v>1e999</v></c>',
    b'<c r="G2"><f>A1/</f></c>',
]


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_of_a_sheet(cell: bytes, tmp_path: Path) -> None:
    """An index, a day, a number or a kind that there is not."""
    path = write_form("xlsx", tmp_path, TABLE)
    with zipfile.ZipFile(path) as book:
        sheet = book.read(SHEET)
    start = sheet.index(CELL)
    former = sheet[start : sheet.index(b"</c>", start) + 4]
    same(rewrite(path, {SHEET: (former, cell)}))


PARTS: dict[str, bytes] = {
    "docProps/core.xml": b"<broken",
    "docProps/app.xml": b"",
    "xl/theme/theme1.xml": b"\xff\xfe",
    "xl/comments1.xml": b"<comments",
    "xl/drawings/drawing1.xml": b"<x>&undefined;</x>",
    "customXml/item1.xml": b"no xml",
    "xl/calcChain.xml": b"<calcChain>",
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_a_workbook(part: str, tmp_path: Path) -> None:
    """Its properties, colours, comments, drawings."""
    path = write_form("xlsx", tmp_path, TABLE)
    with zipfile.ZipFile(path) as book:
        kept = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, data in (kept | {part: PARTS[part]}).items():
            book.writestr(name, data)
    same(path)


IN_ODS = [
    '<table:table-cell office:value-type="date" office:date-value="2019-13-45"/>',
    '<table:table-cell office:value-type="float" office:value="nan"/>',
    '<table:table-cell office:value-type="zz"><text:p>?</text:p></table:table-cell>',
    "<table:table-cell><office:annotation><text:p>?</text:p></office:annotation></table:table-cell>",
    '<table:table-cell table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell>',
]


@pytest.mark.parametrize("cell", IN_ODS)
def test_a_cell_of_an_ods(cell: str, tmp_path: Path) -> None:
    """A day, a number or a kind that there is not; a note."""
    path = ods(tmp_path, TABLE)
    former = f'<table:table-cell office:value-type="string"><text:p>{MARK}</text:p></table:table-cell>'
    same(rewrite(path, {"content.xml": (former.encode(), cell.encode())}))


IN_HTML = ["<td x:num='abc'>x</td>", "<td colspan=x>x", "<td><img src='?'><script>var a='<td>1</td>'</script></td>"]
IN_HTML += [
    "<td>&unknown; &#0; &#xffffff;</td>",
    "<td><![if !x]>x<![endif]></td>",
    "<td><b><i>x</td>",
    "<td>\x00\x07</td>",
]


@pytest.mark.parametrize("cell", IN_HTML)
def test_a_cell_of_a_web_page(cell: str, tmp_path: Path) -> None:
    """Numbers, spans, signs and tags that mean nothing."""
    path = html_page(tmp_path, TABLE)
    path.write_text(path.read_text("utf-8").replace(f"<td>{MARK}</td>", cell), "utf-8")
    same(path)


IN_XAF = [
    "<custSupID>&#x41;</custSupID>",
    "<vat><vatID>x</vatID><vatPerc>veel</vatPerc><vatAmnt>-</vatAmnt></vat>",
    "<currency><curCode>??</curCode><curAmnt>1,2,3</curAmnt></currency>",
    "<effDate>2019-13-45</effDate>",
    "<recRef/>",
    "<eigen xmlns='urn:x'><amnt>999</amnt></eigen>",
]


@pytest.mark.parametrize("element", IN_XAF)
def test_an_element_of_an_audit_file(element: str, tmp_path: Path) -> None:
    """Of the standard or of the package itself."""
    one = Profile(flows=Flows(balance=[]))
    path = xaf(tmp_path, [TABLE[0][:6], *([*row[:5], "1.50"] for row in ROWS)])
    whole = read_book(path, one)[0]
    path.write_text(path.read_text("utf-8").replace("</trLine>", f"{element}</trLine>"), "utf-8")
    read, faults = read_book(path, one)
    assert not errors(faults), faults
    assert (read.lines, read.debit_cents, read.credit_cents) == (whole.lines, whole.debit_cents, whole.credit_cents)


@pytest.mark.parametrize("form", ["ods", "html", "spreadsheetml"])
def test_hidden_rows_are_counted_and_said(form: str, tmp_path: Path) -> None:
    """By a filter or by hand, in every sheet that can hide a row."""
    rows = [TABLE[0], ROWS[0], [*ROWS[1][:1], "4", *ROWS[1][2:]], ROWS[2]]
    path = write_form(form, tmp_path, rows)
    hidden = {
        "ods": ("<table:table-row>", '<table:table-row table:visibility="filter">'),
        "html": ("<tr>", '<tr style="height:0;display: none">'),
        "spreadsheetml": ("<Row>", '<Row ss:Hidden="1">'),
    }[form]
    if form == "ods":
        with zipfile.ZipFile(path) as book:
            text = book.read("content.xml").decode()
        rewrite(path, {"content.xml": (text.encode(), _third(text, *hidden).encode())})
    else:
        path.write_text(_third(path.read_text("utf-8"), *hidden), "utf-8")
    read, faults = read_book(path, PLAIN)
    assert (read.lines, read.debit_cents) == (3, 450)
    assert ("L182", 3, "3") in [(one.code, one.row, one.value) for one in faults]


def _third(text: str, row: str, hidden: str) -> str:
    """The text with its third row hidden."""
    parts = text.split(row)
    return row.join(parts[:3]) + hidden + row.join(parts[3:])


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"', "sep=,"])
@pytest.mark.parametrize("end", ["", "\x1a", "\r\n\x1a", "\x1a\0\0\0"])
def test_a_line_for_excel_and_a_sign_for_dos(line: str, end: str, tmp_path: Path) -> None:
    """`sep=` above the header and Ctrl-Z at the end: neither is a row, and both readers skip them."""
    path = tmp_path / "f.csv"
    text = "\r\n".join([line, *(";".join(row) for row in TABLE)])
    path.write_bytes((text + end).encode())
    same(path)
    assert read_book(path, PLAIN)[0].postings["row"].to_list() == [3, 4, 5]
    same(path, replace(PLAIN, header_row=2))
