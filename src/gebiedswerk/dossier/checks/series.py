"""Which changes of areas are followed by their series, and what must be known for that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from gebiedswerk.core.area_changes import Passing
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier.model import Dossier
from gebiedswerk.dossier.tables import AreaChange, Series

MOST_WAYS = 1000
"""In so many ways money may come from former areas to one of today; each is walked, for every figure of a series."""


def passings(dossier: Dossier) -> list[Passing]:
    """The changes over which a series is recomputed, in the order of the table."""
    return [
        Passing(change.from_area, change.to_area, change.changed_on, 1 if change.weight is None else change.weight)
        for change in dossier.area_changes
        if change.series is Series.RECOMPUTED
    ]


def check_series(dossier: Dossier) -> Iterator[Fault]:
    """What becomes of one area on one day is recomputed as a whole; of a split each part has its weight (D142).

    No area becomes another so often, or in so many ways, that nobody can oversee it (D171).
    """
    changes: dict[tuple[str, date], list[AreaChange]] = defaultdict(list)
    for change in dossier.area_changes:
        changes[change.from_area, change.changed_on].append(change)
    for rows in changes.values():
        whole = sum(one.weight or 0 for one in rows)
        for row in rows:
            weighed = row.series is Series.RECOMPUTED and len(rows) > 1
            if row.series is not rows[0].series or (row.weight is not None) != weighed or (weighed and not whole):
                yield fault("D142", "area_changes.csv", row.row, "weight", row.to_area, area=row.from_area)
    yield from _too_many_ways(dossier)


def _too_many_ways(dossier: Dossier) -> Iterator[Fault]:
    """Where an area could have come from more than `MOST_WAYS` steps and splits (D171), the first time on each area."""
    ways: Counter[str] = Counter()
    changes = sorted((c for c in dossier.area_changes if c.series is Series.RECOMPUTED), key=lambda c: c.changed_on)
    for _, of_a_day in groupby(changes, key=lambda change: change.changed_on):
        new: Counter[str] = Counter()
        first: dict[str, AreaChange] = {}
        for change in of_a_day:
            new[change.to_area] += ways[change.from_area] + 1
            first.setdefault(change.to_area, change)
        for area, count in new.items():
            if ways[area] <= MOST_WAYS < ways[area] + count:
                yield fault("D171", "area_changes.csv", first[area].row, "to_area", area, most=MOST_WAYS)
            ways[area] = min(ways[area] + count, MOST_WAYS + 1)
