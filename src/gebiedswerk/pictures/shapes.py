"""The shapes of charts and maps as SVG, the same on a page and on paper.

A shape has a class that says what it is. What a class looks like a style sheet says: on a page `40-pictures.css`, so
that the house style and the dark of night decide; on paper `svg.py`. Lengths on a strip are parts of it: it may be as
wide as there is room.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from gebiedswerk.blocks.models import Chart, Map, MapArea, Strip
from gebiedswerk.pictures.looks import BARS, FLAT, OF_BARS, OF_SHADES, drawn


def bar_patterns(picture: str) -> str:
    """The patterns of all bars; `picture`: the id of the chart that they are of."""
    return "\n".join(drawn(OF_BARS, f"{picture}-"))


def shade_patterns(picture: str) -> str:
    """The patterns of all shades; `picture`: the id of the map that they are of."""
    return "\n".join(drawn(OF_SHADES, f"{picture}-"))


def bar(picture: str, kind: str, start: int, length: int, height: int) -> str:
    """One bar: where it starts and how long it is in thousandths of what it stands in, and how high as a number."""
    pattern = BARS[kind].pattern
    fill = f' fill="url(#{picture}-{pattern})"' if pattern else ""
    return f'<rect class="bar-{kind}" x="{_part(start)}" y="0" width="{_part(length)}" height="{height}"{fill}/>'


def bars(chart: Chart, strip: Strip, height: int, over: int) -> str:
    """All bars of a strip, and a line where nothing is that stands out so far above and below."""
    shapes = "".join(bar(chart.id, one.kind, one.start, one.length, height) for one in strip.bars)
    zero = _part(chart.zero)
    return f'{shapes}<line class="zero" x1="{zero}" x2="{zero}" y1="{-over}" y2="{height + over}"/>'


def area_shape(picture: str, area: MapArea) -> str:
    """The ground of an area in its shade."""
    return f'<path class="shade-{area.kind}" fill="{_shade(picture, area.kind)}" d="{area.path}"/>'


def shade_swatch(picture: str, kind: str) -> str:
    """A shade beside its meaning, 64 wide and 38 high."""
    return f'<rect class="shade-{kind}" fill="{_shade(picture, kind)}" width="64" height="38"/>'


def labels(picture: Map, *, narrow: bool = True) -> str:
    """The names and amounts of areas, and the numbers that stand for them where there is no room, a line each.

    `narrow`: also the numbers of a narrow page beside the names of a wide one; a style sheet shows one of both.
    """
    return "".join(label for area in picture.areas for label in _labels(area, narrow=narrow))


def _labels(area: MapArea, *, narrow: bool) -> Iterator[str]:
    place = f'x="{area.x}" y="{area.y}"'
    if not area.roomy and (narrow or not area.named):
        hidden = " when-narrow" if area.named else ""
        yield f'<text class="number{hidden}" {place} dy="0.35em">{escape(area.number)}</text>\n'
    if area.named:
        name = f'<tspan class="name" x="{area.x}" dy="-0.15em">{escape(area.name)}</tspan>'
        amount = f'<tspan x="{area.x}" dy="1.15em">{escape(area.amount)}</tspan>'
        yield f'<text class="{"always" if area.roomy else "when-wide"}" {place}>{name}{amount}</text>\n'


def _part(thousandths: int) -> str:
    return f"{thousandths // 10}.{thousandths % 10}%"


def _shade(picture: str, kind: str) -> str:
    return "currentcolor" if kind in FLAT else f"url(#{picture}-{kind})"
