"""Write where another may be writing, on a disk that may be full: one at a time, and a fault instead of a crash."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.dossier import Root, safe_files
from gebiedswerk.dossier.disk import on_disk

T = TypeVar("T")

PATIENCE_SECONDS = 60.0
"""How long one waits for another that writes in the same folder."""


def alone_in(folder: Path, work: Callable[[], Checked[T | None]], *, public: bool = True) -> Checked[T | None]:
    """Do work that writes in a folder, once nobody else does. `public`: what of it is made anew anyone may read.

    Nothing is done where another stays at it for too long (B104). What the disk refuses is a fault (B103), and so is a
    place outside the folder (B110); `work` leaves what was there as it was.
    """

    def alone() -> Checked[T | None]:
        safe_files.make_root(Root(folder, public))
        with safe_files.alone_in(folder, PATIENCE_SECONDS) as entered:
            return Checked(None, (fault("B104", str(folder)),)) if entered is False else work()

    return on_disk(folder, "B103", alone)
