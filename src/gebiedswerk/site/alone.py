"""Write where another may be writing, on a disk that may be full: one at a time, and a fault instead of a crash."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import files

T = TypeVar("T")
Done = tuple[T | None, tuple[Fault, ...]]

PATIENCE_SECONDS = 60.0
"""How long one waits for another that writes in the same folder."""


def alone_in(folder: Path, work: Callable[[], Done[T]]) -> Done[T]:
    """Do work that writes in a folder, once nobody else does.

    Nothing is done where another stays at it for too long (B104). What the disk refuses is a fault (B103); `work`
    leaves what was there as it was.
    """
    try:
        files.make_folder(folder)
        with files.alone_in(folder, PATIENCE_SECONDS) as alone:
            return (None, (fault("B104", str(folder)),)) if alone is False else work()
    except OSError as problem:
        if problem.errno is None:  # no word of the system: a mistake of ours
            raise
        return None, (fault("B103", str(folder), reason=problem.strerror or problem),)
