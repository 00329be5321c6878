"""`backup`: a copy of a dossier that is one whole version of it, made while others write."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.core.faults import Checked
from gebiedswerk.dossier.writing.backup_writer import BackedUp, back_up

__all__ = ["BackedUp", "backup"]


def backup(dossier: Path, to: Path) -> Checked[BackedUp | None]:
    """Make a backup in a folder. Where one stands, it costs what changed since, and takes its place when it is whole.

    What was erased in the dossier is erased there too. None where it was refused: then the former one is as it was.
    """
    return back_up(dossier, to)
