"""Die at the k-th file operation: nothing is done any more after it, as when the machine goes off. Or let the disk be
full from then on: whatever makes it hold more is refused, and the program lives on.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.dossier import safe_files

FEWEST, SAMPLE = 15, 10
"""Less than so many operations is no work; so many moments between the first and the last are tried."""


class Died(BaseException):
    """The machine went off."""


@contextmanager
def dying(k: int, half: bool, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Die at the k-th operation below `files`, before it or with a file half written."""
    counted = [0]
    with monkeypatch.context() as patch:
        for module, name in [
            (Path, "replace"),
            (Path, "rename"),
            (Path, "symlink_to"),
            (Path, "unlink"),
            (Path, "mkdir"),
        ]:
            patch.setattr(module, name, _counted(getattr(module, name), counted, k))
        patch.setattr(os, "link", _counted(os.link, counted, k))
        patch.setattr(os, "fsync", _counted(os.fsync, counted, k))
        patch.setattr(shutil, "rmtree", _rmtree(counted, k))
        for name in ("write_new", "put_new", "copy_file"):
            operation, dies = getattr(safe_files, name), _half if half else _counted
            patch.setattr(safe_files, name, dies(operation, counted, k))
        patch.setattr(safe_files, "sync_tree", _counted(safe_files.sync_tree, counted, k))
        yield counted


def dies(work: Callable[[], object], k: int, half: bool, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Do work that dies at its k-th operation; False where it takes fewer."""
    with dying(k, half, monkeypatch):
        try:
            work()
        except Died:
            return True
    return False


def moments_of_death(work: Callable[[], object], half: bool, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """At which operations of some work to die, and one beyond the last: all with DEATHS=whole, else a seeded sample."""
    with dying(sys.maxsize, half, monkeypatch) as counted:
        work()
    most = counted[0]
    assert most > FEWEST, most
    if os.environ.get("DEATHS") == "whole" or most <= SAMPLE:
        return list(range(1, most + 2))
    between = random.Random(most).sample(range(2, most), SAMPLE)
    return sorted({1, *between, most, most + 1})


def _tick(counted: list[int], k: int) -> bool:
    counted[0] += 1
    if counted[0] > k:
        raise Died
    return counted[0] == k


def _counted(operation: Callable[..., Any], counted: list[int], k: int) -> Callable[..., Any]:
    def run(*arguments: Any, **options: Any) -> Any:
        if _tick(counted, k):
            raise Died
        return operation(*arguments, **options)

    return run


def _half(operation: Callable[..., Any], counted: list[int], k: int) -> Callable[..., Any]:
    """Write half of the bytes, then die."""

    def run(*arguments: Any) -> None:
        if _tick(counted, k):
            _write_half(*arguments)
            raise Died
        operation(*arguments)

    return run


def _write_half(*arguments: Any) -> None:
    """Half of what an operation of `files` writes: a place and its bytes, or a file to copy and a place."""
    place, data = arguments if isinstance(arguments[1], bytes) else (arguments[1], arguments[0].read_bytes())
    path = place.path
    if path.parent.exists():
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])


@contextmanager
def full_disk(k: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """From the k-th operation that needs room, no such operation succeeds; a file is half written."""
    counted = [0]
    with monkeypatch.context() as patch:
        for module, name in [(Path, "mkdir"), (Path, "symlink_to"), (os, "link")]:
            patch.setattr(module, name, _refused(getattr(module, name), counted, k))
        for name in ("write_new", "put_new", "copy_file"):
            patch.setattr(safe_files, name, _refused(getattr(safe_files, name), counted, k, _write_half))
        yield counted


def _refused(
    operation: Callable[..., Any], counted: list[int], k: int, instead: Callable[..., None] | None = None
) -> Callable[..., Any]:
    def run(*arguments: Any, **options: Any) -> Any:
        counted[0] += 1
        if counted[0] < k:
            return operation(*arguments, **options)
        if instead is not None:
            instead(*arguments)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return run


def _rmtree(counted: list[int], k: int) -> Callable[[Path], None]:
    """Remove a tree file by file, each an operation."""
    whole = shutil.rmtree

    def run(path: Path, **of_a_copy: Any) -> None:
        if of_a_copy:  # of `tempfile`, outside the folder
            whole(path, **of_a_copy)
            return
        for found in sorted(path.rglob("*"), reverse=True):
            if _tick(counted, k):
                raise Died
            found.rmdir() if found.is_dir() and not found.is_symlink() else os.unlink(found)  # noqa: PTH108 # Path's is counted
        path.rmdir()

    return run
