"""A catalogue of the data packages as DCAT-AP-NL 3.0, in Turtle and JSON-LD, so that data.overheid.nl can read it.

Source: DCAT-AP-NL 3.0 (Geonovum) on DCAT-AP 3.0; what these make compulsory for a catalogue, a dataset and a
distribution is here, and each thing that is named says what it is (`RANGES`), so that a checker needs no other file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef

from gebiedswerk.blocks.places import DELIVERIES, HOME, RESTATED
from gebiedswerk.dossier import Dossier
from gebiedswerk.language.languages import language
from gebiedswerk.language.messages import Messages
from gebiedswerk.opendata.package import LICENCES, MEDIA, PROFILE, SCHEMA
from gebiedswerk.pages import DataFile

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
AUTHORITY = "http://publications.europa.eu/resource/authority"
PUBLIC = URIRef(f"{AUTHORITY}/access-right/PUBLIC")
THEMES = ("GOVE", "ECON")
YEARLY = URIRef(f"{AUTHORITY}/frequency/ANNUAL")
RANGES: Mapping[URIRef, URIRef] = {
    DCTERMS.accessRights: DCTERMS.RightsStatement,
    DCTERMS.accrualPeriodicity: DCTERMS.Frequency,
    DCTERMS.conformsTo: DCTERMS.Standard,
    DCTERMS.format: DCTERMS.MediaTypeOrExtent,
    DCTERMS.language: DCTERMS.LinguisticSystem,
    DCTERMS.license: DCTERMS.LicenseDocument,
    DCAT.accessURL: RDFS.Resource,
    DCAT.landingPage: FOAF.Document,
    DCAT.mediaType: DCTERMS.MediaType,
    DCAT.theme: SKOS.Concept,
    FOAF.homepage: FOAF.Document,
    FOAF.page: FOAF.Document,
    SPDX.algorithm: SPDX.ChecksumAlgorithm,
}
"""What the thing behind a property is. Source: the class ranges of DCAT-AP 3.0."""
FILE_TYPES: Mapping[str, str] = {"csv": "CSV", "json": "JSON", "xlsx": "XLSX", "parquet": "PARQUET"}
PREFIXES: Mapping[str, str] = {
    "dcat": str(DCAT),
    "dct": str(DCTERMS),
    "foaf": str(FOAF),
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "spdx": str(SPDX),
    "vcard": str(VCARD),
    "xsd": str(XSD),
}


@dataclass(frozen=True, slots=True)
class Described:
    """A data package as it stands in the site: the place of its descriptor, its year, and the descriptor."""

    place: str
    year: int
    text: str


def catalogue(dossier: Dossier, packages: Iterable[Described], messages: Messages) -> Iterator[DataFile]:
    """The catalogue in both forms. The dossier has an address."""
    graph = _graph(dossier, list(packages), messages)
    yield DataFile("data/catalogus.ttl", graph.serialize(format="turtle"))
    found = json.loads(graph.serialize(format="json-ld", context=PREFIXES, auto_compact=True))
    found["@graph"] = sorted(found["@graph"], key=lambda node: str(node["@id"]))
    yield DataFile("data/catalogus.jsonld", json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def _graph(dossier: Dossier, packages: list[Described], messages: Messages) -> Graph:
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True)
    maker = _Maker(graph, dossier, messages)
    maker.catalogue([maker.dataset(package) for package in packages])
    return graph


@dataclass(frozen=True, slots=True)
class _Maker:
    graph: Graph
    dossier: Dossier
    messages: Messages

    def say(self, subject: URIRef, *facts: tuple[URIRef, URIRef | Literal | BNode]) -> None:
        for predicate, thing in facts:
            self.graph.add((subject, predicate, thing))
            if predicate in RANGES:
                self.graph.add((thing, RDF.type, RANGES[predicate]))

    def at(self, place: str) -> URIRef:
        """The address of a place in the site."""
        return URIRef(f"{self.dossier.settings.open_data.address.rstrip('/')}/{place}")

    def words(self, text: str) -> Literal:
        return Literal(text, lang=self.messages.language)

    @property
    def name(self) -> str:
        return self.dossier.settings.municipality.name

    def publisher(self) -> URIRef:
        found = URIRef(self.dossier.settings.open_data.publisher or str(self.at("#gemeente")))
        self.say(found, (RDF.type, FOAF.Agent), (FOAF.name, self.words(self.name)))
        return found

    def contact(self) -> URIRef:
        found = self.at("#contact")
        page = URIRef(self.dossier.settings.open_data.contact or str(self.at("")))
        kinds = ((RDF.type, VCARD.Kind), (RDF.type, VCARD.Organization))
        self.say(found, *kinds, (VCARD.fn, self.words(self.name)), (VCARD.hasURL, page))
        return found

    def catalogue(self, datasets: list[URIRef]) -> None:
        found = self.at("data/catalogus.ttl#catalogus")
        self.say(
            found,
            (RDF.type, DCAT.Catalog),
            (DCTERMS.title, self.words(self.messages("site.title", municipality=self.name))),
            (DCTERMS.description, self.words(self.messages("data.package", municipality=self.name))),
            (DCTERMS.creator, self.publisher()),
            (DCTERMS.publisher, self.publisher()),
            (DCTERMS.license, self.licence()),
            (DCTERMS.language, _language(self.messages)),
            (DCAT.contactPoint, self.contact()),
            (FOAF.homepage, self.at("")),
            *((DCAT.dataset, dataset) for dataset in datasets),
        )

    def theme(self, code: str) -> URIRef:
        """A theme of the European list, with its name."""
        found = URIRef(f"{AUTHORITY}/data-theme/{code}")
        self.say(found, (SKOS.prefLabel, self.words(self.messages(f"data.theme.{code}"))))
        return found

    def licence(self) -> URIRef:
        return URIRef(LICENCES[self.dossier.settings.open_data.licence])

    def dataset(self, package: Described) -> URIRef:
        descriptor: dict[str, Any] = json.loads(package.text)
        found, period = self.at(f"{package.place}#dataset"), self.at(f"{package.place}#jaar")
        self.say(
            period,
            (RDF.type, DCTERMS.PeriodOfTime),
            (DCAT.startDate, Literal(f"{package.year}-01-01", datatype=XSD.date)),
            (DCAT.endDate, Literal(f"{package.year}-12-31", datatype=XSD.date)),
        )
        self.say(
            found,
            (RDF.type, DCAT.Dataset),
            (DCTERMS.identifier, Literal(str(found))),
            (DCTERMS.title, self.words(descriptor["title"])),
            (DCTERMS.description, self.words(descriptor["description"])),
            (DCTERMS.accessRights, PUBLIC),
            (DCTERMS.creator, self.publisher()),
            (DCTERMS.publisher, self.publisher()),
            (DCTERMS.language, _language(self.messages)),
            (DCTERMS.accrualPeriodicity, YEARLY),
            (DCTERMS.conformsTo, URIRef(PROFILE)),
            (DCTERMS.temporal, period),
            (DCAT.landingPage, self.at(_page(package))),
            (FOAF.page, self.at(DELIVERIES)),
            (DCAT.contactPoint, self.contact()),
            *((DCAT.theme, self.theme(code)) for code in THEMES),
            *((DCTERMS.modified, moment) for moment in self._modified(descriptor)),
            *((DCAT.distribution, file) for file in self.distributions(package, descriptor)),
        )
        return found

    def _modified(self, descriptor: dict[str, Any]) -> list[Literal]:
        """The newest export among the files that the data follow from."""
        moments = [source["version"] for source in descriptor["sources"]]
        return [Literal(max(moments), datatype=XSD.dateTime)] if moments else []

    def distributions(self, package: Described, descriptor: dict[str, Any]) -> Iterator[URIRef]:
        folder = package.place.rpartition("/")[0]
        for file in descriptor["resources"]:
            found = self.at(f"{package.place}#{file['name']}")
            checksum = self.at(f"{package.place}#{file['name']}-sha256")
            there = self.at(f"{folder}/{file['path']}")
            self.say(
                checksum,
                (RDF.type, SPDX.Checksum),
                (SPDX.algorithm, SPDX.checksumAlgorithm_sha256),
                (SPDX.checksumValue, Literal(file["hash"].removeprefix("sha256:"), datatype=XSD.hexBinary)),
            )
            self.say(
                found,
                (RDF.type, DCAT.Distribution),
                (DCTERMS.title, self.words(file.get("title", file["path"]))),
                (DCTERMS.license, self.licence()),
                (DCTERMS.language, _language(self.messages)),
                *([(DCTERMS.conformsTo, URIRef(SCHEMA))] if "schema" in file else []),
                (DCTERMS.format, URIRef(f"{AUTHORITY}/file-type/{FILE_TYPES[file['format']]}")),
                (DCAT.mediaType, URIRef(f"https://www.iana.org/assignments/media-types/{MEDIA[file['format']]}")),
                (DCAT.accessURL, there),
                (DCAT.downloadURL, there),
                (DCAT.byteSize, Literal(file["bytes"], datatype=XSD.nonNegativeInteger)),
                (SPDX.checksum, checksum),
            )
            yield found


def _page(package: Described) -> str:
    """The page about the same as a package: that of its publication, else the front page."""
    root = package.place.rpartition("data/")[0]
    return HOME if root in ("", RESTATED) else f"{root}{HOME}"


def _language(messages: Messages) -> URIRef:
    """The language of these messages, as the authority table of the EU names it."""
    return URIRef(f"{AUTHORITY}/language/{language(messages.language).authority}")
