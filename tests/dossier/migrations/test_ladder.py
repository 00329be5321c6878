"""Bytes of an older format in, bytes of this one out; all that is no part of a step stays."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from gebiedswerk.dossier.migrations.ladder import LADDER, SETTINGS, files_to_migrate, migrated
from gebiedswerk.dossier.settings import FORMAT

TOML = b'# Ons dossier.\r\nformat = 1  # zie de naslag\r\n\r\n[municipality]\r\nname = "Dorp"\r\n'


def test_the_steps_lead_to_this_format() -> None:
    """One by one, without a gap."""
    assert [step.to for step in LADDER] == list(range(2, FORMAT + 1))


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_settings_change_in_one_line(mark: bytes) -> None:
    """Comments, line ends and the mark in front stay; twice is once."""
    now = migrated({SETTINGS: mark + TOML})
    assert now == {SETTINGS: mark + TOML.replace(b"format = 1", f"format = {FORMAT}".encode())}
    assert migrated(now) == {}


def test_what_changes_and_what_is_read(tmp_path: Path) -> None:
    """Tables with ids under either name; a table that has them already does not change."""
    (tmp_path / "work").mkdir()
    (tmp_path / SETTINGS).write_bytes(TOML)
    (tmp_path / "areas.csv").write_text("code\nA\n")
    (tmp_path / "work" / "team.xlsx").write_bytes(b"")
    (tmp_path / "work" / "aldermen.csv").write_text("area,title,name,valid_from\nA,t,n,2025-01-01\n")
    (tmp_path / "work" / "newsletters.csv").write_text("id,area,sent_on,title\nN1,A,2025-01-01,L\n")
    files = files_to_migrate(tmp_path)
    assert sorted(files) == [SETTINGS, "work/aldermen.csv", "work/newsletters.csv", "work/team.xlsx"]
    del files["work/team.xlsx"]
    assert sorted(migrated(files)) == [SETTINGS, "work/aldermen.csv"]
    assert migrated(files | {SETTINGS: TOML.replace(b"1", b"2", 1)}) == {}
