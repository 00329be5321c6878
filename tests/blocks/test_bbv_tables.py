"""The layouts of BBV art. 27: every amount a figure, and a difference whose judgement does not rest on colour."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.bbv_tables import PRESETS, judgement
from gebiedswerk.blocks.models import Cell, Table
from gebiedswerk.blocks.places import Places
from gebiedswerk.blocks.year_tables import Setting, year_table
from gebiedswerk.figures import UNITS
from gebiedswerk.language.messages import Messages
from gebiedswerk.language.numbers_and_dates import parse_number
from tests.conftest import ROOT
from tests.small import Small

MESSAGES = Messages("nl")


def setting(path: Path, year: int, unit: str = "thousand") -> Setting:
    opened = open_dossier(path)
    assert opened.newest is not None and opened.dossier is not None
    return Setting(opened.newest, Places(opened.dossier), year, UNITS[unit], MESSAGES)


def amounts(table: Table) -> list[list[int]]:
    """The amounts of each row, as printed."""
    rows = [[parse_number(cell.text, "nl") for cell in row.cells if cell.amount] for row in table.rows]
    return [[int(number) for number in row if number is not None] for row in rows]


def test_before_and_after_amendment_with_a_judgement() -> None:
    """The paragraph of the example: the budget after amendment is the published one, West and Zuid go against it."""
    table = year_table(setting(ROOT / "examples" / "groningen", 2019), "bbv", "Kop")
    assert table.columns[1:] == (
        "Begroting 2019 voor wijziging",
        "Begroting 2019 na wijziging",
        "Saldo 2019",
        "Verschil",
        "Voordeel of nadeel",
    )
    words = {row.cells[0].text: row.cells[-1].text for row in table.rows}
    assert {name for name, word in words.items() if word == "nadeel"} == {"Totaalbudget West", "Totaalbudget Zuid"}
    assert [cell.text for cell in table.rows[-1].cells][2:] == ["4.900", "4.337", "563", "voordeel"]


@pytest.mark.parametrize("name", sorted(PRESETS))
@pytest.mark.parametrize("unit", ["euro", "thousand"])
def test_every_amount_is_a_figure_and_columns_add_up(name: str, unit: str) -> None:
    """Each cell leads to the section of its measure, and what is printed adds up, down and across."""
    for town, year in (("groningen", 2019), ("klein", 2025)):
        shown = setting(ROOT / "examples" / town, year, unit)
        table = year_table(shown, name, "Kop")
        for row in table.rows:
            measures = [cell.href.partition("#")[2] for cell in row.cells if cell.amount]
            assert measures == [measure.replace("_", "-") for measure in PRESETS[name].measures]
        tops = [row for row, line in zip(amounts(table), shown.account.lines, strict=False) if line.parent is None]
        assert [sum(column) for column in zip(*tops, strict=True)] == amounts(table)[-1]
        for found in amounts(table):
            if name == "bbv":
                assert found[3] == found[1] - found[2]
            elif name == "bbv-flows":
                assert found[2] == found[0] - found[1]


def test_what_is_printed_as_nil_is_not_judged(tmp_path: Path) -> None:
    """Forty cents too much are nil in thousands: neither an advantage nor a disadvantage."""
    small = Small(years=(2019,), closed=(2019,), adopted=[(2019, "A", 100)], postings=[(2019, "A", "100,40")])
    table = year_table(setting(small.write(tmp_path), 2019), "bbv", "Kop")
    assert [row.cells[-1].text for row in table.rows] == ["", ""]
    assert judgement(Cell("−1", below=True), MESSAGES).text == "nadeel"
    assert judgement(Cell("10"), MESSAGES).text == "voordeel"
    assert judgement(Cell(""), MESSAGES).text == ""


def test_a_layout_says_which_budget_it_prints() -> None:
    """Ours and that of the law alike."""
    shown = setting(ROOT / "examples" / "groningen", 2019)
    assert year_table(shown, "account", "Kop").note.startswith("De begroting is die na wijziging.")
    assert "primitieve begroting" in year_table(shown, "bbv", "Kop").note


def test_a_year_that_runs_has_no_difference_to_explain() -> None:
    """The column is called what has not been spent yet, and so is the note."""
    table = year_table(setting(ROOT / "examples" / "groningen", 2020), "bbv", "Kop")
    assert "Verschil" not in table.columns and "Het verschil" not in table.note
    assert "wat niet is uitgegeven, is de begroting na wijziging min het saldo tot nu toe" in table.note
