"""The files of a dossier with a change on top: what would stand where, and what of it changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gebiedswerk.dossier.cache import file_hash
from gebiedswerk.dossier.writing.entries import PlaceMark
from gebiedswerk.dossier.writing.redo import hash_of


@dataclass(frozen=True, slots=True)
class Told:
    """What changed at a place within a file, with the old and the new text; None where there was none."""

    place: PlaceMark
    old: bytes | None
    new: bytes | None
    key: bytes | None = None


@dataclass
class Overlay:
    """The files of a dossier as they stand, with what a change makes of them on top."""

    folder: Path
    old: dict[str, bytes | None] = field(default_factory=dict)
    new: dict[str, bytes | None] = field(default_factory=dict)

    def read(self, name: str) -> bytes | None:
        """A file as it would stand; None where there would be none."""
        if name in self.new:
            return self.new[name]
        if name not in self.old:
            path = self.folder / name
            self.old[name] = path.read_bytes() if path.is_file() else None
        return self.old[name]

    def hash(self, name: str) -> str | None:
        """The SHA-256 of a file as it would stand, without holding it in memory."""
        if name in self.old:
            return hash_of(self.read(name))
        path = self.folder / name
        return file_hash(path) if path.is_file() else None

    def write(self, name: str, data: bytes | None) -> None:
        """Put other bytes at a place."""
        self.read(name)
        self.new[name] = data

    @property
    def changed(self) -> dict[str, bytes | None]:
        """The files that would hold something else."""
        return {name: data for name, data in self.new.items() if data != self.old[name]}
