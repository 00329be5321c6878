"""Areas with a history: what an area was before, and what became of it. A series never runs on over a change unseen.

The rule: money stays with the area that had it in that year. A merged area shows its own years and, behind a visible
break and under their own name, the years of each area that it came from (`years_table`). Nothing is recomputed, so in
every year the areas and the city-wide lines add up to the whole. Where the dossier asks for it (`series`), years before
a change count as those of the new area (`recomputed.py`); then the whole adds up too.
"""

from __future__ import annotations

from collections.abc import Iterator

from gebiedswerk.blocks.models import AreaBlock, Cell
from gebiedswerk.blocks.places import area_place
from gebiedswerk.blocks.sentences import said
from gebiedswerk.dossier.tables import AreaChange, Series
from gebiedswerk.pages.area.area_work import Scope
from gebiedswerk.pictures.series_breaks import what_happened


def came_from(scope: Scope) -> Iterator[AreaBlock]:
    """Each area that this one came from, in the words that say what changed and when, and the rule for its money."""
    changes = [change for change in scope.index.dossier.area_changes if change.to_area == scope.code]
    for change in changes:
        yield _change(scope, change, change.from_area, "from")
        if change.weight is not None:
            yield _key(scope, change)
    for rule in dict.fromkeys(change.series for change in changes):
        yield said(scope.setting.messages, "history.rule" if rule is Series.BREAK else "history.rule.recomputed")


def went_to(scope: Scope) -> Iterator[AreaBlock]:
    """What became of an area that no longer holds."""
    for change in scope.index.dossier.area_changes:
        if change.from_area == scope.code:
            yield _change(scope, change, change.to_area, "to")


def _key(scope: Scope, change: AreaChange) -> AreaBlock:
    """Which part of a split area this one is."""
    rows = [(one.from_area, one.changed_on, one.weight or 0) for one in scope.index.dossier.area_changes]
    whole = sum(weight for area, day, weight in rows if (area, day) == (change.from_area, change.changed_on))
    other = scope.index.by_code[change.from_area].name
    numbers = {
        "weight": scope.setting.messages.number(change.weight or 0),
        "whole": scope.setting.messages.number(whole),
    }
    return said(scope.setting.messages, "history.key", other=other, **numbers)


def _change(scope: Scope, change: AreaChange, other: str, way: str) -> AreaBlock:
    messages, index = scope.setting.messages, scope.index
    name = f"history.{what_happened(change, index.by_code, index.dossier.area_changes)}.{way}"
    link = Cell(index.by_code[other].name, area_place(index.dossier, other))
    facts = {"day": messages.day(change.changed_on), "other": link, "name": index.by_code[scope.code].name}
    return said(messages, f"{name}.by" if change.decision else name, decision=change.decision, **facts)
