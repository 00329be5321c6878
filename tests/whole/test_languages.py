"""The same site in a second language: every page, every figure, numbers as that language prints them."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from lxml import etree
from lxml import html as lxml_html

from gebiedswerk.app.build import build
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.language.foreign_words import END, START
from tests.conftest import KLEIN, ROOT
from tests.whole.test_site import HTML, follow_links, parsed, target

PUBLICATION = "publications/jaarrekening-2025"
ENGLISH = """\
# Area-based working in 2025

We spent [204,575 euros](figure:realised/total), or [0.2 million euros](figure:realised/total), of
[209,000 euros](figure:budget/total), in [four](figure:count/areas) areas.

![Budgeted and spent](table:account)
"""


def with_english(path: Path, *, text: str = ENGLISH) -> Path:
    """A copy of the small example that also speaks English; without a text of its own where `text` is empty."""
    shutil.copytree(KLEIN, path)
    settings = path / "dossier.toml"
    settings.write_text(
        settings.read_text("utf-8").replace('language = "nl"\n', 'language = "nl"\ntranslations = ["en"]\n')
    )
    if text:
        (path / PUBLICATION / "index.en.md").write_text(text)
    return path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small example in two languages, built once for this module."""
    folder = tmp_path_factory.mktemp("two")
    built, faults = build(with_english(folder / "town"), folder / "out")
    assert built is not None, faults
    return built.site


def test_every_page_stands_in_both_languages(site: Path) -> None:
    """The same places below `en/`, each saying its language and leading to the other; data stand there once."""
    dutch = {path.relative_to(site) for path in site.rglob("*.html") if "en" not in path.relative_to(site).parts[:1]}
    english = {path.relative_to(site / "en") for path in (site / "en").rglob("*.html")}
    assert dutch == english and len(dutch) > 40
    assert not [path for path in (site / "en").rglob("*") if path.suffix in (".csv", ".json", ".css")]
    for place in dutch:
        for page, language, other in (
            (site / place, "nl", site / "en" / place),
            (site / "en" / place, "en", site / place),
        ):
            tree = parsed(page)
            assert tree.get("lang") == language
            ways = [target(page, link.get("href"))[0] for link in tree.iter(f"{HTML}a") if link.get("hreflang")]
            assert ways == [other.resolve()], page


def test_every_english_link_resolves(site: Path) -> None:
    """Pages, styles, data and anchors: nothing is lost one folder deeper."""
    assert follow_links(sorted((site / "en").rglob("*.html"))) > 1_000


def test_numbers_are_printed_as_the_language_does(site: Path) -> None:
    """Every 1.234,56 on a Dutch source page is 1,234.56 on the English one."""
    name = "publicaties/jaarrekening-2025/cijfers/noorderwijk/2025.html"
    dutch, english = ((site / folder / name).read_text("utf-8") for folder in ("", "en"))
    amounts = re.findall(r"\b\d{1,3}\.\d{3},\d\d\b", dutch)
    assert len(amounts) > 20
    marks = str.maketrans(",.", ".,")
    assert re.findall(r"\b\d{1,3},\d{3}\.\d\d\b", english) == [amount.translate(marks) for amount in amounts]


def test_a_page_without_translation_says_so(tmp_path: Path) -> None:
    """The Dutch words stand there as Dutch, below a notice; tables and the frame are English."""
    built, faults = build(with_english(tmp_path / "town", text=""), tmp_path / "out")
    assert built is not None, faults
    page = (built.site / "en/publicaties/jaarrekening-2025/index.html").read_text("utf-8")
    assert "available in Dutch only" in page
    tree = html5lib.parse(page)
    assert tree.get("lang") == "en"
    prose = [e for e in tree.iter(f"{HTML}div") if e.get("class") == "prose"]
    assert prose and all(e.get("lang") == "nl" for e in prose)
    assert all(e[0].get("lang") == "nl" for e in tree.iter(f"{HTML}caption"))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("204,575 euros", None),
        ("204,576 euros", "T101"),
        ("204.575 euros", "T101"),  # Dutch marks: in English that is a fraction
        ("0.2 million euros", None),
        ("0,2 million euros", "T105"),
    ],
)
def test_an_english_claim_is_read_as_english(tmp_path: Path, written: str, code: str | None) -> None:
    """A claim is held against the figure with the marks of the language of its text."""
    path = with_english(tmp_path / "town", text=f"# Text\n\nWe spent [{written}](figure:realised/total).\n")
    found = [(fault.code, fault.file) for fault in open_dossier(path).faults]
    assert found == ([(code, f"{PUBLICATION}/index.en.md")] if code else [])


def test_a_text_in_a_language_that_the_site_lacks_is_named(tmp_path: Path) -> None:
    """It would be read by nobody, and its claims by nothing (D110)."""
    path = shutil.copytree(KLEIN, tmp_path / "town")
    (path / PUBLICATION / "index.en.md").write_text(ENGLISH)
    assert [(fault.code, fault.file) for fault in open_dossier(path).faults] == [("D110", f"{PUBLICATION}/index.en.md")]


def dossier_words(dossier: Path) -> set[str]:
    """What people wrote in the tables of a dossier: roles, kinds, names, texts. Read apart from the program."""
    tables = [*dossier.glob("work/*.csv"), *(dossier / f"{name}.csv" for name in ("areas", "budget_line_years"))]
    columns = "role contact title name kind summary who subject promise owner outcome indicator unit source decision"
    found = set()
    for table in tables:
        for row in csv.DictReader(table.read_text("utf-8").splitlines()):
            found |= {row[name] for name in columns.split() if row.get(name)}
    return found


def english_texts(page: Path) -> Iterator[str]:
    """The words of a page that stand in no element of another language, without what was written in English."""
    for text in etree.XPath("//body//text()[normalize-space()]")(lxml_html.parse(page)):
        languages = text.getparent().xpath("ancestor-or-self::*[@lang][1]/@lang")
        above = (f"@class={name!r}" for name in ("prose", "side", "pager"))
        if languages == ["en"] and not text.getparent().xpath(f"ancestor::*[{' or '.join(above)}]"):
            yield " ".join(text.split())


def test_words_of_the_dossier_say_that_they_are_dutch(groningen: Path) -> None:
    """On no English page do they stand outside an element of their own language (WCAG 2.2, 3.1.2)."""
    words = sorted(dossier_words(ROOT / "examples" / "groningen"), key=len, reverse=True)
    assert len(words) > 200
    written = "".join(text.read_text("utf-8") for text in ROOT.glob("examples/groningen/publications/*/*.en.md"))
    any_of = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])")
    wrong = {
        (found[0], text)
        for page in sorted((groningen / "en").rglob("*.html"))
        for text in english_texts(page)
        if text not in written and (found := any_of.search(text))
    }
    assert wrong == set()


def test_no_mark_leaves_the_program(groningen: Path) -> None:
    """The characters that mark words stand in no file."""
    marks = (START.encode(), END.encode())
    assert not [path for path in groningen.rglob("*.*") if any(mark in path.read_bytes() for mark in marks)]
