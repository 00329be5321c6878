"""Reads HTML of any making, however broken: its figures, and its tables with what each cell says.

Nothing in it is followed, run or looked up. The time is in step with the length, whatever stands there: the parser of
the standard library takes the square of it for marks that are never closed, so the few rules that we need are here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from gebiedswerk.core.faults import GebiedswerkError

MOST_BYTES = 20_000_000
WORD_BREAKS = frozenset("p div li td th tr table caption h1 h2 h3 h4 h5 h6 br section article ul ol dt dd".split())
SILENT = frozenset("script style template".split())
CELLS = frozenset(("td", "th"))
NAME = re.compile(r"[A-Za-z][^\s/>]*")
ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
LONG_NUMBER = re.compile(r"&(?=#[0-9]{8}|#[xX][0-9a-fA-F]{8})")
LONGEST_TAG = 20_000
LOOK_FOR_CHARSET = 2048
SPACES: Mapping[int, str] = {ord(sign): " " for sign in "\u00a0\u202f\u2009\u2007"}
GONE: Mapping[int, None] = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
MINUS: Mapping[int, str] = {ord(sign): "-" for sign in "\u2212\u2013\u2011"}


class NoHtml(GebiedswerkError):
    """Bytes that are no text, or more of them than a chapter of annual accounts ever holds."""

    def __init__(self) -> None:
        super().__init__(f"This is no text of at most {MOST_BYTES} bytes: save the page as HTML.")


@dataclass(slots=True)
class FigureWords:
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
    figures: list[FigureWords] = field(default_factory=list)


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


@dataclass(frozen=True, slots=True)
class HtmlToken:
    """A piece of a text: words (`kind` is ""), or the start or end of an element with its name and attributes."""

    kind: str
    line: int
    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def tokens(html: str) -> Iterator[HtmlToken]:
    """The words and elements of a text in their order; comments, declarations and scripts are left out.

    What looks like an element but never ends is words. An element of more than LONGEST_TAG signs is passed over.
    """
    at, line, end = 0, 1, len(html)
    last = {mark: html.rfind(mark) for mark in (">", "-->")}
    while at < end:
        start = html.find("<", at)
        start = end if start < 0 or last[">"] < start else start
        if start > at:
            yield HtmlToken("", line, _words(html[at:start]))
            line += html.count("\n", at, start)
        if start == end:
            return
        after, token = _element(html, start, line, last)
        if token is not None:
            yield token
        if token is not None and token.kind == "start" and token.text in SILENT:
            closed = re.compile(f"</{token.text}", re.IGNORECASE).search(html, after)
            after = closed.start() if closed else end
        line += html.count("\n", start, after)
        at = after


def _words(text: str) -> str:
    """Words with their entities resolved; a number that no sign has stays as it is written."""
    return unescape(LONG_NUMBER.sub("&amp;", text))


def _element(html: str, start: int, line: int, last: Mapping[str, int]) -> tuple[int, HtmlToken | None]:
    """What begins with a `<`: where it ends, and the element where it is one."""
    if html.startswith("<!--", start) and last["-->"] > start:
        return html.index("-->", start) + 3, None
    closing = html.startswith("</", start)
    name = NAME.match(html, start + 1 + closing)
    if name is None:
        if html.startswith(("<!", "<?", "</"), start):
            return html.index(">", start) + 1, None
        return start + 1, HtmlToken("", line, "<")
    found: dict[str, str] = {}
    at = name.end()
    limit = min(len(html), at + LONGEST_TAG)
    while not closing and (hit := ATTRIBUTE.match(html, at, limit)) is not None:
        found.setdefault(hit[1].lower(), _words(hit[2] or hit[3] or hit[4] or ""))
        at = hit.end()
    close = html.find(">", at)
    if close < 0:
        return name.end(), HtmlToken("", line, html[start : name.end()])
    return close + 1, HtmlToken("end" if closing else "start", line, name[0].lower(), found)


def read_soup(html: str) -> tuple[list[FigureWords], list[FoundTable]]:
    """The links and figures of a text in their order, and its tables."""
    reader = _Reader()
    for token in tokens(html):
        reader.read(token)
    return reader.figures, [table for table in reader.tables if table.rows]


class _Reader:
    """A figure ends where its element ends, where the next begins, and where its paragraph or cell does."""

    def __init__(self) -> None:
        self.figures: list[FigureWords] = []
        self.tables: list[FoundTable] = []
        self.open: list[FoundTable] = []
        self.cell: list[FoundCell | None] = []
        self.in_caption = False
        self.line = 1
        self.figure: FigureWords | None = None
        self.element, self.inside = "", 0
        self.last: FigureWords | None = None

    def read(self, token: HtmlToken) -> None:
        """Take in the next piece of the text."""
        self.line = token.line
        if token.kind == "start":
            self.start(token.text, token.attributes)
        elif token.kind == "end":
            self.end(token.text)
        else:
            self.words(token.text)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
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
            cell = self.cell[-1] = FoundCell(self.line)
            self.open[-1].rows[-1].append(cell)
        elif self.open and tag == "caption":
            self.in_caption = True
        self.begin_figure(tag, attributes.get("data-figure", ""), attributes.get("href", ""))

    def begin_figure(self, tag: str, place: str, href: str) -> None:
        """An element that names a place, or a link; the same one again with nothing between goes on."""
        if self.figure is not None and tag == self.element:
            if tag != "a":
                self.inside += 1
                return
            self.end_figure()
        target = place or (href if tag == "a" else "")
        if not target or self.figure is not None:
            return
        if self.last is not None and self.last.target == target:
            self.figure = self.last
        else:
            self.figure = FigureWords(self.line, target.strip(), bool(place))
            self.figures.append(self.figure)
            if self.cell and self.cell[-1] is not None:
                self.cell[-1].figures.append(self.figure)
        self.element, self.inside = tag, 1

    def end_figure(self) -> None:
        """What was said of a figure so far is all."""
        self.last, self.figure = self.figure or self.last, None

    def end(self, tag: str) -> None:
        """An element ends."""
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

    def words(self, text: str) -> None:
        """Words belong to the figure, the cell and the caption that are open."""
        if self.figure is not None:
            self.figure.text += text
        elif text:
            self.last = None
        if self.open and self.in_caption:
            self.open[-1].caption += text
        if self.cell and self.cell[-1] is not None:
            self.cell[-1].text += text
