"""A municipality's own look as CSS: its fonts, and its tokens after ours."""

from __future__ import annotations

from collections.abc import Iterable

from gebiedswerk.dossier import Font, House
from gebiedswerk.dossier.css_tokens import Token

DARK = "screen and (prefers-color-scheme: dark)"  # literal: CSS


def sheet(house: House) -> str:
    """What stands after our own sheets: fonts, and tokens for screens; paper stays black on white."""
    always = [one for one in house.tokens if not one.dark]
    parts = [_face(font) for font in house.fonts]
    parts += [_root(one for one in always if one.name.startswith("--font"))]
    parts += [_within("screen", (one for one in always if not one.name.startswith("--font")))]
    parts += [_within(DARK, (one for one in house.tokens if one.dark))]
    return "".join(part for part in parts if part)


def _face(font: Font) -> str:
    style = "italic" if font.settings.italic else "normal"
    return (
        f'@font-face{{font-family:"{font.settings.family}";src:url("house/{font.settings.file}") format("woff2");'
        f"font-weight:{font.settings.weight};font-style:{style};font-display:swap}}\n"
    )


def _root(found: Iterable[Token]) -> str:
    lines = "".join(f"{one.name}:{one.value};" for one in found)
    return f":root{{{lines}}}\n" if lines else ""


def _within(media: str, found: Iterable[Token]) -> str:
    inside = _root(found)
    return f"@media {media}{{{inside.strip()}}}\n" if inside else ""
