"""Rows below what stands in a table, in the style of its owner."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier.table_reader import read_table
from gebiedswerk.dossier.writing.carry_out import carry_out
from gebiedswerk.dossier.writing.change import (
    ABSENT,
    CHANGEABLE,
    RowAdded,
    RowCorrected,
    RowRemoved,
    RowSeen,
    cells_of,
    key_of_cells,
)
from gebiedswerk.dossier.writing.overlay import Told
from tests.dossier.test_table_reader import book, tables, text
from tests.dossier.walks import ALL_TABLES

PAIRS = st.sampled_from(sorted(ALL_TABLES)).flatmap(lambda name: st.tuples(tables(name), tables(name)))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(PAIRS, st.sampled_from(["plain", "dutch", "sheet", "none"]))
def test_what_is_added_is_read_back_below_what_was_there(tmp_path: Path, pair: tuple[Any, Any], style: str) -> None:
    """In any style: the old rows are the same, the new ones have the values that they were given."""
    (table, names, rows), other = pair
    folder = tmp_path / "d"
    place = folder / table.file
    place.parent.mkdir(parents=True, exist_ok=True)
    if style == "sheet":
        book(place.with_suffix(".xlsx"), names, [[cell[2] for cell in row] for row in rows])
    elif style != "none":
        at, mark, end = (0, ",", "\n") if style == "plain" else (1, ";", "\r\n")
        place.write_text(text([names, *([cell[at] for cell in row] for row in rows)], mark, end), "utf-8", newline="")
    before = list(read_table(place, table)[0]) if style != "none" else []
    new = tmp_path / "new.csv"
    new.write_text(text([other[1], *([cell[0] for cell in row] for row in other[2])], ",", "\n"), "utf-8")
    added = list(read_table(new, other[0])[0])
    name = next(one for one, known in CHANGEABLE.items() if known.file == table.file)
    keys = [key_of_cells(cells_of(row), table) for row in (*before, *added)]
    try:
        carried = carry_out(folder, [RowAdded(name, cells_of(row)) for row in added])
        if len(set(keys)) < len(keys):
            assert carried.value is None
            assert {one.code for one in carried.faults} <= {"J105", "J108"}
            return
        assert carried.value is not None, carried.faults
        for place_of, data in carried.value.files.items():
            was = (folder / place_of).read_bytes() if (folder / place_of).exists() else None
            (folder / place_of).parent.mkdir(exist_ok=True)
            (folder / place_of).write_bytes(data or b"")
            more = set(columns_in(other[2], other[1])) - set(names)
            assert was is None or style == "sheet" or more or (data or b"").startswith(was[:20])
        after = list(read_table(place, table)[0])
        assert [bare(row) for row in after] == [bare(row) for row in [*before, *added]]
        assert after[: len(before)] == before
    finally:
        for path in folder.rglob("*.*"):
            path.unlink()


def columns_in(rows: list[list[tuple[str, str, Any]]], names: list[str]) -> list[str]:
    return names if rows else []


def bare(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__ if name != "row"}


BUDGETS = "budgets.csv"
ROW = ("P2024-BIN",)


def one(dossier: Path, item: Any) -> Any:
    """What becomes of one item: the new text of the table, or the codes of the refusal."""
    found = carry_out(dossier, [item])
    if found.value is None:
        return [fault.code for fault in found.faults]
    return {name: (data or b"").decode() for name, data in found.value.files.items()}


ALL_CELLS = {
    "line": "BIN",
    "year": "2024",
    "kind": "adopted",
    "amount": "32000,00",
    "number": "R2023-11",
    "authority": "raad",
    "decided_on": "2023-11-07",
}


def test_one_cell_is_one_line(klein: Path) -> None:
    """In the style of the file: points, where it has points."""
    before = (klein / BUDGETS).read_bytes().decode()
    item = RowCorrected("budgets", ROW, {"amount": "32000,00"}, {"amount": "32500,00"})
    after = one(klein, item)[BUDGETS]
    changed = [(a, b) for a, b in zip(before.split("\n"), after.split("\n"), strict=True) if a != b]
    assert changed == [
        ("P2024-BIN,BIN,2024,adopted,32000.00,R2023-11,raad,2023-11-07,,,,", changed[0][1]),
    ]
    assert changed[0][1] == changed[0][0].replace("32000.00", "32500.00")


def test_a_row_that_goes(klein: Path) -> None:
    before = (klein / BUDGETS).read_bytes().decode()
    after = one(klein, RowRemoved("budgets", ROW, ALL_CELLS))[BUDGETS]
    assert after == "\n".join(line for line in before.split("\n") if not line.startswith("P2024-BIN,"))


def test_what_was_read_as_people_write_it(klein: Path) -> None:
    """The same amount and the same day, however they are spelled; of a column that is not there what is empty."""
    seen = {"amount": "32000,00", "decided_on": "2023-11-07", "note": "", "corrects": "", "complete": ""}
    assert one(klein, RowSeen("budgets", ROW, seen)) == {}
    assert one(klein, RowSeen("budgets", ("nergens",), ABSENT)) == {}


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (RowCorrected("budgets", ROW, {"amount": "1,00"}, {"amount": "2,00"}), "J101"),
        (RowCorrected("budgets", ROW, {"amount": "32000,00", "line": "NRD"}, {"amount": "2,00"}), "J101"),
        (RowCorrected("budgets", ("nergens",), {}, {"amount": "2,00"}), "J107"),
        (RowRemoved("budgets", ROW, {**ALL_CELLS, "amount": "1,00"}), "J101"),
        (RowRemoved("budgets", ROW, {name: cell for name, cell in ALL_CELLS.items() if name != "number"}), "J101"),
        (RowCorrected("budgets", ROW, {}, {"amount": "2,00"}), "J101"),
        (RowSeen("budgets", ROW, {"note": "iets"}), "J101"),
        (RowSeen("budgets", ROW, ABSENT), "J108"),
        (RowSeen("budgets", ("nergens",), {}), "J107"),
        (RowAdded("areas", {"code": "BIN", "slug": "b", "name": "B", "kind": "wijk"}), "J108"),
        (RowCorrected("budgets", ROW, {"nergens": ""}, {"nergens": "x"}), "J105"),
    ],
)
def test_what_differs_is_told_by_row(klein: Path, item: Any, code: str) -> None:
    assert one(klein, item) == [code]


def test_the_fault_says_row_column_and_both_values(klein: Path) -> None:
    item = RowCorrected("budgets", ROW, {"amount": "1,00"}, {"amount": "2,00"})
    (found,) = carry_out(klein, [item]).faults
    assert (found.file, found.column, found.value) == (BUDGETS, "amount", "32000,00")
    assert dict(found.facts) == {"place": "P2024-BIN · amount", "read": "1,00", "now": "32000,00"}


SHARE = ("inwoners", "2024", "BIN")
FULL, OTHER = "inwoners · 2024 · BIN", "inwoners · 2024 · X"
WHOLE = {"key": "inwoners", "year": "2024", "line": "BIN", "weight": "2100", "decision": "Inwoners per 1 januari"}


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (
            RowSeen("keys", SHARE, {"weight": ""}),
            fault("J101", "keys.csv", None, "weight", "2100", place=f"{FULL} · weight", read="–", now="2100"),
        ),
        (
            RowSeen("keys", SHARE, {"whole": "9"}),
            fault("J101", "keys.csv", None, "whole", "", place=f"{FULL} · whole", read="9", now="–"),
        ),
        (RowSeen("keys", SHARE, ABSENT), fault("J108", "keys.csv", value=FULL, place=FULL)),
        (RowRemoved("keys", (*SHARE[:2], "X"), {}), fault("J107", "keys.csv", value=OTHER, place=OTHER)),
        (
            RowCorrected("keys", SHARE, {}, {"nergens": "x"}),
            fault("J105", "keys.csv", kind="edit_unknown_column", choices="", place="nergens"),
        ),
        (
            RowCorrected("keys", SHARE, WHOLE, dict.fromkeys(WHOLE, "")),
            fault("J105", "keys.csv", kind="edit_empty_row", choices="", place=FULL),
        ),
        (RowAdded("keys", {}), fault("J105", "keys.csv", kind="edit_empty_row", choices="", place="–")),
    ],
)
def test_a_fault_says_where_and_what(klein: Path, item: Any, told: Fault) -> None:
    """With all parts of the key, and a dash where nothing stands."""
    assert carry_out(klein, [item]).faults == (told,)


def test_a_table_that_is_not_there_comes_in_the_style_of_the_areas(klein: Path) -> None:
    """Its days too; who only looks at it makes none."""
    added = RowAdded("takedowns", {"posting": "a", "decision": "B1", "decided_on": "2025-02-01", "reason": "Zo"})
    made = one(klein, added)
    assert made == {"takedowns.csv": "posting,decision,decided_on,reason\na,B1,2025-02-01,Zo\n"}
    assert one(klein, RowSeen("takedowns", ("a",), ABSENT)) == {}


def told_of(dossier: Path, *items: Any) -> list[Told]:
    """What is told of a change that can be carried out."""
    found = carry_out(dossier, items)
    assert found.value is not None, found.faults
    return list(found.value.told)


def test_of_two_items_in_one_table_both_are_told(klein: Path) -> None:
    first, second = (RowCorrected("budgets", (key,), {"note": ""}, {"note": "a"}) for key in ("P2024-BIN", "P2024-NRD"))
    assert [one.place.key for one in told_of(klein, first, second)] == [("P2024-BIN",), ("P2024-NRD",)]


@pytest.mark.parametrize(
    ("table", "cells", "about"),
    [
        ("areas", {"code": "X", "slug": "x", "name": "X", "kind": "wijk"}, ("", "X", "")),
        ("area_parts", {"area": "NRD", "code": "WK000101", "division_year": "2025"}, ("", "NRD", "")),
        ("budget_lines", {"code": "X", "slug": "x"}, ("X", "", "")),
        ("budget_line_years", {"line": "BIN", "year": "2027", "name": "X", "area": "NRD"}, ("BIN", "NRD", "2027")),
        ("budgets", {"id": "X", "line": "BIN", "year": "2024"}, ("BIN", "", "2024")),
        ("work/visits", {"code": "X", "area": "NRD"}, ("", "NRD", "")),
    ],
)
def test_a_row_is_about_a_line_an_area_and_a_year(
    klein: Path, table: str, cells: dict[str, str], about: tuple[str, str, str]
) -> None:
    (told,) = told_of(klein, RowAdded(table, cells))
    assert (told.place.line, told.place.area, told.place.year) == about


def test_of_codes_the_key_is_told_in_the_open(klein: Path) -> None:
    """Added, corrected or removed."""
    removed = RowRemoved("keys", SHARE, {"weight": "2100", "decision": "Inwoners per 1 januari"})
    added = RowAdded("areas", {"code": "X", "slug": "x", "name": "X", "kind": "wijk"})
    corrected = RowCorrected("budgets", ROW, {"note": ""}, {"note": "a"})
    told = told_of(klein, removed, added, corrected)
    assert [one.key for one in told] == [None, None, None]
    assert (told[0].old, told[0].new) == (b'weight = "2100"\ndecision = "Inwoners per 1 januari"', None)


def test_what_people_write_is_kept_apart_whatever_becomes_of_the_row(klein: Path) -> None:
    (klein / "redirects.csv").write_text("old,new\noud.html,nieuw.html\nvroeg.html,laat.html\n", "utf-8")
    removed = RowRemoved("redirects", ("oud.html",), {"new": "nieuw.html"})
    corrected = RowCorrected("redirects", ("vroeg.html",), {"new": "laat.html"}, {"new": "x.html", "note": "Zo"})
    told = told_of(klein, removed, corrected)
    assert [(one.place.column, one.key, one.old, one.new) for one in told] == [
        ("", b'["oud.html"]', b'new = "nieuw.html"', None),
        ("new", b'["vroeg.html"]', b"laat.html", b"x.html"),
        ("note", b'["vroeg.html"]', b"", b"Zo"),
    ]


def test_a_cell_that_is_as_it_was_is_not_told(klein: Path) -> None:
    item = RowCorrected("budgets", ROW, {"amount": "32000,00"}, {"amount": "32000,00", "note": ""})
    assert told_of(klein, item) == []


def test_two_that_change_different_cells_of_a_row(klein: Path) -> None:
    """Each read what it touches; the other cell may have changed since."""
    first = RowCorrected("budgets", ROW, {"amount": "32000,00"}, {"amount": "1,00"})
    (klein / BUDGETS).write_bytes(one(klein, first)[BUDGETS].encode())
    second = one(klein, RowCorrected("budgets", ROW, {"note": ""}, {"note": "Later"}))[BUDGETS]
    assert "P2024-BIN,BIN,2024,adopted,1.00," in second and "Later" in second


def test_what_is_told_of_rows(klein: Path) -> None:
    """A cell with what it held and holds, and the line and year that the row is about; of a whole row all of it."""
    corrected = RowCorrected(
        "budgets", ROW, {"amount": "32000,00", "line": "BIN", "year": "2024"}, {"amount": "1,00", "line": "BIN"}
    )
    added = RowAdded("areas", {"code": "OOST", "slug": "oost", "name": "Oost", "kind": "wijk"})
    found = carry_out(klein, [corrected, added]).value
    assert found is not None
    cell, row = sorted(found.told, key=lambda told: told.place.table, reverse=True)
    assert (cell.place.table, cell.place.key, cell.place.column) == ("budgets", ROW, "amount")
    assert (cell.place.line, cell.place.year, cell.old, cell.new) == ("BIN", "2024", b"32000,00", b"1,00")
    assert (row.place.area, row.place.column, row.old) == ("OOST", "", None)
    assert row.new == b'code = "OOST"\nslug = "oost"\nname = "Oost"\nkind = "wijk"'


def test_a_key_that_people_write_is_kept_apart(klein: Path) -> None:
    """What could hold a name is no part of the chain: the key goes where it can be erased."""
    added = RowAdded("redirects", {"old": "oud/adres.html", "new": "nieuw.html"})
    found = carry_out(klein, [added]).value
    assert found is not None
    assert found.told[0].key == b'["oud/adres.html"]'


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("note", "Zo", [("note", "Zo")]),
        ("x_own", "Zo", [("x_own", "Zo")]),
        ("line", "BIN", [("line", "BIN")]),
        ("complete", "ja", [("complete", "ja")]),
        ("complete", "NEE", []),
        ("flow", "costs", []),
        ("soort", "Zo", []),
        ("note", " ", []),
        ("x_own", "", []),
    ],
)
def test_a_row_goes_only_where_all_of_it_was_read(
    tmp_path: Path, column: str, cell: str, told: list[tuple[str, str]]
) -> None:
    """But for its key, what is as without being filled in, and columns that nobody knows."""
    (tmp_path / "budgets.csv").write_text(f'id,amount,{column}\nP1,"1,00",{cell}\n', "utf-8")
    found = carry_out(tmp_path, [RowRemoved("budgets", ("P1",), {"amount": "1,00"})])
    assert [(one.column, one.value) for one in found.faults] == told
    assert (found.value is None) is bool(told)


def test_what_is_no_letter_is_remembered_as_a_question(tmp_path: Path) -> None:
    """A table cannot hold it, and that is what is said."""
    (tmp_path / "budgets.csv").write_text("id,note\nP1,a\n", "utf-8")
    items = RowCorrected("budgets", ("P1",), {"note": "a"}, {"note": "\ud800"}), RowAdded("budgets", {"id": "\ud800"})
    for item in items:
        assert [one.code for one in carry_out(tmp_path, [item]).faults] == ["J105"]
