"""What lets machines find the data: a catalogue with all that is compulsory, maps of the site, feeds per area."""

from __future__ import annotations

import hashlib
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef
from rdflib.compare import isomorphic

from gebiedswerk.actions import build
from gebiedswerk.opendata.sitemaps import DIWOO, SITEMAP
from tests.conftest import KLEIN, ROOT

ADDRESS = "https://gebieden.example.org"
COMPULSORY = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint, DCAT.dataset),
    DCAT.Dataset: (
        DCTERMS.accessRights,
        DCAT.contactPoint,
        DCTERMS.creator,
        DCTERMS.identifier,
        DCTERMS.publisher,
        DCAT.theme,
        DCTERMS.title,
        DCTERMS.description,
    ),
    DCAT.Distribution: (DCTERMS.license, DCAT.accessURL),
}
"""Source: the shapes of DCAT-AP-NL 3.0 (Geonovum), and of DCAT-AP where these build on it."""
ONE = (DCTERMS.identifier, DCAT.contactPoint)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The large example, which has an address, built once for this module."""
    built, faults = build(ROOT / "examples" / "groningen", tmp_path_factory.mktemp("out") / "groningen")
    assert built is not None, faults
    return built.site


def test_the_catalogue_holds_all_that_is_compulsory(site: Path) -> None:
    """Per class every field that DCAT-AP-NL asks for, and no more than one where it allows one."""
    graph = Graph().parse(site / "data/catalogus.ttl")
    for kind, fields in COMPULSORY.items():
        things = list(graph.subjects(RDF.type, kind))
        assert things
        for thing in things:
            for field in fields:
                found = list(graph.objects(thing, field))
                assert len(found) == 1 if field in ONE else found, (thing, field)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # the parser of rdflib uses it itself
def test_both_forms_say_the_same(site: Path) -> None:
    """The Turtle and the JSON-LD are one graph."""
    turtle = Graph().parse(site / "data/catalogus.ttl")
    linked = Graph().parse(site / "data/catalogus.jsonld", format="json-ld")
    assert len(turtle) > 500 and isomorphic(turtle, linked)


def test_every_distribution_is_a_file_of_the_site(site: Path) -> None:
    """Each download exists, with the size and the hash that the catalogue names."""
    graph = Graph().parse(site / "data/catalogus.ttl")
    spdx = "http://spdx.org/rdf/terms#"
    files = list(graph.subject_objects(DCAT.downloadURL))
    assert len(files) > 50
    for file, address in files:
        content = (site / str(address).removeprefix(f"{ADDRESS}/")).read_bytes()
        assert str(graph.value(file, DCAT.byteSize)) == str(len(content))
        checksum = graph.value(file, URIRef(f"{spdx}checksum"))
        assert str(graph.value(checksum, URIRef(f"{spdx}checksumValue"))) == hashlib.sha256(content).hexdigest()


def test_the_map_names_every_page(site: Path) -> None:
    """Each page once, in both languages, and nothing that is not there."""
    names = {"s": SITEMAP}
    found = [str(e.text) for e in ET.parse(site / "sitemap.xml").iterfind("s:url/s:loc", names)]  # noqa: S314 # our own
    assert sorted(found) == sorted(f"{ADDRESS}/{page.relative_to(site)}" for page in site.rglob("*.html"))
    maps = [
        line.split(": ")[1] for line in (site / "robots.txt").read_text().splitlines() if line.startswith("Sitemap")
    ]
    assert len(maps) == 2 and all((site / one.removeprefix(f"{ADDRESS}/")).is_file() for one in maps)


def test_the_woo_index_finds_the_annual_accounts(site: Path) -> None:
    """The publication in its category, by the government's own codes, with its title and its publisher."""
    names = {"s": SITEMAP, "d": DIWOO}
    index = ET.parse(site / "sitemapindex-diwoo-infocat012.xml")  # noqa: S314 # our own
    (place,) = [str(e.text).removeprefix(f"{ADDRESS}/") for e in index.iterfind("s:sitemap/s:loc", names)]
    (url,) = ET.parse(site / place).iterfind("s:url", names)  # noqa: S314 # our own
    document = url.find("d:Document/d:DiWoo", names)
    assert document is not None
    category = document.find(".//d:informatiecategorie", names)
    publisher = document.find("d:publisher", names)
    assert category is not None and category.get("resource", "").endswith("/c_c6cd1213")
    assert publisher is not None and publisher.get("resource", "").endswith("/gemeente/gm0014")
    assert "Jaarrekening 2019" in str(document.findtext("d:titelcollectie/d:officieleTitel", "", names))


def test_each_area_has_a_feed(site: Path) -> None:
    """Newest first, each entry with a name of its own, a day, and the page to read."""
    atom = {"a": "http://www.w3.org/2005/Atom"}
    feeds = sorted(site.glob("gebieden/*/nieuws.xml"))
    assert len(feeds) >= 7
    for feed in feeds:
        tree = ET.parse(feed)  # noqa: S314 # our own
        entries = tree.findall("a:entry", atom)
        days = [str(e.findtext("a:updated", "", atom)) for e in entries]
        names = [e.findtext("a:id", "", atom) for e in entries]
        assert days == sorted(days, reverse=True) and len(set(names)) == len(names) > 0
        assert tree.findtext("a:updated", "", atom) == days[0]
        assert (feed.parent / "index.html").is_file()


def test_without_an_address_there_is_nothing_to_find(tmp_path: Path) -> None:
    """Catalogues, maps and feeds need full addresses; the packages do not."""
    built, _ = build(KLEIN, tmp_path / "out")
    assert built is not None
    names = {path.name for path in built.site.rglob("*")}
    assert "datapackage-2025.json" in names
    assert not names & {"catalogus.ttl", "sitemap.xml", "robots.txt", "nieuws.xml"}


def test_the_descriptor_speaks_fiscal_data_package(site: Path) -> None:
    """Column types for year, phase, direction, value, task field and category."""
    package = json.loads((site / "data/datapackage-2019.json").read_text("utf-8"))
    postings = next(one for one in package["resources"] if one["name"] == "boekingen")
    types = {field["name"]: field.get("columnType") for field in postings["schema"]["fields"]}
    assert types["cents"] == "value" and types["year"] == "date:fiscal-year" and types["flow"] == "direction"
    assert types["taakveld"] == "functional-classification:generic:code"
