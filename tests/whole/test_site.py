"""The built site: every number is a link, two clicks lead to postings, the recipe gives the value."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest

from gebiedswerk.app.adopt import adopt
from gebiedswerk.app.build import build
from tests.app.test_adopt import SLUG, deliver_again
from tests.conftest import KLEIN

HTML = "{http://www.w3.org/1999/xhtml}"
PARAGRAPH = "publicaties/jaarrekening-2025/index.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built once for this module."""
    built, faults = build(KLEIN, tmp_path_factory.mktemp("out") / "klein")
    assert built is not None, faults
    return built.site


def parsed(path: Path):  # type: ignore[no-untyped-def] # html5lib gives ElementTree elements without types
    """A page as a tree; any breach of HTML is an error."""
    parser = html5lib.HTMLParser(strict=True)
    return parser.parse(path.read_text("utf-8"))


def words(element) -> str:  # type: ignore[no-untyped-def] # as above
    return " ".join("".join(element.itertext()).split())


def target(page: Path, href: str) -> tuple[Path, str]:
    """Where a link leads: the file and the fragment."""
    parts = urlsplit(href)
    return ((page.parent / unquote(parts.path)).resolve() if parts.path else page.resolve()), parts.fragment


def test_every_page_is_valid_html(site: Path) -> None:
    """Each page parses without one breach, has one first heading and a title."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        tree = parsed(page)
        assert len(tree.findall(f".//{HTML}h1")) == 1, page
        assert tree.find(f".//{HTML}title") is not None


def test_every_link_resolves(site: Path) -> None:
    """Every link leads to a page or file that exists, and every fragment to an element on it."""
    assert follow_links(sorted(site.rglob("*.html"))) > 1_000


def follow_links(pages: Iterable[Path]) -> int:
    """Follow every link of some pages within the site, to its file and its element; how many there are."""
    anchors: dict[Path, set[str]] = {}
    followed = 0
    for page in pages:
        for element in parsed(page).iter():
            href = element.get("href") or element.get("src") or ""
            if not href or href.startswith(("http:", "https:", "mailto:")):
                continue
            file, fragment = target(page, href)
            assert file.is_file(), f"{page}: {href}"
            if fragment:
                if file not in anchors:
                    anchors[file] = {found.get("id") or "" for found in parsed(file).iter()}
                assert fragment in anchors[file], f"{page}: {href}"
            followed += 1
    return followed


def test_no_script_no_style_no_request_elsewhere(site: Path) -> None:
    """Nothing runs, nothing is styled inline, nothing is loaded from another host."""
    for page in sorted(site.rglob("*.html")):
        text = page.read_text("utf-8")
        assert "<script" not in text
        assert "<style" not in text
        assert not re.search(r"\sstyle=|\son[a-z]+=", text)
        for element in parsed(page).iter():
            source = element.get("src") or (element.get("href") if element.tag == f"{HTML}link" else "") or ""
            assert not source.startswith(("http", "//")), page


def loose_texts(element, inside: bool = False) -> Iterator[str]:  # type: ignore[no-untyped-def] # as above
    """The words that stand outside links, in the parts of a page that show figures."""
    inside = inside or element.tag == f"{HTML}a"
    if not inside and element.text:
        yield element.text
    for child in element:
        if child.tag not in (f"{HTML}title", f"{HTML}desc"):
            yield from loose_texts(child, inside)
        if not inside and child.tail:
            yield child.tail


def test_every_number_on_the_page_is_a_link(site: Path) -> None:
    """In text, tables and chart: outside links stand only years, and the one number that is marked free.

    A note below a table names cells of it, each of which is a link, with the cents of its source.
    """
    main = parsed(site / PARAGRAPH).find(f".//{HTML}main")
    assert main is not None
    content = main.find(".//*[@class='content']")
    told = re.compile(r": −?[0-9.]+,[0-9]{2}, hier −?[0-9.]+[.;]")
    texts = [told.sub("", text) for text in loose_texts(main if content is None else content)]
    numbers = [number for text in texts for number in re.findall(r"[0-9][0-9.,:]*", text)]
    dates = {"20", "11:42:08", "12", "09:30:00"}
    assert {number.rstrip(".,:") for number in numbers} - dates <= {"2024", "2025", "2026", "5"}
    assert numbers.count("5") == 1


def test_a_text_says_of_which_numbers_the_nearest_is_another(site: Path) -> None:
    """Of the claim itself, and below its run of prose; 2.285 is 2.285,54, rounded with its table."""
    content = parsed(site / PARAGRAPH).find(f".//{HTML}main")
    assert content is not None
    odd = {words(a) for a in content.iter(f"{HTML}a") if a.get("title", "").startswith("Niet het dichtstbijzijnde")}
    said = [words(p) for p in content.iter(f"{HTML}p") if words(p).startswith("In deze tekst is niet elk cijfer")]
    assert odd == {"2.285", "1.972"}
    assert len(said) == 1


def figures_on(page: Path) -> set[str]:
    """The links of a page that lead to a figure."""
    hrefs = {element.get("href") or "" for element in parsed(page).iter(f"{HTML}a")}
    return {href for href in hrefs if re.search(r"cijfers/[^#]+#", href)}


def section_of(site: Path, page: Path, href: str):  # type: ignore[no-untyped-def] # as above
    """The section of a source page to which a figure leads, with its file."""
    file, anchor = target(page, href)
    found = next(element for element in parsed(file).iter() if element.get("id") == anchor)
    if found.tag != f"{HTML}section":
        tree = parsed(file)
        found = next(s for s in tree.iter(f"{HTML}section") if any(e.get("id") == anchor for e in s.iter()))
    return file, found


def value_of(section) -> int:  # type: ignore[no-untyped-def] # as above
    """The cents that a section shows."""
    found = re.search(r"€\s(−?)([0-9.]+),([0-9]{2})", words(section))
    assert found is not None
    cents = int(found[2].replace(".", "")) * 100 + int(found[3])
    return -cents if found[1] else cents


def records(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_the_recipe_gives_the_value(site: Path) -> None:
    """Every step of every recipe, followed with the published CSV alone, adds up to what the section shows."""
    assert proven(site) > 400


def test_after_a_newer_delivery_every_recipe_still_gives_its_value(klein: Path, tmp_path: Path) -> None:
    """Adopted, newest and restated figures: each page proves itself with the CSV of its own basis."""
    adopt(klein, SLUG, None, "R2026-06")
    deliver_again(klein, 12_345)
    built, faults = build(klein, tmp_path / "out")
    assert built is not None, faults
    assert (built.site / "herzien/cijfers/noorderwijk/2025.html").is_file()
    assert proven(built.site) > 500


def proven(site: Path) -> int:
    """Follow every recipe of every source page; how many there are."""
    followed = 0
    for page in sorted(site.rglob("cijfers/*/*.html")):
        if page.relative_to(site).parts[0] == "en":
            continue  # the same amounts, one folder deeper: tests/whole/test_languages.py
        rows = records(page.parent.parent.parent / "data/boekingen.csv")
        for section in parsed(page).iter(f"{HTML}section"):
            steps = [element for element in section.iter() if element.get("data-lines") is not None]
            if steps and section.get("id") != "page-quiet":  # what is gathered there has a section each
                assert sum(follow(step, rows) for step in steps) == value_of(section), (page, section.get("id"))
                followed += 1
    return followed


def follow(step, rows: list[dict[str, str]]) -> int:  # type: ignore[no-untyped-def] # as above
    """Do what one step says."""
    kept = [
        row
        for row in rows
        if row["line"] in step.get("data-lines").split()
        and row["year"] == step.get("data-year")
        and row["kind"] in step.get("data-kinds").split()
        and row["flow"] in step.get("data-flows").split()
    ]
    if step.get("data-part") == "brought_in":
        kept = [row for row in kept if int(row["cents"]) > 0 and row["in_budget"] == "true"]
    if step.get("data-part") == "moved_out":
        kept = [row for row in kept if int(row["cents"]) < 0]
    return int(step.get("data-factor")) * sum(int(row["cents"]) for row in kept)


def test_two_clicks_lead_to_postings_that_add_up(site: Path) -> None:
    """From a realised total: its parts, and on each part's page the postings; to the cent."""
    page = site / PARAGRAPH
    file, section = section_of(site, page, "cijfers/totaal/2025.html#costs")
    parts = [a.get("href") for a in section.iter(f"{HTML}a") if "#costs" in (a.get("href") or "")]
    cents = 0
    for href in dict.fromkeys(parts):
        _, part = section_of(site, file, href)
        cents += posted(part)
    assert cents == value_of(section)


def posted(section) -> int:  # type: ignore[no-untyped-def] # as above
    """The cents of the postings in a section, row by row, without the line that adds them."""
    found = 0
    for table in section.iter(f"{HTML}div"):
        if not str(table.get("id", "")).startswith("postings"):
            continue
        for row in table.iter(f"{HTML}tr"):
            cells = [words(cell) for cell in row if cell.tag in (f"{HTML}td", f"{HTML}th")]
            if len(cells) == 7 and cells[0].isdigit():
                amount = cells[6].replace(".", "").replace(",", "").replace("−", "-")
                found += int(amount)
    return found


def test_tables_as_files_hold_what_the_page_shows(site: Path) -> None:
    """The CSV of a table holds the printed units and the cents of every cell."""
    path = site / "publicaties/jaarrekening-2025/data/rekening-2025.csv"
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    total = next(row for row in rows if row["line"] == "total")
    assert (total["budget"], total["realised"], total["result"]) == ("209000", "204575", "4425")
    for column in ("budget", "realised", "result"):
        tops = [row for row in rows if row["line"] in ("ALG", "BIN", "NRD", "HAV", "OST")]
        assert sum(int(row[f"{column}_cents"]) for row in tops) == int(total[f"{column}_cents"])
        assert sum(int(row[column]) for row in tops) == int(total[column])


def test_the_stamps_are_data(site: Path) -> None:
    """The page says when its data were exported and when it was made, from the dossier."""
    moments = [element.get("datetime") for element in parsed(site / PARAGRAPH).iter(f"{HTML}time")]
    assert "2026-03-20T11:42:08" in moments
    assert "2026-05-12T09:30:00" in moments


def test_the_way_back(site: Path) -> None:
    """A breadcrumb and a way back stand on every page but the first."""
    for page in sorted(site.rglob("*.html")):
        hrefs = [target(page, a.get("href") or "")[0] for a in parsed(page).iter(f"{HTML}a") if a.get("href")]
        assert page == site / "index.html" or (site / "index.html").resolve() in hrefs
