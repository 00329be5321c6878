"""`diff`: what differs between two deliveries, dossiers or releases."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import Opened, open_dossier
from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.pages import Made
from gebiedswerk.release import Compared, Seen, compare, delivery_seen, dossier_seen, is_release, release_seen

__all__ = ["Compared", "diff"]


def diff(before: Path, after: Path) -> Checked[Compared | None]:
    """Compare two deliveries (folders within a dossier), dossiers or releases of the same kind."""
    return compare(before, after, _seen(before), _seen(after))


def _seen(path: Path) -> Checked[Seen | None]:
    """What stands in a folder; Z130 where that is nothing to compare."""
    if (path / "delivery.toml").is_file():
        return delivery_seen(path)
    if (path / "dossier.toml").is_file():
        opened = open_dossier(path)
        return dossier_seen(opened, _made(opened))
    return release_seen(path) if is_release(path) else Checked(None, (fault("Z130", str(path)),))


def _made(opened: Opened) -> Made | None:
    """All that a dossier makes; None where its errors keep that from being made."""
    try:
        return make(opened)
    except Exception:
        if opened.sound:  # then it is a mistake of ours
            raise
        return None
