"""Reports that name a group in its first row alone: asked about however the names repeat, and filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.ordinary import landed, nl, text

HEAD = "Boekjaar;Periode;Grootboekrekening;Kostenplaats;Omschrijving;Bedrag"
SHOWN: dict[str, list[str]] = {
    "inner name equal across groups": [
        *("2025;1;4300;7110", ";;;7120", ";2;4300;7110", ";;;7120"),
        *(";3;4300;7110", ";;;7120", ";4;4300;7110", ";;;7120"),
    ],
    "last of a group is the first of the next": [
        *("2025;1;4300;7110", "2025;1;;7120", "2025;2;;", "2025;2;4310;7120"),
        *("2025;3;;", "2025;3;;7130", "2025;4;;", "2025;4;;7140"),
    ],
    "a page says it again": [
        *("2025;1;4300;7110", "2025;2;4300;", "2025;2;4310;", "2025;3;4300;7110"),
        *("2025;4;4300;", "2025;4;4310;7130", "2025;5;4300;", "2025;6;4300;"),
    ],
    "year and period once": [
        *("2025;1;4300;7110", ";;4310;7110", ";;4320;7120", ";2;4300;7110"),
        *(";;4310;7110", ";3;4300;7110", ";;4300;7120", ";;4310;7120"),
    ],
}


@pytest.mark.parametrize("shown", SHOWN)
def test_names_that_repeat(tmp_path: Path, shown: str) -> None:
    """One name that stood twice in turn kept the whole column from being filled: its codes were lost without a word."""
    rows = [f"{row};Huur;{nl(1_000 + at * 37 % 11 * 13)}" for at, row in enumerate(SHOWN[shown])]
    codes = [row.split(";") for row in SHOWN[shown]]
    names = ("year", "period", "ledger_account", "cost_centre")
    once = ",".join(name for at, name in enumerate(names) if any(not row[at] for row in codes))
    told = landed(tmp_path, text(HEAD, *rows), "csv", {"fill_down": once, "running_months": "false"})
    full: list[list[str]] = []
    for row in codes:
        full.append([cell or full[-1][at] for at, cell in enumerate(row)])
    right = [(int(row[0]), int(row[1]), row[2], row[3], 1_000 + at * 37 % 11 * 13) for at, row in enumerate(full)]
    assert (told.rows, [one for one in told.asked if one != "running_months"]) == (right, ["fill_down"])


@pytest.mark.parametrize("name", ["", "Wijk"])
def test_a_line_above_each_group_names_it(tmp_path: Path, name: str) -> None:
    """The line was left out, and with it the cost centre of every posting below it."""
    head = "Kostenplaats;Naam;Boekjaar;Periode;Grootboekrekening;Bedrag"
    rows = [f"7110;{name};;;;", ";;2025;1;4300;10,00", ";;2025;2;4310;2,50", f"7120;{name};;;;", ";;2025;3;4300;-1,00"]
    answers = {"leave_out": "Boekjaar=", "fill_down": "cost_centre"}
    told = landed(tmp_path, text(head, *rows), "csv", answers)
    right = [(2025, 1, "4300", "7110", 1_000), (2025, 2, "4310", "7110", 250), (2025, 3, "4300", "7120", -100)]
    assert (told.rows, sorted(told.asked)) == (right, ["fill_down", "leave_out"])


def test_a_package_that_leaves_a_code_empty(tmp_path: Path) -> None:
    """Of a ledger by cost centre, in which some rows have no project, nobody is asked."""
    head = "Boekjaar;Periode;Grootboekrekening;Kostenplaats;Project;Bedrag"
    projects = ["P1", "", "P1", "P1", "", "P1", "P1", "P2", "", "P2", "P2", "P2"]
    rows = [f"2025;{at + 1};4300;7110;{project};{nl(1_000 + at * 37 % 11 * 13)}" for at, project in enumerate(projects)]
    told = landed(tmp_path, text(head, *rows), "csv", {})
    assert (len(told.rows), told.asked) == (12, [])
