"""A backup of the example, through the verb: nobody who reads or checks the dossier notices it."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.app.backup import backup
from gebiedswerk.assembly.opened import open_dossier
from tests.whole.test_build import tree


def test_the_dossier_is_as_it_was(klein: Path, tmp_path: Path) -> None:
    """No byte and no name in it changes, and its journal does not begin."""
    before, faults = tree(klein), open_dossier(klein).faults
    made = backup(klein, tmp_path / "backup").value
    assert made is not None and made.new_files == len(before)
    assert tree(klein) == before and open_dossier(klein).faults == faults


def test_a_refusal_leaves_the_place_as_it_was(klein: Path, tmp_path: Path) -> None:
    """A folder that is not there is not made for nothing."""
    made, faults = backup(tmp_path / "nowhere", tmp_path / "backup")
    assert made is None and [one.code for one in faults] == ["D101"]
    assert not (tmp_path / "backup").exists()
