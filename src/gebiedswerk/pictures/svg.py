"""What every drawing on paper is made of, as SVG in points: words, shapes in their place, and how shapes look there."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

from gebiedswerk.blocks.models import Key
from gebiedswerk.pictures.fonts import FAMILIES, is_plain
from gebiedswerk.pictures.looks import BARS, Look

WIDTH = 470
"""As wide as the text on a page of A4, in points."""
LETTER = 4.3
"""About how wide a letter is, in points."""
SIZE, LINE = 8.5, 11
FONTS = "Libertinus Serif, Georgia, serif"  # literal: names of fonts
INK, SOFT, RULE, FAINT, PAPER = "#12282c", "#4b6165", "#b9cac6", "#eff5f3", "#ffffff"
COLOURS: Mapping[str, str] = {"1": "#12686a", "2": "#8a4a00", "3": "#a02818"}
GROUNDS: Mapping[str, str] = {"1": "#e4f1ef", "2": "#fbe9cc", "3": "#fde6e1"}


def _look(kind: str, look: Look) -> str:
    colour = COLOURS.get(str(look.series), "")
    if not colour:
        return f".bar-{kind}{{fill:{PAPER};stroke:{SOFT};stroke-width:.7;stroke-dasharray:3 2}}"
    return f".bar-{kind}{{{'' if look.pattern else f'fill:{colour};'}stroke:{colour};stroke-width:.7}}"


_STYLE = "".join(
    [
        *(_look(kind, look) for kind, look in BARS.items()),
        f".zero{{stroke:{SOFT};stroke-width:1}}",
        *(f".ground-{series}{{fill:{colour}}}" for series, colour in GROUNDS.items()),
        *(f".line-{series}{{fill:{colour}}}" for series, colour in COLOURS.items()),
        *(f".mesh-{series}{{fill:none;stroke:{colour};stroke-width:1}}" for series, colour in COLOURS.items()),
        f".mesh-none{{fill:none;stroke:{RULE};stroke-width:2}}",
        f".shade-zero{{fill:{FAINT}}}.shade-above-4{{fill:{COLOURS['1']}}}",
    ]
)
"""How the shapes of `shapes.py` look on paper."""


def svg(height: float, body: Sequence[str], patterns: str, style: str = "") -> str:
    """A drawing of one width and a height in points; `style`: how its own shapes look, beside what all have."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{at(height)}" '
        f'viewBox="0 0 {WIDTH} {at(height)}" font-family="{FONTS}" font-size="{SIZE}" fill="{INK}">'
        f"<style>{_STYLE}{style}</style><defs>{patterns}</defs>{''.join(body)}</svg>"
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


def placed(x: float, y: float, width: float, height: float, shapes: str, box: str = "") -> str:
    """Shapes in their place; `box`: their own measures, where those are not points."""
    view = f' viewBox="{box}"' if box else ""
    size = f'width="{at(width)}" height="{at(height)}"'
    return f'<svg x="{at(x)}" y="{at(y)}" {size}{view} overflow="visible">{shapes}</svg>'


def legend(keys: Sequence[Key], swatch: Callable[[str], str]) -> tuple[list[str], float]:
    """The kinds of a drawing beside their swatches, and the height that they take. `swatch`: kind → 20 by 9 points."""
    body: list[str] = []
    x, y = 0.0, 0.0
    for key in keys:
        wide = 26 + len(key.text) * LETTER + 14
        if x and x + wide > WIDTH:
            x, y = 0.0, y + LINE + 4
        body.append(placed(x + 0.5, y + 0.5, 20, 9, swatch(key.kind)))
        body.append(words(x + 26, y + 8, key.text))
        x += wide
    return body, y + LINE + 7


def column(x: float, y: float, text: str, width: float, look: str = "") -> Iterator[str]:
    """Words in a column: each line below the other, the first with its foot at `y`."""
    yield from (words(x, y + number * LINE, line, look=look) for number, line in enumerate(lines(text, width)))
