"""Areas and what happens in them, found at once: for thousands of areas nothing is searched twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from gebiedswerk.core.hierarchy import above
from gebiedswerk.core.watching import watched_by
from gebiedswerk.dossier import Area, Dossier, from_elsewhere
from gebiedswerk.dossier.work import WORK_TABLES, AreaDecision, Project, Promise, Theme, areas_of

EVERYWHERE = ""


@dataclass(frozen=True)
class AreaIndex:
    """The areas of a dossier by code, and the rows of `work/` by area."""

    dossier: Dossier

    @property
    def by_code(self) -> dict[str, Area]:
        """Code → area."""
        return self.dossier.areas_by_code

    @cached_property
    def children(self) -> dict[str, list[Area]]:
        """Code → the areas directly within it."""
        found: dict[str, list[Area]] = defaultdict(list)
        for area in self.dossier.areas:
            found[area.parent or EVERYWHERE].append(area)
        return found

    @cached_property
    def within(self) -> dict[str, list[str]]:
        """Code → the area itself and all areas within it, at any depth."""
        parents = {area.code: area.parent for area in self.dossier.areas}
        found: dict[str, list[str]] = defaultdict(list)
        for code in parents:
            for over in above(parents, code):
                found[over].append(code)
        return found

    def above(self, code: str | None) -> list[Area]:
        """The area itself, then those of which it is a part."""
        found = []
        while code is not None:
            found.append(self.by_code[code])
            code = found[-1].parent
        return found

    @cached_property
    def _rows(self) -> dict[tuple[str, str], list[Any]]:
        """(table, area) → its rows."""
        found: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for name in WORK_TABLES:
            for area, row in areas_of(self.dossier.work, name):
                found[name, area or EVERYWHERE].append(row)
        return found

    def rows(self, table: str, code: str) -> list[Any]:
        """The rows of a table about an area or an area within it, each once, in the order of the file."""
        return self.all_rows(code).get(table, [])

    def own_rows(self, table: str, code: str) -> list[Any]:
        """The rows about the area itself."""
        return self.all_own_rows(code).get(table, [])

    def all_rows(self, code: str) -> dict[str, list[Any]]:
        """Table → its rows about an area or an area within it; those that have any."""
        if code not in self._all_rows:
            self._all_rows[code] = {name: found for name in WORK_TABLES if (found := self._within(name, code))}
        return self._all_rows[code]

    @cached_property
    def _all_rows(self) -> dict[str, dict[str, list[Any]]]:
        return {}

    def _within(self, table: str, code: str) -> list[Any]:
        found = {row.row: row for area in self.within[code] for row in self._rows.get((table, area), ())}
        return [found[number] for number in sorted(found)]

    def all_own_rows(self, code: str) -> dict[str, list[Any]]:
        """Table → its rows about the area itself; those that have any."""
        return {name: found for name in WORK_TABLES if (found := self._rows.get((name, code)))}

    def decisions(self, code: str) -> list[AreaDecision]:
        """The decisions about an area; for one at the top also those about all areas that were taken while it held."""
        area = self.by_code[code]
        whole = (
            self._rows.get(("decisions", EVERYWHERE), []) if area.parent is None and code not in self._others else []
        )
        held = (area.valid_from or date.min, area.valid_to or date.max)
        return [*self.rows("decisions", code), *(one for one in whole if held[0] <= one.decided_on < held[1])]

    @cached_property
    def _others(self) -> set[str]:
        """The areas that joined from elsewhere: what was decided here was not about them."""
        return from_elsewhere(self.dossier)

    @cached_property
    def promises(self) -> dict[str, list[Promise]]:
        """Code of a visit → the promises made there."""
        found: dict[str, list[Promise]] = defaultdict(list)
        for promise in self.dossier.work.promises:
            found[promise.visit].append(promise)
        return found

    @cached_property
    def themes(self) -> dict[str, Theme]:
        """Code → theme."""
        return {theme.code: theme for theme in self.dossier.work.themes}

    def sides(self, project: Project) -> set[str]:
        """The sides (physical, social) of a project, by its themes."""
        return {self.themes[theme].side.value for theme in project.themes if theme in self.themes}


watched_by(
    AreaIndex,
    nested=("dossier",),
    keyed=("by_code", "children", "within", "promises"),
    through=("above", "sides", "rows", "own_rows"),
)
