"""The command `draft`, as a person types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.cli.main import main
from tests.release.releases import tree

Captured = pytest.CaptureFixture[str]
CORRECT = ["--correct", "budgets", "P2024-BIN", "note=Later gezien"]


def test_new_show_and_apply(klein: Path, tmp_path: Path, capsys: Captured) -> None:
    before, file = tree(klein), str(tmp_path / "d.toml")
    assert main(["draft", "new", str(klein), file, *CORRECT, "--reason", "Toelichting"]) == 0
    said = capsys.readouterr().out
    assert "In het dossier is niets geschreven." in said and "Geen cijfer verandert." in said
    assert main(["draft", "show", str(klein), file]) == 0
    assert "reden: Toelichting" in capsys.readouterr().out
    assert tree(klein) == before
    assert main(["draft", "apply", str(klein), file]) == 0
    assert "Toegepast:" in capsys.readouterr().out
    assert b"Later gezien" in tree(klein)["budgets.csv"]
    assert main(["draft", "apply", str(klein), file]) == 1
    assert "J101" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--correct", "budgets", "X"],
        ["--correct", "budgets"],
        ["--remove", "budgets"],
        ["--remove", "budgets", "X", "a=b"],
        ["--set", "dossier"],
        ["--text", "a.md"],
        ["--delete", "a", "b"],
        ["--add", "areas", "name"],
    ],
)
def test_words_that_say_too_little_or_too_much(klein: Path, words: list[str], capsys: Captured) -> None:
    assert main(["draft", "new", str(klein), str(klein.with_name("d.toml")), *words]) == 2
    assert "draft new" in capsys.readouterr().err


def test_show_asks_for_nothing_more(klein: Path, capsys: Captured) -> None:
    assert main(["draft", "show", str(klein), "d.toml", *CORRECT]) == 2
    assert "draft new" in capsys.readouterr().err


def test_what_brings_errors_is_told_with_an_exit_code(klein: Path, tmp_path: Path, capsys: Captured) -> None:
    file = str(tmp_path / "d.toml")
    assert main(["draft", "new", str(klein), file, "--remove", "budget_lines", "BIN"]) == 1
    assert "D108" in capsys.readouterr().err
