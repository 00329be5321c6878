"""The commands about versions of a dossier: where they write, what they say and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.cli.main import main
from tests.town import append


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
