"""A chart as a drawing for paper: name, strips and amounts of each group beside each other (decision 34)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gebiedswerk.blocks.models import Amount, Chart, Group, Strip
from gebiedswerk.pictures.shapes import bar, bar_patterns, bars
from gebiedswerk.pictures.svg import LETTER, LINE, RULE, SOFT, WIDTH, at, column, legend, lines, placed, svg, words

NAMES, LEFT, LONG = 138, 148, 262
"""How wide names may be; where strips start; how long they may be."""
THICK, OVER, BETWEEN, ROOM = 8, 3, 12, 7
"""How thick a strip is; how far its zero stands out; from one to the next; the room around a group."""


def chart_drawing(chart: Chart) -> str:
    """The chart as SVG, with every amount in words beside its strip."""
    body, y = legend(chart.legend, lambda kind: bar(chart.id, kind, 0, 1000, 9))
    for group in chart.groups:
        y = _group(body, chart, group, y)
    body.append(_rule(y))
    return svg(y + 1, body, bar_patterns(chart.id))


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
    yield placed(LEFT, y, LONG, THICK, bars(chart, strip, THICK, OVER))
    if not strip.stacked:
        text = " ".join(amount.cell.text for amount in strip.amounts)
        yield words(WIDTH, y + THICK - 1, text, "end")
        return
    for amount, x, row in _placed(strip.amounts):
        foot = y + THICK + 3 + LINE * (row + 1)
        yield placed(x, foot - 7, 8, 7, bar(chart.id, amount.kind, 0, 1000, 7))
        yield words(x + 12, foot, _said(amount))


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
