"""A map as a drawing for paper: the map of the page, and its shades in words beside it (decision 34)."""

from __future__ import annotations

from gebiedswerk.blocks.models import Map
from gebiedswerk.pictures.fonts import FAMILIES, is_plain
from gebiedswerk.pictures.shapes import area_shape, labels, shade_patterns, shade_swatch
from gebiedswerk.pictures.svg import FONTS, INK, LINE, PAPER, SOFT, WIDTH, column, lines, placed, svg

GROUND, TALL, ASIDE = 300, 250, 16
"""How wide and how tall the ground may be, and the room between it and the shades, in points."""
SWATCH, BOX = (28, 16.6), "0 0 64 38"
"""How large a shade is beside its meaning, in points, and in measures of its own."""
LABEL, HALO = 30, 9
"""The size of a label, and how far a ground of paper goes around it so that patterns do not cross it, in the measures
of the map."""


def map_drawing(picture: Map) -> str:
    """The map as SVG; where a name has no room its number in the table stands there."""
    scale = min(GROUND / picture.width, TALL / picture.height)
    wide, tall = picture.width * scale, picture.height * scale
    ground = "".join(area_shape(picture.id, area) for area in picture.areas)
    map_ = f'<g class="areas">{ground}</g><g class="labels">{labels(picture, narrow=False)}</g>'
    body, end = [placed(2, 2, wide, tall, map_, f"0 0 {picture.width} {picture.height}")], 0.0
    x = wide + ASIDE
    beside = x + SWATCH[0] + 8
    for key in picture.legend:
        body.append(placed(x, end + 2, *SWATCH, f'<g class="key">{shade_swatch(picture.id, key.kind)}</g>', BOX))
        body += column(beside, end + LINE, key.text, WIDTH - beside)
        end += max(LINE * len(lines(key.text, WIDTH - beside)), SWATCH[1]) + 7
    return svg(max(tall, end) + 4, body, shade_patterns(picture.id), _style(picture))


def _style(picture: Map) -> str:
    """How a map looks on paper: as on a wide page, names in a font that has all their signs."""
    plain = all(is_plain(text) for area in picture.areas for text in (area.name, area.amount, area.number))
    font = FONTS if plain else ", ".join(reversed(FAMILIES))
    return (
        f".areas path{{stroke:{INK};stroke-width:3;stroke-linejoin:round}}.key rect{{stroke:{SOFT};stroke-width:2}}"
        f".labels text{{font-family:{font};font-size:{LABEL}px;text-anchor:middle;stroke:{PAPER};"
        f"stroke-width:{HALO};stroke-linejoin:round;paint-order:stroke}}"
        ".labels .name,.labels .number{font-weight:bold}"
    )
