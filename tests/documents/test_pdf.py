"""The PDF of a publication: accessible by another's checker, the figures of its page, its data attached."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import html5lib
import pypdf
import pytest

from gebiedswerk.app.build import build
from tests.conftest import KLEIN
from tests.documents.checked import complaints

PUBLICATION = "publicaties/jaarrekening-2025"
ODD = """\
# Titel

Een # met $x$, \\*ster\\*, `#import "x"`, @naam en \\<b> en \\[haken].
"""
SECOND = """\
# Tweede hoofdstuk

## Een kop

1. eerst
2. dan *echt*

- los

We gaven [204.575](figure:realised/total) euro uit.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small example with a second chapter, built once for this module."""
    folder = tmp_path_factory.mktemp("pdf")
    town = Path(shutil.copytree(KLEIN, folder / "town"))
    (town / "publications/jaarrekening-2025/tweede.md").write_text(SECOND)
    built, faults = build(town, folder / "out")
    assert built is not None, faults
    return built.site


def documents(site: Path) -> list[Path]:
    """Every PDF of the site."""
    return sorted(site.rglob("*.pdf"))


def words(file: Path) -> str:
    """The text of a PDF, with one space between words."""
    return " ".join("\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages).split())


def bare_words(file: Path) -> str:
    """The text of a PDF without any space: an address may be broken over lines."""
    return re.sub(r"\s", "", words(file))


def links(file: Path) -> list[str]:
    """Every address to which a PDF leads, in its order."""
    notes = [note.get_object() for one in pypdf.PdfReader(file).pages for note in one.get("/Annots", [])]
    return [str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})]


def test_there_is_one_of_the_whole_and_one_of_each_chapter(site: Path) -> None:
    """The publication as one document, and each of its pages; the page leads to both."""
    names = [str(file.relative_to(site / PUBLICATION)) for file in documents(site)]
    assert names == ["index.pdf", "jaarrekening-2025.pdf", "tweede.pdf"]
    links = re.findall(
        r'href="([^"]+\.(?:pdf|docx|htm|xlsx))"', (site / PUBLICATION / "tweede.html").read_text("utf-8")
    )
    assert links == ["tweede.pdf", "tweede.docx", "tweede.htm", "jaarrekening-2025.pdf", "data/tabellen-2025.xlsx"]
    assert all((site / PUBLICATION / link).is_file() for link in links)


def test_every_document_is_accessible_and_archivable(site: Path) -> None:
    """All implemented rules of PDF/UA-1 and PDF/A-3a, by a checker that is not ours."""
    for file in documents(site):
        assert complaints(file) == []


def test_its_figures_are_those_of_the_page(site: Path) -> None:
    """Every figure of the page stands in the PDF as it is printed there, and once more in the list with its address.

    The folder of the figures is said once, and what comes behind it with every figure.
    """
    for name in ("index", "tweede"):
        tree = html5lib.parse((site / PUBLICATION / f"{name}.html").read_text("utf-8"), namespaceHTMLElements=False)
        main = tree.find(".//main")
        assert main is not None
        links = [(str(a.get("href") or ""), " ".join("".join(a.itertext()).split())) for a in main.iter("a")]
        figures = [(href, printed) for href, printed in links if "cijfers/" in href and "#" in href]
        text = words(site / PUBLICATION / f"{name}.pdf")
        assert figures
        for _, printed in figures:
            assert printed in text, (name, printed)
        bare = bare_words(site / PUBLICATION / f"{name}.pdf")
        places = {href.partition("cijfers/")[2] for href, _ in figures if not href.startswith("..")}
        assert f"laatstekolomstaat.{PUBLICATION}/cijfers/" in bare
        assert places and all(place in bare for place in places)


def test_a_changed_page_is_a_changed_document(site: Path) -> None:
    """The test above would see it: a figure that is not on the page is not in its PDF."""
    assert "204.576" not in words(site / PUBLICATION / "index.pdf")


def test_the_data_go_along(site: Path) -> None:
    """The tables of the year are attached, byte for byte what the site offers."""
    attached = pypdf.PdfReader(site / PUBLICATION / "index.pdf").attachments
    assert sorted(attached) == ["beschikbaar-2025.csv", "rekening-2025.csv"]
    for name, contents in attached.items():
        assert contents == [(site / PUBLICATION / "data" / name).read_bytes()]


def test_it_can_be_found_ones_way_in(site: Path) -> None:
    """Bookmarks for headings, a title, a language, numbers on its pages."""
    reader = pypdf.PdfReader(site / PUBLICATION / "jaarrekening-2025.pdf")
    titles = [str(one["/Title"]) for one in _flat(reader.outline)]
    assert {"Gebiedsgericht werken in 2025", "Tweede hoofdstuk", "Een kop", "Cijfers en hun adres"} <= set(titles)
    assert reader.metadata is not None and reader.metadata.title
    assert reader.trailer["/Root"]["/Lang"] == "nl"  # type: ignore[index] # pypdf types the root as an object
    for number, page in enumerate(reader.pages, start=1):
        assert f"blz. {number} van {len(reader.pages)}" in page.extract_text()
    first = next(n for n, page in enumerate(reader.pages, 1) if "Elk adres begint met" in page.extract_text())
    assert f"Op blz. {first} begint een lijst" in words(site / PUBLICATION / "jaarrekening-2025.pdf")


def _flat(outline: list) -> list:  # type: ignore[type-arg] # a tree of lists, as pypdf gives it
    return [leaf for one in outline for leaf in (_flat(one) if isinstance(one, list) else [one])]


def test_the_same_dossier_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """Built again elsewhere, every document is the same, to the byte."""
    town = Path(shutil.copytree(KLEIN, tmp_path / "town"))
    (town / "publications/jaarrekening-2025/tweede.md").write_text(SECOND)
    built, _ = build(town, tmp_path / "out")
    assert built is not None
    for file in documents(site):
        assert (built.site / file.relative_to(site)).read_bytes() == file.read_bytes()


def test_an_address_makes_every_figure_a_link(tmp_path: Path) -> None:
    """Where the dossier says where the site stands, a printed figure leads to its full address."""
    town = Path(shutil.copytree(KLEIN, tmp_path / "town"))
    settings = town / "dossier.toml"
    settings.write_text(f'{settings.read_text("utf-8")}\n[open_data]\naddress = "https://gebieden.example.org/"\n')
    built, faults = build(town, tmp_path / "out")
    assert built is not None, faults
    addresses = links(built.site / PUBLICATION / "index.pdf")
    assert f"https://gebieden.example.org/{PUBLICATION}/cijfers/totaal/2025.html#realised" in addresses
    start = f"laatstekolomstaat.https://gebieden.example.org/{PUBLICATION}/cijfers/"
    assert start in bare_words(built.site / PUBLICATION / "index.pdf")


def test_an_english_document_leads_to_english_pages(tmp_path: Path) -> None:
    """The figures of a document in a second language lead below the folder of that language."""
    town = Path(shutil.copytree(KLEIN, tmp_path / "town"))
    settings = town / "dossier.toml"
    text = settings.read_text("utf-8").replace('language = "nl"\n', 'language = "nl"\ntranslations = ["en"]\n')
    settings.write_text(f'{text}\n[open_data]\naddress = "https://gebieden.example.org/"\n')
    built, faults = build(town, tmp_path / "out")
    assert built is not None, faults
    fragment = (built.site / "en" / PUBLICATION / "index.htm").read_text("utf-8")
    assert f'href="https://gebieden.example.org/en/{PUBLICATION}/cijfers/totaal/2025.html#realised"' in fragment
    paper = built.site / "en" / PUBLICATION / "index.pdf"
    assert f"https://gebieden.example.org/en/{PUBLICATION}/cijfers/totaal/2025.html#realised" in links(paper)
    assert f"lastcolumn.https://gebieden.example.org/en/{PUBLICATION}/cijfers/" in bare_words(paper)
    assert "totaal/2025.html#realised" in bare_words(paper)


def test_only_changed_documents_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second build of the same dossier makes no PDF; and it is the same site."""
    first, _ = build(KLEIN, tmp_path / "out")
    assert first is not None
    before = (first.site / PUBLICATION / "index.pdf").read_bytes()
    monkeypatch.setattr("gebiedswerk.documents.write_documents.pdf_bytes", lambda *_: pytest.fail("made again"))
    second, faults = build(KLEIN, tmp_path / "out")
    assert second is not None, faults
    assert (second.site / PUBLICATION / "index.pdf").read_bytes() == before


def test_words_are_never_markup(tmp_path: Path) -> None:
    """Signs that mean something to the typesetter are printed as they are written."""
    town = Path(shutil.copytree(KLEIN, tmp_path / "town"))
    (town / "publications/jaarrekening-2025/tweede.md").write_text(ODD)
    built, faults = build(town, tmp_path / "out")
    assert built is not None, faults
    text = words(built.site / PUBLICATION / "tweede.pdf")
    assert 'Een # met $x$, *ster*, #import "x", @naam en <b> en [haken].' in text
