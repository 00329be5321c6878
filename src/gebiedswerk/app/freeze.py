"""`freeze`: a public release of a dossier, and an audit release."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Checked, errors
from gebiedswerk.release import Frozen, ReleasePlaces, freeze_site, named, not_freezable

__all__ = ["Frozen", "freeze"]


def freeze(
    path: Path, out: Path, audit: Path | None = None, at: datetime | None = None, key: Path | None = None
) -> Checked[Frozen | None]:
    """Write a public release of a dossier, and an audit release where `audit` names a folder for it; `key` signs them.

    With any error nothing is written.
    """
    opened, places = open_dossier(path), ReleasePlaces(named(out), audit and named(audit))
    faults = (*opened.faults, *not_freezable(opened, path, places, key))
    made = make(opened, at) if not errors(faults) else None
    if made is None:
        return Checked(None, faults)
    frozen, said = freeze_site(opened, made, path, places, at, key)
    return Checked(frozen, (*faults, *said))
