"""What a backup says of itself: the moment, the ends of the journal, and each file with its size and SHA-256.

It comes from elsewhere, and is read as if an enemy wrote it. It holds the hash of all that it says: a file that was
taken out of it is missed as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gebiedswerk.core.faults import GebiedswerkError

MANIFEST = "backup.json"
FORMAT = 1


class NoBackup(GebiedswerkError):
    """A folder without a manifest as we write it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is no backup: {MANIFEST} is not there, or not as it was written.")


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of a backup: how long it is, and the SHA-256 of its bytes."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """A backup. `at`: when it was made; `folder`: where in it the files stand; `heads`: the ends of the journal."""

    at: str
    folder: str
    heads: tuple[str, ...]
    files: Mapping[str, HeldFile]

    @property
    def text(self) -> bytes:
        """The manifest as a file."""
        form = {"format": FORMAT, **asdict(self)}
        return _dumped({**form, "whole": hashlib.sha256(_dumped(form)).hexdigest()})


def read_backup(folder: Path) -> BackupManifest:
    """The manifest of a backup. Raises NoBackup where there is none, or where it is not as it was written."""
    try:
        data = (folder / MANIFEST).read_bytes()
        form: Mapping[str, Any] = json.loads(data)
        files = {name: HeldFile(one["bytes"], one["sha256"]) for name, one in form["files"].items()}
        manifest = BackupManifest(form["at"], form["folder"], tuple(form["heads"]), files)
        same = manifest.text == data
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as problem:
        raise NoBackup(folder) from problem
    if not same or not all(isinstance(one, str) for one in (manifest.at, manifest.folder, *manifest.heads)):
        raise NoBackup(folder)
    return manifest


def _dumped(form: Mapping[str, Any]) -> bytes:
    return (json.dumps(form, indent=1, sort_keys=True) + "\n").encode()
