"""A drawing of rooms and imports: each room stands above the rooms it imports, arrows point down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from html import escape

Arrow = tuple[str, str]  # room, room it imports
Point = tuple[int, int]

WIDE, HIGH = 148, 38  # a box
DOWN, ACROSS, EDGE = 46, 120, 120  # between two rows, between the two columns, and the margin for curves

HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img"
  font-family="system-ui, sans-serif" font-size="15">
<title>Which room imports which</title>
<style>
  rect {{ fill: #eef3f8; stroke: #1f4e79; stroke-width: 1.5 }}
  text {{ fill: #12283d; text-anchor: middle }}
  path {{ fill: none; stroke: #b4c2d0; stroke-width: 1.2; marker-end: url(#light) }}
  path.main {{ stroke: #1f4e79; stroke-width: 1.8; marker-end: url(#dark) }}
</style>
<defs>
<marker id="dark" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">
<path d="M0 0 8 4 0 8z" style="fill: #1f4e79; stroke: none; marker-end: none"/></marker>
<marker id="light" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
<path d="M0 0 8 4 0 8z" style="fill: #8fa3b6; stroke: none; marker-end: none"/></marker>
</defs>
<rect x="0" y="0" width="{wide}" height="{high}" style="fill: #fff; stroke: none"/>
"""


def drawing(rooms: Sequence[str], arrows: Sequence[Arrow]) -> str:
    """The drawing as SVG; the same rooms and arrows always give the same bytes.

    The longest chain of imports stands in the first column, all other rooms stand to the right of it.
    """
    at = _places(layers(rooms, arrows), set(arrows))
    main = needed(arrows)
    light = [_path(at, arrow, "light") for arrow in sorted(set(arrows) - main)]
    dark = [_path(at, arrow, "main") for arrow in sorted(main)]
    boxes = [_box(room, place) for room, place in at.items()]
    wide = max((x for x, _ in at.values()), default=EDGE) + WIDE + EDGE
    high = max((y for _, y in at.values()), default=0) + HIGH + DOWN // 2
    return HEAD.format(wide=wide, high=high) + "\n".join([*light, *dark, *boxes, "</svg>\n"])


def _places(rows: Sequence[Sequence[str]], arrows: set[Arrow]) -> dict[str, Point]:
    """The left upper corner of every box."""
    at: dict[str, Point] = {}
    chain = ""
    for number, row in enumerate(rows):
        chain = next((room for room in row if (chain, room) in arrows), row[0])
        for column, room in enumerate([chain, *(room for room in row if room != chain)]):
            at[room] = (EDGE + column * (WIDE + ACROSS), DOWN // 2 + number * (HIGH + DOWN))
    return at


def layers(rooms: Sequence[str], arrows: Sequence[Arrow]) -> list[list[str]]:
    """The rooms from top to bottom: each one row above the highest room it imports."""
    below = defaultdict(set)
    for room, entered in arrows:
        below[room].add(entered)
    height: dict[str, int] = {}

    def measure(room: str, path: tuple[str, ...] = ()) -> int:
        if room not in height:  # a room on its own path is a circle: that step counts for nothing
            height[room] = 1 + max((measure(to, (*path, room)) for to in below[room] if to not in path), default=-1)
        return height[room]

    top = max(map(measure, rooms), default=-1)
    return [[room for room in sorted(rooms) if height[room] == level] for level in range(top, -1, -1)]


def needed(arrows: Sequence[Arrow]) -> set[Arrow]:
    """The arrows that no longer path replaces."""
    below = defaultdict(set)
    for room, entered in arrows:
        below[room].add(entered)

    def reached(room: str, seen: set[str]) -> set[str]:
        for entered in below[room] - seen:
            seen |= {entered}
            reached(entered, seen)
        return seen

    passed_on = {room: set().union(*(reached(to, set()) for to in below[room])) for room in list(below)}
    return {(room, entered) for room, entered in arrows if entered not in passed_on[room]}


def _path(at: dict[str, Point], arrow: Arrow, kind: str) -> str:
    """An arrow: straight to the row below, beside the column to a lower row, between the columns to the other one."""
    (x, y), (to_x, to_y) = at[arrow[0]], at[arrow[1]]
    if x == to_x and to_y - y == HIGH + DOWN:
        way = f"M{x + WIDE // 2} {y + HIGH}V{to_y}"
    elif x == to_x:
        side, bulge = (x, -1) if x == EDGE else (x + WIDE, 1)
        outer = side + bulge * min(34 + (to_y - y) // 5, EDGE * 5 // 4)
        way = f"M{side} {y + HIGH * 2 // 3}C{outer} {y + HIGH} {outer} {to_y} {side} {to_y + HIGH // 3}"
    else:
        start, end = (x + WIDE, to_x) if x < to_x else (x, to_x + WIDE)
        middle = (start + end) // 2
        way = f"M{start} {y + HIGH // 2}C{middle} {y + HIGH} {middle} {to_y} {end} {to_y + HIGH // 2}"
    return f'<path class="{kind}" d="{way}"/>'


def _box(room: str, place: Point) -> str:
    x, y = place
    return (
        f'<rect x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="6"/>'
        f'<text x="{x + WIDE // 2}" y="{y + HIGH // 2 + 5}">{escape(room)}</text>'
    )
