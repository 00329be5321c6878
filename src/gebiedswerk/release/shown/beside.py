"""What stands beside pages and data: styles, scripts, fonts and pictures that the program knows, and lists of pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree as ET

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier.css_tokens import is_value
from gebiedswerk.dossier.house_style import LARGEST, PLACE, is_harmless
from gebiedswerk.opendata.sitemaps import SITEMAP, WOO, WOO_INDEX
from gebiedswerk.release.recount import Recount
from gebiedswerk.release.shown.held import FiguresHeld
from gebiedswerk.site.render import assets
from gebiedswerk.site.search import FOLDER as INDEX

STYLE = "assets/style.css"
_ROOT = r":root\{(?:--[A-Za-z][\w-]*:[^;{}]*;)*\}"
_FACE = (
    r'@font-face\{font-family:"[^"{}\\]*";src:url\("house/[\w.-]+"\) format\("woff2"\);'
    r"font-weight:[0-9 ]+;font-style:(?:italic|normal);font-display:swap\}\n"
)
_SCREEN = r"@media screen(?: and \(prefers-color-scheme: dark\))?"  # literal: CSS
OWN_STYLE = re.compile(rf"(?:{_FACE})*(?:{_ROOT}\n)?(?:{_SCREEN}\{{{_ROOT}\}}\n){{0,2}}")
"""What `site/house.py` writes behind our sheets: fonts and tokens, nothing else."""
VALUE = re.compile(r"--[A-Za-z][\w-]*:([^;{}]*);")
MOST_XML = 50_000_000


@dataclass(frozen=True)
class Beside:
    """The files of a site that are no page and no data."""

    found: Recount
    pages: Collection[str]

    def hold(self, data: bytes, place: str, held: FiguresHeld, prefix: str) -> None:
        """Hold one file: known by its bytes, or by what it may hold; anything else is of no known kind (Z137)."""
        name = prefix + place
        if self._ours.get(place) == hashlib.sha256(data).hexdigest():
            held.beside.append(name)
        elif place == STYLE or place.endswith((".css", ".js")) and not place.startswith(f"{INDEX}/"):
            held.faults += [] if place == STYLE and self._is_own_style(data) else [fault("Z138", name)]
            held.beside.append(name)
        elif place.startswith(f"{PLACE}/"):
            held.faults += _house(data, place, name)
            held.beside.append(name)
        elif place.startswith(f"{INDEX}/"):
            held.beside.append(name)
        elif place.endswith(".xml") or place == "robots.txt":
            held.faults += self._lists(data, place, name)
        else:
            held.faults.append(fault("Z137", name))

    @cached_property
    def _ours(self) -> dict[str, str]:
        return {place: hashlib.sha256(data).hexdigest() for place, data in assets(search=True).items()}

    def _is_own_style(self, data: bytes) -> bool:
        """Whether a style is ours, with nothing behind it but colours and fonts of the municipality's own."""
        ours = assets()[STYLE]
        if not data.startswith(ours):
            return False
        own = data[len(ours) :].decode()
        return OWN_STYLE.fullmatch(own) is not None and all(is_value(value) for value in VALUE.findall(own))

    def _lists(self, data: bytes, place: str, name: str) -> Iterator[Fault]:
        """A map of the site lists exactly its pages, at the address of the site."""
        address = self.found.dossier.settings.open_data.address.rstrip("/")
        if place == "robots.txt":
            maps = [f"Sitemap: {address}/{one}" for one in ("sitemap.xml", WOO_INDEX)]
            if data.decode() != "\n".join(["User-agent: *", "Allow: /", *maps]) + "\n":
                yield fault("Z140", name, value=data.decode()[:80], expected="Sitemap: …")
            return
        if b"<!" in data or len(data) > MOST_XML:
            yield fault("Z137", name)
            return
        root = ET.fromstring(data)  # noqa: S314 # without <! it holds no entities
        listed = [one.text or "" for one in root.iter(f"{{{SITEMAP}}}loc")]
        if place.startswith("sitemap") and place == "sitemap.xml":
            expected = sorted(f"{address}/{page}" for page in self.pages)
            for odd in sorted(set(listed) ^ set(expected)):
                yield fault("Z140", name, value=odd, expected="–" if odd in listed else odd)
        elif place in (f"{WOO}.xml", WOO_INDEX):
            known = {f"{address}/{page}" for page in self.pages} | {f"{address}/{WOO}.xml"}
            for odd in sorted(set(listed) - known):
                yield fault("Z140", name, value=odd, expected="–")
        else:
            yield fault("Z137", name)


def _house(data: bytes, place: str, name: str) -> Iterator[Fault]:
    """A logo or font of the municipality's own: as harmless as when it was let in."""
    if len(data) > LARGEST or not is_harmless(place, data):
        yield fault("Z138", name)
