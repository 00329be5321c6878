"""Lasting addresses: one place per publication, area and figure. Made from stored slugs, never from names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gebiedswerk.dossier import Dossier
from gebiedswerk.dossier.work import Initiative
from gebiedswerk.figures import TOTAL, Address, Subject

WORKBOOK = "tabellen"
HOME = "index.html"
CALENDAR = "kalender/index.html"
SEARCH = "zoeken.html"
SITEMAP = "sitemap.html"
GLOSSARY = "begrippen.html"
DELIVERIES = "bronnen/index.html"
RESTATED = "herzien/"
DATA: Mapping[str, str] = {
    "account": "rekening",
    "available": "beschikbaar",
    "reserves": "reserves",
    "postings": "boekingen",
    "terms": "bestedingstermijn",
    "lines": "posten",
    "years": "jaren",
    "rules": "termijnregels",
    "extensions": "verlengingen",
}
"""Names of files with data: addresses last, so they do not change with the language of a page."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one basis: `root` is its folder, with a slash.

    Those of a publication stand below it, those of the account that holds at the top, and those of a newer account
    of an adopted year below `RESTATED`.
    """

    dossier: Dossier
    root: str = ""

    def source(self, subject: Subject, year: int) -> str:
        """The source page of a subject in a year."""
        return f"{self.root}cijfers/{self._slug(subject)}/{year}.html"

    def figure(self, address: Address) -> str:
        """The section of a source page where a figure stands."""
        return f"{self._source(address)}{section_of(address.measure)}"

    def _source(self, address: Address) -> str:
        return self.source(address.subject or TOTAL, address.year or 0)

    def postings(self, address: Address, number: int) -> str:
        """A page of the postings behind a figure: the first stands with the figure itself."""
        if number == 1:
            return self.figure(address)
        place = self._source(address).removesuffix(".html")
        return f"{place}/{address.measure.replace('_', '-')}/boekingen-{number}.html"

    def postings_csv(self, subject: Subject, year: int) -> str:
        """The file with all postings of a line in a year, where there are many."""
        return f"{self.source(subject, year).removesuffix('.html')}/boekingen.csv"

    def data(self, name: str, kind: str, year: int | None = None) -> str:
        """A file with data: one of `DATA`, of one year or of all."""
        return f"{self.root}data/{DATA[name]}{f'-{year}' if year else ''}.{kind}"

    def workbook(self, year: int) -> str:
        """The workbook with the tables and figures of a year."""
        return f"{self.root}data/{WORKBOOK}-{year}.xlsx"

    def _slug(self, subject: Subject) -> str:
        if subject == TOTAL:
            return "totaal"
        if subject.area is not None:
            return f"gebied-{area_slug(self.dossier, subject.area)}"
        return self.dossier.line_slugs[subject.code]


def section_of(measure: str) -> str:
    """Where a measure stands on a source page."""
    return f"#{measure.replace('_', '-')}"


def delivery_place(delivery: str) -> str:
    """What is known of a delivered file."""
    return f"{DELIVERIES}#aanlevering-{delivery}"


def publication_root(slug: str) -> str:
    """The folder of a publication."""
    return f"publicaties/{slug}/"


def publication_place(slug: str, name: str = "index") -> str:
    """A page of a publication."""
    return f"{publication_root(slug)}{name}.html"


def whole_place(slug: str) -> str:
    """A whole publication as one document."""
    return f"{publication_root(slug)}{slug}.pdf"


def area_place(dossier: Dossier, code: str) -> str:
    """The page of an area."""
    return f"gebieden/{area_slug(dossier, code)}/index.html"


def area_year_place(dossier: Dossier, code: str, year: int) -> str:
    """The page of an area in one year."""
    return f"gebieden/{area_slug(dossier, code)}/{year}/index.html"


def initiative_place(dossier: Dossier, initiative: Initiative) -> str:
    """The page of an initiative."""
    return f"gebieden/{area_slug(dossier, initiative.area)}/initiatieven/{initiative.slug}.html"


def area_slug(dossier: Dossier, code: str) -> str:
    """The stored slug of an area."""
    return dossier.area_slugs[code]
