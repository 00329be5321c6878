"""One plain model per page: everything a page shows, and nothing it has to compute.

Links are places in the site (`cijfers/west/2019.html#result`); the site makes them relative to the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

NARROW_COLUMNS, NARROW_WORDS = 4, 2
"""So many columns fit on a page of 320 pixels, and so many of those may hold words."""
STACKED_ROWS = 40
"""More rows than this are too long as blocks: they scroll sideways beside the name of the row."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment that belongs to the page: data, never the clock."""

    label: str
    text: str
    machine: str


@dataclass(frozen=True, slots=True)
class Translation:
    """The same page in another language: its name there, its code and its place in the site."""

    language: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links below one heading; the first group of a list may have none."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has: its place, title, the way back, stamps and, where it is no final page, a mark.

    `path`, and every link to a page, is a place within one language, whose folder is `root` (empty for the first).
    `words` is the language of the dossier where the page has another: that of the words that are marked.
    `side` holds the pages of the same publication, `contents` the headings of the page itself and `logo` the place of
    the municipality's own.
    """

    path: str
    title: str
    language: str
    site_title: str
    breadcrumb: tuple[Link, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    mark: str = ""
    notice: str = ""
    root: str = ""
    translations: tuple[Translation, ...] = ()
    side: tuple[LinkGroup, ...] = ()
    contents: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    logo: str = ""
    words: str = ""

    @property
    def place(self) -> str:
        """Where the page stands in the site: below the folder of its language."""
        return f"{self.root}{self.path}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text, and where it leads. `amount` aligns to the right; `below` marks below zero.

    `exact`: the amount to the cent, where what is printed is not the nearest; what is around the cell says so.
    """

    text: str
    href: str = ""
    amount: bool = False
    below: bool = False
    exact: str = ""

    def __repr__(self) -> str:
        """What tells it from others: pages hold hundreds, and the one of dataclasses takes five times as long."""
        return f"Cell({self.text!r}, {self.href!r}, {self.amount!r}, {self.below!r}, {self.exact!r})"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: the first cell names it. `depth` counts the lines above it, `within` names the nearest of them.

    `total` closes the table.
    """

    cells: tuple[Cell, ...]
    depth: int = 0
    total: bool = False
    within: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption, its columns, a note and the files that hold the same data."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    note: str = ""
    downloads: tuple[Link, ...] = ()
    language: str = ""

    @property
    def stacks(self) -> bool:
        """Whether a narrow page shows every row as a block: it has too many columns for it, and not too many rows."""
        words = sum(not cell.amount for row in self.rows[:1] for cell in row.cells)
        wide = len(self.columns) > NARROW_COLUMNS or (len(self.columns) == NARROW_COLUMNS and words > NARROW_WORDS)
        return wide and len(self.rows) <= STACKED_ROWS


@dataclass(frozen=True, slots=True)
class Bar:
    """One piece of a strip: where it starts and how long it is, in thousandths of the width of the strip.

    `kind` says how it is drawn: see `bar` in `site/templates/pictures.html`.
    """

    kind: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount that is printed with a strip, what it is, and the kind of bar that shows it."""

    label: str
    cell: Cell
    kind: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Bars on one line, and the amounts that they show; where they are `stacked` each amount names its bar."""

    bars: tuple[Bar, ...]
    amounts: tuple[Amount, ...]
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A name with its strips and a note. Without strips it is a break: what follows does not continue what was."""

    name: Cell
    strips: tuple[Strip, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """One line of a legend: a kind of bar in words."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture beside a table, never instead of it. `zero`: where nothing is, in thousandths of a strip."""

    id: str
    caption: str
    legend: tuple[Key, ...]
    zero: int
    groups: tuple[Group, ...]
    table_id: str
    description: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area on a map: the path of its borders, its label, and the kind of shade (`class`) of its amount.

    `number` stands for the name where that has no room: `named` on a wide page, `roomy` on a narrow one too.
    """

    name: str
    href: str
    number: str
    amount: str
    kind: str
    spoken: str
    path: str
    x: int
    y: int
    named: bool
    roomy: bool


@dataclass(frozen=True, slots=True)
class Map:
    """Areas in whole units, north at the top, beside a table; or equal tiles where shapes are absent."""

    id: str
    caption: str
    description: str
    width: int
    height: int
    areas: tuple[MapArea, ...]
    legend: tuple[Key, ...]
    table_id: str
    attribution: str = ""
    tiles: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """Text that was checked, as HTML: made from CommonMark without raw HTML.

    `language` is that of the words, here and in captions, where it is not the language of the page.
    """

    html: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in pieces: words, and figures or names that lead somewhere."""

    pieces: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class StatusLabel:
    """How something stands: `kind` says how it is drawn, `text` what it is."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A promise on a visit, or another point within a card: what, who and when, how it stands, what came of it."""

    text: str
    note: str = ""
    status: StatusLabel | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Something that was done: its name, when and where, its themes, how it stands, and the points within it."""

    title: Cell
    note: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    status: StatusLabel | None = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards below a heading of their own, where there is one."""

    id: str
    caption: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names with what belongs to them: who has which role."""

    id: str
    pairs: tuple[tuple[str, Sentence], ...]


Block = Prose | Table | Chart | Map
AreaBlock = Block | Sentence | Cards | Pairs


@dataclass(frozen=True, slots=True)
class AreaSection:
    """A part of the page of an area: its heading, and what stands below it."""

    id: str
    title: str
    blocks: tuple[AreaBlock, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure by itself: what it is, and the amount that leads to its source."""

    label: str
    cell: Cell
    note: str = ""


@dataclass(frozen=True, slots=True)
class AreaCard:
    """An area on the first page: its name, what kind of area, a few figures and a note, and the areas within it."""

    link: Link
    kind: str
    facts: tuple[Fact, ...] = ()
    parts: tuple[Link, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PublicationCard:
    """A publication on the first page: when it was published, and its pages where it has several."""

    link: Link
    stamps: tuple[Stamp, ...] = ()
    mark: str = ""
    pages: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened to what the site shows, on a day that the dossier knows."""

    stamp: Stamp
    link: Link


@dataclass(frozen=True, slots=True)
class HomePage:
    """The first page: what this is, the newest year in figures, the map, areas, publications and what is new."""

    frame: Frame
    intro: str
    year: str
    facts: tuple[Fact, ...]
    areas: tuple[AreaCard, ...]
    former: tuple[Link, ...]
    publications: tuple[PublicationCard, ...]
    earlier: tuple[Link, ...]
    news: tuple[News, ...]
    map: tuple[Block, ...] = ()
    template: str = field(default="home.html", init=False)


@dataclass(frozen=True, slots=True)
class Branch:
    """A place on the map of the site, with what stands below it."""

    link: Link
    below: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """All that can be found on the site, in its order."""

    frame: Frame
    intro: str
    sections: tuple[tuple[str, tuple[Branch, ...]], ...]
    template: str = field(default="sitemap.html", init=False)


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of the index: words that lead somewhere, and what they are or where they stand."""

    link: Link
    note: str


@dataclass(frozen=True, slots=True)
class IndexPage:
    """Find something by its name: every publication, heading, area and word, by first letter.

    With `search` a script searches the texts in full.
    """

    frame: Frame
    intro: str
    letters: tuple[tuple[str, tuple[IndexEntry, ...]], ...]
    search: bool = False
    template: str = field(default="index.html", init=False)


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """What the words of municipal finance mean: an anchor, the word and its meaning."""

    frame: Frame
    intro: str
    words: tuple[tuple[str, str, str], ...]
    template: str = field(default="glossary.html", init=False)


@dataclass(frozen=True, slots=True)
class RedirectPage:
    """An address that moved: where it leads now, in the site or elsewhere."""

    frame: Frame
    href: str
    template: str = field(default="redirect.html", init=False)


@dataclass(frozen=True, slots=True)
class PublicationPage:
    """One page of a publication: text, tables and charts in their order, and differences found later."""

    frame: Frame
    blocks: tuple[Block, ...]
    restated: Table | None = None
    untranslated: str = ""
    documents: tuple[Link, ...] = ()
    template: str = field(default="publication.html", init=False)


@dataclass(frozen=True, slots=True)
class AreaPage:
    """The page of an area, of an area in one year, of an initiative or of the calendar: sections below each other.

    `feed`: the news of an area for who follows it with another program; its place is one in no language.
    """

    frame: Frame
    intro: str
    sections: tuple[AreaSection, ...]
    around: tuple[Link, ...] = ()
    restated: Table | None = None
    feed: Link | None = None
    template: str = field(default="area.html", init=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a recipe: the rows of the published CSV to keep, and the factor with which their cents count."""

    lines: tuple[str, ...]
    year: int
    kinds: tuple[str, ...]
    flows: tuple[str, ...]
    part: str
    factor: int
    words: str


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question about a figure with its answer, and for each who and when in words; without an answer it is open.

    `id`: its code in `questions.csv`, by which others may link to it.
    """

    id: str
    text: str
    asked: str
    answer: str = ""
    answered: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One measure on a source page: value, formula in words, the figures it follows from, postings and recipe.

    `quiet`: it is nothing, and nothing stands behind it. `questions`: what was asked about it, and answered.
    """

    anchor: str
    title: str
    value: str
    cents: int
    formula: str
    inputs: tuple[tuple[str, Cell], ...]
    parts: Table | None
    postings: Table | None
    steps: tuple[Step, ...]
    lines: tuple[str, ...] = ()
    pages: tuple[Link, ...] = ()
    quiet: bool = False
    questions: tuple[AnsweredQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Where the figures of one line, area or the whole in one year come from, on one basis."""

    frame: Frame
    intro: str
    sections: tuple[Section, ...]
    rules: Table | None
    deliveries: Table | None
    accepted: Table | None
    downloads: tuple[Link, ...]
    template: str = field(default="source.html", init=False)


@dataclass(frozen=True, slots=True)
class PostingsPage:
    """A further page of the postings behind one figure: `pages` leads to all of them, of which this is `number`."""

    frame: Frame
    table: Table
    pages: tuple[Link, ...]
    number: int
    template: str = field(default="postings.html", init=False)


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """A delivered file: where on the page it stands, its name, and what is known of it, apart the hash of its bytes."""

    anchor: str
    name: str
    status: str
    facts: tuple[tuple[str, str], ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class DeliveriesPage:
    """All files on which figures rest, or rested."""

    frame: Frame
    intro: str
    files: tuple[DeliveredFile, ...]
    template: str = field(default="deliveries.html", init=False)


Page = (
    HomePage
    | PublicationPage
    | AreaPage
    | SourcePage
    | PostingsPage
    | DeliveriesPage
    | SitemapPage
    | IndexPage
    | GlossaryPage
    | RedirectPage
)


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file with data beside the pages: its place and its text."""

    path: str
    text: str

    @property
    def content(self) -> bytes:
        """Its bytes."""
        return self.text.encode()


@dataclass(frozen=True, slots=True)
class BinaryFile:
    """A file that is no text: its place and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class LazyFile:
    """A file that takes time to make: its place, the hash of all that decides its bytes, and how to make them."""

    path: str
    key: str
    make: Callable[[], bytes]

    @property
    def content(self) -> bytes:
        """Its bytes, made now."""
        return self.make()


File = DataFile | BinaryFile | LazyFile
