"""The lines of one year by code, branch and area, made once: with thousands of areas nothing is searched twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from gebiedswerk.account import LineAccount, YearAccount
from gebiedswerk.core.hierarchy import above
from gebiedswerk.core.watching import watched_by

AreasAbove = Mapping[str, Sequence[str]]
"""Code of an area → itself and the areas of which it is a part."""


def areas_above(parents: Mapping[str, str | None]) -> AreasAbove:
    """The way up from every area."""
    return {code: list(above(parents, code)) for code in parents}


class YearLines:
    """The lines of a year: `by_code`, `branch` (a line and all below it) and `in_area` (with all areas within it).

    All in the order of the account, which is that of the tree: a line before those below it.
    """

    def __init__(self, year: YearAccount, areas: AreasAbove) -> None:
        self.by_code = year.by_code
        self.parents = year.parents
        self.branch: dict[str, list[LineAccount]] = defaultdict(list)
        self.in_area: dict[str, list[LineAccount]] = defaultdict(list)
        for line in year.lines:
            for code in above(self.parents, line.code):
                self.branch[code].append(line)
            for code in areas.get(line.area, ()):
                self.in_area[code].append(line)


watched_by(YearLines, keyed=("by_code", "branch", "in_area"))
