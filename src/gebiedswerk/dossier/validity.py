"""Areas in time: each holds for some days, and what follows one another leaves no gap and no overlap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier.dossier import Dossier
from gebiedswerk.dossier.tables import Area, AreaChange, AreaChangeKind

FIRST_DAY, LAST_DAY = date.min, date.max
"""What an area without `valid_from` or `valid_to` holds from and to, as far as we know."""


def check_validity(dossier: Dossier) -> Iterator[Fault]:
    """All faults in the days of areas, rule by rule; an area whose own days are wrong is held against no other."""
    wrong = {area.code for area in dossier.areas if _from(area) >= _to(area)}
    for area in dossier.areas:
        if area.code in wrong:
            yield fault("D140", "areas.csv", area.row, "valid_to", area.valid_to, start=area.valid_from)
    areas = {area.code: area for area in dossier.areas if area.code not in wrong}
    yield from _within_parents(areas)
    yield from _changes(dossier, areas)


def _within_parents(areas: dict[str, Area]) -> Iterator[Fault]:
    """On a day that an area names as its own, its parent is there too (D141). An empty day is that of the parent."""
    for area in areas.values():
        parent = areas.get(area.parent or "")
        if parent is None:
            continue
        if area.valid_from and area.valid_from < _from(parent):
            yield _gap("areas.csv", area.row, "valid_from", parent.code, area.valid_from, _from(parent))
        if area.valid_to and area.valid_to > _to(parent):
            yield _gap("areas.csv", area.row, "valid_to", parent.code, _to(parent), area.valid_to)


def _changes(dossier: Dossier, areas: dict[str, Area]) -> Iterator[Fault]:
    """What ended and what began meet on the day of the change.

    In a merger or rename the old area ends that day; after a split it may live on. The new one begins that day,
    or was there already and takes the other in: only a new name is never of before.
    """
    for change in dossier.area_changes:
        old, new = areas.get(change.from_area), areas.get(change.to_area)
        if old is None or new is None or old is new:
            continue
        ends, begins = _to(old), _from(new)
        if ends < change.changed_on:
            yield _gap_of(change, old.code, ends, change.changed_on)
        elif ends > change.changed_on and change.kind is not AreaChangeKind.SPLIT:
            yield _overlap_of(change, (old, new), change.changed_on, ends)
        if begins > change.changed_on:
            yield _gap_of(change, new.code, change.changed_on, begins)
        elif begins < change.changed_on and change.kind is AreaChangeKind.RENAME:
            yield _overlap_of(change, (old, new), begins, change.changed_on)


def _gap_of(change: AreaChange, code: str, start: date, end: date) -> Fault:
    return _gap("area_changes.csv", change.row, "changed_on", code, start, end)


def _gap(file: str, row: int, column: str, code: str, start: date, end: date) -> Fault:
    """Between two days an area does not hold while another needs it."""
    return fault("D141", file, row, column, code, start=start, end=end)


def _overlap_of(change: AreaChange, both: tuple[Area, Area], start: date, end: date) -> Fault:
    """Between two days the old area and the new one both hold."""
    old, new = both
    days = {"start": "…" if start == FIRST_DAY else start, "end": "…" if end == LAST_DAY else end}
    return fault("D142", "area_changes.csv", change.row, "changed_on", old.code, other=new.code, **days)


def _from(area: Area) -> date:
    return area.valid_from or FIRST_DAY


def _to(area: Area) -> date:
    return area.valid_to or LAST_DAY
