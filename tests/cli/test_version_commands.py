"""The commands about versions of a dossier: where they write, what they say and how they end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gebiedswerk.cli.main import main
from gebiedswerk.dossier.writing.journal import read_journal
from tests.town import append
from tests.whole.test_build import tree


def test_the_result_lands_in_ours_and_nowhere_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0 where it merged, 1 where a person must choose."""
    versions = {"base": "a = 1\nb = 1\n", "ours": "a = 2\nb = 1\n", "theirs": "a = 1\nb = 2\n"}
    paths = [tmp_path / name for name in versions]
    for path, text in zip(paths, versions.values(), strict=True):
        path.write_text(text)
    words = [*map(str, paths), "dossier.toml"]
    assert main(["merge", *words]) == 0 and not capsys.readouterr().err
    assert [path.read_text() for path in paths] == [versions["base"], "a = 2\nb = 2\n", versions["theirs"]]
    append(tmp_path, "theirs", "a = 3")
    assert main(["merge", "--lang", "en", *words]) == 1
    assert "cannot be read on one of the sides" in capsys.readouterr().err


def test_a_version_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not as a traceback (B112); ours stays as it was."""
    (tmp_path / "ours").write_text("a = 1\n")
    assert (
        main(["merge", str(tmp_path / "base"), str(tmp_path / "ours"), str(tmp_path / "theirs"), "dossier.toml"]) == 1
    )
    assert "B112" in capsys.readouterr().err and (tmp_path / "ours").read_text() == "a = 1\n"


def test_a_backup_is_made_and_brought_back(klein: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both say how much it was; the backup with what the journal ends, so that a person may note it elsewhere."""
    main(["set", str(klein), "dossier", "municipality.name=Wilgenstad"])
    capsys.readouterr()
    assert main(["backup", str(klein), "--to", str(tmp_path / "backup")]) == 0
    head = read_journal(klein).heads[0]
    told = capsys.readouterr().out
    assert f"Back-up gemaakt in {tmp_path / 'backup'}: " in told and f"Het journaal eindigt met {head}." in told
    assert main(["backup", "--lang", "en", str(klein), "--to", str(tmp_path / "backup")]) == 0
    assert "of which 0 new or changed (0 kB)" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "backup"), str(tmp_path / "new")]) == 0
    assert re.search(r"Teruggezet in \S+: \d+ bestanden, zoals zij waren op \d", capsys.readouterr().out)
    assert tree(tmp_path / "new") == tree(klein)
    assert main(["restore", str(tmp_path / "backup"), str(tmp_path / "new")]) == 1
    assert "J309" in capsys.readouterr().err
