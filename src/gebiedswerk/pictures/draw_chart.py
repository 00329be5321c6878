"""A chart as a drawing for paper: name, strips and amounts of each group beside each other (decision 34)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gebiedswerk.blocks.models import Amount, Bar, Chart, Group, Strip
from gebiedswerk.pictures.looks import BARS, OF_BARS, Look, drawn
from gebiedswerk.pictures.svg import (
    COLOURS,
    LETTER,
    LINE,
    PAPER,
    RULE,
    SOFT,
    WIDTH,
    at,
    column,
    ink,
    legend,
    lines,
    svg,
    words,
)

NAMES, LEFT, LONG = 138, 148, 262
"""How wide names may be; where strips start; how long they may be."""
THICK, BETWEEN, ROOM = 8, 12, 7
"""How thick a strip is; from one to the next; the room around a group."""
PLAIN = f' fill="{COLOURS["1"]}" stroke="{COLOURS["1"]}" stroke-width="0.7"'
OUTLINED = f' fill="{PAPER}" stroke="{SOFT}" stroke-width="0.7" stroke-dasharray="3 2"'


def _look(look: Look) -> str:
    if not look.pattern:
        return PLAIN if look.series else OUTLINED
    return f' fill="url(#{look.pattern})" stroke="{COLOURS[str(look.series)]}" stroke-width="0.7"'


LOOKS: Mapping[str, str] = {kind: _look(look) for kind, look in BARS.items()}
"""Kind of bar → how it is drawn."""


def chart_drawing(chart: Chart) -> str:
    """The chart as SVG, with every amount in words beside its strip."""
    body, y = legend(chart.legend, LOOKS)
    for group in chart.groups:
        y = _group(body, chart, group, y)
    body.append(_rule(y))
    return svg(y + 1, body, "".join(drawn(OF_BARS, ink)))


def _group(body: list[str], chart: Chart, group: Group, top: float) -> float:
    """Draw a group, or a break, below `top`; where it ends."""
    if not group.strips:
        body.append(_rule(top, ' stroke-dasharray="4 3"'))
        body += column(0, top + ROOM + LINE - 3, group.name.text, WIDTH, f' fill="{SOFT}"')
        return top + ROOM * 2 + LINE * len(lines(group.name.text, WIDTH))
    body.append(_rule(top))
    y = top + ROOM
    named = lines(group.name.text, NAMES)
    body += column(0, y + THICK - 1, group.name.text, NAMES, ' font-weight="bold"')
    body += column(0, y + THICK - 1 + LINE * len(named), group.note, NAMES, f' fill="{SOFT}"')
    name_end = y + LINE * len(named + lines(group.note, NAMES))
    for strip in group.strips:
        body += _strip(chart, strip, y)
        y += _height(strip)
    return max(y, name_end) + ROOM - 2


def _rule(y: float, look: str = "") -> str:
    return f'<path d="M0 {at(y)}H{WIDTH}" stroke="{RULE}" stroke-width="0.5"{look}/>'


def _strip(chart: Chart, strip: Strip, y: float) -> Iterator[str]:
    """Bars with a line at zero; the amount to the right, or each with its swatch below."""
    yield from (_bar(bar, y) for bar in strip.bars)
    zero = LEFT + LONG * chart.zero / 1000
    yield f'<path d="M{at(zero)} {at(y - 3)}v{THICK + 6}" stroke="{SOFT}" stroke-width="1"/>'
    if not strip.stacked:
        text = " ".join(amount.cell.text for amount in strip.amounts)
        yield words(WIDTH, y + THICK - 1, text, "end")
        return
    for amount, x, row in _placed(strip.amounts):
        foot = y + THICK + 3 + LINE * (row + 1)
        yield f'<rect x="{at(x)}" y="{at(foot - 7)}" width="8" height="7"{LOOKS[amount.kind]}/>'
        yield words(x + 12, foot, _said(amount))


def _bar(bar: Bar, y: float) -> str:
    left, long = LEFT + LONG * bar.start / 1000, LONG * bar.length / 1000
    return f'<rect x="{at(left)}" y="{at(y)}" width="{at(long)}" height="{THICK}"{LOOKS[bar.kind]}/>'


def _said(amount: Amount) -> str:
    return f"{amount.label}: {amount.cell.text}" if amount.label else amount.cell.text


def _placed(amounts: Sequence[Amount]) -> Iterator[tuple[Amount, float, int]]:
    """Amounts behind each other, on a new row where there is no room: each with its place."""
    x, row = float(LEFT), 0
    for amount in amounts:
        wide = 12 + len(_said(amount)) * LETTER + 12
        if x > LEFT and x + wide > WIDTH:
            x, row = float(LEFT), row + 1
        yield amount, x, row
        x += wide


def _height(strip: Strip) -> float:
    if not strip.stacked:
        return BETWEEN
    return BETWEEN + LINE * (1 + max((row for _, _, row in _placed(strip.amounts)), default=0)) + 3
