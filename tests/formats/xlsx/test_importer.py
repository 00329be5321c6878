"""XLSX by profile: numbers, days, codes and errors as a spreadsheet has them; two ways of reading that agree."""

from __future__ import annotations

import contextlib
import io
import random
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gebiedswerk.core.faults import errors
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.formats.grid import day_of, number_text
from gebiedswerk.formats.xlsx import bulk, importer, parts
from tests.formats.books import (
    HEADERS,
    PROFILE,
    brief,
    delivered,
    read_book,
    rewrite,
    write_book,
    write_sheets,
)

SHEET = "xl/worksheets/sheet1.xml"
ROW = (2019, 3, date(2019, 3, 1), 43800, 7110, "Bloembakken", 12.5)


def book(path: Path, *rows: Sequence[object], headers: Sequence[object] = HEADERS) -> Path:
    return write_book(path / "b.xlsx", [headers, *rows])


def row(**cells: object) -> tuple[object, ...]:
    """The usual row with some cells changed, by header."""
    return tuple(cells.get(name, cell) for name, cell in zip(HEADERS, ROW, strict=True))


def test_a_sheet_becomes_postings(tmp_path: Path) -> None:
    """Numbers become codes and cents, days are days; blank rows do not count, but their numbers do."""
    path = book(tmp_path, ROW, (), row(Kostenplaats="0710", Bedrag=-0.07, Grootboek=80100.0), row(Datum="02-03-2019"))
    read, faults = read_book(path)
    assert not faults
    columns = ["row", "booked_on", "flow", "cents", "ledger_account", "cost_centre", "description"]
    assert read.postings.select(columns).rows() == [
        (2, date(2019, 3, 1), "costs", 1250, "43800", "7110", "Bloembakken"),
        (4, date(2019, 3, 1), "income", -7, "80100", "0710", "Bloembakken"),
        (5, date(2019, 3, 2), "costs", 1250, "43800", "7110", "Bloembakken"),
    ]
    assert (read.lines, read.debit_cents, read.credit_cents) == (3, 2500, 7)


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        (0.1 + 0.2, 30),
        (5051.32, 505132),
        (1234567.89, 123456789),
        (99999999999.99, 9999999999999),
        (-0.004999999, None),
        (1.234, None),
        (1.0000011, None),
        (1.0000009, 100),
        (1e22, None),
        (True, "L198"),
        ("1.234,56", 123456),
        ("1.234", 123400),
        ("1,234", None),
        ("-3", -300),
        ("€ 3", 300),
        ("3 ducats", None),
        ("#REF!", "L165"),
        (None, None),
        (("=1/0", "#DIV/0!"), "L165"),
        (("=A1*2", 2.5), 250),
    ],
)
def test_amounts(tmp_path: Path, cell: object, cents: int | str | None) -> None:
    """Numbers within a millionth of whole cents, texts by the marks of the profile; all else is a fault at its cell."""
    read, faults = read_book(book(tmp_path, ROW, row(Bedrag=cell)))
    readable = isinstance(cents, int)
    assert [(f.code, f.row, f.column) for f in faults] == ([] if readable else [(cents or "L106", 3, "Bedrag")])
    assert read.postings["cents"].to_list() == ([1250, cents] if readable else [])


def test_a_number_that_is_no_amount_is_shown_with_the_marks_of_the_profile(tmp_path: Path) -> None:
    """1.234 in a Dutch profile would look like a thousand."""
    for rows in ([ROW, row(Bedrag=1.234)], [row(Bedrag="12,50"), row(Bedrag=1.234)]):
        assert brief(read_book(book(tmp_path, *rows))[1]) == [("L106", 3, "Bedrag", "1,234")]


def test_an_amount_that_is_a_number_among_texts(tmp_path: Path) -> None:
    """One cell typed as text does not change how the numbers beside it are read."""
    read, _ = read_book(book(tmp_path, row(Bedrag="1.250"), row(Bedrag=1.25), row(Bedrag=-0.5), row(Bedrag=1e6)))
    assert read.postings["cents"].to_list() == [125000, 125, -50, 100_000_000]


def test_debit_and_credit(tmp_path: Path) -> None:
    """An empty debit or credit is nothing; an error in one is not."""
    headers = [*HEADERS[:-1], "Debet", "Credit"]
    columns = {n: h for n, h in PROFILE.columns.items() if n != "amount"} | {"debit": "Debet", "credit": "Credit"}
    split = replace(PROFILE, columns=columns)
    path = write_book(tmp_path / "b.xlsx", [headers, (*ROW[:-1], 10, None), (*ROW[:-1], None, 4.5)])
    read, faults = read_book(path, split)
    assert (read.debit_cents, read.credit_cents, faults) == (1000, 450, ())
    path = write_book(tmp_path / "b.xlsx", [headers, (*ROW[:-1], ("=X", "#REF!"), 3), (*ROW[:-1], 4.5, None)])
    assert brief(read_book(path, split)[1]) == [("L165", 2, "Debet", "#REF!")]


@pytest.mark.parametrize(
    ("column", "cell", "found"),
    [
        ("Jaar", 2018, ("L116", "2018")),
        ("Jaar", 2019.5, ("L108", "2019.5")),
        ("Jaar", ("=Z", "#NAME?"), ("L108", "#NAME?")),
        ("Periode", "lente", ("L108", "lente")),
        ("Periode", date(2019, 3, 1), ("L179", "2019-03-01")),
        ("Bedrag", date(2019, 3, 1), ("L179", "2019-03-01")),
        ("Kostenplaats", date(2019, 12, 3), ("L179", "2019-12-03")),
        ("Kostenplaats", "7,13E+03", ("L178", "7,13E+03")),
        ("Kostenplaats", "7\u0406\u0406\u041e", ("L177", "7\u0406\u0406\u041e")),
        ("Datum", 43525, ("L107", "43525")),
        ("Datum", "1 maart", ("L107", "1 maart")),
        ("Kostenplaats", ("=Z", "#REF!"), ("L165", "#REF!")),
        ("Kostenplaats", "#VERW!", ("L165", "#VERW!")),
        ("Grootboek", ("=Z", "#N/A"), ("L165", "#N/A")),
    ],
)
def test_a_cell_that_does_not_fit(tmp_path: Path, column: str, cell: object, found: tuple[str, str]) -> None:
    """Each at its row, column and value, and nothing lands."""
    read, faults = read_book(book(tmp_path, ROW, row(**{column: cell})))
    assert brief(faults) == [(found[0], 3, column, found[1])]
    assert not read.lines


def test_a_formula_that_was_never_computed(tmp_path: Path) -> None:
    """Programs that write formulas without their outcome leave a cell that looks empty."""
    path = book(tmp_path, ROW, row(Bedrag=("=A1*2", 5), Kostenplaats=("=B1", 7)))
    rewrite(path, {SHEET: (b"<f>A1*2</f><v>5</v>", b"<f>A1*2</f>")})
    rewrite(path, {SHEET: (b"<f>B1</f><v>7</v>", b"<f>B1</f>")})
    assert brief(read_book(path)[1]) == [("L165", 3, "Bedrag", "=A1*2"), ("L165", 3, "Kostenplaats", "=B1")]


def test_days_from_1904_and_before_the_leap_day_that_never_was(tmp_path: Path) -> None:
    """Old Macs count from 1904; Excel counts a 29 February 1900."""
    path = book(tmp_path, ROW)
    rewrite(path, {"xl/workbook.xml": (b"<workbookPr ", b'<workbookPr date1904="1" ')})
    read, faults = read_book(path)
    assert (read.postings["booked_on"].to_list(), [f.code for f in faults]) == ([date(2023, 3, 2)], ["L120"])
    assert [day_of(n, from_1904=False) for n in (1, 59, 61, 2958465, 2958466, -1)] == [
        date(1900, 1, 1),
        date(1900, 2, 28),
        date(1900, 3, 1),
        date(9999, 12, 31),
        None,
        None,
    ]


def test_numbers_as_codes() -> None:
    assert [number_text(n) for n in (710.0, 3.8, 0.0000001, -5.0, 1e22, 0.1)] == [
        "710",
        "3.8",
        "0.0000001",
        "-5",
        "10000000000000000000000",
        "0.1",
    ]


def test_the_sheet_and_the_row_of_the_header(tmp_path: Path) -> None:
    """`header_row` passes over a title; `sheet` names one of several; rows keep the number the spreadsheet shows."""
    rows = [("Grootboek 2019",), (), HEADERS, ROW, row(Bedrag="x")]
    path = write_sheets(tmp_path / "b.xlsx", {"Data": rows, "Toelichting": [("Let op",)]})
    assert brief(read_book(path)[1]) == [("L166", None, None, None)]
    assert brief(read_book(path, replace(PROFILE, sheet="Blad9"))[1]) == [("L164", None, "sheet", "Blad9")]
    profile = replace(PROFILE, sheet="Data", header_row=3)
    assert brief(read_book(path, profile)[1]) == [("L106", 5, "Bedrag", "x")]
    assert [found.row for found in read_book(path, replace(profile, header_row=1))[1]] == [1]
    missing = replace(profile, columns={**profile.columns, "project": "Project"})
    assert brief(read_book(path, missing)[1]) == [("L104", 3, "Project", "Project")]


def test_empty_sheets_do_not_count(tmp_path: Path) -> None:
    """Blad2 and Blad3 of every old workbook."""
    path = write_sheets(tmp_path / "b.xlsx", {"Blad1": [HEADERS, ROW], "Blad2": [], "Blad3": []})
    assert read_book(path)[0].lines == 1


def test_headers(tmp_path: Path) -> None:
    """A column that stands twice, header only, nothing at all."""
    twice = write_book(tmp_path / "b.xlsx", [[*HEADERS, " Bedrag"], [*ROW, 3]])
    assert brief(read_book(twice)[1]) == [("L119", 1, "Bedrag", "Bedrag")]
    for number in (1, 2):
        said = replace(PROFILE, columns={**PROFILE.columns, "amount": f"Bedrag ({number})"})
        assert (read_book(twice, said)[0].postings["cents"].to_list() == [300]) == (number == 2)
    assert brief(read_book(book(tmp_path))[1]) == [("L110", None, None, None)]
    assert brief(read_book(write_book(tmp_path / "b.xlsx", []))[1]) == [("L110", None, None, None)]
    odd = replace(PROFILE, columns={**PROFILE.columns, "description": "row"})
    path = book(tmp_path, ROW, headers=[*HEADERS[:5], "row", "Bedrag"])
    assert read_book(path, odd)[0].postings["description"].to_list() == ["Bloembakken"]


def test_one_header_for_an_amount_and_something_else(tmp_path: Path) -> None:
    """A profile that confuses columns gets a fault, never a crash."""
    confused = replace(PROFILE, columns={**PROFILE.columns, "cost_centre": "Bedrag", "year": "Bedrag"})
    assert {found.code for found in read_book(book(tmp_path, ROW, ROW), confused)[1]} == {"L108"}


def test_what_is_no_workbook(tmp_path: Path) -> None:
    """Locked, damaged, cut off, something else: a fault each, and no crash."""
    whole = book(tmp_path, ROW).read_bytes()
    wrong = {
        b"": "L161",
        b"Jaar;Bedrag\n2019;1\n": "L161",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000): "L196",
        whole[: len(whole) // 2]: "L161",
        zipped({"a.txt": b"x"}): "L161",
        zipped({"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<!DOCTYPE x []><x/>"}): "L161",
    }
    for data, code in wrong.items():
        path = tmp_path / "w.xlsx"
        path.write_bytes(data)
        assert [found.code for found in read_book(path)[1]] == [code], data[:20]


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sheetData>", b'<!DOCTYPE a [<!ENTITY b "c">]><sheetData>'),
        (b'r="A2"', b'r="AAAA2"'),
        (b'r="A2"', b'r="A3"'),
        (b'r="A2"', b'r="XFE2"'),
        (b'<row r="2"', b'<row r="1048577"'),
        (b'<row r="2"', b'<row r="-2"'),
        (b'<row r="2"', b'<row r="x"'),
        (b't="s"><v>7<', b't="s"><v>999<'),
        (b't="s"><v>7<', b't="s"><v>-1<'),
        (b"</sheetData>", b""),
    ],
)
def test_a_damaged_sheet(tmp_path: Path, old: bytes, new: bytes) -> None:
    """What no program writes is a fault, and no reading past it."""
    path = rewrite(book(tmp_path, ROW), {SHEET: (old, new)})
    assert [found.code for found in read_book(path)[1]] == ["L161"]


def test_a_text_within_a_text_is_damage(tmp_path: Path) -> None:
    """Nobody can tell which number each has; a fuzzer found that two readers counted them differently."""
    path = rewrite(book(tmp_path, ROW), {"xl/sharedStrings.xml": (b"</t></si>", b"<si></si></t></si>")})
    assert [found.code for found in read_book(path)[1]] == ["L161"]


@pytest.mark.parametrize("column", ["XFD", "ZZ", "AO"])
def test_a_bomb_takes_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, column: str) -> None:
    """Two cells at the corners of a sheet: the Rust reader would ask up to 512 GB, so it is never asked."""
    monkeypatch.setattr(importer, "SMALL", 0)
    monkeypatch.setattr(bulk, "_loaded", lambda *_: pytest.fail("asked"))
    last = f'<row r="1048576"><c r="{column}1048576"><v>1</v></c></row></sheetData>'.encode()
    path = rewrite(book(tmp_path, ROW, ROW), {SHEET: (b"</sheetData>", last)})
    assert {found.row for found in errors(read_book(path)[1])} == {1048576}


def test_what_unpacks_too_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of many times its size, or too much together; and a zip that lies about it."""
    path = book(tmp_path, ROW)
    rewrite(path, {SHEET: (b"</sheetData>", b" " * 3_000_000 + b"</sheetData>")})
    assert read_book(path)[0].lines == 1
    monkeypatch.setattr(parts, "LARGE", 1_000_000)
    assert brief(read_book(path)[1]) == [("L163", None, None, None)]
    monkeypatch.setattr(parts, "LARGE", 10_000_000)
    monkeypatch.setattr(parts, "MOST_BYTES", 1_000_000)
    assert brief(read_book(path)[1]) == [("L163", None, None, None)]
    data = path.read_bytes()
    lying = data.replace(size_of(path), (1000).to_bytes(4, "little"))
    path.write_bytes(lying)
    assert brief(read_book(path)[1]) == [("L161", None, None, None)]


def size_of(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.getinfo(SHEET).file_size.to_bytes(4, "little")


def test_other_ways_to_write_the_same(tmp_path: Path) -> None:
    """Prefixes, texts within the cell, cells without a place, rich text with how to pronounce it, ISO days."""
    path = book(tmp_path, ROW)
    expected = read_book(path)[0].postings
    with zipfile.ZipFile(path) as archive:
        text = archive.read(SHEET)
    start, end = text.index(b'<row r="2"'), text.index(b"</sheetData>")
    row_of = b"""<row><c><v>2019</v></c><c><v>3</v></c><c t="d"><v>2019-03-01T00:00:00</v></c>
        <c t="str"><v>43800</v></c>
        <c t="n"><v>7.11E3</v></c>
        <c t="inlineStr"><is><r><t>Bloem</t></r><r><t>bakken</t></r><rPh><t>?</t></rPh></is></c>
        <c r="G2"><v>12.500000000000002</v></c></row>"""
    rewrite(path, {SHEET: (text[start:end], row_of)})
    assert read_book(path)[0].postings.equals(expected)
    with zipfile.ZipFile(path) as archive:
        prefixed = archive.read(SHEET).replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"<x:?", b"<?")
        prefixed = prefixed.replace(b"xmlns=", b"xmlns:x=")
        rewrite(path, {SHEET: (archive.read(SHEET), prefixed)})
    assert read_book(path)[0].postings.equals(expected)


# --- two ways of reading -------------------------------------------------------------------------------------------

CELLS: dict[str, st.SearchStrategy[object]] = {
    "Jaar": st.sampled_from([2019, 2019.0, "2019"]),
    "Periode": st.integers(0, 13),
    "Datum": st.one_of(st.dates(date(2019, 1, 1), date(2019, 12, 31)), st.just("01-02-2019"), st.none()),
    "Grootboek": st.sampled_from([43800, 80100, 97100, "43800", "8x"]),
    "Kostenplaats": st.sampled_from([710, "0710", 7110.0, 3.8, None, "a b "]),
    "Omschrijving": st.one_of(st.text(alphabet="ab é<&'\"#=_ 1.", max_size=8), st.integers(), st.none(), st.booleans()),
    "Bedrag": st.one_of(
        st.integers(-(10**13), 10**13).map(lambda cents: cents / 100),
        st.floats(-(10**6), 10**6, allow_nan=False),
        st.sampled_from(["1.234,56", "", None, ("=1/0", "#DIV/0!"), ("=1+1", 2)]),
    ),
}


@st.composite
def sheets(draw: st.DrawFn) -> list[tuple[object, ...]]:
    """Rows of which every column has mostly one kind of cell, as real ones have, and sometimes one that is odd."""
    height = draw(st.integers(1, 6))
    columns = []
    for cells in CELLS.values():
        usual = draw(cells)
        same = st.just(usual) if draw(st.booleans()) else cells
        columns.append([draw(same) for _ in range(height)])
    rows = list(zip(*columns, strict=True))
    blank = draw(st.integers(0, height))
    return [*rows[:blank], (), *rows[blank:]] if draw(st.booleans()) else rows


@settings(max_examples=150, deadline=None)
@given(sheets())
def test_in_one_go_is_the_same_as_cell_by_cell(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]]
) -> None:
    """Where the bulk reader answers, it gives what the careful one gives, faults and all."""
    path = write_book(tmp_path_factory.mktemp("book") / "b.xlsx", [HEADERS, *rows])
    slow, slow_faults = read_book(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importer, "SMALL", 0)
        fast, fast_faults = read_book(path)
    assert fast_faults == slow_faults
    assert fast.postings.equals(slow.postings)
    assert (fast.lines, fast.debit_cents, fast.credit_cents) == (slow.lines, slow.debit_cents, slow.credit_cents)


KINDS = (12.5, 3, True, date(2019, 3, 2), "tekst", "7", None, ("=1+1", 2), ("=1/0", "#DIV/0!"))
"""A number, a truth, a day, texts, nothing, a formula and an error."""


@pytest.mark.parametrize("column", HEADERS)
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_cell_of_another_kind_far_below_is_read_in_one_way(tmp_path: Path, column: str, kind: object) -> None:
    """Whatever stands above it: a truth among numbers was one euro in a large sheet, and a fault in a small one."""
    rows = [row(Omschrijving=f"nummer {number}") for number in range(8)]
    path = write_book(tmp_path / "b.xlsx", [HEADERS, *rows, row(**{column: kind}), row()])
    slow, slow_faults = read_book(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importer, "SMALL", 0)
        patch.setattr(importer, "SAMPLE", 2)
        fast, fast_faults = read_book(path)
    assert fast_faults == slow_faults
    assert fast.postings.equals(slow.postings)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[pl.DataFrame | None]:
    """What the bulk reader answered, in order; it is asked for every sheet, however small."""
    answers: list[pl.DataFrame | None] = []
    real: Callable[..., pl.DataFrame | None] = bulk.read_bulk

    def asking(*arguments: object) -> pl.DataFrame | None:
        answers.append(real(*arguments))
        return answers[-1]

    monkeypatch.setattr(importer, "SMALL", 0)
    monkeypatch.setattr(importer, "read_bulk", asking)
    return answers


def test_a_plain_sheet_is_read_in_one_go(tmp_path: Path, asked: list[pl.DataFrame | None]) -> None:
    """Also with a title above, blank rows within and columns that nobody asked for."""
    rows = [("Titel",), ("x", 3, "y"), (*HEADERS, "Los"), (*ROW, None), (), (*ROW, "toelichting"), row(Bedrag=3)]
    path = write_book(tmp_path / "b.xlsx", rows)
    read, faults = read_book(path, replace(PROFILE, header_row=3))
    assert (read.postings["row"].to_list(), faults) == ([4, 6, 7], ())
    assert asked[0] is not None and asked[0].height == 3


@pytest.mark.parametrize(
    ("cells", "changed"),
    [
        ({"Bedrag": ("=1/0", "#DIV/0!")}, None),
        ({"Bedrag": ("=1+1", 2)}, None),
        ({"Omschrijving": date(2019, 1, 1)}, None),
        ({}, (b"<sheetData>", b"<sheetData><!-- x -->")),
        ({}, (b'<c r="A2"', b'<c s="0" r="A2"')),
        ({}, (b'<c r="G3"><v>12.5</v></c>', b'<c r="G3" t="e"><v>#REF!</v></c>')),
        ({}, (b'<c r="G3"><v>', b"<c><v>")),
        ({}, (b'<row r="3"', b'<row r="7"')),
    ],
)
def test_an_odd_sheet_is_read_cell_by_cell(
    tmp_path: Path, asked: list[pl.DataFrame | None], cells: dict[str, object], changed: tuple[bytes, bytes] | None
) -> None:
    """An error, a formula, a day among texts, or cells written as no program writes them."""
    path = book(tmp_path, ROW, ROW, row(**cells))
    if changed:
        rewrite(path, {SHEET: changed})
    fast = read_book(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importer, "SMALL", 10**9)
        slow = read_book(path)
    assert fast[1] == slow[1]
    assert fast[0].postings.equals(slow[0].postings)
    assert asked == [None] or changed == (b'<row r="3"', b'<row r="7"')


def test_rows_out_of_order_lose_nothing(tmp_path: Path, asked: list[pl.DataFrame | None]) -> None:
    """The Rust reader takes the last row for the lowest; the count of cells shows it."""
    path = book(tmp_path, *(row(Bedrag=n) for n in range(1, 5)))
    with zipfile.ZipFile(path) as archive:
        text = archive.read(SHEET)
    third, fifth = text[text.index(b'<row r="3"') : text.index(b'<row r="4"')], text[text.index(b'<row r="5"') :]
    fifth = fifth[: fifth.index(b"</sheetData>")]
    rewrite(path, {SHEET: (third + text[text.index(b'<row r="4"') : text.index(fifth)] + fifth, fifth + third)})
    read, _ = read_book(path)
    assert sorted(read.postings.select("row", "cents").rows()) == [(2, 100), (3, 200), (5, 400)]


DOUBLED = {
    "a row within a row": (b'</row><row r="3"', b'<row r="3"'),
    "a row that stands there twice": (b'<row r="3"', b'<row r="2"/><row r="3"'),
    "a second header": (b'<row r="3"', b'<row r="1"/><row r="3"'),
    "a cell that stands there twice": (b'<c r="E2">', b'<c r="D2"><v>1</v></c><c r="E2">'),
    "a cell within a cell": (b'<c r="E2"><v>', b'<c r="E2"><c r="E2"/><v>'),
    "two values in a cell": (b"<v>7110</v>", b"<v>71</v><v>10</v>"),
}


@pytest.mark.parametrize("change", DOUBLED.values(), ids=DOUBLED.keys())
def test_a_cell_is_in_one_place(tmp_path: Path, change: tuple[bytes, bytes]) -> None:
    """What stands there twice, or within another, would overwrite or go to another row: L161, found by fuzzing."""
    path = rewrite(book(tmp_path, ROW, ROW), {SHEET: change})
    assert brief(read_book(path)[1]) == [("L161", None, None, None)]


@pytest.mark.parametrize("small", [2**30, -1])
def test_a_blank_row_where_the_header_should_be(tmp_path: Path, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The header stands one row lower than the profile says: no column is found, said once; found by fuzzing."""
    monkeypatch.setattr(importer, "SMALL", small)
    path = write_book(tmp_path / "b.xlsx", [(), HEADERS, ROW])
    assert brief(read_book(path)[1]) == [("L104", 1, None, ", ".join(HEADERS))]


@pytest.mark.parametrize("small", [2**30, -1])
def test_an_endless_number_is_a_text(tmp_path: Path, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """`inf` in a column of numbers is a code like another, in a large sheet too; found by fuzzing."""
    monkeypatch.setattr(importer, "SMALL", small)
    path = rewrite(book(tmp_path, ROW, row(Kostenplaats=7120)), {SHEET: (b"<v>7110</v>", b"<v>inf</v>")})
    read, faults = read_book(path)
    assert (read.postings["cost_centre"].to_list(), faults) == (["inf", "7120"], ())


# --- damage --------------------------------------------------------------------------------------------------------


def small_book(folder: Path) -> bytes:
    rows = [HEADERS, ROW, row(Kostenplaats="0710", Datum=None), row(Bedrag="1,50")]
    return write_book(folder / "s.xlsx", rows).read_bytes()


def plain_zip(data: bytes) -> bytes:
    """The same workbook without packing, so that a changed byte reaches the parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info.filename))
    return buffer.getvalue()


def mended(data: bytes) -> bytes:
    """A changed zip with its checksums made right again, where it can still be read at all."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            info.CRC = 0
            with old.open(info) as file:
                file._expected_crc = None  # type: ignore[attr-defined]
                new.writestr(info.filename, file.read())
    return buffer.getvalue()


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damaged_bytes_never_crash(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Bytes changed, cut or doubled, in the zip or within its parts: postings or faults, in both ways of reading."""
    folder = tmp_path_factory.mktemp("fuzz")
    bytes_ = bytearray(small_book(folder))
    inside = data.draw(st.booleans())
    if inside:
        bytes_ = bytearray(plain_zip(bytes(bytes_)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(bytes_) - 1))
        match data.draw(st.sampled_from(["set", "cut", "double"])):
            case "set":
                bytes_[at] = data.draw(st.integers(0, 255))
            case "cut":
                del bytes_[at : at + data.draw(st.integers(1, 40))]
            case _:
                bytes_[at:at] = bytes_[at : at + data.draw(st.integers(1, 40))]
    changed = bytes(bytes_)
    if inside:
        with contextlib.suppress(*parts.BROKEN):
            changed = mended(changed)
    path = folder / "f.xlsx"
    path.write_bytes(changed)
    started = time.process_time()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importer, "SMALL", data.draw(st.sampled_from([0, 10**9])))
        read, faults = read_book(path)
    assert time.process_time() - started < 20
    assert read.lines == read.postings.height
    assert read.lines or errors(faults)


def test_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several pieces of a large sheet, with tags cut between them: the same in one go, and the right sum."""
    monkeypatch.setattr(parts, "PIECE", 1000)
    chance = random.Random(7)
    rows = [row(Bedrag=chance.randrange(-(10**7), 10**7) / 100, Omschrijving=f"nr {n}") for n in range(3000)]
    path = book(tmp_path, *rows)
    slow = read_book(path)
    monkeypatch.setattr(importer, "SMALL", 0)
    fast = read_book(path)
    assert fast[0].postings.equals(slow[0].postings)
    assert slow[0].postings["cents"].sum() == sum(round(float(str(r[-1])) * 100) for r in rows)
    assert delivered(path).settings.kind is DeliveryKind.REALISED


@pytest.mark.parametrize("size", [0, 10**9])
def test_a_taakveld_that_became_a_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """0.10 as a number is 0.1, in a large sheet and a small one; as text it is what it says; other numbers stay."""
    monkeypatch.setattr(importer, "SMALL", size)
    profile = replace(PROFILE, columns={**PROFILE.columns, "taakveld": "Taakveld"})
    headers = (*HEADERS, "Taakveld")
    path = book(tmp_path, (*ROW, 5.7), (*ROW, 0.1), (*ROW, 0.10), headers=headers)
    _, faults = read_book(path, profile)
    assert brief(faults) == [("L167", 3, "Taakveld", "0.1")]
    assert dict(faults[0].facts)["count"] == 2
    path = book(tmp_path, (*ROW, "5.7"), (*ROW, "0.1"), (*ROW, "0.10"), headers=headers)
    read, faults = read_book(path, profile)
    assert not faults
    assert read.postings["taakveld"].to_list() == ["5.7", "0.1", "0.10"]


def test_hidden_rows_are_counted_and_said(tmp_path: Path) -> None:
    """A filter hides rows and throws none away: they count, in a small sheet and in a large one, and are named."""
    for rows in (3, 60_000):
        path = tmp_path / f"hidden-{rows}.xlsx"
        with xlsxwriter.Workbook(path) as opened:
            page = opened.add_worksheet("Blad1")
            page.write_row(0, 0, HEADERS)
            for at in range(1, rows + 1):
                page.write_row(at, 0, [2019, 3, "01-03-2019", "4300", "7110", f"post {at}", 1.5])
            page.set_row(2, None, None, {"hidden": True})
        read, faults = read_book(path)
        assert (read.lines, read.debit_cents) == (rows, rows * 150)
        assert [(one.code, one.row, one.value) for one in faults] == [("L182", 3, "3")]


ODD_TEXTS = [
    "",
    "x",
    " x ",
    "_x000D_",
    "a_x000D_b",
    "_x005F_x000D_",
    "1",
    "007",
    "7,1",
    "\u00a0y",
    "y\u200b",
    "true",
    "é",
]
ODD_CELLS = st.one_of(
    st.sampled_from(ODD_TEXTS), st.integers(0, 9999), st.floats(0, 9999).map(lambda one: round(one, 3))
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(st.tuples(ODD_CELLS, ODD_CELLS, st.integers(0, 10**6)), min_size=1, max_size=8),
    at=st.integers(250, 900),
    order=st.randoms(use_true_random=False),
)
def test_a_large_sheet_is_read_as_a_small_one(
    tmp_path: Path, cells: list[tuple[object, object, int]], at: int, order: random.Random
) -> None:
    """What stands far below the rows that both readers look at is read the same by both: the quick one, which may
    leave a sheet to the careful one, and the careful one alone.
    """
    plain: list[tuple[object, ...]] = [
        (2019, 3, "01-03-2019", "4300", "7110", f"post {row}", row / 100) for row in range(1000)
    ]
    for centre, words, cents in cells:
        plain.insert(at + order.randrange(20), (2019, 3, "01-03-2019", "4300", centre, words, cents / 100))
    path = write_book(tmp_path / "large.xlsx", [HEADERS, *plain])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importer, "SMALL", 0)
        quick = read_book(path)
        patch.setattr(importer, "SMALL", 2**40)
        careful = read_book(path)
    assert quick[1] == careful[1]
    assert quick[0].postings.equals(careful[0].postings)
