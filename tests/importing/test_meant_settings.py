"""All faults of a file in one run: also beside a mistyped setting of its profile, or a row that is too short."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.dossier import Profile
from gebiedswerk.dossier.settings_reader import settings_of
from gebiedswerk.importing.meant_settings import meant_profile
from tests.cli.test_asking import COLUMNS, PROFILE
from tests.importing.offers import trial

GOOD, LETTERS, MONTH = "2025;1;43800;7110;Huur;10,00", "2025;1;43800;7110;Huur;tien", "2025;x;43800;7110;Huur;1,00"
SHORT, TOTAL = "2025;1;43800", "2025;1;;;Totaal;99,00"


def found(klein: Path, profile: str, *rows: str) -> list[tuple[str, int | None]]:
    """The faults of a file of these rows, with their row."""
    (klein / "profiles" / "p.toml").write_text(profile, "utf-8")
    file = klein.parent / "export.csv"
    file.write_text("\n".join([COLUMNS, *rows]) + "\n", "utf-8")
    return [(one.code, one.row) for one in trial(klein, file, profile="p", administration="X").faults]


@pytest.mark.parametrize("short", [SHORT, "2025;1", f"{GOOD};7;8", "2025"])
def test_a_row_with_too_few_or_too_many_cells_hides_no_other_fault(klein: Path, short: str) -> None:
    """Of cells and of totals without a rule; of sums nothing is said, for a row is not known."""
    rows = (GOOD, LETTERS, short, MONTH, TOTAL)
    assert found(klein, PROFILE, *rows) == [("L118", 4), ("L180", 6), ("L106", 3), ("L108", 5)]
    left_out = f'{PROFILE}[[leave_out]]\ncolumn = "Omschrijving"\ntext = ["Totaal"]\n'
    assert found(klein, left_out, GOOD, short, TOTAL) == [("L118", 3)]
    assert ("L184", 3) in found(klein, left_out, GOOD, TOTAL)


MISTYPED = {
    'decimaal = ","': "D113",
    "header_row = 0": "D105",
    'delimiter = "punt"': "D105",
    "months = 5": "D105",
    'iets = ["x"]': "D113",
}


@pytest.mark.parametrize("setting", MISTYPED)
def test_a_mistyped_setting_hides_no_fault_of_the_file(klein: Path, setting: str) -> None:
    """What it was meant to be, or else the usual, reads the file; nothing lands."""
    told = found(klein, f"{setting}\n{PROFILE}", GOOD, LETTERS, SHORT, MONTH)
    assert told == [(MISTYPED[setting], 1), ("L118", 4), ("L106", 3), ("L108", 5)]


def test_a_setting_is_read_as_it_was_meant() -> None:
    """By the name that it looks like, in its own table; comments and all else stay."""
    text = PROFILE.replace("income =", "incom =").replace("cost_centre =", "cost_centre  =")
    meant = meant_profile(f'decimaal = "."\nheader_rwo = 3\nkeep = 5\n{text}', "p.toml")
    assert meant is not None
    assert (meant.decimal, meant.header_row, meant.flows.income, meant.keep) == (".", 3, ["8*"], [])
    whole, faults = settings_of(PROFILE, "p.toml", Profile)
    assert (meant_profile(PROFILE, "p.toml"), faults) == (whole, ())


def test_a_table_on_one_line_is_read_as_it_was_meant() -> None:
    meant = meant_profile("flows = { incom = ['8*'] }", "p.toml")
    assert meant is not None
    assert meant.flows.income == ["8*"]


@pytest.mark.parametrize("text", ["[columns", "columns = 3\ncolumns = 4"])
def test_what_cannot_be_mended_is_left(klein: Path, text: str) -> None:
    """The faults of the profile stand alone."""
    assert meant_profile(text, "p.toml") is None
    assert all(code.startswith("D") for code, _ in found(klein, text, GOOD))
