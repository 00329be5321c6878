"""What the disk refuses, and a place that leads elsewhere, are faults of the one who asked, and never a crash."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier.rooted import PlaceRefused

T = TypeVar("T")


def on_disk(folder: Path, code: str, work: Callable[[], Checked[T | None]]) -> Checked[T | None]:
    """Do work that writes in a folder. What the disk refuses is a fault with this code; a place that leaves the folder
    is B110. `work` leaves what was there as it was.
    """
    try:
        return work()
    except PlaceRefused as refused:
        return Checked(None, (refused.fault,))
    except OSError as problem:
        if problem.errno is None:  # no word of the system: a mistake of ours
            raise
        return Checked(None, (fault(code, str(folder), reason=problem.strerror or problem),))


def unreadable(file: Path) -> tuple[Fault, ...]:
    """That a file which a person names cannot be opened (I116)."""
    try:
        file.open("rb").close()
    except OSError:
        return (fault("I116", str(file)),)
    return ()
