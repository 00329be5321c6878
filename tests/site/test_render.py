"""Every kind of page, made up, in both languages: valid, in order, escaped, and without a word or style of its own."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.blocks.models import (
    Amount,
    AreaCard,
    AreaPage,
    AreaSection,
    Bar,
    Branch,
    Card,
    Cards,
    Cell,
    Chart,
    Fact,
    Frame,
    GlossaryPage,
    Group,
    HomePage,
    IndexEntry,
    IndexPage,
    Item,
    Key,
    Link,
    LinkGroup,
    Map,
    MapArea,
    News,
    Page,
    Pairs,
    Prose,
    PublicationCard,
    PublicationPage,
    Section,
    Sentence,
    SitemapPage,
    SourcePage,
    Stamp,
    StatusLabel,
    Step,
    Strip,
    Table,
    TableRow,
    Translation,
)
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.site.render import TEMPLATES, Renderer, assets, from_page, relative, relative_to

HOSTILE = '<script>alert("1")</script>'
SOURCE = "publicaties/2025/cijfers/west/2025.html"

FRAME = Frame(
    path="publicaties/2025/index.html",
    title=f"Wilgendam {HOSTILE}",
    language="nl",
    site_title="Gebieden in Wilgendam",
    breadcrumb=(Link("Begin", "index.html"), Link("Gebieden", "gebieden/index.html")),
    stamps=(Stamp("Stand", "14 februari 2026", "2026-02-14T16:20:00+01:00"),),
    mark="Concept",
    notice="Een verzonnen gemeente.",
)
TABLE = Table(
    id="table-account",
    caption=f"Rekening {HOSTILE}",
    columns=("Budget", "Begroot", "Resultaat"),
    rows=(
        TableRow(
            (Cell("West", "gebieden/west/index.html"), Cell("1.250", f"{SOURCE}#budget", True), Cell("", amount=True))
        ),
        TableRow(
            (Cell(HOSTILE), Cell("40", "", True), Cell("−170", f"{SOURCE}#result", True, True)), depth=9, within="Noord"
        ),
        TableRow((Cell("Totaal"), Cell("1.290", "", True), Cell("−170", "", True, True)), total=True),
    ),
    note="Afgerond.",
    downloads=(Link("CSV", "publicaties/2025/data/rekening-2025.csv"),),
)
PLAIN = tuple(replace(row, cells=tuple(replace(cell, href="") for cell in row.cells)) for row in TABLE.rows)
STRIPS = (
    Strip((Bar("budget", 120, 880),), (Amount("Begroot", Cell("1.250", f"{SOURCE}#budget", True), "budget"),)),
    Strip((Bar("realised", 0, 120),), (Amount("Uitgegeven", Cell("−170", "", True, True), "realised"),)),
)
PIECES = Strip(
    (Bar("spent", 120, 400), Bar("lapses", 520, 35)),
    (Amount("Uitgegeven", Cell("570", "", True), "spent"), Amount("Vervalt", Cell("50", "", True), "lapses")),
    stacked=True,
)
GROUPS = (Group(Cell(HOSTILE), STRIPS), Group(Cell("Nieuw: Haren")), Group(Cell("2018"), (PIECES,), "tot 2019"))
KEYS = (Key("budget", "Begroot"), Key("realised", "Uitgegeven"))
CHART = Chart("chart-account", "Begroot en uitgegeven", KEYS, 120, GROUPS, "table-account", "In euro.")
MAP = Map(
    id="map",
    caption=f"Resultaat {HOSTILE}",
    description="Kaart.",
    width=1000,
    height=500,
    areas=(
        MapArea(
            HOSTILE, "gebieden/west/index.html", "1", "−170", "below-1", HOSTILE, "M0 0l9 0l0 9z", 3, 6, True, False
        ),
        MapArea(
            "Oost", "gebieden/oost/index.html", "2", "85", "above-4", "Oost: 85", "M9 9l9 0l0 9z", 12, 15, True, True
        ),
        MapArea(
            "Zuid", "gebieden/zuid/index.html", "3", "", "none", "Zuid: geen", "M20 9l9 0l0 9z", 22, 15, False, False
        ),
    ),
    legend=(Key("below-1", "onder nul"), Key("above-4", "boven nul"), Key("none", "geen bedrag")),
    table_id="table-map",
    attribution=f"Bron: {HOSTILE}",
)
STEP = Step(("W1", "W2"), 2025, ("adopted", "amendment"), ("costs", "income"), "", -1, f"Neem de regels {HOSTILE}.")
SECTION = Section(
    anchor="result",
    title="Resultaat",
    value="€ −170,00",
    cents=-17000,
    formula="Begroot min gerealiseerd.",
    inputs=(("+ Begroot", Cell("1.250,00", f"{SOURCE}#closing", True)),),
    parts=replace(TABLE, id="parts-result", caption="Delen", rows=PLAIN),
    postings=replace(TABLE, id="postings-result", caption="Boekingen", rows=PLAIN, downloads=()),
    steps=(STEP,),
    lines=("Uit het budget van 2024.",),
)
BARE = replace(SECTION, anchor="closing", title="Over", inputs=(), parts=None, postings=None, steps=(), lines=())
RULES = replace(TABLE, id="rules", caption="Regels", rows=PLAIN)

FACT = Fact(f"Begroot {HOSTILE}", Cell("1.250", f"{SOURCE}#budget", True))
WEST = Link(HOSTILE, "gebieden/west/index.html")
PARTS = (LinkGroup("", (Link(HOSTILE, FRAME.path),)), LinkGroup(HOSTILE, (Link("Bijlage", "publicaties/2025/b.html"),)))

HOME = HomePage(
    frame=replace(FRAME, path="index.html", breadcrumb=()),
    intro=HOSTILE,
    year="2025",
    facts=(FACT,),
    areas=(AreaCard(WEST, HOSTILE, (FACT,), (WEST,)), AreaCard(WEST, "dorp")),
    former=(WEST,),
    publications=(PublicationCard(Link("2025", FRAME.path), FRAME.stamps, "Concept", (Link("Bijlage", FRAME.path),)),),
    earlier=(Link(HOSTILE, FRAME.path),),
    news=(News(FRAME.stamps[0], Link(HOSTILE, FRAME.path)), News(FRAME.stamps[0], Link("Boekingen", ""))),
    map=(MAP, replace(TABLE, id="table-map")),
)
SITEMAP = SitemapPage(
    replace(FRAME, path="sitemap.html"), "Alles.", ((HOSTILE, (Branch(WEST, (Branch(WEST, (Branch(WEST),)),)),)),)
)
INDEX = IndexPage(
    replace(FRAME, path="zoeken.html"), "Zoek.", (("A", (IndexEntry(WEST, HOSTILE), IndexEntry(WEST, ""))),)
)
GLOSSARY = GlossaryPage(replace(FRAME, path="begrippen.html"), "Woorden.", (("w-budget", "Begroting", HOSTILE),))
PUBLICATION = PublicationPage(
    frame=replace(
        FRAME,
        side=PARTS,
        contents=(Link(HOSTILE, f"{FRAME.path}#s-wat"),),
        previous=Link(HOSTILE, "publicaties/2025/b.html"),
        next=Link("Verder", "publicaties/2025/c.html"),
        translations=(Translation("en", "English", "en/publicaties/2025/index.html"),),
    ),
    blocks=(Prose('<h2 id="s-wat">Wat</h2>\n<p><em>er</em> was</p>\n'), TABLE, CHART),
    restated=replace(TABLE, id="restated", caption="Toen en nu"),
)
ITEM = Item(HOSTILE, HOSTILE, StatusLabel("late", "te laat"), HOSTILE)
CARD = Card(Cell(HOSTILE), HOSTILE, HOSTILE, (HOSTILE,), StatusLabel("open", HOSTILE), (ITEM, Item("Kaal")))
AREA = AreaPage(
    frame=replace(FRAME, path="gebieden/west/index.html"),
    intro="Over West.",
    sections=(
        AreaSection("kort", HOSTILE, (Sentence((Cell(HOSTILE), Cell("€ 3", f"{SOURCE}#budget"), Cell("."))),)),
        AreaSection("over", "Over", (CHART, TABLE, Pairs("wie", ((HOSTILE, Sentence((Cell(HOSTILE),))),)))),
        AreaSection("werk", "Werk", (Cards("bezoeken", HOSTILE, (CARD, Card(Cell("Kaal")))),)),
    ),
    around=(Link("2025", "gebieden/west/2025/index.html"),),
)
SOURCE_PAGE = SourcePage(
    frame=replace(FRAME, path=SOURCE),
    intro="Waar het vandaan komt.",
    sections=(SECTION, BARE),
    rules=RULES,
    deliveries=None,
    accepted=None,
    downloads=(Link("Boekingen", "publicaties/2025/data/boekingen.csv"),),
)
PAGES: tuple[Page, ...] = (HOME, PUBLICATION, AREA, SOURCE_PAGE, SITEMAP, INDEX, GLOSSARY)
WITH_TABLES = (HOME, PUBLICATION, AREA, SOURCE_PAGE)


@pytest.fixture(scope="module", name="renderer")
def _renderer() -> Renderer:
    return Renderer()


@pytest.fixture(
    params=[(page, language) for page in PAGES for language in LANGUAGES],
    ids=lambda p: f"{p[0].template}-{p[1]}",
    name="text",
)
def _text(request: pytest.FixtureRequest, renderer: Renderer) -> str:
    page, language = request.param
    return renderer.render(replace(page, frame=replace(page.frame, language=language)))


def parsed(text: str) -> Element:
    """The document, or an error where the page is no valid HTML."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)  # type: ignore[no-any-return]


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_page_is_valid_and_has_its_landmarks(text: str) -> None:
    """Strict HTML with one main, one h1, a skip link that lands, and ids that are unique."""
    page = parsed(text)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert len(page.findall(".//main")) == len(page.findall(".//h1")) == 1
    assert any(a.get("href", "").endswith("bronnen/index.html") for a in page.findall(".//footer//a"))
    assert page.find("head/title") is not None
    assert {a.get("href", "")[1:] for a in page.iter("a") if a.get("href", "").startswith("#")} <= set(ids)


def test_a_renderer_keeps_nothing_of_the_page_before(renderer: Renderer) -> None:
    """Pages in turn, each in both languages: what a renderer of its own makes of each."""
    pages = [replace(page, frame=replace(page.frame, language=one)) for page in PAGES for one in LANGUAGES]
    assert [renderer.render(page) for page in pages] == [Renderer().render(page) for page in pages]


def test_headings_skip_no_level(text: str) -> None:
    """Below an h2 comes an h3, never at once an h4."""
    levels = [int(e.tag[1]) for e in parsed(text).iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("model", WITH_TABLES, ids=lambda model: model.template)
def test_tables_say_what_they_are(model: Page, renderer: Renderer) -> None:
    """A caption, a scope on every heading cell, the total in the foot, and a region a keyboard can scroll."""
    page = parsed(renderer.render(model))
    regions = [e for e in page.iter("div") if e.get("role") == "region"]
    tables = list(page.iter("table"))
    assert len(regions) == len(tables) > 0
    for region, table in zip(regions, tables, strict=True):
        caption = table.find("caption")
        assert caption is not None and region.get("aria-labelledby") == caption.get("id")
        assert region.get("tabindex") == "0"
        assert [th.get("scope") for th in table.findall("thead/tr/th")] == ["col"] * 3
        assert [th.get("scope") for th in table.findall("tbody/tr/th")] == ["row"] * 2
        assert [tr.get("class") for tr in table.findall("tbody/tr")] == [None, "depth-6"]
        assert words(table.findall("tbody/tr/th")[1]) == f"onderdeel van Noord: {HOSTILE}"
        assert [words(th) for th in table.findall("tfoot/tr/th")] == ["Totaal"]


def test_names_cannot_become_code(text: str) -> None:
    """A name with a tag in it is shown as it is written; nothing in a page is script or style."""
    page = parsed(text)
    assert HOSTILE in words(page)
    assert not [e for e in page.iter() if e.tag in ("script", "style")]
    assert not [name for e in page.iter() for name in e.attrib if str(name) == "style" or str(name).startswith("on")]


def test_a_page_shows_its_mark_stamps_and_way_back(renderer: Renderer) -> None:
    """Stamps stand near the title and in the footer; the way back is the last link before the page."""
    page = parsed(renderer.render(PUBLICATION))
    assert [time.get("datetime") for time in page.iter("time")] == ["2026-02-14T16:20:00+01:00"] * 2
    assert [words(p) for p in page.iter("p") if p.get("class") == "mark"] == ["Concept"]
    way = [p.find("a") for p in page.iter("p") if p.get("class") == "way-back"]
    assert [(words(a), a.get("href")) for a in way if a is not None] == [
        ("Terug naar Gebieden", "../../gebieden/index.html")
    ]


def test_the_side_shows_where_a_page_stands(renderer: Renderer) -> None:
    """The pages of the publication in their parts, this one marked; neighbours, and the other language in its own."""
    page = parsed(renderer.render(PUBLICATION))
    current = [(words(a), a.get("href")) for a in page.iter("a") if a.get("aria-current") == "page"]
    assert current == [(HOSTILE, "index.html")]
    assert [(a.get("rel"), a.get("href")) for a in page.iter("a") if a.get("rel")] == [
        ("prev", "b.html"),
        ("next", "c.html"),
    ]
    assert [(a.get("lang"), a.get("href")) for a in page.iter("a") if a.get("hreflang")] == [
        ("en", "../../en/publicaties/2025/index.html")
    ]


def test_amounts_in_table_and_chart_lead_to_their_source(renderer: Renderer) -> None:
    """A cell with a place is a link, relative to the page; a cell without one is text."""
    page = parsed(renderer.render(PUBLICATION))
    links = [(words(a), a.get("href")) for a in page.iter("a") if words(a) in ("1.250", "570")]
    assert links == [("1.250", "cijfers/west/2025.html#budget")] * 3


def test_the_chart_tells_its_series_apart_without_colour(renderer: Renderer) -> None:
    """One kind is solid, another hatched or dotted; places follow the model; every amount is named in words."""
    page = parsed(renderer.render(PUBLICATION))
    bars = page.find(".//dl[@class='bars']")
    assert bars is not None
    strips = [e for e in bars.iter() if str(e.tag).endswith("svg") and e.get("class") == "strip"]
    rects = [rect for strip in strips for rect in strip if str(rect.tag).endswith("rect")]
    assert [(r.get("x"), r.get("width"), r.get("fill")) for r in rects] == [
        ("12.0%", "88.0%", None),
        ("0.0%", "12.0%", "url(#chart-account-hatch)"),
        ("12.0%", "40.0%", "url(#chart-account-hatch)"),
        ("52.0%", "3.5%", "url(#chart-account-dots)"),
    ]
    assert {e.get("x1") for strip in strips for e in strip if str(e.tag).endswith("line")} == {"12.0%"}
    assert [" ".join(words(dd).split()) for dd in bars.iter("dd")] == [
        "Begroot: 1.250",
        "Uitgegeven: −170",
        "Nieuw: Haren",
        "Uitgegeven: 570 Vervalt: 50",
    ]


def test_every_pattern_that_a_bar_uses_is_there(renderer: Renderer) -> None:
    """A fill that leads nowhere would leave a bar without any mark but its colour."""
    html = renderer.render(PUBLICATION)
    assert set(re.findall(r"url\(#([\w-]+)\)", html)) <= set(re.findall(r'<pattern id="([\w-]+)"', html))


def test_a_map_leads_to_areas_and_names_them_where_there_is_room(renderer: Renderer) -> None:
    """A link per area with its name and amount for who does not see; a number where the name has no room."""
    page = parsed(renderer.render(HOME))
    ground = next(e for e in page.iter() if str(e.tag).endswith("svg") and e.get("class") == "ground")
    links = [(e.get("href"), e.get("aria-label")) for e in ground.iter() if str(e.tag).endswith("}a") or e.tag == "a"]
    assert links == [
        ("gebieden/west/index.html", HOSTILE),
        ("gebieden/oost/index.html", "Oost: 85"),
        ("gebieden/zuid/index.html", "Zuid: geen"),
    ]
    labels = [(e.get("class"), words(e)) for e in ground.iter() if str(e.tag).endswith("text")]
    assert labels == [
        ("number when-narrow", "1"),
        ("when-wide", f"{HOSTILE}−170"),
        ("always", "Oost85"),
        ("number", "3"),
    ]
    assert ground.get("role") == "group" and {e.get("id") for e in ground} >= {"map-title", "map-desc"}


def test_a_recipe_can_be_read_by_a_program(renderer: Renderer) -> None:
    """Each step says which rows to keep and how they count; a section without steps has no recipe."""
    page = parsed(renderer.render(SOURCE_PAGE))
    recipes = [e for e in page.iter("div") if e.get("class") == "recipe"]
    assert len(recipes) == 1
    step = next(recipes[0].iter("li"))
    assert {name: value for name, value in step.attrib.items() if name.startswith("data-")} == {
        "data-lines": "W1 W2",
        "data-year": "2025",
        "data-kinds": "adopted amendment",
        "data-flows": "costs income",
        "data-part": "",
        "data-factor": "-1",
    }
    assert words(step) == STEP.words
    assert [data.get("value") for data in page.iter("data")] == ["-17000", "-17000"]


@pytest.mark.parametrize(
    ("path", "href", "expected"),
    [
        ("index.html", "", ""),
        ("index.html", "https://example.org/a#b", "https://example.org/a#b"),
        ("index.html", "gebieden/west/index.html", "gebieden/west/index.html"),
        ("gebieden/west/index.html", "index.html", "../../index.html"),
        ("gebieden/west/index.html", "gebieden/oost/index.html", "../oost/index.html"),
        ("gebieden/west/index.html", "cijfers/west/2019.html#result", "../../cijfers/west/2019.html#result"),
        ("cijfers/west/2019.html", "cijfers/west/2019.html#result", "#result"),
        ("cijfers/west/2019.html", "cijfers/west/2019.html", "2019.html"),
        ("cijfers/west/2019.html", "#result", "#result"),
        ("index.html", "javascript:alert(1)", "./javascript:alert(1)"),
    ],
)
def test_links_are_relative_to_the_page(path: str, href: str, expected: str) -> None:
    assert relative(Frame(path, "", "nl", ""), href) == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("cijfers/west/2019.html", "../../cijfers/west/2019.html"),
        ("data/rekening-2019.csv", "../../../data/rekening-2019.csv"),
        ("assets/style.css", "../../../assets/style.css"),
    ],
)
def test_a_language_has_pages_of_its_own_and_shares_the_rest(href: str, expected: str) -> None:
    """Pages stand below the folder of their language; files with data and styles stand there once."""
    assert relative(Frame("gebieden/west/index.html", "", "en", "", root="en/"), href) == expected


def test_assets_stand_in_one_folder() -> None:
    """The stylesheet fetches nothing from elsewhere."""
    found = assets()
    sheet = found.pop("assets/style.css").decode()
    assert set(found) == {f"assets/{name}" for name in ("favicon.svg", *re.findall(r'url\("([^"]+)"\)', sheet))}
    assert sheet.count("url(") == len(found) - 1
    assert "@import" not in sheet


def test_templates_hold_no_words_of_their_own() -> None:
    """Outside of expressions, tags and comments a template has no letter: words come from the catalogue."""
    for path in sorted(TEMPLATES.glob("*.html")):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        spoken = re.findall(r'(?:alt|title|aria-label|placeholder)="([^"]*)"', text)
        text = re.sub(r"<[^>]*>", "", text)
        assert not re.search(r"[^\W\d_]", text + "".join(spoken)), path.name


PLACES = st.lists(st.sampled_from(("a", "b", "c:d", "", ".", "..", "e.html")), min_size=1, max_size=5).map("/".join)


@given(path=PLACES, place=PLACES.filter(bool))
def test_the_quick_way_is_the_way_of_the_library(path: str, place: str) -> None:
    """Steps that two places share are counted without working them out; the answer is that of the library."""
    slow = posixpath.relpath(place, posixpath.dirname(path) or ".")
    assert from_page(path, place).removeprefix("./") == slow.removeprefix("./")


@given(path=PLACES, hrefs=st.lists(st.sampled_from(("", "#a", "b/c.html", "b/c.html#a", "b/c.html#d", "https://e#f"))))
def test_a_page_remembers_where_its_links_lead(path: str, hrefs: list[str]) -> None:
    """What is remembered is what would be worked out, with each fragment kept apart."""
    frame = Frame(path, "", "nl", "")
    found = relative_to(frame)
    assert [found(href) for href in [*hrefs, path]] == [relative(frame, href) for href in [*hrefs, path]]
