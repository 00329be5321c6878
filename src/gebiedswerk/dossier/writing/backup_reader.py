"""Bring a backup back as a dossier: every byte is held against its manifest, and it comes whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.core.filenames import doubles
from gebiedswerk.dossier import safe_files
from gebiedswerk.dossier.disk import on_disk
from gebiedswerk.dossier.rooted import PlaceRefused, Root, is_within
from gebiedswerk.dossier.writing.backup_manifest import BackupManifest, HeldFile, NoBackup, read_backup
from gebiedswerk.dossier.writing.redo import sha256_of
from gebiedswerk.dossier.writing.verify_journal import verify_journal


def bring_back(backup: Path, to: Path) -> Checked[BackupManifest | None]:
    """Write the dossier of a backup into a new folder, or an empty one. Returns what the backup says of itself.

    Refused (None), with nothing written: where there is no backup (J307), a file of it is missing or damaged (J308), or
    the folder holds something (J309) or lies in the backup (J302). What was wrong with its journal then is told.
    """
    try:
        manifest = read_backup(backup)
    except NoBackup:
        return Checked(None, (fault("J307", str(backup)),))
    if is_within(to, backup):
        return Checked(None, (fault("J302", str(to)),))
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        return Checked(None, (fault("J309", str(to)),))

    def work() -> Checked[BackupManifest | None]:
        target = to.resolve()
        half = Root(target.parent).at(f".{target.name}.half")
        if half.path.exists():
            safe_files.remove(half)
        with safe_files.gone_if_refused(half):
            damaged = list(_damaged(backup, manifest, half.path))
            if damaged:
                safe_files.remove(half)
                return Checked(None, tuple(damaged))
            safe_files.sync_tree(half.path)
            safe_files.rename_folder(half, Root(target.parent).at(target.name))
        return Checked(manifest, verify_journal(to))

    return on_disk(to, "B103", work)


def _damaged(backup: Path, manifest: BackupManifest, half: Path) -> Iterator[Fault]:
    """Copy each file of a backup; those that are not what they were."""
    root, made = Root(half), set[Path]()
    safe_files.make_root(root)
    twice = {name for name, _ in doubles(manifest.files)}
    for name, held in manifest.files.items():
        if name in twice or not _copied(backup, manifest.folder, name, held, root, made):
            yield fault("J308", name)


def _copied(backup: Path, folder: str, name: str, held: HeldFile, root: Root, made: set[Path]) -> bool:
    """Whether a file was there, below the backup and through no link, and its copy is what the manifest says."""
    try:
        there, place = Root(backup).at(folder).at(name), safe_files.in_folder(root.at(name), made)
        there.check_way()
    except PlaceRefused:
        return False
    if there.path.is_symlink() or not there.path.is_file():
        return False
    safe_files.copy_file(there.path, place)
    return sha256_of(place.path) == held.sha256
