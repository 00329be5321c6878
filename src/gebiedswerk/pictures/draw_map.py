"""A map as a drawing for paper: each area in its shade with its name or number, and the shades in words beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gebiedswerk.blocks.models import Map, MapArea
from gebiedswerk.pictures.looks import OF_SHADES, drawn
from gebiedswerk.pictures.svg import (
    COLOURS,
    INK,
    LINE,
    PAPER,
    SOFT,
    WIDTH,
    at,
    column,
    ink,
    lines,
    svg,
    words,
)

GROUND, TALL, ASIDE = 300, 250, 16
"""How wide and how tall the ground may be, and the room between it and the shades, in points."""
PLAIN: Mapping[str, str] = {"zero": "#eff5f3", "above-4": COLOURS["1"]}
"""The shades without a pattern."""
LABEL, SECOND = 30, 33
"""The size of a label, and how far the amount is below the name, in units of the map."""


def map_drawing(picture: Map) -> str:
    """The map as SVG; where a name has no room its number in the table stands there."""
    scale = min(GROUND / picture.width, TALL / picture.height)
    body = [f'<g transform="translate(2 2) scale({scale:.4f})">']
    body += [_shape(area) for area in picture.areas]
    body += [label for area in picture.areas for label in _label(area)]
    body.append("</g>")
    beside, end = [], 0.0
    x = picture.width * scale + ASIDE
    for key in picture.legend:
        swatch = f'<g transform="translate({at(x)} {at(end + 2)}) scale({scale:.4f})">'
        beside.append(f'{swatch}<rect width="80" height="38"{_shade(key.kind)} stroke="{SOFT}" stroke-width="2"/></g>')
        room = WIDTH - x - 80 * scale - 8
        beside += column(x + 80 * scale + 8, end + LINE, key.text, room)
        end += LINE * len(lines(key.text, room)) + 7
    return svg(max(picture.height * scale, end) + 4, body + beside, "".join(drawn(OF_SHADES, ink)))


def _shade(kind: str) -> str:
    return f' fill="{PLAIN[kind]}"' if kind in PLAIN else f' fill="url(#{kind})"'


def _shape(area: MapArea) -> str:
    return f'<path d="{area.path}"{_shade(area.kind)} stroke="{INK}" stroke-width="3" stroke-linejoin="round"/>'


def _label(area: MapArea) -> Iterator[str]:
    """Name and amount below each other, or the number; on a ground of paper, so that patterns do not cross them."""
    texts = [area.name, area.amount] if area.named else [area.number]
    texts = [text for text in texts if text]
    first = area.y + LABEL // 3 - SECOND * (len(texts) - 1) // 2
    for row, text in enumerate(texts):
        weight = ' font-weight="bold"' if row == 0 else ""
        halo = f' stroke="{PAPER}" stroke-width="9" stroke-linejoin="round" paint-order="stroke"'
        yield words(area.x, first + row * SECOND, text, "middle", f' font-size="{LABEL}"{weight}{halo}')
