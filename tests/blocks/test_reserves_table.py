"""The table of reserve movements (BBV art. 27): which lines, which amounts, and what they lead to."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.bbv_tables import RESERVE_ROWS
from gebiedswerk.blocks.models import Table
from gebiedswerk.blocks.places import Places
from gebiedswerk.blocks.reserves_table import adds_up, reserves_table
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.figures import UNITS, Address, line_subject, parse_subject
from gebiedswerk.language.messages import Messages
from gebiedswerk.language.numbers_and_dates import parse_number
from gebiedswerk.pages.source.source_page import source_page
from tests.account.test_reserves import opened, town
from tests.blocks.test_bbv_tables import setting
from tests.conftest import ROOT

GRONINGEN = ROOT / "examples" / "groningen"


def shown(table: Table) -> dict[str, list[str]]:
    """What stands first in a row → the other cells, as printed."""
    return {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}


def test_the_table_of_the_example() -> None:
    """West alone moved: 80 budgeted by amendment, 100 withdrawn; the published figures stand in the first rows."""
    table = reserves_table(setting(GRONINGEN, 2019), "Kop")
    assert table.columns[1:] == (
        "Begroting 2019 voor wijziging",
        "Begroting 2019 na wijziging",
        "Rekening 2019",
        "Verschil",
        "Voordeel of nadeel",
    )
    assert shown(table) == {
        "Totaalbudget West: saldo van lasten en baten": ["450", "450", "620", "−170", "nadeel"],
        "Totaalbudget West: toevoegingen aan reserves": ["0", "0", "0", "0", ""],
        "Totaalbudget West: onttrekkingen aan reserves": ["0", "80", "100", "20", "voordeel"],
        "Totaalbudget West: saldo na mutaties reserves": ["450", "370", "520", "−150", "nadeel"],
        "Totaal: saldo van lasten en baten": ["4.853", "4.900", "4.337", "563", "voordeel"],
        "Totaal: toevoegingen aan reserves": ["0", "0", "0", "0", ""],
        "Totaal: onttrekkingen aan reserves": ["0", "80", "100", "20", "voordeel"],
        "Totaal: saldo na mutaties reserves": ["4.853", "4.820", "4.237", "583", "voordeel"],
    }


@pytest.mark.parametrize("unit", ["euro", "thousand"])
@pytest.mark.parametrize(("town_name", "year"), [("groningen", 2018), ("groningen", 2019), ("klein", 2025)])
def test_every_amount_is_a_figure_and_what_is_printed_adds_up(town_name: str, year: int, unit: str) -> None:
    """Each cell leads to the section of its measure; rows and columns add up, line by line and for the whole."""
    here = setting(ROOT / "examples" / town_name, year, unit)
    table = reserves_table(here, "Kop")
    wanted = [list(measures) for measures in RESERVE_ROWS.values()] * (len(table.rows) // len(RESERVE_ROWS))
    found = [[cell.href.partition("#")[2].replace("-", "_") for cell in row.cells if cell.amount] for row in table.rows]
    assert found == wanted and len(table.rows) >= 2 * len(RESERVE_ROWS)
    amounts = [[int(parse_number(c.text, "nl") or 0) for c in row.cells if c.amount] for row in table.rows]
    for balance, added, out, after in zip(*[iter(amounts)] * 4, strict=True):
        for stage in range(3):
            assert balance[stage] + added[stage] - out[stage] == after[stage]
        assert balance[3] + added[3] + out[3] == after[3] == after[1] - after[2]
    assert all(adds_up(here, parse_subject(subject)) for subject in ("total", *here.account.by_code))
    assert "niet overal precies" not in table.note


def test_a_year_without_movements_shows_the_whole(tmp_path: Path) -> None:
    """In 2018 nothing moved: four rows, nil for reserves."""
    table = reserves_table(setting(opened_path(tmp_path), 2018, "euro"), "Kop")
    assert list(shown(table).values()) == [
        ["170", "170", "0", "170", "voordeel"],
        ["0", "0", "0", "0", ""],
        ["0", "0", "0", "0", ""],
        ["170", "170", "0", "170", "voordeel"],
    ]


def test_a_year_that_runs_has_no_accounts() -> None:
    """In July 2020 nothing is called the accounts, and nothing is judged; of 2019 it still is."""
    running = reserves_table(setting(GRONINGEN, 2020, "euro"), "Kop")
    assert running.columns[1:] == (
        "Begroting 2020 voor wijziging",
        "Begroting 2020 na wijziging",
        "Tot en met 30 juni 2020",
        "Verschil",
    )
    assert {len(row.cells) for row in running.rows} == {5}
    assert "voordeel of nadeel" in running.note and "boven nul is een voordeel" not in running.note
    closed = reserves_table(setting(GRONINGEN, 2019, "euro"), "Kop")
    assert "Een verschil boven nul is een voordeel." in closed.note
    assert closed.columns[3:] == ("Rekening 2019", "Verschil", "Voordeel of nadeel")
    assert {len(row.cells) for row in closed.rows} == {6}


def opened_path(path: Path) -> Path:
    opened(path, town())
    return path


def test_the_source_of_a_withdrawal(tmp_path: Path) -> None:
    """Its postings and the decision behind what was budgeted; the recipe keeps reserves apart from costs."""
    found = open_dossier(opened_path(tmp_path))
    assert found.newest is not None and found.dossier is not None
    here = Setting(found.newest, Places(found.dossier), 2019, UNITS["euro"], Messages("nl"))
    page = source_page(here, line_subject("A"), None)  # type: ignore[arg-type] # what stands around it is not looked at
    sections = {section.anchor: section for section in page.sections}
    posted, decided = sections["reserve-out"].postings, sections["budget-reserve-out"].postings
    assert posted is not None and [row.cells[-1].text for row in posted.rows] == ["100,00", "100,00"]
    assert decided is not None and [row.cells[-1].text for row in decided.rows] == ["30,00", "50,00", "80,00"]
    assert "R1" in [cell.text for cell in decided.rows[0].cells]
    assert "flow: reserve_out" in sections["reserve-out"].steps[0].words
    assert "flow: costs, income" in sections["adopted"].steps[0].words
    assert (
        found.newest.figure(Address("result_after", parse_subject("A"), 2019)).cents
        == sections["result-after"].cents
        == -15_500
    )


def test_a_line_that_moves_nothing_keeps_its_balance_among_what_is_not_used() -> None:
    """Oost in 2019, where West withdrew: it has the figures, and its page does not dwell on them."""
    here = setting(GRONINGEN, 2019)
    page = source_page(here, line_subject("OOST"), None)  # type: ignore[arg-type] # as above
    quiet = {section.anchor for section in page.sections if section.quiet}
    assert {"reserve-in", "reserve-out", "realised-after", "result-after"} <= quiet
    assert {"budget", "realised", "result"}.isdisjoint(quiet)
