"""Design tokens: custom properties of CSS, read strictly, and the contrast between two colours.

A sheet of tokens holds `--name: value;` below `:root` or a class that ends in `-theme` (as the NL Design System
writes them), and the same below `@media (prefers-color-scheme: dark)`. Anything else is refused: what cannot be
written cannot load, move or cover anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

DARK = re.compile(r"@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)\s*\{")
HEAD = re.compile(r"(?::root|\.[A-Za-z][\w-]*-theme)(?:\s*,\s*(?::root|\.[A-Za-z][\w-]*-theme))*\s*\{")
DECLARATION = re.compile(r"(--[A-Za-z][\w-]*+)\s*+:\s*+([^;{}]*+)(?:;|(?=\}))")
VALUE = re.compile(r"[\w\s#%.,'\"()/+*-]{1,400}")
FORBIDDEN = re.compile(r"(?:url|image|image-set|src|attr|element|expression)\s*\(", re.IGNORECASE)
VARIABLE = re.compile(r"var\(\s*+(--[\w-]++)\s*+(?:,\s*+([^()]*+))?\)")
COMMENT = re.compile(r"/\*.*?(?:(\*/)|\Z)", re.DOTALL)
BLANK = re.compile(r"\s*+")
NESTED = 20
"""So many steps from token to token are followed; more are a circle."""
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its name, its value, whether it holds in dark only, and its line."""

    name: str
    value: str
    dark: bool
    line: int


@dataclass(frozen=True, slots=True)
class NoToken:
    """What is no token, from the line on which it begins."""

    text: str
    line: int


def tokens(css: str) -> Iterator[Token | NoToken]:
    """Read a sheet of tokens. After the first thing that is none, the rest of the sheet is not read."""
    text = COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]) if found[1] else found[0], css)
    at, line, dark, inside = 0, 1, False, False
    while True:
        before, at = at, BLANK.match(text, at).end()  # type: ignore[union-attr] # it takes nothing too
        line += text.count("\n", before, at)
        if at == len(text) and not (inside or dark):
            return
        if not inside and not dark and (found := DARK.match(text, at)):
            dark = True
        elif not inside and (found := HEAD.match(text, at)):
            inside = True
        elif (inside or dark) and text.startswith("}", at):
            inside, dark = False, dark and inside
            at += 1
            continue
        elif inside and (found := DECLARATION.match(text, at)) and is_value(found[2].rstrip()):
            yield Token(found[1], " ".join(found[2].split()), dark, line)
        else:
            yield NoToken(
                " ".join(re.split(r"[{}]", text[at : at + 80].lstrip("{} "))[0].split()) or text[at : at + 1], line
            )
            return
        line += text.count("\n", at, found.end())
        at = found.end()


def is_value(text: str) -> bool:
    """Whether the value of a token is plain: no address, no escape, brackets and quotes in pairs."""
    pairs = text.count("(") == text.count(")") and text.count('"') % 2 == text.count("'") % 2 == 0
    return bool(VALUE.fullmatch(text)) and not FORBIDDEN.search(text) and pairs


def resolved(name: str, values: Mapping[str, str]) -> str | None:
    """The value of a token with every `var()` in it filled in; None where one leads nowhere or round."""
    value = values.get(name)
    for _ in range(NESTED):
        found = VARIABLE.search(value) if value is not None else None
        if value is None or found is None:
            return value
        inner = values.get(found[1], found[2])
        value = None if inner is None else value[: found.start()] + inner + value[found.end() :]
    return None


def contrast(one: str, other: str) -> float | None:
    """The contrast between two colours in `#rrggbb` or `#rgb`, from 1 to 21; None for a colour in another notation.

    Source: WCAG 2.2, "contrast ratio" and "relative luminance".
    """
    if not (HEX.fullmatch(one) and HEX.fullmatch(other)):
        return None
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
