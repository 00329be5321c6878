"""A link to a source page is a link to a figure: which one it is, and whether its words are that figure."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from gebiedswerk.account import MEASURES
from gebiedswerk.blocks.places import Places
from gebiedswerk.figures import Address, Subject
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.release.recount import Recount, Recounted

FOLDER = "cijfers/"
FURTHER = re.compile(r"(.*?cijfers/[^/]+/[0-9]{4}/)(?:[a-z-]+/boekingen-[0-9]+\.html|boekingen\.csv)$")
_AROUND = "".join(map(chr, range(0x21)))
_WITHIN: Mapping[int, int | None] = str.maketrans("", "", "\t\n\r")
"""What a browser takes out of an address before it reads it: around it, and within."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source page: on which basis it stands, whose figures it shows and of which year."""

    basis: Recounted
    subject: Subject
    year: int


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Where a link leads: a place in the site without the folder of a language, and the part of that page."""

    place: str
    part: str


@dataclass(frozen=True)
class Sources:
    """The source pages that follow from a release, by their place."""

    found: Recount

    @cached_property
    def by_place(self) -> Mapping[str, Source]:
        """Place → source page, in no language."""
        return {
            Places(self.found.dossier, one.basis.root).source(subject, year): Source(one, subject, year)
            for one in self.found.bases
            for subject, year in one.figures.subjects()
            if year in one.basis.years
        }

    @cached_property
    def _beside(self) -> Mapping[str, Source]:
        """Folder beside a source page → that page: further postings and their file stand in it."""
        return {f"{place.removesuffix('.html')}/": source for place, source in self.by_place.items()}

    def postings_of(self, place: str) -> Source | None:
        """The source page of which a place holds further postings; None where it is no such place."""
        found = FURTHER.match(place)
        return self._beside.get(found[1]) if found else None

    def is_beside(self, place: str) -> bool:
        """Whether a place stands beside a source page."""
        return self.postings_of(place) is not None

    def target(self, here: str, href: str) -> LinkTarget:
        """Where a link on a page leads, however it is written; `here` is the place of the page in the site."""
        bare = href.strip(_AROUND).translate(_WITHIN).replace("\\", "/")
        try:
            parts = urlsplit(bare)
        except ValueError:
            return LinkTarget("", "")
        path, part = unquote(parts.path), unquote(parts.fragment)
        if parts.scheme or parts.netloc or path.startswith("/"):
            return LinkTarget(self._ending(posixpath.normpath(path)), part)
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
        return LinkTarget(in_no_language(joined), part)

    def _ending(self, path: str) -> str:
        """The longest end of an absolute path that is a source page; the path itself where none is."""
        steps = path.strip("/").split("/")
        ends = (in_no_language("/".join(steps[at:])) for at in range(len(steps)))
        return next((end for end in ends if end in self.by_place), path.strip("/"))

    def address(self, target: LinkTarget) -> Address | None:
        """The figure to which a link leads; None where there is no such measure or page."""
        source, measure = self.by_place.get(target.place), target.part.replace("-", "_")
        return Address(measure, source.subject, source.year) if source and measure in MEASURES else None


def in_no_language(place: str) -> str:
    """A place without the folder of a language."""
    first, _, rest = place.partition("/")
    return rest if first in LANGUAGES else place
