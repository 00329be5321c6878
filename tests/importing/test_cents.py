"""Exports whose amounts are not where or what they seem: in cents, in two columns, with a sign that nobody named."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from gebiedswerk.app.import_file import import_file
from gebiedswerk.importing import Wanted
from gebiedswerk.language.messages import Messages
from tests.importing.ordinary import HEAD, NAMES, TRUE, Row, book, cells, codes, landed, nl, text


def euros_and_cents(row: Row) -> str:
    """An amount in two cells."""
    cents = row[-1]
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100};{abs(cents) % 100:02d}"


# -- cents


@pytest.mark.parametrize(
    "head", ["Bedrag in centen", "Bedrag (ct)", "Bedrag eurocent", "BedragCenten", "Bedrag (in centen)"]
)
def test_a_header_says_cents(tmp_path: Path, head: str) -> None:
    """They were read as euros, a hundred times too large."""
    data = text(f"{HEAD};{head}", *(f"{codes(row)};{row[-1]}" for row in TRUE))
    answers = {"columns.amount": head, "in_cents": "true"}
    told = landed(tmp_path, data, "csv", answers)
    assert (told.rows, told.asked[-1]) == (TRUE, "in_cents")


@pytest.mark.parametrize("line", ["Bedragen in centen", "Alle bedragen in eurocenten", "Bedragen x 1 cent"])
@pytest.mark.parametrize("above", [True, False])
def test_a_line_says_cents(tmp_path: Path, line: str, *, above: bool) -> None:
    """Above the rows, or below them."""
    rows = [f"{HEAD};Bedrag", *(f"{codes(row)};{row[-1]}" for row in TRUE)]
    data = text(*([line, *rows] if above else [*rows, line]))
    told = landed(tmp_path, data, "csv", {"leave_out": f"Boekjaar={line}", "in_cents": "true"})
    assert (told.rows, told.asked[-1]) == (TRUE, "in_cents")


def test_cents_in_a_sheet_of_two_columns(tmp_path: Path) -> None:
    """Also as numbers, in debit and credit."""
    names = [*NAMES[:-1], "Debet (ct)", "Credit (ct)"]
    rows = [[*cells(row)[:-1], max(row[-1], 0), max(-row[-1], 0)] for row in TRUE]
    answers = {"columns.debit": "Debet (ct)", "columns.credit": "Credit (ct)", "columns.amount": "", "in_cents": "true"}
    told = landed(tmp_path, book(tmp_path, {"Mutaties": [names, *rows]}), "xlsx", answers)
    assert (told.rows, told.asked[-1]) == (TRUE, "in_cents")


def test_a_large_file_is_looked_at_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a text beyond some size nothing was asked; its first rows say it as well."""
    monkeypatch.setattr("gebiedswerk.importing.unread.MOST_BYTES", 0)
    monkeypatch.setattr("gebiedswerk.formats.sample.LOOK", 200)
    data = text(f"{HEAD};Bedrag (ct)", *(f"{codes(row)};{row[-1]}" for row in TRUE))
    told = landed(tmp_path, data, "csv", {"in_cents": "true"})
    assert (told.rows, told.asked) == (TRUE, ["in_cents"])


def test_cents_in_debit_beside_an_empty_credit(tmp_path: Path) -> None:
    """A column in which nothing stands says nothing of the other."""
    true = [(*row[:-1], abs(row[-1])) for row in TRUE]
    data = text(f"{HEAD};Debet (ct);Credit (ct)", *(f"{codes(row)};{row[-1]};" for row in true))
    told = landed(tmp_path, data, "csv", {"in_cents": "true"})
    assert (told.rows, told.asked) == (true, ["in_cents"])


def test_amounts_in_cents_may_be_euros_all_the_same(tmp_path: Path) -> None:
    """Whoever says so is not asked again; and of amounts with cents, or of none, nothing is asked."""
    whole = [(*row[:-1], row[-1] // 100 * 100) for row in TRUE]
    rows = [f"{codes(row)};{row[-1] // 100}" for row in whole]
    told = landed(tmp_path / "told", text("Bedragen in centen", f"{HEAD};Bedrag", *rows), "csv", {"in_cents": "false"})
    assert (told.rows, told.asked) == (whole, ["in_cents"])
    for name, line in (("with", "Bedragen in euro's en centen"), ("none", "Bedragen in euro's zonder centen")):
        shown = rows if name == "none" else [f"{codes(row)};{nl(row[-1])}" for row in TRUE]
        told = landed(tmp_path / name, text(line, f"{HEAD};Bedrag", *shown), "csv", {})
        assert (told.rows, told.asked) == (whole if name == "none" else TRUE, [])


def test_a_part_of_a_cent_is_no_amount(tmp_path: Path) -> None:
    """What is in cents has no decimals but nil."""
    rows = [f"{codes(row)};{row[-1]},00" for row in TRUE]
    answers = {"in_cents": "true"}
    told = landed(tmp_path / "nil", text("Bedragen in centen", f"{HEAD};Bedrag", *rows), "csv", answers)
    assert told.rows == TRUE
    profile = tmp_path / "nil" / "dossier" / "profiles" / "p.toml"
    assert "in_cents = true" in profile.read_text("utf-8")
    file = tmp_path / "nil" / "export.csv"
    rows[2] = rows[2].replace(",00", ",50")
    file.write_bytes(text("Bedragen in centen", f"{HEAD};Bedrag", *rows))
    found = import_file(tmp_path / "nil" / "dossier", Wanted(file, "p", administration="WD"), Messages("nl"))
    assert "L106" in {one.code for one in found.faults}


# -- euros and cents apart


@pytest.mark.parametrize("heads", ["Bedrag;ct", "Bedrag;Centen", "Bedrag;", "Euro;Cent"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_euros_and_cents_stand_in_two_columns(tmp_path: Path, heads: str, form: str) -> None:
    """The cents of every posting were missing."""
    amount, cent = heads.split(";")
    lines = [f"{codes(row)};{euros_and_cents(row)};x" for row in TRUE]
    data = text(f"{HEAD};{heads};Bron", *lines)
    if form == "xlsx":
        apart = [euros_and_cents(row).split(";") for row in TRUE]
        rows = [[*cells(row)[:-1], *map(int, pair), "x"] for row, pair in zip(TRUE, apart, strict=True)]
        data = book(tmp_path, {"Mutaties": [[*NAMES[:-1], amount, cent, "Bron"], *rows]})
    name = cent or "#7"
    told = landed(tmp_path / "told", data, form, {"columns.amount": amount, "cents_columns.amount": name})
    assert (told.rows, told.asked[-1]) == (TRUE, "cents_columns.amount")
    told = landed(tmp_path / "none", data, form, {"columns.amount": amount, "cents_columns.amount": ""})
    assert [row[-1] for row in told.rows] == [int(row[-1] / 100) * 100 for row in TRUE]


def test_debit_and_credit_each_have_their_cents(tmp_path: Path) -> None:
    """Under one name twice; an amount of nil euros has its cents too."""
    true = [(*row[:-1], row[-1] if at != 3 else -50) for at, row in enumerate(TRUE)]
    sides = [(euros_and_cents((*row[:-1], abs(row[-1]))), row[-1] > 0) for row in true]
    rows = [
        f"{codes(row)};{f'{cell};;' if debit else f';;{cell}'}" for row, (cell, debit) in zip(true, sides, strict=True)
    ]
    answers = {"cents_columns.debit": "ct (1)", "cents_columns.credit": "ct (2)"}
    told = landed(tmp_path, text(f"{HEAD};Debet;ct;Credit;ct", *rows), "csv", answers)
    assert (told.rows, told.asked) == (true, ["cents_columns.debit", "cents_columns.credit"])


def test_less_than_a_euro_back_keeps_its_minus(tmp_path: Path) -> None:
    """`-0` with 50 beside it."""
    true = [(*row[:-1], row[-1] if at != 2 else -50) for at, row in enumerate(TRUE)]
    rows = [f"{codes(row)};{euros_and_cents(row)}" for row in true]
    told = landed(tmp_path, text(f"{HEAD};Bedrag;ct", *rows), "csv", {"cents_columns.amount": "ct"})
    assert told.rows == true


def test_whole_amounts_beside_small_numbers_are_not_asked_about(tmp_path: Path) -> None:
    """A column of days of the month, or of an amount with cents, holds no cents."""
    whole = [(*row[:-1], row[-1] // 100 * 100) for row in TRUE]
    rows = [f"{codes(row)};{row[-1] // 100};{at + 10}" for at, row in enumerate(whole)]
    told = landed(tmp_path / "days", text(f"{HEAD};Bedrag;", *rows), "csv", {})
    assert (told.rows, told.asked) == (whole, [])
    rows = [f"{codes(row)};{nl(row[-1])};{at * 12 + 10}" for at, row in enumerate(TRUE)]
    told = landed(tmp_path / "cents", text(f"{HEAD};Bedrag;ct", *rows), "csv", {})
    assert (told.rows, told.asked) == (TRUE, [])


# -- a column of signs without a name


@pytest.mark.parametrize("form", ["csv", "xlsx", "html"])
@pytest.mark.parametrize("marks", [("D", "C"), ("d", "C"), ("", "C")])
@pytest.mark.parametrize("last", [True, False])
def test_the_column_of_signs_has_no_name(tmp_path: Path, form: str, marks: tuple[str, str], *, last: bool) -> None:
    """All income was read as costs."""
    signs = [marks[row[-1] < 0] for row in TRUE]
    both = [(sign, nl(abs(row[-1]))) for row, sign in zip(TRUE, signs, strict=True)]
    pairs = [pair[::-1] for pair in both] if last else both
    heads, name = (["Bedrag", ""], "#7") if last else (["", "Bedrag"], "#6")
    lines = [[*codes(row).split(";"), *pair] for row, pair in zip(TRUE, pairs, strict=True)]
    table = [[*HEAD.split(";"), *heads], *lines]
    if form == "csv":
        data = text(*(";".join(line) for line in table))
    elif form == "xlsx":
        wide = [line if line[-1] else line[:-1] for line in table]
        data = book(tmp_path, {"Mutaties": wide})
    else:
        inside = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in table)
        data = f"<html><table>{inside}</table></html>".encode()
    told = landed(tmp_path / "told", data, "xls" if form == "html" else form, {"sign.column": name})
    assert (told.rows, told.asked) == (TRUE, ["sign.column"])


# -- a sign that only the format of a cell shows


def formatted(folder: Path, form: str, sign: int) -> bytes:
    """A workbook whose amounts of credit have a format of their own, and this sign."""
    folder.mkdir(exist_ok=True)
    with xlsxwriter.Workbook(folder / "formatted.xlsx") as made:
        page, style = made.add_worksheet("Mutaties"), made.add_format({"num_format": form})
        page.write_row(0, 0, NAMES)
        for at, row in enumerate(TRUE, 1):
            page.write_row(at, 0, cells(row)[:-1])
            amount, back = abs(row[-1]) / 100, row[-1] < 0
            page.write_number(at, len(NAMES) - 1, amount * sign if back else amount, style if back else None)
    return (folder / "formatted.xlsx").read_bytes()


OWN_SIGN = ["0;[Red]0", "0.00_-;0.00-", "[Red]0.00", "#,##0.00 ;(#,##0.00)", "0.00;0.00", "_-* 0_-;-* 0"]
SHOWN_SIGN = ['"-"0.00', "-#,##0.00", "\\-0", "(0.00)", '0.00" CR"', '[Red]"-"0.00;0', "[<0]0;-0", "-€ 0.00"]


@pytest.mark.parametrize("form", OWN_SIGN)
def test_an_amount_has_the_sign_of_its_value(tmp_path: Path, form: str) -> None:
    """Whatever its format makes of it."""
    told = landed(tmp_path, formatted(tmp_path, form, -1), "xlsx", {})
    assert (told.rows, told.asked) == (TRUE, [])


@pytest.mark.parametrize("form", SHOWN_SIGN)
def test_a_format_shows_a_minus_that_the_value_does_not_have(tmp_path: Path, form: str) -> None:
    """A credit was read as costs."""
    data = formatted(tmp_path, form, 1)
    told = landed(tmp_path / "shown", data, "xlsx", {"shown_minus": "true"})
    assert (told.rows, told.asked) == (TRUE, ["shown_minus"])
    answers = {"shown_minus": "false", "unsigned_income": "false"}
    told = landed(tmp_path / "value", data, "xlsx", answers)
    assert ([row[-1] for row in told.rows], told.asked[0]) == ([abs(row[-1]) for row in TRUE], "shown_minus")


def test_a_large_sheet_shows_a_minus_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in one go no style is seen."""
    monkeypatch.setattr("gebiedswerk.formats.xlsx.importer.SMALL", 0)
    told = landed(tmp_path, formatted(tmp_path, '"-"0.00', 1), "xlsx", {"shown_minus": "true"})
    assert (told.rows, told.asked) == (TRUE, ["shown_minus"])


# -- a cost centre in the first row of its group, where few rows lack it


LACKING: dict[str, list[str]] = {
    "two of eight": ["7110", "7120", "7130", "", "7110", "", "7120", "7130"],
    "two of eight in turn": ["7110", "", "", "7120", "7130", "7110", "7120", "7130"],
}


@pytest.mark.parametrize("case", LACKING)
def test_a_few_cells_repeat_what_stands_above(tmp_path: Path, case: str) -> None:
    """Fewer than a third of the rows, and more than by chance: they belonged to nothing, without a word."""
    centres = LACKING[case]
    filled = list[str]()
    for one in centres:
        filled.append(one or filled[-1])
    true = [(*row[:3], centre, row[-1]) for row, centre in zip(TRUE, filled, strict=True)]
    rows = [f"{codes((*row[:3], centre, 0))};{nl(row[-1])}" for row, centre in zip(TRUE, centres, strict=True)]
    data = text(f"{HEAD};Bedrag", *rows)
    told = landed(tmp_path / "filled", data, "csv", {"fill_down": "cost_centre"})
    assert (told.rows, told.asked) == (true, ["fill_down"])
    told = landed(tmp_path / "empty", data, "csv", {"fill_down": ""})
    assert [row[3] for row in told.rows] == centres


def test_one_cell_may_repeat_what_stands_above(tmp_path: Path) -> None:
    """It was asked only whether the row was cut off."""
    centres = ["7110", "", "7120", "7120", "7130", "7130", "7141", "7141"]
    rows = [f"{codes((*row[:3], centre, 0))};{nl(row[-1])}" for row, centre in zip(TRUE, centres, strict=True)]
    told = landed(tmp_path, text(f"{HEAD};Bedrag", *rows), "csv", {"L249": "fill_down=cost_centre"})
    assert (told.rows, told.asked) == (TRUE, ["empty_codes"])


@pytest.mark.parametrize("small", [600, 20])
def test_a_credit_of_few_cents_is_no_column_of_cents(tmp_path: Path, small: int) -> None:
    """`Baat (ct)` beside `Last (ct)` with small amounts: only the cents beside were asked about, and not the cents."""
    rows = [f"2025;{at};4300;7110;Huur;{at * 12_345};" for at in range(1, 5)] + [f"2025;5;8200;7110;Baat;;{small}"]
    answers = {"in_cents": "true", "columns.debit": "Last (ct)", "columns.credit": "Baat (ct)", "columns.amount": ""}
    told = landed(tmp_path, text(f"{HEAD};Last (ct);Baat (ct)", *rows), "csv", answers)
    assert "in_cents" in told.asked
    assert [row[-1] for row in told.rows] == [*(at * 12_345 for at in range(1, 5)), -small]
