"""What lets machines find the data: a catalogue with all that is compulsory, maps of the site, feeds per area."""

from __future__ import annotations

import hashlib
import json
import xml.etree.ElementTree as ET
from datetime import datetime
from pathlib import Path

import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from gebiedswerk.app.build import build
from gebiedswerk.opendata.sitemaps import DIWOO, SITEMAP
from tests.conftest import KLEIN, ROOT

ADDRESS = "https://gebieden.example.org"
SPDX, VCARD = Namespace("http://spdx.org/rdf/terms#"), Namespace("http://www.w3.org/2006/vcard/ns#")
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
    FOAF.Agent: (FOAF.name,),
    SPDX.Checksum: (SPDX.algorithm, SPDX.checksumValue),
    SKOS.Concept: (SKOS.prefLabel,),
}
ADVISED = {
    DCAT.Catalog: (DCTERMS.creator,),
    DCAT.Dataset: (DCAT.landingPage, DCTERMS.conformsTo, DCTERMS.language, FOAF.page),
    DCAT.Distribution: (DCAT.downloadURL, DCTERMS.language),
}
"""Beside these the profile advises a service for each distribution, and a standard: we have no service, and a workbook
or a Parquet file follows none of ours."""
ONE = {
    DCAT.Catalog: (DCTERMS.creator, DCTERMS.license, DCTERMS.publisher, DCAT.contactPoint, FOAF.homepage),
    DCAT.Dataset: (
        DCTERMS.accessRights,
        DCTERMS.accrualPeriodicity,
        DCTERMS.identifier,
        DCTERMS.modified,
        DCTERMS.publisher,
        DCAT.contactPoint,
    ),
    DCAT.Distribution: (
        DCTERMS.format,
        DCTERMS.license,
        DCAT.accessURL,
        DCAT.byteSize,
        DCAT.downloadURL,
        DCAT.mediaType,
        SPDX.checksum,
    ),
    DCTERMS.PeriodOfTime: (DCAT.startDate, DCAT.endDate),
    SPDX.Checksum: (SPDX.algorithm, SPDX.checksumValue),
}
RANGE = {
    DCTERMS.accessRights: DCTERMS.RightsStatement,
    DCTERMS.accrualPeriodicity: DCTERMS.Frequency,
    DCTERMS.conformsTo: DCTERMS.Standard,
    DCTERMS.creator: FOAF.Agent,
    DCTERMS.format: DCTERMS.MediaTypeOrExtent,
    DCTERMS.language: DCTERMS.LinguisticSystem,
    DCTERMS.license: DCTERMS.LicenseDocument,
    DCTERMS.publisher: FOAF.Agent,
    DCTERMS.temporal: DCTERMS.PeriodOfTime,
    DCAT.accessURL: RDFS.Resource,
    DCAT.contactPoint: VCARD.Kind,
    DCAT.dataset: DCAT.Dataset,
    DCAT.distribution: DCAT.Distribution,
    DCAT.downloadURL: RDFS.Resource,
    DCAT.landingPage: FOAF.Document,
    DCAT.mediaType: DCTERMS.MediaType,
    DCAT.theme: SKOS.Concept,
    FOAF.homepage: FOAF.Document,
    FOAF.page: FOAF.Document,
    SPDX.algorithm: SPDX.ChecksumAlgorithm,
    SPDX.checksum: SPDX.Checksum,
}
WORDS = {
    DCTERMS.description: RDF.langString,
    DCTERMS.identifier: XSD.string,
    DCTERMS.modified: XSD.dateTime,
    DCTERMS.title: RDF.langString,
    DCAT.byteSize: XSD.nonNegativeInteger,
    DCAT.endDate: XSD.date,
    DCAT.startDate: XSD.date,
    FOAF.name: RDF.langString,
    SKOS.prefLabel: RDF.langString,
    SPDX.checksumValue: XSD.hexBinary,
    VCARD.fn: RDF.langString,
}
"""What the shapes of DCAT-AP-NL 3.0 (Geonovum) and DCAT-AP 3.0 (SEMIC) ask of what we write: kept as facts, because
their licence does not let us take the files along (decision 35)."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The large example, which has an address, built once for this module."""
    built, faults = build(ROOT / "examples" / "groningen", tmp_path_factory.mktemp("out") / "groningen")
    assert built is not None, faults
    return built.site


def test_the_catalogue_holds_all_that_is_compulsory(site: Path) -> None:
    """Per class every field that is asked for or advised, and no more than one where one is allowed."""
    graph = Graph().parse(site / "data/catalogus.ttl")
    for kind, fields in (*COMPULSORY.items(), *ADVISED.items()):
        things = list(graph.subjects(RDF.type, kind))
        assert things
        for thing in things:
            for field in fields:
                assert (thing, field, None) in graph, (thing, field)
    for kind, fields in ONE.items():
        for thing in graph.subjects(RDF.type, kind):
            for field in fields:
                assert len(list(graph.objects(thing, field))) <= 1, (thing, field)


def test_each_thing_in_the_catalogue_says_what_it_is(site: Path) -> None:
    """Every property leads to a thing of its range, or to a value of its type; none is left out of the lists."""
    graph = Graph().parse(site / "data/catalogus.ttl")
    elsewhere = {RDF.type, VCARD.hasURL}
    for thing, field, value in graph:
        assert isinstance(field, URIRef)
        if field in RANGE:
            assert not isinstance(value, Literal), (thing, field)
            assert (value, RDF.type, RANGE[field]) in graph, (thing, field)
        elif field not in elsewhere:
            assert isinstance(value, Literal), (thing, field)
            assert (value.datatype or (RDF.langString if value.language else XSD.string)) == WORDS[field]


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


def test_the_woo_index_finds_each_publication(site: Path) -> None:
    """In its category, by the government's own codes, with its title and publisher; one is of the accounts of 2019."""
    names = {"s": SITEMAP, "d": DIWOO}
    index = ET.parse(site / "sitemapindex-diwoo-infocat012.xml")  # noqa: S314 # our own
    (place,) = [str(e.text).removeprefix(f"{ADDRESS}/") for e in index.iterfind("s:sitemap/s:loc", names)]
    titles = []
    for url in ET.parse(site / place).iterfind("s:url", names):  # noqa: S314 # our own
        document = url.find("d:Document/d:DiWoo", names)
        assert document is not None
        category = document.find(".//d:informatiecategorie", names)
        publisher = document.find("d:publisher", names)
        assert category is not None and category.get("resource", "").endswith("/c_c6cd1213")
        assert publisher is not None and publisher.get("resource", "").endswith("/gemeente/gm0014")
        form = document.find("d:format", names)
        assert form is not None and form.get("resource", "").endswith("/file-type/HTML")
        handling = document.find("d:documenthandelingen/d:documenthandeling/d:soortHandeling", names)
        assert handling is not None
        assert handling.get("resource", "").startswith("https://identifier.overheid.nl/tooi/")
        assert document.findtext("d:creatiedatum", "", names) == url.findtext("s:lastmod", "", names)
        titles.append(str(document.findtext("d:titelcollectie/d:officieleTitel", "", names)))
    assert sum("Jaarrekening 2019" in title for title in titles) == 1
    assert len(set(titles)) == len(titles) > 1


def test_each_area_has_a_feed(site: Path) -> None:
    """Newest first, each entry with a name of its own, a day, and the page to read."""
    atom = {"a": "http://www.w3.org/2005/Atom"}
    feeds = sorted(site.glob("gebieden/*/nieuws.xml"))
    assert len(feeds) >= 7
    for feed in feeds:
        tree = ET.parse(feed).getroot()  # noqa: S314 # our own
        entries = tree.findall("a:entry", atom)
        days = [str(e.findtext("a:updated", "", atom)) for e in entries]
        names = [e.findtext("a:id", "", atom) for e in entries]
        assert days == sorted(days, reverse=True) and len(set(names)) == len(names) > 0
        here, page = (f"{ADDRESS}/{path.relative_to(site)}" for path in (feed, feed.parent / "index.html"))
        assert tree.findtext("a:id", "", atom) == here and str(tree.findtext("a:author/a:name", "", atom))
        assert {e.get("rel"): e.get("href") for e in tree.findall("a:link", atom)} == {"self": here, "alternate": page}
        for one in (tree, *entries):
            told = [str(one.findtext(f"a:{name}", "", atom)) for name in ("title", "id")]
            assert told[0] and told[1].startswith(here)
            assert datetime.fromisoformat(one.findtext("a:updated", "", atom)).tzinfo
            assert page in {e.get("href") for e in one.findall("a:link", atom)}
        assert tree.findtext("a:updated", "", atom) == days[0]
        for own in (feed.parent, site / "en" / feed.parent.relative_to(site)):
            way = "nieuws.xml" if own == feed.parent else f"../../../{feed.relative_to(site)}"
            words = (own / "index.html").read_text("utf-8")
            assert f'<link rel="alternate" type="application/atom+xml" href="{way}">' in words
            assert f'<a href="{way}">' in words


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
