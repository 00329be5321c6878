"""Reads HTML of any making, however broken: its figures, and its tables with what each cell says.

Nothing in it is followed, run or looked up: it is read as text by the parser of the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from gebiedswerk.core.faults import GebiedswerkError

MOST_BYTES = 20_000_000
WORD_BREAKS = frozenset("p div li td th tr table caption h1 h2 h3 h4 h5 h6 br section article ul ol dt dd".split())
SILENT = frozenset("script style template".split())
CELLS = frozenset(("td", "th"))
LOOK_FOR_CHARSET = 2048
SPACES = {ord(sign): " " for sign in "\u00a0\u202f\u2009\u2007"}
GONE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
MINUS = {ord(sign): "-" for sign in "\u2212\u2013\u2011"}


class NoHtml(GebiedswerkError):
    """Bytes that are no text, or more of them than a chapter of annual accounts ever holds."""

    def __init__(self) -> None:
        super().__init__(f"This is no text of at most {MOST_BYTES} bytes: save the page as HTML.")


@dataclass(slots=True)
class Found:
    """Words that name a figure: the line on which they start, the words, and the link or place that they carry."""

    line: int
    target: str
    named: bool
    text: str = ""


@dataclass(slots=True)
class FoundCell:
    """A cell: its line, its words, and whether a figure is in it."""

    line: int
    text: str = ""
    figures: list[Found] = field(default_factory=list)


@dataclass(slots=True)
class FoundTable:
    """A table: its caption and its rows."""

    caption: str = ""
    rows: list[list[FoundCell]] = field(default_factory=list)


def decoded(data: bytes) -> str:
    """Bytes as text: by their mark, by what they say of themselves, else UTF-8 or Windows. Raises NoHtml."""
    if len(data) > MOST_BYTES:
        raise NoHtml
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _as_text(data, [name])
    said = re.search(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", data[:LOOK_FOR_CHARSET])
    return _as_text(data, [*([said[1].decode()] if said else []), "utf-8", "cp1252"])


def _as_text(data: bytes, names: Iterable[str]) -> str:
    for name in names:
        try:
            text = data.decode(name)
        except (UnicodeError, LookupError):
            continue
        if "\0" not in text:
            return text
    raise NoHtml


def plain(text: str) -> str:
    """Words as they are compared: one space between them, one sign for a minus, no marks that nobody sees."""
    return " ".join(text.translate(SPACES).translate(GONE).translate(MINUS).split())


def read_soup(html: str) -> tuple[list[Found], list[FoundTable]]:
    """The links and figures of a text in their order, and its tables."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_figure()
    return reader.figures, [table for table in reader.tables if table.rows]


class _Reader(HTMLParser):
    """A figure ends where its element ends, where the next begins, and where its paragraph or cell does."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.figures: list[Found] = []
        self.tables: list[FoundTable] = []
        self.open: list[FoundTable] = []
        self.cell: list[FoundCell | None] = []
        self.in_caption = False
        self.silent = ""
        self.figure: Found | None = None
        self.element, self.inside = "", 0
        self.last: Found | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent = tag
        if tag in WORD_BREAKS:
            self.end_figure()
            self.words(" ")
        if tag == "table":
            self.tables.append(FoundTable())
            self.open.append(self.tables[-1])
            self.cell.append(None)
        elif self.open and tag == "tr":
            self.open[-1].rows.append([])
            self.cell[-1] = None
        elif self.open and tag in CELLS:
            if not self.open[-1].rows:
                self.open[-1].rows.append([])
            self.cell[-1] = FoundCell(self.getpos()[0])
            self.open[-1].rows[-1].append(self.cell[-1])
        elif self.open and tag == "caption":
            self.in_caption = True
        found = dict(attrs)
        self.begin_figure(tag, found.get("data-figure"), found.get("href"))

    def begin_figure(self, tag: str, place: str | None, href: str | None) -> None:
        """An element that names a place, or a link; the same one again with nothing between goes on."""
        if self.figure is not None and tag == self.element:
            if tag != "a":
                self.inside += 1
                return
            self.end_figure()
        target = place or (href if tag == "a" else None)
        if not target or self.figure is not None:
            return
        if self.last is not None and self.last.target == target:
            self.figure = self.last
        else:
            self.figure = Found(self.getpos()[0], target.strip(), bool(place))
            self.figures.append(self.figure)
            if self.cell and self.cell[-1] is not None:
                self.cell[-1].figures.append(self.figure)
        self.element, self.inside = tag, 1

    def end_figure(self) -> None:
        """What was said of a figure so far is all."""
        self.last, self.figure = self.figure or self.last, None

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""
        if self.figure is not None and tag == self.element:
            self.inside -= 1
            if not self.inside:
                self.end_figure()
        if tag in WORD_BREAKS:
            self.end_figure()
            self.last = None
        if tag == "caption":
            self.in_caption = False
        elif self.open and tag in CELLS:
            self.cell[-1] = None
        elif self.open and tag == "table":
            self.open.pop()
            self.cell.pop()
            self.in_caption = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words(data)

    def words(self, text: str) -> None:
        """Words belong to the figure, the cell and the caption that are open."""
        if self.figure is not None:
            self.figure.text += text
        elif text:
            self.last = None
        if self.open and self.in_caption:
            self.open[-1].caption += text
        for cell in self.cell:
            if cell is not None:
                cell.text += text
