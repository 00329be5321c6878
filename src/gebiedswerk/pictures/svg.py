"""What every drawing on paper is made of: words, swatches and colours, as SVG in points."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from gebiedswerk.blocks.models import Key
from gebiedswerk.pictures.fonts import FAMILIES, is_plain

WIDTH = 470
"""As wide as the text on a page of A4, in points."""
LETTER = 4.3
"""About how wide a letter is, in points."""
SIZE, LINE = 8.5, 11
FONTS = "Libertinus Serif, Georgia, serif"  # literal: names of fonts
INK, SOFT, RULE, PAPER = "#12282c", "#4b6165", "#b9cac6", "#ffffff"
COLOURS: Mapping[str, str] = {"1": "#12686a", "2": "#8a4a00", "3": "#a02818"}
GROUNDS: Mapping[str, str] = {"1": "#e4f1ef", "2": "#fbe9cc", "3": "#fde6e1"}


def svg(height: float, body: Sequence[str], patterns: str) -> str:
    """A drawing of one width and a height in points."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{at(height)}" '
        f'viewBox="0 0 {WIDTH} {at(height)}" font-family="{FONTS}" font-size="{SIZE}" fill="{INK}">'
        f"<defs>{patterns}</defs>{''.join(body)}</svg>"
    )


def at(points: float) -> str:
    """A length as it is written: in hundredths at most."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def words(x: float, y: float, text: str, anchor: str = "start", look: str = "") -> str:
    """One line of words, whose foot stands at `y`; one with signs beyond Dutch in a font that has them all."""
    look += "" if is_plain(text) else f' font-family="{", ".join(reversed(FAMILIES))}"'
    return f'<text x="{at(x)}" y="{at(y)}" text-anchor="{anchor}"{look}>{escape(text, quote=False)}</text>'


def lines(text: str, width: float) -> list[str]:
    """Words on as many lines as they need in a width in points."""
    return textwrap.wrap(text, max(int(width / LETTER), 8), break_long_words=False)


def legend(keys: Sequence[Key], swatch: Mapping[str, str]) -> tuple[list[str], float]:
    """The kinds of a drawing below each other's swatches, and the height that they take. `swatch`: kind → look."""
    body: list[str] = []
    x, y = 0.0, 0.0
    for key in keys:
        wide = 26 + len(key.text) * LETTER + 14
        if x and x + wide > WIDTH:
            x, y = 0.0, y + LINE + 4
        body.append(f'<rect x="{at(x + 0.5)}" y="{at(y + 0.5)}" width="20" height="9"{swatch[key.kind]}/>')
        body.append(words(x + 26, y + 8, key.text))
        x += wide
    return body, y + LINE + 7


def ink(role: str) -> str:
    """What a role of a pattern is on paper."""
    sort, _, series = role.partition("-")
    if sort == "mesh":
        return f' fill="none" stroke="{COLOURS.get(series, RULE)}" stroke-width="{1 if series in COLOURS else 2}"'
    return f' fill="{(GROUNDS if sort == "ground" else COLOURS)[series]}"'


def column(x: float, y: float, text: str, width: float, look: str = "") -> Iterator[str]:
    """Words in a column: each line below the other, the first with its foot at `y`."""
    yield from (words(x, y + number * LINE, line, look=look) for number, line in enumerate(lines(text, width)))
