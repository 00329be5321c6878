"""The manifest of a release: every file with its size and SHA-256, sorted, the same bytes each time.

A manifest comes from elsewhere: what it says is read as if an enemy wrote it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gebiedswerk.core.faults import Fault, GebiedswerkError, fault
from gebiedswerk.core.filenames import doubles, refusal_of_place

NAME = "manifest.json"
SIGNATURE = f"{NAME}.sig"
"""Stands beside the manifest, which cannot name it."""
FORMAT = 1
PUBLIC, AUDIT = "public", "audit"
HUGE = 1_000_000
"""Bytes that a changed file may be longer than twice what it was, and still be read."""
LARGEST = 512 * 1024 * 1024
"""Bytes of the largest manifest that is read: some four million files."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: how long it is, and the SHA-256 of its bytes."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release holds. `at`: the moment of building that was given; `public_sha256`: of an audit release, the
    SHA-256 of the manifest of the public release that it belongs to. `program_key` tells programs apart that may
    write other bytes.
    """

    kind: str
    program: str
    program_key: str
    at: str
    public_sha256: str
    files: Mapping[str, Entry]


class NoManifest(GebiedswerkError):
    """Text that is no manifest as `manifest_text` writes it."""

    def __init__(self) -> None:
        super().__init__("This is no manifest as `gebiedswerk freeze` writes it.")


def manifest_text(manifest: Manifest) -> bytes:
    """A manifest as JSON: the same release gives the same bytes."""
    form = {"format": FORMAT} | asdict(manifest)
    return (json.dumps(form, indent=1, sort_keys=True, ensure_ascii=True) + "\n").encode()


def read_manifest(data: bytes) -> Manifest:
    """Read back what `manifest_text` wrote. Raises NoManifest where it is anything else, however small."""
    try:
        manifest = _from_form(json.loads(data))
        same = manifest_text(manifest) == data
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as problem:
        raise NoManifest from problem
    texts = (manifest.kind, manifest.program, manifest.program_key, manifest.at, manifest.public_sha256)
    if not same or not all(map(_is_text, texts)):
        raise NoManifest
    return manifest


def _from_form(form: Mapping[str, Any]) -> Manifest:
    entries = {path: Entry(int(one["bytes"]), str(one["sha256"])) for path, one in form["files"].items()}
    if form["kind"] not in (PUBLIC, AUDIT) or form["format"] != FORMAT:
        raise NoManifest
    if form["at"] != "":
        datetime.fromisoformat(form["at"])
    program, key = form["program"], form["program_key"]
    return Manifest(form["kind"], program, key, form["at"], form["public_sha256"], entries)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def entries_of(root: Path, without: Collection[str] = (NAME,)) -> dict[str, Entry]:
    """Path → entry of every file below a folder that we made ourselves."""
    paths = (path for path in sorted(root.rglob("*")) if path.is_file())
    named = ((path.relative_to(root).as_posix(), path) for path in paths)
    return {name: Entry(path.stat().st_size, sha256_of(path)) for name, path in named if name not in without}


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def compared(root: Path, manifest: Manifest) -> Iterator[Fault]:
    """Hold the files of a folder against a manifest: unsafe, missing, extra and changed ones.

    Links are never followed; a file of another length is not read.
    """
    present, strange = _present(root)
    yield from (fault("Z106", name) for name in strange)
    yield from (fault("Z106", name) for name in _unsafe(manifest.files))
    for name, entry in manifest.files.items():
        if name in present:
            yield from _changed(root / name, name, present[name], entry)
        elif name not in strange and is_safe(name):
            yield fault("Z103", name)
    yield from (fault("Z104", name) for name in sorted(present.keys() - manifest.files.keys() - {NAME, SIGNATURE}))


def _changed(path: Path, name: str, found: int, entry: Entry) -> Iterator[Fault]:
    """A file that is not what the manifest says (Z105); `found_bytes` is None where it may not be read."""
    facts: dict[str, int | None] = {"expected_bytes": entry.bytes, "found_bytes": found}
    if found != entry.bytes:
        yield fault("Z105", name, None, None, f"{found} bytes", **facts)
        return
    try:
        digest = sha256_of(path)
    except OSError as problem:
        yield fault("Z105", name, None, None, problem.strerror or problem, **facts | {"found_bytes": None})
        return
    if digest != entry.sha256:
        yield fault("Z105", name, None, None, digest, **facts)


def is_huge(found: Fault) -> bool:
    """Whether a file is so much longer than it was that reading it may take all memory, or may not be read at all."""
    facts = dict(found.facts) if found.code == "Z105" else {}
    length, expected = facts.get("found_bytes", 0), facts.get("expected_bytes")
    return length is None or isinstance(length, int) and isinstance(expected, int) and length > 2 * expected + HUGE


def _present(root: Path) -> tuple[dict[str, int], list[str]]:
    """Path → size of every plain file below a folder, and the paths of links and what else is no file."""
    sizes: dict[str, int] = {}
    strange: list[str] = []
    for folder, folders, names in os.walk(root):
        for name in sorted([*folders, *names]):
            path = Path(folder) / name
            place = path.relative_to(root).as_posix()
            if path.is_symlink() or not (path.is_file() or path.is_dir()) or not _is_utf8(place):
                strange.append(place)
            elif path.is_file():
                sizes[place] = path.stat().st_size
    return sizes, sorted(strange)


def _is_utf8(name: str) -> bool:
    """Whether a name is one of letters, and not of bytes that no letters have."""
    return not any(0xD800 <= ord(sign) <= 0xDFFF for sign in name)


def is_safe(name: str) -> bool:
    """Whether a path of a manifest stays in its folder, on every machine."""
    return refusal_of_place(name) is None


def _unsafe(names: Collection[str]) -> list[str]:
    """Paths that leave the folder, and those that are one file where capitals or accents do not count."""
    second = {name for name, _ in doubles(names)}
    return [name for name in names if name in second or not is_safe(name) or name in (NAME, SIGNATURE)]
