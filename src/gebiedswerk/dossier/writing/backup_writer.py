"""Make a backup of a dossier while others write in it: one whole version, and of what has not changed no second copy.

A backup is a folder with a manifest and, in a folder that is named for its moment, the files as in the dossier. The
next one stands beside it until it is whole; then the manifest points there, and the former one goes, with all that
was erased since.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier import cache, safe_files
from gebiedswerk.dossier.lock import alone_in
from gebiedswerk.dossier.rooted import Root, RootedPlace, is_within, refuse_doubles
from gebiedswerk.dossier.writing.backup_manifest import MANIFEST, BackupManifest, HeldFile, NoBackup, read_backup
from gebiedswerk.dossier.writing.journal import entry_files, files_of, read_journal
from gebiedswerk.dossier.writing.journal_state import JOURNAL
from gebiedswerk.dossier.writing.redo import CONTENTS, sha256_of
from gebiedswerk.dossier.writing.verify_journal import verify_journal
from gebiedswerk.dossier.writing.whole_version import whole_version

TIMES = 3
"""So often it begins anew where a large file changed while it was copied."""
HALF, MADE = re.compile(r"\.half-[0-9]+"), re.compile(r"[0-9]{8}T[0-9]{12}Z")
"""The folders in a backup: unfinished, or named for their moment."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made, and how many of its files, and bytes, the former one did not have."""

    manifest: BackupManifest
    new_files: int
    new_bytes: int


def back_up(dossier: Path, to: Path) -> Checked[BackedUp | None]:
    """Make a backup of a dossier in a folder, new or with its former backup.

    Refused (None), with the former backup as it was: where something else stands there (J301), it lies in the dossier
    or the other way round (J302), a file changes all the time (J304), the backup there is not of an earlier version
    (J305), or the journal is damaged where that of the former backup is not (J306).
    """
    if not (dossier / "dossier.toml").is_file():
        return Checked(None, (fault("D101", "dossier.toml"),))
    if is_within(to, dossier) or is_within(dossier, to):
        return Checked(None, (fault("J302", str(to)),))
    if to.exists() and not _is_place(to):
        return Checked(None, (fault("J301", str(to)),))
    return alone_in(to, lambda: _Backup(dossier, Root(to)).made(), public=False)


def _is_place(to: Path) -> bool:
    """Whether a backup stands in a folder that can be read, or nothing that is not ours."""
    try:
        return bool(read_backup(to))
    except NoBackup:
        names = [one.name for one in to.iterdir()] if to.is_dir() else [to.name]
        return all(HALF.fullmatch(name) or MADE.fullmatch(name) for name in names)


class _Backup:
    """One run: the dossier, the folder of its backups, and what stands there."""

    def __init__(self, dossier: Path, root: Root) -> None:
        self.dossier, self.root = dossier, root
        self.half = root.at(f".half-{os.getpid()}")
        try:
            self.former: BackupManifest | None = read_backup(root.path)
        except NoBackup:
            self.former = None
        self.large: list[str] = []
        self.damaged: dict[str, Fault] = {}
        self.of_journal: tuple[Fault, ...] = ()

    def made(self) -> Checked[BackedUp | None]:
        """Make it. Raises OSError, and PlaceRefused for a place that not every disk can hold."""
        for name in self._ours(HALF):
            safe_files.remove(self.root.at(name))
        with safe_files.gone_if_refused(self.half):
            copied = self._copied()
            refused = copied.faults if copied.value is None else tuple(self._refusals())
            if copied.value is None or refused:
                self._remove_half()
                return Checked(None, (*self.damaged.values(), *refused))
            manifest = self._landed(copied.value)
        for name in self._ours(MADE):
            if name != manifest.folder:
                safe_files.remove(self.root.at(name))
        new = [one for name, one in manifest.files.items() if one != self._known(name)]
        faults = (*self.damaged.values(), *self.of_journal)
        return Checked(BackedUp(manifest, len(new), sum(one.bytes for one in new)), faults)

    def _ours(self, kind: re.Pattern[str]) -> list[str]:
        """The names of the folders of a kind that stand at the place of the backup."""
        return sorted(one.name for one in self.root.path.iterdir() if kind.fullmatch(one.name))

    def _remove_half(self) -> None:
        if self.half.path.exists():
            safe_files.remove(self.half)

    def _copied(self) -> Checked[Mapping[str, HeldFile] | None]:
        """The files of one whole version, each copied, or linked to that of the former backup."""
        changed: list[str] = []
        for _ in range(TIMES):
            try:
                found = whole_version(self.dossier, self._small_ones)
            except FileNotFoundError as gone:
                changed = [str(gone.filename)]
                continue
            moved = [] if found.value is None else list(self._changed_meanwhile(found.value))
            if not moved:
                return found
            changed = moved
        return Checked(None, (fault("J304", changed.pop()),))

    def _small_ones(self) -> Mapping[str, HeldFile]:
        """Copy all but the large files, of which only the hash is taken: these are copied while others write."""
        self._remove_half()
        self.large = []
        held, made, names = {}, set[Path](), list(_names(self.dossier))
        refuse_doubles(self.root, names)
        for name in names:
            path = self.dossier / name
            size = path.stat().st_size
            if size >= cache.LARGE:
                held[name] = HeldFile(size, cache.file_hash(path))
                self.large.append(name)
                continue
            data = path.read_bytes()
            held[name] = HeldFile(len(data), hashlib.sha256(data).hexdigest())
            place = safe_files.in_folder(self.half.at(name), made)
            if not self._linked(name, held[name], place):
                safe_files.put_new(place, data)
        return held

    def _changed_meanwhile(self, held: Mapping[str, HeldFile]) -> Iterator[str]:
        """Copy the large files; those that are no longer what they were."""
        made: set[Path] = set()
        for name in self.large:
            place = safe_files.in_folder(self.half.at(name), made)
            if self._linked(name, held[name], place):
                continue
            with suppress(FileNotFoundError):
                safe_files.copy_file(self.dossier / name, place)
            if sha256_of(place.path) != held[name].sha256:
                yield name

    def _linked(self, name: str, one: HeldFile, place: RootedPlace) -> bool:
        """Whether the former backup has the same file: then it gets one more place, without a copy of its bytes."""
        if self._known(name) != one or self.former is None:
            return False
        there = self.root.at(self.former.folder).at(name)
        if there.path.is_symlink() or sha256_of(there.path) != one.sha256:
            self.damaged[name] = fault("J303", name)
            return False
        safe_files.link_file(there.path, place)
        return True

    def _known(self, name: str) -> HeldFile | None:
        """What the former backup says of a file."""
        return self.former.files.get(name) if self.former else None

    def _refusals(self) -> Iterator[Fault]:
        """Why this may not take the place of the former backup."""
        wrong = verify_journal(self.half.path)
        if self.former is None:
            self.of_journal = wrong
            return
        former = self.root.at(self.former.folder).path
        if set(self.former.heads) - read_journal(self.half.path).entries.keys():
            yield fault("J305", str(self.root.path))
        elif set(wrong) - set(verify_journal(former)):
            yield from (*wrong, fault("J306", str(self.root.path)))
        else:
            self.of_journal = wrong

    def _landed(self, held: Mapping[str, HeldFile]) -> BackupManifest:
        """Give the files their name, and have the manifest point there."""
        safe_files.sync_tree(self.half.path)
        at = datetime.now(UTC)
        heads = read_journal(self.half.path).heads
        manifest = BackupManifest(at.isoformat(timespec="seconds"), f"{at:%Y%m%dT%H%M%S%fZ}", heads, dict(held))
        safe_files.rename_folder(self.half, self.root.at(manifest.folder))
        safe_files.replace_file(self.root.at(MANIFEST), manifest.text)
        return manifest


def _names(dossier: Path) -> Iterator[str]:
    """The files of a dossier and of its journal; not hidden ones."""
    yield from files_of(dossier)
    yield from (f"{JOURNAL}/{one.name}" for one in entry_files(dossier))
    contents = dossier / CONTENTS
    if contents.is_dir():
        yield from sorted(f"{CONTENTS}/{one.name}" for one in contents.iterdir() if not one.name.startswith("."))
