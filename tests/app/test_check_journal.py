"""Whether a journal is whole, and what only a noted hash can tell."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.app.check_journal import check_journal
from gebiedswerk.app.set_settings import set_settings
from gebiedswerk.dossier.writing.journal import entry_files, read_journal


def codes(dossier: Path, head: str = "") -> tuple[int, list[str]]:
    count, faults = check_journal(dossier, head)
    return count, [one.code for one in faults]


def test_a_journal_that_grows(klein: Path) -> None:
    assert codes(klein) == (0, [])
    assert not set_settings(klein, "dossier", {"municipality.name": "X"})
    assert codes(klein) == (2, ["J114"])
    head = read_journal(klein).heads[0]
    assert codes(klein, head) == (2, [])
    assert not set_settings(klein, "dossier", {"municipality.name": "Y"})
    assert codes(klein, head) == (3, [])
    assert codes(klein, "0" * 64) == (3, ["J115"])


def test_damage_is_said_instead(klein: Path) -> None:
    assert not set_settings(klein, "dossier", {"municipality.name": "X"})
    entry_files(klein)[0].unlink()
    assert codes(klein) == (1, ["J112"])


def test_no_dossier(tmp_path: Path) -> None:
    assert codes(tmp_path) == (0, ["D101"])
