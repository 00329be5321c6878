"""Questions about deliveries that came in before anyone asked: an error until it is said, by one command."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.main import main
from gebiedswerk.core.faults import errors
from tests.cli.test_asking import COLUMNS, PROFILE

DELIVERY = """\
file = "export.csv"
kind = "realised"
administration = "X"
years = [2025]
exported_at = 2026-01-14T09:00:00
profile = "p"
"""
COSTS, INCOME = "2025;1;43800;7110;Huur;10,00", "2025;2;82000;7110;Bijdrage;4,00"
BELOW = ("2025;1;43800;7110;Huur;-10,00", "2025;2;43800;7110;Huur;-5,00")


def delivered(klein: Path, *rows: str) -> Path:
    """The town with one delivery more, as it came in long ago; its file."""
    (klein / "profiles" / "p.toml").write_text(PROFILE, "utf-8")
    folder = klein / "deliveries" / "extra"
    folder.mkdir()
    (folder / "delivery.toml").write_text(DELIVERY, "utf-8")
    file = folder / "export.csv"
    file.write_text("\n".join([COLUMNS, *rows]) + "\n", "utf-8")
    return file


def codes(klein: Path) -> list[str]:
    """The errors of the delivery."""
    return [one.code for one in errors(open_dossier(klein).faults) if "extra" in (one.file or "")]


@pytest.mark.parametrize(
    ("rows", "code", "setting"),
    [((COSTS, INCOME), "L186", "unsigned_income"), (BELOW, "L241", "negative_costs")],
)
@pytest.mark.parametrize("said", ["ja", "nee"])
def test_what_is_in_the_dossier_is_asked_and_answered(
    klein: Path, rows: tuple[str, ...], code: str, setting: str, said: str
) -> None:
    """Nothing is published from it meanwhile; the file stays as it was."""
    file = delivered(klein, *rows)
    before = file.read_bytes()
    assert codes(klein) == [code]
    assert main(["set", str(klein), "profiles/p", f"{setting}={said}"]) == 0
    assert codes(klein) == []
    assert file.read_bytes() == before


def test_the_same_file_with_an_answer_changes_its_profile(klein: Path) -> None:
    """It is in the dossier already; what was asked about it is said all the same."""
    file = delivered(klein, COSTS, INCOME)
    words = ["import", str(klein), str(file), "--profile", "p", "--administration", "X"]
    assert main([*words, "--answer", "unsigned_income=true"]) == 0
    assert codes(klein) == []
    assert "unsigned_income = true" in (klein / "profiles" / "p.toml").read_text("utf-8")


@pytest.mark.parametrize("rows", [(COSTS, "2025;2;43800;7110 Noord;Huur;5,00", "2025;2;43800;7120 Oost;Huur;5,00")])
def test_what_moves_no_amount_is_not_asked_again(klein: Path, rows: tuple[str, ...]) -> None:
    """Codes with a name were whole cells when it came in, and stay so."""
    delivered(klein, *rows)
    assert not {"L245", "L246"} & {one.code for one in open_dossier(klein).faults}
