"""The cache: answers outside the dossier that a next run need not work out again. Delete it at any time.

What is kept is named for all that decides it and carries its own checksum: half a file, or a changed one, is no answer.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent.parent
LARGE = 8_000_000
"""Bytes from which remembering the hash of a file is worth a file of its own."""
SETTLED_NS = 2_000_000_000
"""A file that changed less than two seconds ago may change again within one tick of the clock of its disk."""


def folder() -> Path:
    """Where the cache stands: `GEBIEDSWERK_CACHE`, else the user's own folder for caches."""
    named = os.environ.get("GEBIEDSWERK_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(named) if named else Path(base) / "gebiedswerk"


@cache  # cache: by the source code
def program() -> str:
    """The hash of all code that reads and attributes: a change in it makes everything that was kept void."""
    digest = hashlib.sha256()
    for room in ("core", "dossier", "formats", "ledger"):
        for path in sorted((PACKAGE / room).rglob("*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def key(*decides: object) -> str:
    """A name for an answer, by all that decides it."""
    return hashlib.sha256(repr((program(), decides)).encode()).hexdigest()


def load(name: str) -> Any:
    """What was kept under a name; None where nothing was, or where it is not whole."""
    try:
        digest, _, text = (folder() / name).read_bytes().partition(b"\n")
    except OSError:
        return None
    return json.loads(text) if hashlib.sha256(text).hexdigest().encode() == digest else None


def keep(name: str, value: object) -> bool:
    """Keep what JSON can write. A full or closed disk is no fault of the dossier: False."""
    text = json.dumps(value, separators=(",", ":")).encode()
    place = folder() / name
    try:
        make_folder()
    except OSError:
        return False
    beside = beside_of(place)
    try:
        beside.write_bytes(hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
        beside.chmod(0o600)
        beside.replace(place)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        return False
    return True


def make_folder() -> None:
    """Make the folder, and those above it, for its owner alone, whatever the umask: it holds postings as they were
    delivered, with names and all.
    """
    for path in [*reversed(folder().parents), folder()]:
        if not path.is_dir():
            path.mkdir(mode=0o700, exist_ok=True)
            path.chmod(0o700)


def beside_of(place: Path) -> Path:
    """Where to write a file of the cache before it gets its name, so that no half file is ever read."""
    return place.with_name(f"{place.name}.{os.getpid()}.new")


def file_hash(path: Path, *, anew: bool = False) -> str:
    """The SHA-256 of a file. Of a large one it is remembered for as long as the file is the same.

    The same: place, number on the disk, size, and the moments of its last change and of the last change of its record,
    which no program can set back. Where the system keeps no such moment, or who asks wants it `anew`, the file is read.
    """
    before = _mark(path)
    name = f"{hashlib.sha256(os.fsencode(path.resolve())).hexdigest()}.hash"
    if before is not None and not anew:
        known = load(name)
        if isinstance(known, list) and known[:-1] == before:
            return str(known[-1])
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if before is not None and before == _mark(path) and time.time_ns() - max(before[3:]) > SETTLED_NS:
        keep(name, [*before, found])
    return found


def _mark(path: Path) -> list[int] | None:
    """What tells a large file from a changed one: disk, number, size, moment of the content and of the record."""
    about = path.stat()
    if sys.platform == "win32" or about.st_size < LARGE:
        return None
    return [about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns]
