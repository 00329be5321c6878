"""`restore`: a backup becomes a dossier again, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.core.faults import Checked
from gebiedswerk.dossier.writing.backup_manifest import BackupManifest
from gebiedswerk.dossier.writing.backup_reader import bring_back

__all__ = ["BackupManifest", "restore"]


def restore(backup: Path, dossier: Path) -> Checked[BackupManifest | None]:
    """Write the dossier of a backup into a new or empty folder; None where something of it is missing or damaged."""
    return bring_back(backup, dossier)
