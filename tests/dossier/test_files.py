"""Files reach the disk, by whatever call the system has for that."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gebiedswerk.dossier import files


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The places whose bytes or names were waited for, one by one."""
    found: list[str] = []
    monkeypatch.setattr(files, "sync_folder", lambda path: found.append(path.name))
    return found


def tree(folder: Path) -> Path:
    """A folder with two files, of which one stands deeper."""
    files.make_folder(folder / "deeper")
    files.put_new(folder / "one", b"1")
    files.put_new(folder / "deeper/two", b"2")
    return folder


def test_without_a_call_for_all_each_file_and_folder_is_waited_for(
    tmp_path: Path, synced: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slow way misses nothing."""
    monkeypatch.setattr(files, "_sync_disk", lambda: None)
    files.sync_tree(tree(tmp_path / "tree"))
    assert sorted(synced) == ["deeper", "one", "tree", "two"]


def test_one_call_waits_for_all(tmp_path: Path, synced: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The quick way asks the disk once, by the folder itself."""
    asked: list[int] = []
    monkeypatch.setattr(files, "_sync_disk", lambda: lambda handle: asked.append(os.fstat(handle).st_ino))
    files.sync_tree(tree(tmp_path / "tree"))
    assert asked == [(tmp_path / "tree").stat().st_ino]
    assert synced == []


def test_a_disk_that_fails_is_said(tmp_path: Path) -> None:
    """A handle that is none: the system's own error, not silence."""
    sync_disk = files._sync_disk()
    if sync_disk is None:
        pytest.skip("this system has no call that syncs a whole disk")
    with pytest.raises(OSError, match="Bad file descriptor"):
        sync_disk(-1)
