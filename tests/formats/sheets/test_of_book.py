"""Rows of one export on more sheets: asked about, and read one below the other as if they stood on one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from gebiedswerk.core.faults import errors
from gebiedswerk.formats.grid import Grid
from gebiedswerk.formats.sample import of_workbook
from gebiedswerk.formats.sheets.table_events import TableBook
from gebiedswerk.formats.xlsx.importer import XlsxImporter
from tests.formats.books import HEADERS, PROFILE, brief, read_book, write_sheets
from tests.formats.xlsx.test_importer import row


def rows(count: int, seed: int) -> list[tuple[object, ...]]:
    random = Random(seed)
    return [row(Bedrag=random.randrange(1, 9_999) / 100) for _ in range(count)]


def test_sheets_with_the_same_columns_are_asked_about(tmp_path: Path) -> None:
    """Not those without rows, with other columns or that nobody sees; `other_sheets` says that it is so."""
    found: dict[str, list[tuple[object, ...]]] = {
        "Jan": [tuple(HEADERS), *rows(3, 1)],
        "Feb": [tuple(HEADERS), *rows(2, 2)],
        "Leeg": [tuple(HEADERS)],
        "Toelichting": [("Let op",), ("x",)],
    }
    path = write_sheets(tmp_path / "b.xlsx", found)
    one = replace(PROFILE, sheet="Jan")
    (asked,) = errors(read_book(path, one)[1])
    assert (asked.code, asked.value, dict(asked.facts)["read"]) == ("L250", "Feb", "Jan")
    read, faults = read_book(path, replace(one, other_sheets=False))
    assert (read.lines, faults) == (3, ())
    read, faults = read_book(path, replace(PROFILE, sheet="*"))
    assert (read.lines, brief(faults)) == (5, [("L251", None, None, "Jan (1), Feb (5)")])


@pytest.mark.parametrize("seed", range(6))
def test_together_they_are_what_one_sheet_would_be(tmp_path: Path, seed: int) -> None:
    """The same postings to the cent, their numbers going on; numbers on one sheet and text on another too."""
    random = Random(seed)
    all_rows = rows(9, seed)
    if random.random() < 0.5:
        all_rows[8] = row(Bedrag="1.234,50")
    at = sorted(random.sample(range(1, 9), 2))
    parts = [all_rows[: at[0]], all_rows[at[0] : at[1]], all_rows[at[1] :]]
    sheets = {f"Blad{number}": [HEADERS, *part] for number, part in enumerate(parts)}
    read, faults = read_book(write_sheets(tmp_path / "b.xlsx", sheets), replace(PROFILE, sheet="Blad*"))
    whole, _ = read_book(write_sheets(tmp_path / "c.xlsx", {"Blad1": [HEADERS, *all_rows]}))
    assert not errors(faults)
    assert read.postings.drop("row").equals(whole.postings.drop("row"))
    assert read.postings["row"].to_list() == [
        2 + number + sum(number >= one for one in at) for number in range(len(all_rows))
    ]


def test_a_fault_on_a_later_sheet_has_the_number_that_goes_on(tmp_path: Path) -> None:
    """What the warning about the sheets explains."""
    sheets = {"Jan": [HEADERS, row(), row()], "Feb": [HEADERS, row(), row(Bedrag="x")]}
    path = write_sheets(tmp_path / "b.xlsx", sheets)
    faults = read_book(path, replace(PROFILE, sheet="*"))[1]
    assert brief(errors(faults)) == [("L106", 6, "Bedrag", "x")]
    assert [one.value for one in faults if one.code == "L251"] == ["Jan (1), Feb (4)"]


def test_a_name_that_no_sheet_fits(tmp_path: Path) -> None:
    """Named, as one that is not there; and one that fits but lacks a column says which."""
    path = write_sheets(tmp_path / "b.xlsx", {"Jan": [HEADERS[:-1], row()], "Feb": [HEADERS[:-1], row()]})
    assert brief(read_book(path, replace(PROFILE, sheet="M*"))[1]) == [("L164", None, "sheet", "M*")]
    assert [one.code for one in read_book(path, replace(PROFILE, sheet="*"))[1]] == ["L104"]


@pytest.mark.parametrize("sheet", ["1", "*", "", "99"])
def test_a_page_of_many_tables_is_passed_through_as_often_as_one_of_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sheet: str
) -> None:
    """Whoever reads, recognises or proposes: a pass for each table would take a page of hundreds for minutes."""
    passes, plain = list[Path](), TableBook.grids

    def counting(book: TableBook, *asked: Any) -> list[Grid]:
        passes.append(book.path)
        return plain(book, *asked)

    monkeypatch.setattr(TableBook, "grids", counting)
    row_of = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in (HEADERS, row()))
    counted = []
    for tables in (3, 60):
        path = tmp_path / f"{tables}.xls"
        path.write_text(f"<html><body>{f'<table>{row_of}</table>' * tables}</body></html>", "utf-8")
        profile = replace(PROFILE, sheet=sheet)
        passes.clear()
        read_book(path, profile)
        assert list(XlsxImporter().headers(path, profile)) or sheet == "99"
        assert of_workbook(path) is not None
        counted.append(len(passes))
    assert counted[0] == counted[1] <= 9
