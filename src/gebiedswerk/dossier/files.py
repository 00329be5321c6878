"""The only place that writes: whole or not at all, and on the disk before anything points to it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def make_folder(path: Path) -> None:
    """Make a folder and those above it."""
    path.mkdir(parents=True, exist_ok=True)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that nothing reads yet, through to the disk."""
    make_folder(path.parent)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, data: bytes) -> None:
    """Write a file that may be read at any moment: readers see the old bytes or the new."""
    beside = path.with_name(f".{path.name}.new")
    write_new(beside, data)
    beside.replace(path)
    sync_folder(path.parent)


def link_file(source: Path, path: Path) -> None:
    """Give an existing file one more place, without copying where the disk allows it."""
    make_folder(path.parent)
    try:
        os.link(source, path)
    except OSError:
        write_new(path, source.read_bytes())


def rename_folder(source: Path, path: Path) -> None:
    """Give a finished folder its name."""
    source.rename(path)
    sync_folder(path.parent)


def point_link(link: Path, target: Path) -> None:
    """Point a link at a folder beside it, in one step: readers see the former folder or the new one."""
    beside = link.with_name(f".{link.name}.new")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target.relative_to(link.parent), target_is_directory=True)
    beside.replace(link)
    sync_folder(link.parent)


def remove_folder(path: Path) -> None:
    """Remove a folder that nothing points to any more."""
    shutil.rmtree(path)


def sync_folder(path: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
