"""Which program makes which bytes: only the same one can make a release again."""

from __future__ import annotations

import hashlib
import re
import sys
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
DEVELOPERS = re.compile(r"extra\s*==\s*[\"']dev[\"']")


@cache  # cache: by the source code
def program_key() -> str:
    """The hash of all that decides the bytes of a release: our code and words, and the libraries that write files."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".po":
            digest.update(f"{path.relative_to(PACKAGE).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    for name, found in _versions():
        digest.update(f"{name}\0{found}\0".encode())
    return digest.hexdigest()


def _versions() -> Iterator[tuple[str, str]]:
    """The versions of Python, of what it packs with, and of the libraries that we ask for."""
    yield "python", ".".join(map(str, sys.version_info[:2]))
    yield "zlib", zlib.ZLIB_RUNTIME_VERSION
    for requirement in sorted(requires("gebiedswerk") or ()):
        if not DEVELOPERS.search(requirement):
            name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
            yield name, _version(name)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # one of a choice that was not made
        return ""
