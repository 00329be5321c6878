"""Areas in time: each holds for some days, within those of the area in which it lies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier.model import Dossier
from gebiedswerk.dossier.tables import Area


def check_validity(dossier: Dossier) -> Iterator[Fault]:
    """Areas that hold on no day (D140) or on days when their parent does not (D141).

    An empty day is that of the parent. Whether an area and its successor meet is seen where changes are (W109).
    """
    wrong = {area.code for area in dossier.areas if _from(area) >= _to(area)}
    parents = {area.code: area for area in dossier.areas if area.code not in wrong}
    for area in dossier.areas:
        parent = parents.get(area.parent or "")
        if area.code in wrong:
            yield fault("D140", "areas.csv", area.row, "valid_to", area.valid_to, start=area.valid_from)
        elif parent:
            yield from _outside(area, parent)


def _outside(area: Area, parent: Area) -> Iterator[Fault]:
    """The days that an area names as its own and on which its parent does not hold."""
    if area.valid_from and area.valid_from < _from(parent):
        yield _gap(area, "valid_from", area.valid_from, _from(parent))
    if area.valid_to and area.valid_to > _to(parent):
        yield _gap(area, "valid_to", _to(parent), area.valid_to)


def _gap(area: Area, column: str, start: date, end: date) -> Fault:
    return fault("D141", "areas.csv", area.row, column, area.parent, area=area.code, start=start, end=end)


def _from(area: Area) -> date:
    return area.valid_from or date.min


def _to(area: Area) -> date:
    return area.valid_to or date.max
