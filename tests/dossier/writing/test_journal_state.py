"""What tells two versions of a dossier apart is names alone, and who only reads needs nothing of a writer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import gebiedswerk.dossier
from gebiedswerk.dossier.writing.apply import apply
from gebiedswerk.dossier.writing.journal_state import JournalState, seen


def test_how_a_journal_stands(tmp_path: Path) -> None:
    assert seen(tmp_path) == JournalState(False, frozenset())
    for name in ("contents", ".half-1", ".done-2"):
        (tmp_path / "journal" / name).mkdir(parents=True)
    assert seen(tmp_path) == JournalState(False, frozenset({"contents"}))
    (tmp_path / "journal/.redo").mkdir()
    (tmp_path / "journal/a.toml").touch()
    assert seen(tmp_path) == JournalState(True, frozenset({"contents", ".redo", "a.toml"}))


def test_who_reads_needs_nothing_of_a_writer() -> None:
    """A library that edits settings takes as long to import as a small dossier to read."""
    words = "import sys; from gebiedswerk.dossier import read; print('tomlkit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_door_has_the_writer() -> None:
    assert gebiedswerk.dossier.apply is apply
    with pytest.raises(AttributeError):
        _ = gebiedswerk.dossier.nothing
