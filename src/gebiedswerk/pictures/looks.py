"""How each kind of bar and each shade of a map looks: its series and its pattern. Page and paper draw them from here.

Patterns say what colours say, so that a copy in black and white can be read (decision 34). A shape of a pattern has a
role, such as `ground-2` or `line-2`, which is its class; what a class looks like a style sheet says (`shapes.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """A kind of bar: its series (0: an outline alone), and a pattern where it is not of one colour."""

    series: int
    pattern: str = ""


BARS: Mapping[str, Look] = {
    **dict.fromkeys(("budget", "left", "stand"), Look(1)),
    **dict.fromkeys(("realised", "spent", "less"), Look(2, "hatch")),
    "more": Look(1, "back"),
    "lapses": Look(3, "dots"),
    "shortfall": Look(3, "grid"),
    "released": Look(0),
}
"""Kind of bar → how it looks; no two series differ in colour alone."""
FLAT = ("zero", "above-4")
"""The shades of a map without a pattern."""


@dataclass(frozen=True, slots=True)
class FillPattern:
    """What is repeated over a shape: a square of `size`, turned, with shapes as (role, element and its measures)."""

    size: int
    shapes: tuple[tuple[str, str, str], ...]
    turn: int = 0


def _rect(role: str, width: int, height: int) -> tuple[str, str, str]:
    return role, "rect", f'width="{width}" height="{height}"'


def _stripes(series: int, size: int, square: int, thick: int, turn: int) -> FillPattern:
    return FillPattern(size, (_rect(f"ground-{series}", square, square), _rect(f"line-{series}", thick, square)), turn)


def _dots(size: int, square: int, middle: int, radius: float) -> FillPattern:
    dot = "line-3", "circle", f'cx="{middle}" cy="{middle}" r="{radius:g}"'
    return FillPattern(size, (_rect("ground-3", square, square), dot))


OF_BARS: Mapping[str, FillPattern] = {
    "hatch": _stripes(2, 5, 5, 2, 45),
    "back": _stripes(1, 5, 5, 2, -45),
    "dots": _dots(6, 6, 3, 1.6),
    "grid": FillPattern(6, (_rect("ground-3", 6, 6), ("mesh-3", "path", 'd="M0 0h6M0 0v6"'))),
}
OF_SHADES: Mapping[str, FillPattern] = {
    "below-1": _dots(24, 24, 6, 4),
    "below-2": _dots(12, 24, 6, 4),
    "above-1": _stripes(1, 36, 36, 6, 45),
    "above-2": _stripes(1, 20, 36, 6, 45),
    "above-3": _stripes(1, 12, 36, 6, 45),
    "none": FillPattern(20, (("mesh-none", "path", 'd="M0 20L20 0M0 0L20 20"'),)),
}


def drawn(patterns: Mapping[str, FillPattern], prefix: str) -> Iterator[str]:
    """Patterns as SVG; `prefix` tells those of one picture on a page from those of another."""
    for name, one in patterns.items():
        turned = f' patternTransform="rotate({one.turn})"' if one.turn else ""
        shapes = "".join(f'<{element} class="{role}" {measures}/>' for role, element, measures in one.shapes)
        yield (
            f'<pattern id="{prefix}{name}" width="{one.size}" height="{one.size}" '
            f'patternUnits="userSpaceOnUse"{turned}>{shapes}</pattern>'
        )
