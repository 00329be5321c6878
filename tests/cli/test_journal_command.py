"""The command `journal` in the words of a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.cli.journal_command import FEW
from gebiedswerk.cli.main import main
from gebiedswerk.dossier.writing.journal import read_journal

Captured = pytest.CaptureFixture[str]


def test_verify_and_a_noted_head(klein: Path, capsys: Captured) -> None:
    """What was noted is asked for later; without it the command says what it cannot know."""
    assert main(["set", str(klein), "dossier", "municipality.name=X", "--reason", "Nieuwe naam"]) == 0
    capsys.readouterr()
    assert main(["journal", str(klein), "--verify"]) == 0
    said = capsys.readouterr()
    head = read_journal(klein).heads[0]
    assert "Het journaal is heel. Aantal regels: 2." in said.out
    assert "J114" in said.err and head in said.err.replace("\n", "")
    assert main(["journal", str(klein), "--head", head]) == 0
    assert capsys.readouterr().err == ""
    assert main(["journal", str(klein), "--head", "0" * 64]) == 1
    assert "J115" in capsys.readouterr().err


def test_erase(klein: Path, capsys: Captured) -> None:
    assert main(["set", str(klein), "dossier", "municipality.name=X", "--reason", "Vroeg Fenna"]) == 0
    assert main(["journal", str(klein), "--erase", "fenna", "--reason", "Verzoek 12"]) == 0
    assert "Gewist uit het journaal: 1." in capsys.readouterr().out
    assert main(["journal", str(klein)]) == 0
    said = capsys.readouterr().out
    assert "reden: gewist" in said and "Fenna" not in said
    assert main(["journal", str(klein), "--erase", "fenna"]) == 0
    assert "Gewist uit het journaal: 0." in capsys.readouterr().err


def test_of_many_places_few_are_told(klein: Path, capsys: Captured) -> None:
    assert main(["next-year", str(klein)]) == 0
    assert main(["set", str(klein), "dossier", "municipality.name=X"]) == 0
    capsys.readouterr()
    assert main(["journal", str(klein)]) == 0
    said = capsys.readouterr().out
    assert "iemand die niet zei wie, ‘next-year’" in said
    places = [line for line in said.splitlines() if line.startswith("  budget_line_years")]
    begin = said.split("iemand")[0]
    assert 0 < len(places) <= FEW
    assert "en nog " in begin
