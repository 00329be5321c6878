"""What is unknown is not nil, and what is old has its day: money left and promised in a year that runs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.bbv_tables import PRESETS
from gebiedswerk.blocks.models import Table
from gebiedswerk.blocks.places import Places
from gebiedswerk.blocks.reserves_table import reserves_table
from gebiedswerk.blocks.year_tables import COLUMNS, Setting, year_table
from gebiedswerk.figures import Address, Figures, NoFigure, parse_subject
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.area.area_money import left_sentences, lines_table, money_sentences, years_table
from gebiedswerk.pages.lapse_calendar import calendar_files, calendar_sections, events, left_in
from tests.pages.area.test_area_money import text
from tests.small import Small, posting_row, put

TOWN: dict[str, Any] = {"lines": {"W": None}, "areas": {"W": "WEST"}, "years": (2019, 2020), "closed": (2019,)}
BUDGETS = [(2019, "W", 1000), (2020, "W", 500)]
HEAD = "Jaar;Periode;Datum;Grootboek;Kostenplaats;Bedrag\n"


SPENT = re.compile("^(?!.*[Bb]egroting).*(Uitgegeven|Lasten|Baten|Saldo|Verschil|besteed|onttrokken)")
Sent = tuple[str, int, str, str, list[tuple[str, int, int]]]


def town(path: Path, *deliveries: Sent) -> Setting:
    """Budgets of 2019 and 2020, and files: kind, year, periods, day of export, rows of (line, amount, period)."""
    Small(adopted=BUDGETS, **TOWN).write(path)
    for at, (kind, year, periods, day, rows) in enumerate(deliveries):
        toml = f'file = "f.csv"\nkind = "{kind}"\nadministration = "T"\nyears = [{year}]\nperiods = {periods}\n'
        put(path, f"deliveries/d{at}/delivery.toml", f'{toml}profile = "p"\nexported_at = {day}T10:00:00\n')
        body = "\n".join(posting_row(year, line, amount, period=period) for line, amount, period in rows)
        put(path, f"deliveries/d{at}/f.csv", HEAD + body)
    opened = open_dossier(path)
    assert isinstance(opened.newest, Figures), opened.faults
    return Setting(opened.newest, Places(opened.newest.dossier), 0, 100, Messages("nl"))


ALL = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]"
CLOSED = ("realised", 2019, ALL, "2020-01-20", [("W", 700, 6)])
STAND = ("commitment", 2019, ALL, "2020-01-17", [("W", 290, 12)])
SUMMER = ("realised", 2020, "[1, 2, 3, 4, 5, 6]", "2020-07-03", [("W", 120, 6)])
JUNE = ("commitment", 2020, "[6]", "2020-07-03", [("W", 80, 6)])


def said(setting: Setting, year: int = 2020) -> list[str]:
    found = [*money_sentences(setting, "WEST", year), *left_sentences(setting, "WEST", year)]
    return [text(one).replace("\u00a0", " ") for one in found]


def calendar(setting: Setting) -> tuple[tuple[str, ...], list[list[str]], str]:
    """Headings, amounts and note of the first day on which money lapses."""
    (section, *_) = calendar_sections(setting, setting.figures.account.standing(2020))
    (table,) = section.blocks
    assert isinstance(table, Table)
    return table.columns[3:], [[cell.text for cell in row.cells[3:]] for row in table.rows], table.note


def test_a_stand_does_not_vanish_when_the_next_budget_is_entered(tmp_path: Path) -> None:
    """290 was ordered at the end of 2019; nothing was delivered of 2020: the 290 stays, with its day."""
    setting = town(tmp_path, CLOSED, STAND)
    assert said(setting) == [
        "In 2020 is er € 500 budget.",
        "Wat er in 2020 is uitgegeven, is nog niet bekend.",
        "Het jaar 2020 is nog niet afgesloten.",
        "Op 1 januari 2020 was er € 800 over.",
        "Daarvan was € 290 al besteld of toegezegd, maar nog niet betaald. Vrij te besteden was € 510.",
    ]
    columns, rows, _ = calendar(setting)
    assert columns == (
        "Over op 1 januari 2020",
        "Besteld of toegezegd op 31 december 2019",
        "Nog vrij op 1 januari 2020",
    )
    assert rows[0] == ["300,00", "290,00", "10,00"]


def test_an_old_stand_is_not_taken_off_what_is_left_now(tmp_path: Path) -> None:
    """Since then 120 was paid, perhaps of those orders: what is free cannot be told, and is not told."""
    setting = town(tmp_path, CLOSED, STAND, SUMMER)
    assert said(setting) == [
        "In 2020 is er € 500 budget.",
        "Tot en met 30 juni 2020 is € 120 uitgegeven.",
        "Het jaar 2020 is nog niet afgesloten.",
        "Van de uitgaven in 2020 is € 120 betaald met geld dat over was van 2019.",
        "Op 30 juni 2020 was er € 680 over.",
        "Op 31 december 2019 was € 290 besteld of toegezegd, maar nog niet betaald.",
    ]
    columns, rows, note = calendar(setting)
    assert columns == ("Over op 30 juni 2020", "Besteld of toegezegd op 31 december 2019")
    assert rows[0] == ["180,00", "180,00"]
    assert "niet van dezelfde dag" in note


def test_both_of_one_day(tmp_path: Path) -> None:
    setting = town(tmp_path, CLOSED, STAND, SUMMER, JUNE)
    assert said(setting)[-2:] == [
        "Op 30 juni 2020 was er € 680 over.",
        "Daarvan was € 80 al besteld of toegezegd, maar nog niet betaald. Vrij te besteden was € 600.",
    ]
    assert calendar(setting)[1][0] == ["180,00", "80,00", "100,00"]


def test_without_any_stand_nothing_is_said_to_be_free(tmp_path: Path) -> None:
    setting = town(tmp_path, CLOSED, SUMMER)
    assert said(setting)[-1] == "Hoeveel daarvan al is besteld of toegezegd, is niet bekend."
    columns, rows, note = calendar(setting)
    assert columns == ("Over op 30 juni 2020",) and rows[0] == ["180,00"]
    assert note == "Hoeveel hiervan al is besteld of toegezegd, is niet bekend."
    (csv, ics) = calendar_files(setting.figures, setting.messages, setting.figures.account.standing(2020))
    record = dict(zip(*(line.split(",") for line in csv.text.splitlines()[:2]), strict=True))
    assert (record["left_on"], record["committed_cents"], record["free_cents"]) == ("2020-06-30", "", "")
    assert "vrij" not in ics.text.lower()


def test_nothing_promised_is_not_unknown(tmp_path: Path) -> None:
    """A stand of nil was delivered: nothing is promised, and all is free."""
    setting = town(tmp_path, CLOSED, SUMMER, ("commitment", 2020, "[6]", "2020-07-03", [("W", 0, 6)]))
    assert calendar(setting)[1][0] == ["180,00", "0,00", "180,00"]
    assert not any("besteld" in one for one in said(setting))


@pytest.mark.parametrize("measure", ["realised", "result", "costs", "overspent", "spent", "released"])
def test_before_the_first_file_there_is_no_such_figure(tmp_path: Path, measure: str) -> None:
    setting = town(tmp_path, CLOSED)
    with pytest.raises(NoFigure):
        setting.figures.figure(Address(measure, parse_subject("W"), 2020))
    assert setting.figures.exists(Address(measure, parse_subject("W"), 2019))
    assert measure not in {one.measure for one in setting.figures.addresses() if one.year == 2020}


def test_tables_say_what_is_not_known(tmp_path: Path) -> None:
    setting = town(tmp_path, CLOSED, STAND)
    *_, row = years_table(setting, "WEST").rows
    assert [cell.text for cell in row.cells[1:5]] == ["500", "niet bekend", "niet bekend", "niet bekend"]
    assert lines_table(setting, "WEST", 2020).columns[1:] == ("Begroting 2020",)
    assert (
        lines_table(setting, "WEST", 2019).columns[3] == "Openstaande verplichtingen 2019 (stand van 31 december 2019)"
    )


def test_a_page_about_a_budget_says_nothing_of_spending(tmp_path: Path) -> None:
    """Nothing was delivered of 2020: no table of a publication, of lines, of reserves, and no sentence says 0 spent."""
    setting = replace(town(tmp_path, CLOSED, STAND), year=2020, unit_cents=100_000)
    for name in (*COLUMNS, *PRESETS):
        table = year_table(setting, name, "Kop")
        for row in table.rows:
            spent = [cell.text for head, cell in zip(table.columns, row.cells, strict=False) if SPENT.search(head)]
            assert not any(any(sign.isdigit() for sign in text) for text in spent), (name, table.columns)
    (_, _, third, *_) = zip(*(row.cells[1:] for row in reserves_table(setting, "Kop").rows), strict=True)
    assert {cell.text for cell in third} == {"niet bekend"}
    assert "Uitgegeven" not in " ".join(year_table(setting, "account", "Kop").columns)
    assert not any(re.search(r"€ 0 .*uitgegeven|uitgegeven.* 0 ", one) for one in said(setting))


def test_an_event_says_what_was_known_on_which_day(tmp_path: Path) -> None:
    setting = town(tmp_path, CLOSED, STAND, SUMMER, JUNE)
    left = left_in(setting.figures, setting.figures.account.standing(2020))
    (first, *_) = events(setting.figures, setting.messages, left)
    assert first.description == (
        "Over op 30 juni 2020: 180,00 euro. Besteld of toegezegd op 30 juni 2020: 80,00 euro. "
        "Nog vrij op 30 juni 2020: 100,00 euro."
    )
