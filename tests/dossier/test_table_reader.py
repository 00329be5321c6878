"""One meaning: a table as we write it, as Dutch Excel saves it, and as a workbook gives the same rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import errors
from gebiedswerk.dossier.cell_types import Column
from gebiedswerk.dossier.table_reader import columns_of, read_table
from gebiedswerk.dossier.tables import TABLES, TableSchema
from tests.dossier.walks import ALL_TABLES, RIGHT

WORDS = st.sampled_from(
    ["Noord", "Café ’t Hoekje", "een; twee", 'de "Brink"', "a,b", "regel\nregel", "€ 5 per stuk", "0012"]
)
CENTS = st.integers(-10_000_000_000, 10_000_000_000)
DAYS = st.integers(0, 40_000).map(lambda days: date(1990, 1, 1) + timedelta(days))


def dutch_amount(cents: int) -> str:
    whole = f"{abs(cents) // 100:,}".replace(",", ".")
    return f"€ {'-' if cents < 0 else ''}{whole},{abs(cents) % 100:02d}"


def cells_of(column: Column) -> st.SearchStrategy[tuple[str, str, Any]]:
    """A cell in three styles: as we write it, as Dutch Excel saves it, and the value that its own cell holds."""
    kind = column.kind.name
    if kind in ("amount", "amount_left"):
        least = 0 if kind == "amount_left" else -10_000_000_000
        return st.integers(least, 10_000_000_000).map(
            lambda cents: (
                f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}",
                dutch_amount(cents),
                cents / 100,
            )
        )
    if kind == "day":
        return DAYS.map(lambda day: (day.isoformat(), f"{day.day}-{day.month}-{day.year}", day))
    if kind == "yes_no":
        return st.booleans().map(lambda yes: ("ja" if yes else "nee", "JA" if yes else "NEE", yes))
    if kind == "choice":
        return st.sampled_from(column.choices).map(lambda text: (text, text.capitalize(), text.upper()))
    if kind == "weight":
        return st.integers(0, 9_999_999).map(lambda number: (str(number), str(number), number))
    if kind == "year":
        return st.integers(1900, 2099).map(lambda year: (str(year), str(year), year))
    if kind == "text":
        return WORDS.map(lambda text: (text, text, text))
    return st.just((RIGHT[kind],) * 3)


@st.composite
def tables(draw: st.DrawFn, name: str | None = None) -> tuple[TableSchema, list[str], list[list[tuple[str, str, Any]]]]:
    """A table with some of its columns that may be absent, in any order, and up to five rows."""
    table = ALL_TABLES[name or draw(st.sampled_from(sorted(ALL_TABLES)))]
    columns = [one for one in columns_of(table.rows) if not one.optional or draw(st.booleans())]
    columns = draw(st.permutations(columns))
    rows = draw(st.lists(st.tuples(*map(cells_of, columns)).map(list), min_size=1, max_size=5))
    return table, [one.name for one in columns], rows


def text(records: Sequence[Sequence[str]], delimiter: str, line_end: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows(records)
    return out.getvalue()


def book(path: Path, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Blad1")
        day = workbook.add_format({"num_format": "d-m-yyyy"})
        euro = workbook.add_format({"num_format": "€ #,##0.00"})
        for at, name in enumerate(names):
            sheet.write_string(0, at, name)
        for number, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                if isinstance(value, bool):
                    sheet.write_boolean(number, at, value)
                elif isinstance(value, date):
                    sheet.write_datetime(number, at, value, day)
                elif isinstance(value, int | float):
                    sheet.write_number(number, at, value, euro if isinstance(value, float) else None)
                else:
                    sheet.write_string(number, at, value)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(tables(), st.sampled_from(["utf-8-sig", "windows-1252", "utf-16"]), st.booleans())
def test_the_same_rows_in_every_style(
    tmp_path: Path, made: tuple[TableSchema, list[str], list[list[tuple[str, str, Any]]]], encoding: str, extra: bool
) -> None:
    """Our style; `;`, d-m-jjjj, euros, capitals, an encoding of Windows and empty columns at the end; a workbook."""
    table, names, rows = made
    plain, dutch, sheet = tmp_path / "plain", tmp_path / "dutch", tmp_path / "sheet"
    places = [folder / Path(table.file).name for folder in (plain, dutch, sheet)]
    for place in places:
        place.parent.mkdir(exist_ok=True)
    more = ["", ""] if extra else []
    ours = text([names, *([cell[0] for cell in row] for row in rows)], ",", "\n")
    theirs = text(
        [[*map(str.upper, names), *more], *([*(cell[1] for cell in row), *more] for row in rows)], ";", "\r\n"
    )
    places[0].write_text(ours, "utf-8")
    places[1].write_bytes(theirs.encode(encoding))
    book(places[2].with_suffix(".xlsx"), names, [[cell[2] for cell in row] for row in rows])
    found = [read_table(place, table) for place in places]
    for place in places:
        place.unlink(missing_ok=True)
    places[2].with_suffix(".xlsx").unlink()
    assert found[0] == found[1]
    assert found[0] == found[2]
    assert len(found[0][0]) == len(rows) or errors(found[0][1])


AMOUNTS = "id;line;year;kind;amount;number;authority;decided_on\r\n"
ONE = "P1;NOORD;2025;Adopted;€ 10.000,00;R1;Raad;7-11-2024\r\n"
TWO = "P2;ZUID;2025;adopted; € -8.000,50 ;R1;RAAD;07-11-2024\r\n"


def read(
    tmp_path: Path, data: str | bytes, name: str = "budgets"
) -> tuple[list[Any], list[tuple[str, int | None, str | None]]]:
    place = tmp_path / f"{name}.csv"
    place.write_bytes(data if isinstance(data, bytes) else data.encode())
    rows, faults = read_table(place, TABLES[name])
    return list(rows), [(one.code, one.row, one.column) for one in faults]


def test_a_row_of_totals_is_left_out_and_holds_the_table(tmp_path: Path) -> None:
    """10.000,00 and −8.000,50 are 1.999,50: called a total, or nothing but the sum; any other sum is an error."""
    rows, faults = read(tmp_path, f"{AMOUNTS}{ONE}{TWO}Totaal;;;;€ 1.999,50;;;\r\n;;;;;;;\r\n")
    assert [row.amount for row in rows] == [1_000_000, -800_050]
    assert faults == [("D181", 4, None)]
    assert read(tmp_path, f"{AMOUNTS}{ONE}{TWO};;;;1.999,50;;;\r\n")[1] == [("D181", 4, None)]
    assert read(tmp_path, f"{AMOUNTS}{ONE}{TWO}Totaal;;;;€ 1.999,51;;;\r\n")[1] == [
        ("D181", 4, None),
        ("D182", 4, "amount"),
    ]
    assert {code for code, *_ in read(tmp_path, f"{AMOUNTS}{ONE}Totaal;;;;€ 1.999,50;;;\r\n{TWO}")[1]} == {"D106"}


def test_a_row_that_is_whole_is_no_total_whatever_it_is_called(tmp_path: Path) -> None:
    """An area may be called Totaal."""
    rows, faults = read(tmp_path, "code;slug;name;kind\nT;totaal;Totaal Noord;wijk\n", "areas")
    assert [row.name for row in rows] == ["Totaal Noord"]
    assert faults == []


@pytest.mark.parametrize(
    "cell", ["€ 1.250,00", "1250", "1.250,00", "1250.00", "EUR 1.250,00", "€\u00a01.250,00", "1250,0"]
)
def test_amounts(tmp_path: Path, cell: str) -> None:
    rows, _ = read(tmp_path, f"{AMOUNTS}{ONE.replace('€ 10.000,00', cell)}")
    assert [row.amount for row in rows] == [125_000]


@pytest.mark.parametrize("cell", ["-€ 1.250,00", "€ -1.250,00", "€ 1.250,00-", "−1250"])
def test_amounts_below_zero(tmp_path: Path, cell: str) -> None:
    rows, _ = read(tmp_path, f"{AMOUNTS}{ONE.replace('€ 10.000,00', cell)}")
    assert [row.amount for row in rows] == [-125_000]


@pytest.mark.parametrize("cell", ["1.250", "€ 1.250", "-1250-", "--1", "€", "-", "$ 5", "1 250", "5 €"])
def test_what_is_no_amount(tmp_path: Path, cell: str) -> None:
    """What can be read in two ways, or not at all."""
    rows, faults = read(tmp_path, f"{AMOUNTS}{ONE.replace('€ 10.000,00', cell)}")
    assert rows == []
    assert faults == [("D105", 2, "amount")]


@pytest.mark.parametrize("cell", ["31-11-2025", "11/7/2025", "7-11-25", "2025-7-11", "7-2025", "1-13-2025"])
def test_what_is_no_day(tmp_path: Path, cell: str) -> None:
    assert read(tmp_path, f"{AMOUNTS}{ONE.replace('7-11-2024', cell)}")[1] == [("D105", 2, "decided_on")]


def test_bytes_of_another_encoding_are_not_taken_for_windows(tmp_path: Path) -> None:
    """é of DOS (cp850) is ‚ in windows-1252: refused, where é of Windows is read."""
    table = "code;slug;name;kind\nA;a;Café;wijk\n"
    assert read(tmp_path, table.encode("windows-1252"), "areas")[0][0].name == "Café"
    assert read(tmp_path, table.encode("cp850"), "areas")[1] == [("D114", 2, None)]
    assert read(tmp_path, table.encode("mac-roman"), "areas")[1] == [("D114", 2, None)]


def in_klein(klein: Path, name: str) -> tuple[Path, list[list[str]]]:
    place = klein / f"{name}.csv"
    return place, list(csv.reader(io.StringIO(place.read_text("utf-8"))))


def test_a_dossier_with_a_workbook_gives_the_same_account(klein: Path) -> None:
    """areas.xlsx instead of areas.csv; both is an error; a fault in it names the workbook."""
    before = open_dossier(klein)
    place, records = in_klein(klein, "areas")
    book(place.with_suffix(".xlsx"), records[0], records[1:])
    assert {one.code for one in open_dossier(klein).faults} >= {"D180"}
    place.unlink()
    after = open_dossier(klein)
    assert after.faults == ()
    assert after.newest is not None
    assert before.newest is not None
    assert after.newest.account == before.newest.account
    book(place.with_suffix(".xlsx"), records[0], [*records[1:], ["x", "niet goed!", "X", "wijk", "", "", ""]])
    assert ("D105", "areas.xlsx") in [(one.code, one.file) for one in open_dossier(klein).faults]


def test_cells_without_a_value_are_named(tmp_path: Path) -> None:
    """A formula that was not computed and an error are no names."""
    with xlsxwriter.Workbook(tmp_path / "areas.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["code", "slug", "name", "kind"])
        sheet.write_row(1, 0, ["A", "a"])
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.write(1, 3, "wijk")
    rows, faults = read_table(tmp_path / "areas.csv", TABLES["areas"])
    assert rows == ()
    assert [(one.code, one.row, one.column, one.value) for one in faults] == [("D184", 2, "name", "#DIV/0!")]
