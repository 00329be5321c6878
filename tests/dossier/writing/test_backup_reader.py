"""Backups brought back: to the byte, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gebiedswerk.app.set_settings import set_settings
from gebiedswerk.dossier import safe_files
from gebiedswerk.dossier.writing.backup_manifest import MANIFEST, BackupManifest, HeldFile, read_backup
from gebiedswerk.dossier.writing.backup_reader import bring_back
from gebiedswerk.dossier.writing.backup_writer import back_up
from tests.whole.death import dies, full_disk, moments_of_death
from tests.whole.test_build import tree


@pytest.fixture
def backup(klein: Path, tmp_path: Path) -> Path:
    assert back_up(klein, tmp_path / "backup").value is not None
    return tmp_path / "backup"


def codes(backup: Path, to: Path) -> list[tuple[str, str | None]]:
    """What is told, and that nothing was written."""
    before = sorted(to.parent.iterdir())
    manifest, faults = bring_back(backup, to)
    assert manifest is None and sorted(to.parent.iterdir()) == before
    return [(one.code, one.file) for one in faults]


def test_it_comes_back_to_the_byte(backup: Path, klein: Path, tmp_path: Path) -> None:
    """In a new folder, below new folders, and in an empty one; the dossier itself need not be there any more."""
    expected = tree(klein)
    shutil.rmtree(klein)
    (tmp_path / "empty").mkdir()
    for to in (tmp_path / "new", tmp_path / "a" / "b", tmp_path / "empty"):
        manifest, faults = bring_back(backup, to)
        assert manifest == read_backup(backup) and not faults
        assert tree(to) == expected
        assert [one.name for one in to.parent.iterdir() if one.name.startswith(".")] == []


def test_what_was_wrong_with_its_journal_is_told(klein: Path, tmp_path: Path) -> None:
    """It comes back as it was."""
    assert not set_settings(klein, "dossier", {"municipality.name": "Wilgenstad"})
    next((klein / "journal" / "contents").iterdir()).write_bytes(b"x")
    assert back_up(klein, tmp_path / "backup").value is not None
    manifest, faults = bring_back(tmp_path / "backup", tmp_path / "new")
    assert manifest is not None and [one.code for one in faults] == ["J113"]
    assert tree(tmp_path / "new") == tree(klein)


def test_it_is_on_the_disk_before_it_has_its_name(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = []
    monkeypatch.setattr(
        safe_files, "sync_tree", lambda folder: synced.append((folder.name, (tmp_path / "new").exists()))
    )
    assert bring_back(backup, tmp_path / "new").value is not None
    assert synced == [(".new.half", False)]


def test_a_backup_may_be_moved(backup: Path, klein: Path, tmp_path: Path) -> None:
    backup = backup.rename(tmp_path / "elsewhere")
    assert bring_back(backup, tmp_path / "new").value is not None
    assert tree(tmp_path / "new") == tree(klein)


def test_each_damaged_file_is_named_and_nothing_is_written(backup: Path, tmp_path: Path) -> None:
    folder = backup / read_backup(backup).folder
    data = bytearray((folder / "budgets.csv").read_bytes())
    data[40] ^= 1
    (folder / "budgets.csv").write_bytes(bytes(data))
    (folder / "areas.csv").unlink()
    (folder / "keys.csv").unlink()
    (folder / "keys.csv").mkdir()
    assert codes(backup, tmp_path / "new") == [("J308", "areas.csv"), ("J308", "budgets.csv"), ("J308", "keys.csv")]


def test_what_no_manifest_names_does_not_come_along(backup: Path, tmp_path: Path) -> None:
    (backup / read_backup(backup).folder / "planted.csv").write_text("x")
    assert bring_back(backup, tmp_path / "new").value is not None
    assert not (tmp_path / "new" / "planted.csv").exists()


@pytest.mark.parametrize("name", ["../outside", "/etc/x", "a/../../b", "con.csv", "areas.csv/x", "AREAS.csv", ""])
def test_a_hostile_manifest_reaches_nothing(name: str, backup: Path, tmp_path: Path) -> None:
    """Its own hash may be right: whoever wrote it made it so."""
    manifest = read_backup(backup)
    files = {**manifest.files, name: HeldFile(1, "0" * 64)}
    (backup / MANIFEST).write_bytes(BackupManifest(manifest.at, manifest.folder, manifest.heads, files).text)
    assert ("J308", name) in codes(backup, tmp_path / "new")


@pytest.mark.parametrize("folder", ["..", "/", "", "../klein"])
def test_a_hostile_folder_reaches_nothing(folder: str, backup: Path, tmp_path: Path) -> None:
    manifest = read_backup(backup)
    (backup / MANIFEST).write_bytes(BackupManifest(manifest.at, folder, manifest.heads, manifest.files).text)
    assert {code for code, _ in codes(backup, tmp_path / "new")} == {"J308"}


def test_a_link_is_no_file(backup: Path, klein: Path, tmp_path: Path) -> None:
    """Neither in place of a file nor of a folder, though what it leads to is the same."""
    folder = backup / read_backup(backup).folder
    (folder / "areas.csv").unlink()
    (folder / "areas.csv").symlink_to(klein / "areas.csv")
    shutil.rmtree(folder / "profiles")
    (folder / "profiles").symlink_to(klein / "profiles")
    named = {name for name in read_backup(backup).files if name == "areas.csv" or name.startswith("profiles/")}
    assert {file for _, file in codes(backup, tmp_path / "new")} == named


def test_there_must_be_a_backup_and_an_empty_folder(backup: Path, klein: Path, tmp_path: Path) -> None:
    assert codes(tmp_path / "nowhere", tmp_path / "new") == [("J307", str(tmp_path / "nowhere"))]
    before = tree(klein)
    assert codes(backup, klein) == [("J309", str(klein))] and tree(klein) == before
    assert codes(backup, klein / "areas.csv") == [("J309", str(klein / "areas.csv"))]
    assert codes(backup, backup / "new") == [("J302", str(backup / "new"))]


@pytest.mark.parametrize("half", [False, True])
def test_whenever_it_dies_there_is_a_whole_dossier_or_none(
    half: bool, backup: Path, klein: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it can be done again."""
    to = tmp_path / "here" / "new"

    def work() -> None:
        bring_back(backup, to)

    to.parent.mkdir()
    for at in moments_of_death(work, half, monkeypatch):
        shutil.rmtree(to.parent)
        to.parent.mkdir()
        dies(work, at, half, monkeypatch)
        assert not to.exists() or tree(to) == tree(klein)
        if not to.exists():
            assert bring_back(backup, to).value is not None
            assert tree(to) == tree(klein)
        assert [one.name for one in to.parent.iterdir()] == ["new"]


def test_a_full_disk_leaves_nothing(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with full_disk(6, monkeypatch):
        assert codes(backup, tmp_path / "new") == [("B103", str(tmp_path / "new"))]
