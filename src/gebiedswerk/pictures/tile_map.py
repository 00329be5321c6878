"""A map of equal tiles, for areas without shapes: placed as `tiles.csv` says, else in rows in their order."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

from gebiedswerk.dossier import Dossier
from gebiedswerk.dossier.tables import Area
from gebiedswerk.pictures.map_shapes import WIDE, Ground, Outline

GAP = 12


def tiles_of(dossier: Dossier, areas: Sequence[Area]) -> Ground:
    """The ground of a map of tiles. Areas without a place of their own come in rows below the others."""
    places = places_of(dossier, areas)
    across, down = max(x for x, _ in places.values()), max(y for _, y in places.values())
    size = WIDE // max(across, down, 2)
    outlines = [_tile(code, x - 1, y - 1, size) for code, (x, y) in places.items()]
    return Ground(size * across, size * down, tuple(outlines))


def places_of(dossier: Dossier, areas: Sequence[Area]) -> dict[str, tuple[int, int]]:
    """Code of an area → its tile, across and down from 1."""
    given = {tile.area: (tile.across, tile.down) for tile in dossier.tiles}
    placed = {area.code: given[area.code] for area in areas if area.code in given}
    rest = [area.code for area in areas if area.code not in given]
    columns = max([*(x for x, _ in placed.values()), isqrt(max(len(areas) - 1, 0)) + 1])
    below = max((y for _, y in placed.values()), default=0)
    placed |= {code: (at % columns + 1, below + at // columns + 1) for at, code in enumerate(rest)}
    return {area.code: placed[area.code] for area in areas}


def _tile(code: str, x: int, y: int, size: int) -> Outline:
    side = size - GAP
    left, top = x * size + GAP // 2, y * size + GAP // 2
    path = f"M{left} {top}l{side} 0l0 {side}l-{side} 0z"
    return Outline(code, path, left + side // 2, top + side // 2, side)
