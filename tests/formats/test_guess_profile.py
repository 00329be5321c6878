"""What a proposal finds of signs and amounts under names and notations that it does not know."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.formats.guess_profile import guessed
from gebiedswerk.formats.sample import of_text
from gebiedswerk.importing.answers import answered
from gebiedswerk.importing.propose import profile_text
from gebiedswerk.language.messages import Messages

HEAD = "Boekjaar;Periode;Grootboek;Kostenplaats"
AGAIN = "the header again"


def proposed(folder: Path, head: str, *rows: str) -> dict[str, Any]:
    """The profile of a file with these columns beside the usual ones."""
    file = folder / "x.csv"
    again = f"{HEAD};{head}"
    lines = [again, *(again if row == AGAIN else f"2025;{at};43800;7110;{row}" for at, row in enumerate(rows, 1))]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    sample = of_text(file)
    assert sample is not None
    return tomllib.loads(profile_text(guessed(sample), file.name, "x", Messages("nl")))


def test_costs_and_income_in_two_columns(tmp_path: Path) -> None:
    """Named so: read by side, and nobody is asked which accounts are income."""
    found = proposed(tmp_path, "Lasten;Baten", "100,00;", ";25,00")
    assert (found["columns"]["debit"], found["columns"]["credit"]) == ("Lasten", "Baten")
    assert found["income_by_side"] is True
    assert not [key for key in found.get("unsure", {}) if key.startswith("flows")]


@pytest.mark.parametrize("rows", [("1,00;", ";2,00"), ("€ 1,00;€ 0,00", "€ 0,00;€ 2,00"), ("1,00;-", "-;(2,00)")])
def test_two_columns_of_amounts_of_which_each_row_fills_one(tmp_path: Path, rows: tuple[str, ...]) -> None:
    """Debit and credit under names that nobody knows: asked."""
    found = proposed(tmp_path, "Eruit;Erin", *rows)
    assert (found["columns"]["debit"], found["columns"]["credit"]) == ("Eruit", "Erin")
    assert {"columns.debit", "columns.credit"} <= set(found["unsure"])


@pytest.mark.parametrize(
    ("rows", "negative", "positive"),
    [
        (("1,00 D", "2,00 C"), ["C"], ["D"]),
        (("D 1,00", "C 2,00"), ["C"], ["D"]),
        (("1,00 D", "2,00 D"), ["C"], ["D"]),
        (("1,00 EUR D", "2,00 EUR C"), ["C"], ["D"]),
        (("D 1,00 €", "C 2,00 €"), ["C"], ["D"]),
        (("1,00", "2,00 CR"), ["CR"], [""]),
        (("€ 1,00 Debet", "€ 2,00 Credit"), ["Credit"], ["Debet"]),
    ],
)
def test_letters_around_amounts(
    tmp_path: Path, rows: tuple[str, ...], negative: list[str], positive: list[str]
) -> None:
    """The column of the amount gives the sign too: asked, but where both letters are seen and known."""
    found = proposed(tmp_path, "Bedrag", *rows)
    assert found["sign"] == {"column": "Bedrag", "negative": negative, "positive": positive}
    both = {*negative, *positive} <= set(" ".join(rows).split())
    assert ("sign.column" in found.get("unsure", {})) != both


@pytest.mark.parametrize("cell", ["1,00 EUR", "€ 1,00", "EUR 1,00", "1,00 €"])
def test_a_currency_gives_no_sign(tmp_path: Path, cell: str) -> None:
    """And hides no marks."""
    found = proposed(tmp_path, "Bedrag", cell, cell)
    assert "sign" not in found
    assert (found["decimal"], found["columns"]["amount"]) == (",", "Bedrag")


def test_a_column_of_two_words_beside_amounts_without_sign(tmp_path: Path) -> None:
    """The rarer word may be below zero: asked. Where an amount has a sign of its own nobody is."""
    rows = ("1,00;+", "2,00;-", "3,00;+")
    found = proposed(tmp_path, "Bedrag;Kant", *rows, AGAIN)
    assert found["sign"] == {"column": "Kant", "negative": ["-"], "positive": ["+"]}
    assert "sign.column" in found["unsure"]
    assert "sign" not in proposed(tmp_path, "Bedrag;Soort", "1,00;af", "-2,00;om", "3,00;af")


def test_a_line_of_text_below_hides_no_year(tmp_path: Path) -> None:
    """One cell among many that is no year."""
    rows = [f"2025;{at};43800;7110;1,00" for at in range(1, 10)]
    file = tmp_path / "x.csv"
    file.write_text(
        "\n".join([f"{HEAD};Bedrag".replace("Boekjaar", "Jaar"), *rows, "Pagina 1 van 1;;;;"]) + "\n", "utf-8"
    )
    sample = of_text(file)
    assert sample is not None
    assert [one.value for one in guessed(sample).columns if one.key == "year"] == ["Jaar"]


def test_two_answers_about_rows_to_leave_out() -> None:
    """Both are written."""
    answers = [("leave_out", "A=Totaal*"), ("leave_out", "B=Saldo*")]
    text = answered("", answers, "profiles/x.toml").value
    assert text is not None
    assert [one["column"] for one in tomllib.loads(text)["leave_out"]] == ["A", "B"]


@pytest.mark.parametrize(
    "head", ["Bedrag;Bedrag EUR", "Begroot;Realisatie", "Bedrag;Saldo", "Begroot;Euro", "Bedrag;Bedrag VV"]
)
def test_two_columns_that_may_be_the_amount_are_asked_about(tmp_path: Path, head: str) -> None:
    """Which of them is booked decides about money."""
    assert "columns.amount" in proposed(tmp_path, head, "1,00;2,00", "3,00;-4,00")["unsure"]
    spoiled = ["3,00;-4,00"] * 5 + ["1,00;3-12-2025"]
    assert "columns.amount" in proposed(tmp_path, head, *spoiled)["unsure"]


@pytest.mark.parametrize("head", ["Bedrag;Waarde in EUR", "Bedrag;Bedrag EUR", "Bedrag;Euro"])
def test_a_second_column_of_whole_euros_is_asked_about(tmp_path: Path, head: str) -> None:
    """The first may be another currency; numbers under another name are none."""
    assert "columns.amount" in proposed(tmp_path, head, "5,45;5", "15,26;14", "-17,66;-16")["unsure"]
    assert "columns.amount" not in proposed(tmp_path, "Bedrag;Boekstuk", "5,45;5", "15,26;14")["unsure"]


def test_a_second_column_of_amounts_that_is_empty_says_nothing(tmp_path: Path) -> None:
    """Nobody is asked about it."""
    assert "columns.amount" not in proposed(tmp_path, "Bedrag;Bedrag EUR", "1,00;", "3,00;")["unsure"]
    assert "columns.amount" not in proposed(tmp_path, "Bedrag;Btw-bedrag", "1,00;0,21", "3,00;0,63")["unsure"]


def test_a_running_balance_is_not_the_amount(tmp_path: Path) -> None:
    """Where another column holds amounts, under whatever name: asked."""
    found = proposed(tmp_path, "Euro;Saldo", "1,00;1,00", "2,00 CR;-1,00")
    assert found["columns"]["amount"] == "Euro"
    assert "columns.amount" in found["unsure"]
    assert found["sign"]["negative"] == ["CR"]
    assert proposed(tmp_path, "Wat;Saldo", "x;1,00", "y;-1,00")["columns"]["amount"] == "Saldo"


def test_thousands_without_cents_are_asked_about(tmp_path: Path) -> None:
    """`5.890` is no 5,89."""
    found = proposed(tmp_path, "Bedrag", "5.890", "12", "1.250")
    assert (found["decimal"], found["thousands"]) == (",", ".")
    assert "decimal" in found["unsure"]


def test_a_planned_amount_is_never_sure(tmp_path: Path) -> None:
    """Of what was booked, with and without cents beside it."""
    for rows in (("5,00;4,00", "3,00;2,00"), ("5;4", "3;2")):
        assert "columns.amount" in proposed(tmp_path, "Begroot;Euro", *rows)["unsure"]


def test_a_header_that_lacks_the_mark_behind_its_rows_is_the_first_one(tmp_path: Path) -> None:
    """Not the one that is repeated below, with which all rows above it would be passed over."""
    file = tmp_path / "x.csv"
    rows = [f"2025;{at};43800;7110;1,00;" for at in range(1, 6)]
    file.write_text("\n".join([f"{HEAD};Bedrag", *rows, f"{HEAD};Bedrag;", *rows]) + "\n", "utf-8")
    sample = of_text(file)
    assert sample is not None
    assert (sample.header_row, sample.header[4], len(sample.rows)) == (1, "Bedrag", 10)


def test_a_line_of_text_below_hides_no_sign(tmp_path: Path) -> None:
    """In the column of the sign itself."""
    file = tmp_path / "x.csv"
    rows = ["D;2025;1;43800;7110;1,00", "C;2025;2;82200;7110;2,00", "Einde overzicht;;;;;"]
    file.write_text("\n".join([f"D/C;{HEAD};Bedrag", *rows]) + "\n", "utf-8")
    sample = of_text(file)
    assert sample is not None
    sign = guessed(sample).sign
    assert sign is not None
    assert (sign.column, sign.positive, sign.negative) == ("D/C", "D", "C")
