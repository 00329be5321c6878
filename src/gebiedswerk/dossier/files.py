"""The only place that writes: whole or not at all, and on the disk before anything points to it."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

WAIT_SECONDS = 0.05


@contextmanager
def alone_in(path: Path, patience_seconds: float) -> Iterator[bool | None]:
    """Keep others who ask so out of a folder; False where another stays in it for longer than we are patient.

    The system holds the lock on the folder itself: nothing is left behind, and it lets go of what died. None where it
    knows no such locks: all may enter, nobody is surely alone, and the renaming of a finished folder decides.
    """
    if sys.platform == "win32":
        yield None
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        yield _locked(handle, time.monotonic() + patience_seconds)
    finally:
        os.close(handle)


def _locked(handle: int, until: float) -> bool | None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(WAIT_SECONDS)
        except OSError:  # a disk elsewhere that does not lock
            return None
        else:
            return True


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


def put_new(path: Path, data: bytes) -> None:
    """Write a file in a folder that is there, without waiting for the disk: `sync_tree` does that for many at once."""
    with path.open("wb") as file:
        file.write(data)


def write_tree(folder: Path, made: Mapping[str, bytes], there: Mapping[str, Path]) -> None:
    """Write a folder that nothing reads yet, through to the disk: files with these bytes, and existing ones linked.

    Raises OSError where the disk refuses it; the folder is gone then.
    """
    folders: set[Path] = set()
    with gone_if_refused(folder):
        for place, data in sorted(made.items()):
            put_new(in_folder(folder / place, folders), data)
        for place, source in sorted(there.items()):
            link_file(source, in_folder(folder / place, folders))
        sync_tree(folder)


@contextmanager
def gone_if_refused(*folders: Path) -> Iterator[None]:
    """Leave no half folders on a disk that refuses more: a full one is full enough."""
    try:
        yield
    except OSError:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def in_folder(path: Path, folders: set[Path]) -> Path:
    """The path, with its folder made where that is not yet among `folders`."""
    if path.parent not in folders:
        make_folder(path.parent)
        folders.add(path.parent)
    return path


def sync_tree(folder: Path) -> None:
    """Have everything below a folder on the disk: all at once where the system can, else file by file."""
    sync_disk = _sync_disk()
    if sync_disk is None:
        for path in folder.rglob("*"):
            sync_folder(path)
        sync_folder(folder)
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        sync_disk(handle)
    finally:
        os.close(handle)


def _sync_disk() -> Callable[[int], None] | None:
    """`syncfs` of Linux, by a handle of anything on the disk; None where there is no such call."""
    import ctypes

    found = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform == "linux" else None
    if found is None:
        return None

    def sync(handle: int) -> None:
        if found(handle):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))

    return sync


def replace_file(path: Path, data: bytes) -> None:
    """Write a file that may be read at any moment: readers see the old bytes or the new."""
    beside = path.with_name(f".{path.name}.new")
    write_new(beside, data)
    beside.replace(path)
    sync_folder(path.parent)


def copy_file(source: Path, path: Path) -> None:
    """Copy a file to a place that nothing reads yet, however large it is; `sync_tree` waits for the disk."""
    make_folder(path.parent)
    with source.open("rb") as original, path.open("wb") as file:
        shutil.copyfileobj(original, file, 1 << 20)


def link_file(source: Path, path: Path) -> None:
    """Give an existing file one more place in a folder that is there, without copying where the disk allows it."""
    try:
        os.link(source, path)
    except OSError:
        put_new(path, source.read_bytes())


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
    """Have the names in a folder, or the bytes of a file, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
