"""Amounts in thousands or millions, in whichever words a file says so: asked about, and then counted as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.formats.units import unit_of_cell, unit_of_header, unit_said
from tests.importing.ordinary import HEAD, NAMES, TRUE, Row, book, cells, codes, landed, nl, text

THOUSAND, MILLION = 1_000, 1_000_000
HEADS = [
    *("Bedrag (k)", "Bedrag k€", "Bedrag (x1000)", "Bedrag * 1000", "Bedrag (dzd)", "Bedrag dzd.", "Bedrag (duizend)"),
    *("Bedrag T€", "Bedrag TEUR", "Bedrag kEUR", "Bedrag (€ 1.000)", "Bedrag/1000", "Bedrag in K", "Bedrag 1000 EUR"),
    *("Bedrag k", "Bedrag (€ k)", "Bedrag_x_1000", "Bedrag in duizendtallen"),
]
HEADS_OF_MILLIONS = [
    "Bedrag mln",
    "Bedrag (mln)",
    "Bedrag M€",
    "Bedrag in mln. euro",
    "Bedrag x 1.000.000",
    "Bedrag mio",
]
LINES = [
    *("Bedragen in k", "In T€", "Alle bedragen in dzd. euro", "EUR 1.000", "x duizend", "Bedragen /1000", "x1k"),
    *("Eenheid: 1000", "Bedragen afgerond op duizendtallen", "In EUR k", "(in duizenden)", "Realisatie 2025 (k€)"),
    *(
        "Bedragen: duizend euro",
        "Amounts in thousands",
        "(x 1.000 euro)",
        "x € 1000,-",
        "Bedragen in € dzd",
        "(€ 1.000)",
    ),
]
LINES_OF_MILLIONS = ["(mio)", "In mln", "Bedragen x 1 mln", "EUR mln", "Bedragen x € 1.000.000"]
PLAIN = [
    *("Begroting 2025", "Duizend bomen", "Wijkbudget maximaal € 1.000 per buurt", "Kosten per 1.000 inwoners"),
    *("Bedragen in euro's", "Alle bedragen in EUR", "Aantal regels: 1000", "Kredieten groter dan 1 miljoen euro"),
    *("Kostenplaats: 1000", "Selectie: grootboek = 1000", "Filter kostenplaats (1000), jaar 2025", "Bladzijde 1/1000"),
    *("Bedragen in euro t/m maart", "Bedragen x € 1", "Administratie 1000", "Rekening in 1.000-serie", "Project K"),
]


def whole(unit: int) -> list[Row]:
    """The postings as a file in this unit can hold them."""
    return [(*row[:-1], row[-1] * unit) for row in TRUE]


def in_units(row: Row) -> str:
    """A row with its amount in some unit."""
    return f"{codes(row)};{nl(row[-1])}"


@pytest.mark.parametrize(
    ("head", "unit"), [*((head, THOUSAND) for head in HEADS), *((head, MILLION) for head in HEADS_OF_MILLIONS)]
)
def test_the_name_of_a_column_says_the_unit(tmp_path: Path, head: str, unit: int) -> None:
    """They were read as euros, a thousand or a million times too small."""
    data = text(f"{HEAD};{head}", *map(in_units, TRUE))
    told = landed(tmp_path, data, "csv", {"columns.amount": head, "unit": str(unit)})
    assert (told.rows, told.asked[-1]) == (whole(unit), "unit")


@pytest.mark.parametrize(
    ("line", "unit"), [*((line, THOUSAND) for line in LINES), *((line, MILLION) for line in LINES_OF_MILLIONS)]
)
def test_a_line_says_the_unit(tmp_path: Path, line: str, unit: int) -> None:
    """Above the rows; of a file of which it is not so nobody asks twice."""
    data = text(line, f"{HEAD};Bedrag", *map(in_units, TRUE))
    told = landed(tmp_path / "so", data, "csv", {"unit": str(unit)})
    assert (told.rows, told.asked) == (whole(unit), ["unit"])
    told = landed(tmp_path / "not", data, "csv", {"unit": "1"})
    assert (told.rows, told.asked) == (TRUE, ["unit"])


@pytest.mark.parametrize("line", PLAIN)
def test_a_line_says_nothing_of_a_unit(line: str) -> None:
    """Amounts, codes and counts in a title are none."""
    assert unit_said(line) is None


@pytest.mark.parametrize(
    "head", ["Bedrag", "Bedrag EUR", "Bedrag K", "Bedrag D", "Waarde in EUR", "AmountDC", "Kosten"]
)
def test_a_column_of_euros_has_no_unit(head: str) -> None:
    """`K` is credit."""
    assert unit_of_header(head) is None


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("Eenheid", "x 1.000"),
        ("Eenheid", "1000"),
        ("Factor", "1.000"),
        ("Valuta", "kEUR"),
        ("Munt", "T€"),
        ("Per", "x 1000"),
    ],
)
def test_a_column_says_the_unit(tmp_path: Path, head: str, cell: str) -> None:
    """The same in every row."""
    data = text(f"{HEAD};Bedrag;{head}", *(f"{in_units(row)};{cell}" for row in TRUE))
    told = landed(tmp_path, data, "csv", {"unit": "1000"})
    assert (told.rows, told.asked) == (whole(THOUSAND), ["unit"])


@pytest.mark.parametrize("cell", ["EUR", "1", "stuks", "m2", "uur", "euro", "K7", "1000 stuks"])
def test_a_cell_says_nothing_of_a_unit(cell: str) -> None:
    """Of money."""
    assert unit_of_cell(cell) is None


def test_columns_of_numbers_and_letters_say_no_unit(tmp_path: Path) -> None:
    """An account of 1000 or a letter in every row, under another name."""
    data = text(f"{HEAD};Bedrag;Tegenrekening;Soort post", *(f"{in_units(row)};1000;K" for row in TRUE))
    told = landed(tmp_path, data, "csv", {})
    assert (told.rows, told.asked) == (TRUE, [])


@pytest.mark.parametrize("name", ["Mutaties x 1.000", "Realisatie (k€)", "In duizenden"])
def test_the_name_of_a_sheet_says_the_unit(tmp_path: Path, name: str) -> None:
    """Also of the only sheet."""
    rows = [cells(row) for row in TRUE]
    told = landed(tmp_path, book(tmp_path, {name: [NAMES, *rows]}), "xlsx", {"unit": "1000"})
    assert (told.rows, told.asked) == (whole(THOUSAND), ["unit"])


def test_a_cell_below_the_header_says_the_unit(tmp_path: Path) -> None:
    """The row is no posting, and is asked about; what it says counts all the same."""
    data = text(f"{HEAD};Bedrag", ";;;;;(x € 1.000)", *map(in_units, TRUE))
    answers = {"leave_out": "Bedrag=(x € 1.000)", "unit": "1000"}
    told = landed(tmp_path, data, "csv", answers)
    assert (told.rows, told.asked[-1]) == (whole(THOUSAND), "unit")


@pytest.mark.parametrize(
    ("shown", "unit"),
    [
        ("{}k", 1000),
        ("€ {}k", 1000),
        ("{} K", 1000),
        ("{} k€", 1000),
        ("{} mln", MILLION),
        ("{}M", MILLION),
        ("{} dzd", 1000),
    ],
)
def test_each_amount_says_its_unit(tmp_path: Path, shown: str, unit: int) -> None:
    """`1,3k` was taken for credit, or refused as a whole."""
    amounts = [f"{row[-1] // 1000 / 10:.1f}".replace(".", ",") for row in TRUE]
    true = [(*row[:-1], row[-1] // 1000 * 10 * unit) for row in TRUE]
    data = text(
        f"{HEAD};Bedrag", *(f"{codes(row)};{shown.format(one)}" for row, one in zip(TRUE, amounts, strict=True))
    )
    told = landed(tmp_path / "so", data, "csv", {"unit": str(unit)})
    assert (told.rows, told.asked) == (true, ["unit"])
    assert landed(tmp_path / "not", data, "csv", {"unit": "1"}).rows == []


def test_some_amounts_say_a_unit_of_their_own(tmp_path: Path) -> None:
    """They are named, whatever is answered: one unit for all would make the others wrong."""
    shown = [f"{nl(row[-1])}{'' if at % 2 else 'k'}" for at, row in enumerate(TRUE)]
    data = text(f"{HEAD};Bedrag", *(f"{codes(row)};{one}" for row, one in zip(TRUE, shown, strict=True)))
    told = landed(tmp_path, data, "csv", {"sign.column": ""})
    assert (told.rows, told.said) == ([], ["L106"])


def test_a_letter_for_credit_is_no_unit(tmp_path: Path) -> None:
    """Behind amounts with cents."""
    true = [(*row[:-1], -abs(row[-1])) for row in TRUE]
    data = text(f"{HEAD};Bedrag", *(f"{codes(row)};{nl(-row[-1])} K" for row in true))
    told = landed(tmp_path, data, "csv", {"sign.column": "Bedrag"})
    assert (told.rows, told.asked) == (true, ["sign.column"])
