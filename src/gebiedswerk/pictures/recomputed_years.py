"""A series over a change of areas, recomputed where the dossier says so: one row for what the area is now.

The rule: the money of a former area counts, in the years before the change, as that of the area that it became; of a
split area each part by its weight (`core/history.py`). Every line of a year ends in one area, so the whole adds up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gebiedswerk.account import LineAccount, value
from gebiedswerk.core.area_changes import Passing, landed
from gebiedswerk.core.hierarchy import above, subtree
from gebiedswerk.dossier import passings
from gebiedswerk.figures import TOTAL, Address, Figures

SPLIT = ("budget", "realised", "committed", "closing")
"""What is divided; the result follows: budget − realised, also of a part."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A year before a change, as what the area is now: its cents per measure, and the areas that it is made of.

    `made_of` says of each whether all of it is in it; the area itself, as it was then, is one. Without any term there
    is no closing; what nobody delivered is not there either.
    """

    year: int
    cents: Mapping[str, int]
    made_of: Mapping[str, bool]


def recomputed_years(figures: Figures, code: str, years: Sequence[int]) -> list[Recomputed]:
    """The years in which money of former areas counts as that of an area, or some of what lay in it does no longer."""
    found = passings(figures.dossier)
    touched = {area for one in found for area in (one.from_area, one.to_area)}
    parents = {area.code: area.parent for area in figures.dossier.areas} if touched else {}
    here = set(subtree(parents, code)) if touched else set[str]()
    if not here & touched:
        return []
    made = (_year(figures, year, code, here, found, parents) for year in years)
    return [one for one in made if one is not None]


def _year(
    figures: Figures,
    year: int,
    code: str,
    here: set[str],
    found: Sequence[Passing],
    parents: Mapping[str, str | None],
) -> Recomputed | None:
    since, counted = date(year, 1, 1), list[LineAccount]()
    cents, made_of = dict.fromkeys(SPLIT, 0), dict[str, bool]()
    for area, lines in _by_area(figures, year, code, found, parents).items():
        shares = {name: landed(value(lines, name), area, since, found, {code}) for name in SPLIT}
        ends = here & shares["budget"].keys()
        counted += lines if ends else []
        if ends or area in here:
            whose = code if area in here else area
            made_of[whose] = made_of.get(whose, True) and ends == shares["budget"].keys()
        for name in SPLIT:
            cents[name] += sum(shares[name][end] for end in ends)
    cents["result"] = cents["budget"] - cents["realised"]
    if not any(line.term for line in counted):
        del cents["closing"]
    cents = {name: amount for name, amount in cents.items() if figures.is_known(Address(name, TOTAL, year))}
    return Recomputed(year, cents, made_of) if made_of.keys() - {code} or not all(made_of.values()) else None


def _by_area(
    figures: Figures, year: int, code: str, found: Sequence[Passing], parents: Mapping[str, str | None]
) -> dict[str, list[LineAccount]]:
    """The lines of a year by the nearest area in which each lies that becomes another later, or that is `code`."""
    goes = {one.from_area for one in found if one.day > date(year, 1, 1)} | {code}
    lines: dict[str, list[LineAccount]] = defaultdict(list)
    for line in figures.account.standing(year).lines:
        way = above(parents, line.area) if line.area else ()
        nearest = next((area for area in way if area in goes), None)
        if nearest is not None:
            lines[nearest].append(line)
    return lines
