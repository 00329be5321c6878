"""The house style of a municipality: tokens, logo and fonts in the folder `site/`, let in only when harmless."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.dossier.css_tokens import NoToken, Token, tokens
from gebiedswerk.dossier.metadata import SVG, NoPicture, bare_font, bare_png, bare_svg, without_notes
from gebiedswerk.dossier.settings import FontSettings, SiteSettings

FOLDER = "site"
PLACE = "assets/house"
TOKENS = "tokens.css"
LARGEST = 500_000
"""A logo or font of more bytes than this keeps visitors waiting."""
DEEPEST = 100
"""Elements of a drawing within each other."""
WOFF2 = b"wOF2"
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


def read_house(path: Path, settings: SiteSettings) -> Checked[House]:
    """Read `site/` of a dossier: what is harmless, and why the rest is refused."""
    found, odd = _tokens(path / FOLDER / TOKENS)
    logo, refused = _file(path, settings.logo, "site.logo", _drawing) if settings.logo else Checked(None)
    faults = [*odd, *refused]
    fonts: list[Font] = []
    for one in settings.fonts:
        data, refused = _file(path, one.file, "site.fonts.file", _font)
        fonts += [Font(one, data)] if data is not None else []
        faults += refused
    kept = (settings.logo, logo) if logo is not None else None
    return Checked(House(tuple(found), kept, tuple(fonts), settings.search), tuple(faults))


def known_files(settings: SiteSettings | None) -> set[str]:
    """The files of `site/` that the program reads."""
    return {TOKENS, *([settings.logo, *(one.file for one in settings.fonts)] if settings else [])}


def _tokens(file: Path) -> Checked[list[Token]]:
    if not file.is_file():
        return Checked([])
    place = f"{FOLDER}/{TOKENS}"
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return Checked([], (fault("D114", place, file.read_bytes()[: problem.start].count(b"\n") + 1),))
    found = list(tokens(text))
    faults = [fault("S104", place, one.line, None, one.text) for one in found if isinstance(one, NoToken)]
    return Checked([] if faults else [one for one in found if isinstance(one, Token)], tuple(faults))


def _file(path: Path, name: str, setting: str, let_in: Callable[[str, bytes], bytes]) -> Checked[bytes | None]:
    """A file of `site/` as it is let in; None where it is not there (S102) or not what it should be (S103)."""
    file = path / FOLDER / name
    if not file.is_file() or not file.resolve().is_relative_to((path / FOLDER).resolve()):
        return Checked(None, (fault("S102", "dossier.toml", None, setting, name),))
    data = file.read_bytes()
    try:
        if len(data) > LARGEST:
            raise RefusedFile("size")
        return Checked(let_in(name, data))
    except RefusedFile as problem:
        return Checked(None, (fault("S103", f"{FOLDER}/{name}", None, None, problem.reason),))


def is_harmless(name: str, data: bytes) -> bool:
    """Whether a logo or font is one that is let in, and holds nothing besides."""
    try:
        return data == (_font if name.lower().endswith(".woff2") else _drawing)(name, data)
    except RefusedFile:
        return False


class RefusedFile(Exception):
    """Why a file is not let in."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _font(name: str, data: bytes) -> bytes:
    """A font without its metadata. Raises Refused for anything else."""
    if not name.lower().endswith(".woff2") or not data.startswith(WOFF2):
        raise RefusedFile("woff2")
    try:
        return bare_font(data)
    except NoPicture as problem:
        raise RefusedFile("woff2") from problem


def _drawing(name: str, data: bytes) -> bytes:
    """A logo without its metadata: a PNG, or an SVG that only draws. Raises Refused for anything else."""
    if name.lower().endswith(".png"):
        try:
            return bare_png(data)
        except NoPicture as problem:
            raise RefusedFile("png") from problem
    if not name.lower().endswith(".svg"):
        raise RefusedFile("svg")
    try:
        text = data.decode("utf-8-sig")
        if _declares(text):
            raise RefusedFile("<!")
        root = ET.fromstring(text)  # noqa: S314 # without <! it holds no entities
    except (UnicodeDecodeError, ET.ParseError) as problem:
        raise RefusedFile("svg") from problem
    if deep := _deepest(root):
        raise RefusedFile(f"{DEEPEST} × <{deep[0].tag}>".replace(SVG, ""))
    without_notes(root)
    reason = next(_harmful(root), "" if root.tag == f"{SVG}svg" else "svg")
    if reason:
        raise RefusedFile(reason)
    return bare_svg(root)


def _declares(text: str) -> bool:
    """Whether a drawing declares anything, such as an entity: `<!` outside comments."""
    at = text.find("<!")
    while at >= 0:
        end = text.find("-->", at + 4) if text.startswith("<!--", at) else -1
        if end < 0:
            return True
        at = text.find("<!", end + 3)
    return False


def _deepest(root: ET.Element) -> list[ET.Element]:
    """The elements within more than `DEEPEST` others: no drawing has them, and who writes it would come to an end."""
    level = [root]
    for _ in range(DEEPEST):
        level = [child for one in level for child in one]
    return level


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
