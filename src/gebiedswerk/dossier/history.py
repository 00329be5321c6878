"""Which changes of areas are followed by their series, and what must be known for that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.history import Passing
from gebiedswerk.dossier.dossier import Dossier
from gebiedswerk.dossier.tables import AreaChange, Series


def passings(dossier: Dossier) -> list[Passing]:
    """The changes over which a series is recomputed, in the order of the table."""
    return [
        Passing(change.from_area, change.to_area, change.changed_on, 1 if change.weight is None else change.weight)
        for change in dossier.area_changes
        if change.series is Series.RECOMPUTED
    ]


def check_series(dossier: Dossier) -> Iterator[Fault]:
    """What becomes of one area on one day is recomputed as a whole; of a split each part has its weight (D142)."""
    changes: dict[tuple[str, date], list[AreaChange]] = defaultdict(list)
    for change in dossier.area_changes:
        changes[change.from_area, change.changed_on].append(change)
    for rows in changes.values():
        for row in rows:
            weighed = row.series is Series.RECOMPUTED and len(rows) > 1
            whole = sum(one.weight or 0 for one in rows)
            if row.series is not rows[0].series or (row.weight is not None) != weighed or (weighed and not whole):
                yield fault("D142", "area_changes.csv", row.row, "weight", row.to_area, area=row.from_area)
