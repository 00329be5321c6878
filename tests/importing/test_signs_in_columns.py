"""A sign of amounts in a column that nobody named as one: asked about, whatever other words stand there."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.formats.synonyms import taken_back
from tests.importing.ordinary import HEAD, TRUE, codes, landed, nl, text

KINDS = {
    "Teken": ("1", "-1"),
    "Factor": ("1", "-1"),
    "Boekingssleutel": ("40", "50"),
    "Type": ("Inkoopfactuur", "Creditfactuur"),
    "Soort boeking": ("Factuur", "Creditnota"),
    "Documentsoort": ("KR", "KG"),
    "Sign": ("P", "N"),
    "Richting": ("plus", "min"),
    "Storno": ("", "X"),
    "Correctie": ("N", "J"),
}


@pytest.mark.parametrize("third", ["", "Memo"])
@pytest.mark.parametrize("head", KINDS)
def test_a_column_takes_amounts_back(tmp_path: Path, head: str, third: str) -> None:
    """Credit notes counted as costs; a third word hid the column."""
    plus, minus = KINDS[head]
    marks = [minus if row[-1] < 0 else third or plus if at == 5 else plus for at, row in enumerate(TRUE)]
    rows = [f"{codes(row)};{mark};{nl(abs(row[-1]))}" for row, mark in zip(TRUE, marks, strict=True)]
    told = landed(tmp_path, text(f"{HEAD};{head};Bedrag", *rows), "csv", {"sign.column": head})
    assert (told.rows, told.asked) == (TRUE, ["sign.column"])


@pytest.mark.parametrize("name", ["Waarde in EUR (ct)", "Iets (ct)"])
@pytest.mark.parametrize("head", KINDS)
def test_a_column_takes_back_amounts_that_nobody_knows_as_such(tmp_path: Path, head: str, name: str) -> None:
    """Amounts without a decimal under an unknown name: which column is theirs was asked, their sign was not."""
    plus, minus = KINDS[head]
    rows = [f"{codes(row)};{minus if row[-1] < 0 else plus};{abs(row[-1])}" for row in TRUE]
    answers = {"sign.column": head, "columns.amount": name, "in_cents": "true"}
    told = landed(tmp_path, text(f"{HEAD};{head};{name}", *rows), "csv", answers)
    assert (told.rows, set(told.asked)) == (TRUE, set(answers))


@pytest.mark.parametrize("head", ["Factor", "Type", "Boekingssleutel"])
def test_one_amount_with_a_sign_hides_no_column(tmp_path: Path, head: str) -> None:
    """A correction of a correction."""
    plus, minus = KINDS[head]
    rows = [f"{codes(row)};{minus if row[-1] < 0 else plus};{nl(abs(row[-1]))}" for row in TRUE]
    rows.append(f"2025;7;4300;7110;Onderhoud;{plus};-1,00")
    told = landed(tmp_path, text(f"{HEAD};{head};Bedrag", *rows), "csv", {"sign.column": head})
    assert (told.rows, told.asked) == ([*TRUE, (2025, 7, "4300", "7110", -100)], ["sign.column"])


@pytest.mark.parametrize("head", KINDS)
def test_amounts_that_have_their_sign_need_no_column(tmp_path: Path, head: str) -> None:
    """What the word says stands in the amount already."""
    plus, minus = KINDS[head]
    rows = [f"{codes(row)};{minus if row[-1] < 0 else plus};{nl(row[-1])}" for row in TRUE]
    told = landed(tmp_path, text(f"{HEAD};{head};Bedrag", *rows), "csv", {})
    assert (told.rows, told.asked) == (TRUE, [])


@pytest.mark.parametrize(
    "words", [["Crediteuren", "Debiteuren"], ["Creditcard", "Bank"], ["50", "60"], ["KG", "M2"], ["Inkoop", "Memo"]]
)
def test_words_that_take_nothing_back(words: list[str]) -> None:
    """They only look like those that do."""
    assert taken_back("Soort", words) is None
