"""A draft is kept where a person says, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.core.actor import By
from gebiedswerk.dossier import PlaceRefused
from gebiedswerk.dossier.writing.draft import new_draft, read_draft
from gebiedswerk.dossier.writing.draft_file import write_draft


def test_it_replaces_what_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for reason in ("een", "twee"):
        draft = new_draft([], By(reason=reason))
        assert write_draft(Path("a.toml"), draft).value == Path("a.toml")
        assert read_draft((tmp_path / "a.toml").read_bytes(), "a.toml").value == draft
    assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]


def test_a_name_that_not_every_disk_can_hold(tmp_path: Path) -> None:
    with pytest.raises(PlaceRefused):
        write_draft(tmp_path / "con", new_draft([], By()))
