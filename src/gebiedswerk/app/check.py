"""`check`: every fault of a dossier, and where the money of each delivery went."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gebiedswerk.app.check_against import check_against
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Fault, errors
from gebiedswerk.ledger import DeliverySummary

__all__ = ["DeliverySummary", "DossierChecked", "check"]


@dataclass(frozen=True, slots=True)
class DossierChecked:
    """The faults of a dossier, what each delivery holds, and the deliveries that count now."""

    faults: tuple[Fault, ...]
    deliveries: tuple[DeliverySummary, ...]
    used: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing stops publishing."""
        return not errors(self.faults)


def check(path: Path, against: Path | None = None, publication: str | None = None) -> DossierChecked:
    """Check a dossier, and a page that was edited elsewhere against it: against the one publication that is named."""
    opened = open_dossier(path)
    edited = () if against is None else check_against(opened, against, publication)
    used = opened.newest.ledger.used if opened.newest else ()
    return DossierChecked((*opened.faults, *edited), opened.deliveries, tuple(used))
