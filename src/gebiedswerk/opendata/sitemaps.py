"""Maps of the site for machines: all pages for search engines, and the publications for the Woo index (DiWoo)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gebiedswerk.blocks.places import publication_place
from gebiedswerk.dossier import Dossier, Status
from gebiedswerk.opendata.xml_text import chain, put, root, xml_file
from gebiedswerk.pages import BinaryFile, DataFile, File, Page, View

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
DIWOO = "https://standaarden.overheid.nl/diwoo/metadata/"
MOST = 50_000
"""Addresses in one file. Source: sitemaps.org."""
KERN = "https://identifier.overheid.nl/tooi/def/thes/kern"
CATEGORY = (f"{KERN}/c_c6cd1213", "jaarplannen en jaarverslagen")  # literal: the name of the code
ADOPTED = (f"{KERN}/c_641ecd76", "vaststelling")
RECEIVED = (f"{KERN}/c_dfcee535", "ontvangst")
FORMAT = ("http://publications.europa.eu/resource/authority/file-type/HTML", "html")  # literal: the name of the code
WOO = "sitemap-diwoo-infocat012"
WOO_INDEX = "sitemapindex-diwoo-infocat012.xml"
"""The twelfth category of the Woo: plans and reports of a year (article 3.3, paragraph 2, under g)."""


@dataclass(frozen=True, slots=True)
class MapEntry:
    """What a map says of a page: its place, the day of its newest data, and the places of translations by language."""

    place: str
    day: str
    translations: tuple[tuple[str, str], ...]


def map_entry(page: Page) -> MapEntry:
    """What a map says of a page."""
    frame = page.frame
    day = max((stamp.machine for stamp in frame.stamps), default="")[:10]
    return MapEntry(frame.place, day, tuple((one.language, one.place) for one in frame.translations))


def sitemaps(dossier: Dossier, pages: Sequence[MapEntry], views: Sequence[View]) -> Iterator[File]:
    """`robots.txt` and the maps that it names. The dossier has an address."""
    address = dossier.settings.open_data.address.rstrip("/")
    ordered = sorted(pages, key=lambda page: page.place)
    parts = [ordered[at : at + MOST] for at in range(0, len(ordered), MOST)]
    names = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{at}.xml" for at in range(1, len(parts) + 1)]
    yield from (_pages(address, name, part) for name, part in zip(names, parts, strict=True))
    if len(parts) > 1:
        yield _index(address, "sitemap.xml", names)
    yield _woo(dossier, address, views)
    yield _index(address, WOO_INDEX, [f"{WOO}.xml"])
    maps = ("sitemap.xml", WOO_INDEX)
    lines = ["User-agent: *", "Allow: /", *(f"Sitemap: {address}/{name}" for name in maps)]
    yield DataFile("robots.txt", "\n".join(lines) + "\n")


def _pages(address: str, name: str, pages: Sequence[MapEntry]) -> BinaryFile:
    """Every page with the day of its newest data, and the same page in other languages."""
    urls = root("urlset", {"": SITEMAP, "xhtml": XHTML})
    for page in pages:
        url = put(urls, "url")
        put(url, "loc", f"{address}/{page.place}")
        if page.day:
            put(url, "lastmod", page.day)
        for language, place in page.translations:
            there = {"rel": "alternate", "hreflang": language, "href": f"{address}/{place}"}
            put(url, "xhtml:link", attributes=there)
    return xml_file(name, urls)


def _index(address: str, name: str, names: Sequence[str]) -> BinaryFile:
    index = root("sitemapindex", {"": SITEMAP})
    for one in names:
        put(put(index, "sitemap"), "loc", f"{address}/{one}")
    return xml_file(name, index)


def _woo(dossier: Dossier, address: str, views: Sequence[View]) -> BinaryFile:
    """The publications that have been published, as documents of their category."""
    urls = root("urlset", {"": SITEMAP, "diwoo": DIWOO})
    publisher = dossier.settings.open_data.publisher or f"{address}/#gemeente"
    for view in views:
        settings = view.publication.settings
        if settings.published_at is None:
            continue
        url = put(urls, "url")
        put(url, "loc", f"{address}/{publication_place(view.publication.slug)}")
        put(url, "lastmod", settings.published_at.date().isoformat())
        document = chain(url, ("diwoo:Document", "diwoo:DiWoo"))
        put(document, "diwoo:publisher", dossier.settings.municipality.name, {"resource": publisher})
        put(chain(document, ["diwoo:titelcollectie"]), "diwoo:officieleTitel", settings.title)
        categories = chain(document, ("diwoo:classificatiecollectie", "diwoo:informatiecategorieen"))
        put(categories, "diwoo:informatiecategorie", CATEGORY[1], {"resource": CATEGORY[0]})
        put(document, "diwoo:creatiedatum", settings.published_at.date().isoformat())
        put(document, "diwoo:format", FORMAT[1], {"resource": FORMAT[0]})
        handling = chain(document, ("diwoo:documenthandelingen", "diwoo:documenthandeling"))
        kind = ADOPTED if view.publication.settings.status is Status.ADOPTED else RECEIVED
        put(handling, "diwoo:soortHandeling", kind[1], {"resource": kind[0]})
        put(handling, "diwoo:atTime", settings.published_at.isoformat())
    return xml_file(f"{WOO}.xml", urls)
