"""From nothing to a dossier with commands alone: `new --empty`, lists of areas and budgets, single rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.app.add_rows import add_rows
from gebiedswerk.app.build import build
from gebiedswerk.app.new import Own, new
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.dossier_commands import TABLES as OFFERED
from gebiedswerk.cli.main import main
from gebiedswerk.core.faults import errors
from gebiedswerk.dossier import Dossier, read
from gebiedswerk.dossier.additions import ADDABLE, LINES
from gebiedswerk.dossier.starter import STARTER
from gebiedswerk.dossier.tables import TABLES
from tests.formats.books import write_book

AREAS = "Gebied;Soort;Code;Inwoners\r\nNoord;wijk;NOORD;1.200\r\nZuid;wijk;ZUID;800\r\n"
BUDGET = "Begrotingspost;Bedrag\r\nNOORD;€ 10.000,00\r\nZUID;€ 8.000,50\r\nTotaal;€ 18.000,50\r\n"
DECIDED = {"year": "2025", "kind": "adopted", "number": "R2024-11", "authority": "raad", "decided_on": "7-11-2024"}


def dossier_of(path: Path) -> Dossier:
    found = read(path)
    assert found.value is not None
    assert errors(found.faults) == []
    return found.value


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A dossier of 2025 with two areas from a list, and a line for each."""
    source = tmp_path / "gebieden.csv"
    source.write_bytes(AREAS.encode("windows-1252"))
    assert new(tmp_path / "d", Own("Wilgendam", 2025, str(source))) == ()
    return tmp_path / "d"


def files_in(path: Path) -> dict[str, bytes]:
    return {one.relative_to(path).as_posix(): one.read_bytes() for one in path.rglob("*") if one.is_file()}


def test_an_empty_dossier_is_right_and_holds_no_word_of_the_example(tmp_path: Path) -> None:
    """No row, no figure, no text; the name of its folder is its own."""
    assert main(["new", str(tmp_path / "d"), "--empty"]) == 0
    opened = open_dossier(tmp_path / "d")
    assert opened.faults == ()
    assert opened.dossier is not None
    assert opened.dossier.settings.municipality.name == "d"
    assert {getattr(opened.dossier, name) for name in TABLES} == {()}
    mine, theirs = (
        " ".join(one.read_text("utf-8-sig") for one in path.rglob("*.*")) for path in (tmp_path / "d", STARTER)
    )
    assert {"Voorbeeld", "Noord", "Buurtfeest", "verzonnen"} <= set(
        theirs.replace('"', " ").replace(",", " ").replace(";", " ").split()
    )
    assert not any(
        word in mine for word in ("Voorbeeld", "Noord", "Zuid", "Buurtfeest", "verzonnen", "raadsbesluit", "salaris")
    )


def test_from_lists_to_a_first_page(own: Path, tmp_path: Path) -> None:
    """Areas, a line more, and the budget as a Dutch spreadsheet saves it: the sum on the page is that of the list."""
    assert [(area.code, area.name, area.slug) for area in dossier_of(own).areas] == [
        ("NOORD", "Noord", "noord"),
        ("ZUID", "Zuid", "zuid"),
    ]
    done = add_rows(own, LINES, {"code": "ALG", "name": "Algemeen", "year": "2025"})
    assert done.added == (("budget_lines.csv", 1), ("budget_line_years.csv", 1))
    source = tmp_path / "begroting.csv"
    source.write_bytes(BUDGET.encode("windows-1252"))
    done = add_rows(own, "budgets", DECIDED, source)
    assert [one.code for one in done.faults] == ["D181"]
    assert done.added == (("budgets.csv", 2),)
    found = dossier_of(own)
    assert [(row.line, row.amount) for row in found.budgets] == [("NOORD", 1_000_000), ("ZUID", 800_050)]
    assert [line.line for line in found.budget_line_years] == ["NOORD", "ZUID", "ALG"]
    built, faults = build(own, tmp_path / "site")
    assert built is not None, faults


def test_a_list_in_a_workbook_with_its_own_headers(own: Path, tmp_path: Path) -> None:
    """`--column` says what a column is called; one that means nothing is said and left."""
    write_book(tmp_path / "lijst.xlsx", [["Kern", "Afkorting", "x"], ["Oost", "OO", 1], ["West", "WE", 2]])
    words = ["add", str(own), "areas", str(tmp_path / "lijst.xlsx"), "kind=kern", "--column", "code=Afkorting"]
    assert main(words) == 0
    assert [(area.code, area.name, area.kind) for area in dossier_of(own).areas][2:] == [
        ("OO", "Oost", "kern"),
        ("WE", "West", "kern"),
    ]


@pytest.mark.parametrize(
    ("table", "values", "code"),
    [
        ("areas", {"code": "NOORD", "name": "Noord", "kind": "wijk"}, "J108"),
        ("areas", {"name": "Oost", "kind": "wijk", "parent": "NERGENS"}, "D108"),
        ("areas", {"name": "Oost"}, "D106"),
        ("areas", {"name": "Oost", "kind": "wijk", "soort": "x"}, "D102"),
        ("budgets", {**DECIDED, "line": "OOST", "amount": "1"}, "D108"),
        ("budgets", {**DECIDED, "line": "NOORD", "amount": "1.250"}, "D105"),
        ("lines", {"code": "NOORD", "name": "Noord", "year": "2025"}, "J108"),
        ("keys", {"key": "k", "year": "2025", "line": "NOORD", "weight": "1"}, "D106"),
    ],
)
def test_a_row_with_a_fault_lands_nothing(own: Path, table: str, values: dict[str, str], code: str) -> None:
    """In itself, or with what is there."""
    before = files_in(own)
    done = add_rows(own, table, values)
    assert code in [one.code for one in done.faults]
    assert done.added == ()
    assert files_in(own) == before


def test_a_list_with_a_fault_or_a_false_total_lands_nothing(own: Path, tmp_path: Path) -> None:
    """A header that is not there; a total that is not the sum; one bad row among good ones."""
    before = files_in(own)
    source = tmp_path / "l.csv"
    source.write_text(BUDGET.replace("18.000,50", "18.000,51"), "utf-8")
    assert "D182" in [one.code for one in add_rows(own, "budgets", DECIDED, source).faults]
    source.write_text(BUDGET.replace("ZUID", "Z/D"), "utf-8")
    assert "D105" in [one.code for one in add_rows(own, "budgets", DECIDED, source).faults]
    assert "D102" in [one.code for one in add_rows(own, "budgets", DECIDED, source, {"line": "Post"}).faults]
    assert "I116" in [one.code for one in add_rows(own, "budgets", DECIDED, tmp_path / "weg.csv").faults]
    assert files_in(own) == before


def test_areas_that_cannot_be_read_leave_no_dossier(tmp_path: Path) -> None:
    """Nothing half made: the folder is not there, as it was not."""
    (tmp_path / "l.csv").write_text("Gebied;Soort\nNoord;wijk\nNoord;wijk\n", "utf-8")
    assert errors(new(tmp_path / "d", Own("X", 2025, str(tmp_path / "l.csv"))))
    assert not (tmp_path / "d").exists()


def test_names_of_areas_at_the_command_line(tmp_path: Path) -> None:
    assert (
        main(
            [
                "new",
                str(tmp_path / "d"),
                "--name",
                "Wilgendam",
                "--year",
                "2025",
                "--areas",
                "Noord, ’t Zand,De Brink",
                "--kind",
                "dorp",
            ]
        )
        == 0
    )
    found = dossier_of(tmp_path / "d")
    assert [(area.code, area.slug, area.name, area.kind) for area in found.areas] == [
        ("NOORD", "noord", "Noord", "dorp"),
        ("T-ZAND", "t-zand", "’t Zand", "dorp"),
        ("DE-BRINK", "de-brink", "De Brink", "dorp"),
    ]
    assert found.settings.municipality.name == "Wilgendam"
    assert [publication.slug for publication in found.publications] == ["jaarrekening-2025"]


def test_at_a_terminal_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Name, year, areas and what they are; nothing at the first question makes the example."""
    answers = iter(["Wilgendam", "twintig", "2025", "Noord,Zuid", "wijk", ""])
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    assert main(["new", str(tmp_path / "d")]) == 0
    assert [area.kind for area in dossier_of(tmp_path / "d").areas] == ["wijk", "wijk"]
    assert main(["new", str(tmp_path / "e")]) == 0
    assert (tmp_path / "e" / "deliveries").is_dir()


def test_every_table_can_be_added_to() -> None:
    """The list of the command line, which loads no schema, is that of the schema."""
    assert set(OFFERED) == {LINES, *TABLES}
    assert set(ADDABLE) > set(TABLES)


@pytest.mark.parametrize("count", [1, 40, 2_000])
def test_names_may_be_more_than_a_path_holds(tmp_path: Path, count: int) -> None:
    """A list of names is no file, however long it is: an area and a line for each."""
    names = ", ".join(f"Wijk {at}" for at in range(count))
    assert new(tmp_path / "d", Own("Wilgendam", 2025, names, "wijk")) == ()
    dossier = dossier_of(tmp_path / "d")
    assert [area.name for area in dossier.areas] == names.split(", ")
    assert [line.area for line in dossier.budget_line_years] == [area.code for area in dossier.areas]
