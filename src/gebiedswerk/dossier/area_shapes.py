"""Which shapes make up which area in which year, and what is missing for a map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from gebiedswerk.core.faults import Fault, capped, fault
from gebiedswerk.core.hierarchy import subtree
from gebiedswerk.dossier.geography import Geography, Polygon
from gebiedswerk.dossier.model import Dossier
from gebiedswerk.dossier.tables import Area


def areas_on_map(dossier: Dossier, year: int) -> list[Area]:
    """The areas that a map of a year shows, in their order: those on top that hold on some day of it.

    Where one area holds all others, those within it. An area that joined us from elsewhere is on no map of ours.
    """
    elsewhere = from_elsewhere(dossier)
    holding = [area for area in dossier.areas if holds_in(area, year) and area.code not in elsewhere]
    tops = [area for area in holding if area.parent is None]
    while len(tops) == 1 and any(area.parent == tops[0].code for area in holding):
        tops = [area for area in holding if area.parent == tops[0].code]
    return tops


def from_elsewhere(dossier: Dossier) -> set[str]:
    """Areas that joined one that was there already, whole or in part, and never had money of ours: an annexation."""
    areas = {area.code: area for area in dossier.areas}
    parents = {area.code: area.parent for area in dossier.areas}
    ours = {line.area for line in dossier.budget_line_years}
    joined = {one.from_area for one in dossier.area_changes if one.to_area in areas and one.joins(areas[one.to_area])}
    return {code for code in joined & areas.keys() if ours.isdisjoint(subtree(parents, code))}


def holds_in(area: Area, year: int) -> bool:
    """Whether an area holds on some day of a year."""
    begun = area.valid_from is None or area.valid_from <= date(year, 12, 31)
    return begun and (area.valid_to is None or area.valid_to > date(year, 1, 1))


def division_year(dossier: Dossier, year: int) -> int | None:
    """The newest division, up to a year, of which there are shapes."""
    return max((one.division_year for one in dossier.geography if one.division_year <= year), default=None)


def files_of(dossier: Dossier, division: int) -> list[Geography]:
    """The files with shapes of a division year."""
    return [one for one in dossier.geography if one.division_year == division]


def polygons_of(dossier: Dossier, area: str, division: int) -> tuple[tuple[Polygon, ...], list[str]]:
    """The polygons of an area in a division year, and the codes of its parts that have none.

    Its own shape where a file has that; else the parts of the area and of all areas within it.
    """
    shapes = [shape for one in files_of(dossier, division) for shape in one.shapes]
    own = tuple(polygon for shape in shapes if shape.area == area for polygon in shape.polygons)
    if own:
        return own, []
    within = set(subtree({one.code: one.parent for one in dossier.areas}, area))
    parts = [part.code for part in dossier.area_parts if part.division_year == division and part.area in within]
    by_code: dict[str, list[Polygon]] = defaultdict(list)
    for shape in shapes:
        by_code[shape.code] += shape.polygons
    found = tuple(polygon for code in parts for polygon in by_code.get(code, ()))
    return found, [code for code in parts if code not in by_code]


def check_places(dossier: Dossier) -> list[Fault]:
    """All faults between shapes, areas, their parts and tiles."""
    faults: list[Fault] = []
    if {"areas.csv", "area_parts.csv"} & set(dossier.unread):
        return faults
    for division in sorted({one.division_year for one in dossier.geography}):
        faults += [*_strange(dossier, division), *_missing(dossier, division)]
    faults += [fault("G109", one.file) for one in dossier.geography if not one.attribution]
    return capped([*faults, *_tiles(dossier)])


def _strange(dossier: Dossier, division: int) -> Iterator[Fault]:
    """Shapes of an unknown area (G104), or of a part that lies in no area (G105)."""
    areas = {area.code for area in dossier.areas}
    parts = {part.code for part in dossier.area_parts if part.division_year == division}
    for one in files_of(dossier, division):
        for shape in one.shapes:
            if shape.area and shape.area not in areas:
                yield fault("G104", one.file, value=shape.area)
            if shape.code and shape.code not in parts:
                yield fault("G105", one.file, value=shape.code, year=division)


def _missing(dossier: Dossier, division: int) -> Iterator[Fault]:
    """An area without a shape, or with parts that have none (G110): the map of that year becomes one of tiles."""
    file = files_of(dossier, division)[0].file
    for area in areas_on_map(dossier, division):
        polygons, missing = polygons_of(dossier, area.code, division)
        if missing or not polygons:
            yield fault("G110", file, value=area.code, name=area.name, year=division, parts=tuple(missing) or "–")


def _tiles(dossier: Dossier) -> Iterator[Fault]:
    """Two areas of the same year on one tile (G111)."""
    areas = {area.code: area for area in dossier.areas}
    years = dossier.budget_years()
    taken: dict[tuple[int, int], list[str]] = defaultdict(list)
    for tile in dossier.tiles:
        if tile.area not in areas:
            continue
        for other in taken[tile.across, tile.down]:
            if any(holds_in(areas[other], year) and holds_in(areas[tile.area], year) for year in years):
                yield fault("G111", "tiles.csv", tile.row, "across", tile.area, other=other)
        taken[tile.across, tile.down].append(tile.area)
