"""`publish`: the site of a dossier put live."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Checked, errors
from gebiedswerk.release import Published, put_live
from gebiedswerk.site import not_ours

__all__ = ["Published", "publish"]


def publish(path: Path, to: Path, at: datetime | None = None) -> Checked[Published | None]:
    """Make the site of a dossier and put it live below `to`. With any error nothing changes there."""
    opened = open_dossier(path)
    foreign = not_ours(to)
    faults = (*opened.faults, *([foreign] if foreign else []))
    made = make(opened, at) if not errors(faults) else None
    if made is None:
        return Checked(None, faults)
    published, said = put_live(opened, made, to)
    return Checked(published, (*faults, *said))
