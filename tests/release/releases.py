"""Releases for tests: one of the example town, and changes to it with its manifest made to fit."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from gebiedswerk.app.verify import verify
from gebiedswerk.core.faults import Fault, errors

MANIFEST = "manifest.json"


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def codes(folder: Path, *, deliveries: bool = False) -> list[str]:
    """The codes of the errors of a release, each once."""
    return list(dict.fromkeys(one.code for one in wrong(folder, deliveries=deliveries)))


def wrong(folder: Path, *, deliveries: bool = False) -> list[Fault]:
    """The errors of a release."""
    return errors(verify(folder, deliveries=deliveries).faults)


def swap(folder: Path, place: str, old: str, new: str) -> None:
    """Replace the first `old` in a file of a release; it must be there."""
    path = folder / place
    text = path.read_bytes()
    assert old.encode() in text, (place, old)
    path.write_bytes(text.replace(old.encode(), new.encode(), 1))


def reseal(folder: Path, *places: str) -> None:
    """Let the manifest say what now stands in these files, as an attacker would."""
    form = json.loads((folder / MANIFEST).read_bytes())
    for place in places:
        data = (folder / place).read_bytes()
        form["files"][place] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    write_manifest(folder, form)


def write_manifest(folder: Path, form: dict[str, object]) -> None:
    """Write a manifest in the form of `freeze`."""
    text = json.dumps(form, indent=1, sort_keys=True, ensure_ascii=True) + "\n"
    (folder / MANIFEST).write_bytes(text.encode())
