"""What a backup says of itself: read back as it was written, and nothing else."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from gebiedswerk.dossier.writing.backup_manifest import MANIFEST, BackupManifest, HeldFile, NoBackup, read_backup

ONE = BackupManifest(
    "2026-12-01T03:00:00+00:00", "20261201T030000000000Z", ("a" * 64,), {"areas.csv": HeldFile(3, "b" * 64)}
)


def test_it_is_read_back(tmp_path: Path) -> None:
    """The same bytes each time, in the order of the names."""
    (tmp_path / MANIFEST).write_bytes(ONE.text)
    assert read_backup(tmp_path) == ONE
    more = BackupManifest(ONE.at, ONE.folder, (), {"b": HeldFile(1, "c"), "a": HeldFile(2, "d")})
    expected = (
        '{\n "at": "2026-12-01T03:00:00+00:00",\n "files": {\n  "a": {\n   "bytes": 2,\n   "sha256": "d"\n  },\n'
        '  "b": {\n   "bytes": 1,\n   "sha256": "c"\n  }\n },\n "folder": "20261201T030000000000Z",\n'
        ' "format": 1,\n "heads": []'
    )
    whole = hashlib.sha256((expected + "\n}\n").encode()).hexdigest()
    assert more.text.decode() == expected + ',\n "whole": "' + whole + '"\n}\n'


@pytest.mark.parametrize("at", range(0, len(ONE.text), 7))
def test_a_changed_letter_is_no_backup(at: int, tmp_path: Path) -> None:
    data = bytearray(ONE.text)
    data[at] ^= 1
    (tmp_path / MANIFEST).write_bytes(bytes(data))
    with pytest.raises(NoBackup):
        read_backup(tmp_path)


def test_a_file_that_was_taken_out_is_missed(tmp_path: Path) -> None:
    """As is one that was put in: the hash of the whole tells."""
    form = json.loads(ONE.text)
    (tmp_path / MANIFEST).write_text(json.dumps({**form, "files": {}}, indent=1, sort_keys=True) + "\n")
    with pytest.raises(NoBackup, match="as it was written"):
        read_backup(tmp_path)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"format": 1}', b"\xff", b"[" * 100_000])
def test_anything_else_is_no_backup(data: bytes, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(data)
    with pytest.raises(NoBackup):
        read_backup(tmp_path)


@pytest.mark.parametrize("change", [{"at": 1}, {"folder": 2}, {"heads": (3,)}])
def test_texts_are_texts(change: dict[str, object], tmp_path: Path) -> None:
    """Also where the hash of the whole is right."""
    parts = {"at": ONE.at, "folder": ONE.folder, "heads": ONE.heads, "files": ONE.files, **change}
    (tmp_path / MANIFEST).write_bytes(BackupManifest(**parts).text)  # type: ignore[arg-type] # that is what is tried
    with pytest.raises(NoBackup):
        read_backup(tmp_path)


def test_without_a_manifest_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(NoBackup):
        read_backup(tmp_path / "nowhere")
