"""The house style of a municipality: tokens, logo and fonts in the folder `site/`, let in only when harmless."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.tokens import NoToken, Token, tokens
from gebiedswerk.dossier.settings import FontSettings, SiteSettings

FOLDER = "site"
PLACE = "assets/house"
TOKENS = "tokens.css"
LARGEST = 500_000
"""A logo or font of more bytes than this keeps visitors waiting."""
PNG = b"\x89PNG\r\n\x1a\n"
WOFF2 = b"wOF2"
SVG = "{http://www.w3.org/2000/svg}"
DRAWING = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan defs use symbol title desc clipPath mask "
    "linearGradient radialGradient stop pattern".split()
)
"""Elements that draw. Scripts, styles, pictures from elsewhere, animation and foreign content are none of them."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font file with the name and weight under which pages know it."""

    settings: FontSettings
    data: bytes


@dataclass(frozen=True, slots=True)
class House:
    """What a municipality changes about the look of its site, and whether it wants a search index."""

    tokens: tuple[Token, ...] = ()
    logo: tuple[str, bytes] | None = None
    fonts: tuple[Font, ...] = ()
    search: bool = False

    @property
    def logo_place(self) -> str:
        """Where the logo stands in the site; empty without one."""
        return f"{PLACE}/{self.logo[0]}" if self.logo else ""

    def files(self) -> dict[str, bytes]:
        """The files that a house adds to the site: place and bytes."""
        found = {f"{PLACE}/{font.settings.file}": font.data for font in self.fonts}
        return found | ({self.logo_place: self.logo[1]} if self.logo else {})


def read_house(path: Path, settings: SiteSettings) -> tuple[House, list[Fault]]:
    """Read `site/` of a dossier: what is harmless, and why the rest is refused."""
    found, faults = _tokens(path / FOLDER / TOKENS)
    logo, refused = _file(path, settings.logo, "site.logo", _is_drawing) if settings.logo else (None, [])
    faults += refused
    fonts: list[Font] = []
    for one in settings.fonts:
        data, refused = _file(path, one.file, "site.fonts.file", _is_font)
        fonts += [Font(one, data)] if data is not None else []
        faults += refused
    kept = (settings.logo, logo) if logo is not None else None
    return House(tuple(found), kept, tuple(fonts), settings.search), faults


def known_files(settings: SiteSettings | None) -> set[str]:
    """The files of `site/` that the program reads."""
    return {TOKENS, *([settings.logo, *(one.file for one in settings.fonts)] if settings else [])}


def _tokens(file: Path) -> tuple[list[Token], list[Fault]]:
    if not file.is_file():
        return [], []
    place = f"{FOLDER}/{TOKENS}"
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return [], [fault("D114", place, file.read_bytes()[: problem.start].count(b"\n") + 1)]
    found = list(tokens(text))
    faults = [fault("S104", place, one.line, None, one.text) for one in found if isinstance(one, NoToken)]
    return [] if faults else [one for one in found if isinstance(one, Token)], faults


def _file(
    path: Path, name: str, setting: str, problem_of: Callable[[str, bytes], str]
) -> tuple[bytes | None, list[Fault]]:
    """A file of `site/` with its bytes; None where it is not there (S102) or not what it should be (S103)."""
    file = path / FOLDER / name
    if not file.is_file() or not file.resolve().is_relative_to((path / FOLDER).resolve()):
        return None, [fault("S102", "dossier.toml", None, setting, name)]
    data = file.read_bytes()
    reason = "size" if len(data) > LARGEST else problem_of(name, data)
    return (None, [fault("S103", f"{FOLDER}/{name}", None, None, reason)]) if reason else (data, [])


def _is_font(name: str, data: bytes) -> str:
    """What keeps a file from being a font; empty where nothing does."""
    return "" if name.lower().endswith(".woff2") and data.startswith(WOFF2) else "woff2"


def _is_drawing(name: str, data: bytes) -> str:
    """What keeps a file from being a logo: an SVG that only draws, or a PNG; empty where nothing does."""
    if name.lower().endswith(".png"):
        return "" if data.startswith(PNG) else "png"
    if not name.lower().endswith(".svg"):
        return "svg"
    try:
        text = data.decode("utf-8-sig")
        if "<!" in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL):
            return "<!"
        root = ET.fromstring(text)  # noqa: S314 # without <! it holds no entities
    except (UnicodeDecodeError, ET.ParseError):
        return "svg"
    return next(_harmful(root), "" if root.tag == f"{SVG}svg" else "svg")


def _harmful(root: ET.Element) -> Iterator[str]:
    """Elements and attributes that do more than draw."""
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)
        if name not in DRAWING:
            yield f"<{name}>"
        for key, value in element.attrib.items():
            bare = key.rsplit("}", 1)[-1].lower()
            elsewhere = bare in ("href", "src") and not value.strip().startswith("#")
            loads = re.search(r"url\(\s*['\"]?(?!#)|javascript:|@import|\\", value, re.IGNORECASE)
            if bare.startswith("on") or elsewhere or loads:
                yield f"{bare}={value[:40]}"
