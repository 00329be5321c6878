"""`new`: a dossier to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.core.faults import Fault

if TYPE_CHECKING:
    from gebiedswerk.dossier.beginnings import Own


def new(path: Path, own: Own | None = None) -> tuple[Fault, ...]:
    """Make a new dossier: a made-up one that is right at once, or an `own` one. Never over something else."""
    from gebiedswerk.dossier import beginnings

    return beginnings.new(path, own)
