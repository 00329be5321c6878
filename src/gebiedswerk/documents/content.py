"""What a document holds, as plain values: headings, paragraphs, lists, tables and pictures, with the figures in them.

Made from the page models, so that a document and its page cannot differ.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from gebiedswerk.blocks.models import Chart, Map, Prose, Stamp, Table
from gebiedswerk.documents.links import is_elsewhere
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages import PublicationPage

BULLET = "•"


@dataclass(frozen=True, slots=True)
class TextRun:
    """Words of one look. `href`: the place in the site, or the address elsewhere, to which they lead."""

    text: str
    href: str = ""
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class DocumentHeading:
    """A heading; level 1 is the title of a chapter. `language`: that of its words, where the chapter has another."""

    level: int
    runs: tuple[TextRun, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; with a `mark` (a bullet or a number) an item of a list, `depth` lists deep.

    `language`: that of its words, where the chapter has another.
    """

    runs: tuple[TextRun, ...]
    mark: str = ""
    depth: int = 0
    language: str = ""

    @property
    def number(self) -> int | None:
        """The number of an item; None for a bullet, and for what is no item."""
        return int(self.mark.rstrip(".")) if self.mark not in ("", BULLET) else None


Piece = DocumentHeading | Paragraph | Table | Chart | Map


@dataclass(frozen=True, slots=True)
class DocumentChapter:
    """One page of a publication: its title, language, stamps and notice, and its pieces."""

    title: str
    language: str
    stamps: tuple[str, ...]
    notice: str
    mark: str
    pieces: tuple[Piece, ...]


def chapter(page: PublicationPage) -> DocumentChapter:
    """A page as a chapter: its blocks in their order, then what was found to differ later."""
    messages = Messages(page.frame.language)
    pieces: list[Piece] = []
    for block in page.blocks:
        if isinstance(block, Prose):
            pieces += prose(block.html, page.frame.path, block.language)
        else:
            pieces.append(block)
    if page.restated is not None:
        title, why = messages("page.restated"), messages("page.restated_why")
        pieces += [DocumentHeading(2, (TextRun(title),)), Paragraph((TextRun(why),)), page.restated]
    return DocumentChapter(
        title=page.frame.title,
        language=page.frame.language,
        stamps=tuple(_stamp(stamp, messages) for stamp in page.frame.stamps),
        notice=" ".join(text for text in (page.untranslated, page.frame.notice) if text),
        mark=page.frame.mark,
        pieces=tuple(pieces),
    )


def _stamp(stamp: Stamp, messages: Messages) -> str:
    """A moment in words; what a page says of itself, a document says of itself."""
    own = stamp.label == messages("stamp.published")
    return f"{messages('document.published') if own else stamp.label} {stamp.text}"


def prose(html: str, path: str, language: str = "") -> list[Piece]:
    """Checked text as pieces; links become places in the site, counted from the page at `path`."""
    reader = _Reader(path, language)
    reader.feed(html)
    reader.close()
    return reader.pieces


class _Reader(HTMLParser):
    """Reads the HTML that our Markdown becomes: no other tags are in it."""

    def __init__(self, path: str, language: str) -> None:
        super().__init__()
        self.path, self.language = path, language
        self.pieces: list[Piece] = []
        self.runs: list[TextRun] = []
        self.href, self.strong, self.emphasis = "", 0, 0
        self.lists: list[int | None] = []
        self.mark = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a":
            self.href = self.place(found.get("href") or "")
        elif tag in ("strong", "em"):
            self.strong += tag == "strong"
            self.emphasis += tag == "em"
        elif tag in ("ul", "ol"):
            self.end_piece()
            self.lists.append(int(found.get("start") or 1) if tag == "ol" else None)
        elif tag == "li":
            self.end_piece()
            number = self.lists[-1]
            self.mark = BULLET if number is None else f"{number}."
            self.lists[-1] = None if number is None else number + 1
        elif tag == "br":
            self.runs.append(TextRun(" "))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.href = ""
        elif tag in ("strong", "em"):
            self.strong -= tag == "strong"
            self.emphasis -= tag == "em"
        elif tag in ("ul", "ol"):
            self.end_piece()
            self.lists.pop()
        elif tag[0] == "h" and tag[1:].isdigit():
            self.end_piece(int(tag[1]))
        elif tag in ("p", "li", "blockquote", "pre"):
            self.end_piece()

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        edges = (" " if data[:1].isspace() else "", " " if data[-1:].isspace() else "")
        text = f"{edges[0]}{words}{edges[1]}" if words else " "
        if self.runs or words:
            self.runs.append(TextRun(text, self.href, self.strong > 0, self.emphasis > 0))

    def end_piece(self, level: int = 0) -> None:
        """What was read so far is one piece."""
        runs = _trimmed(self.runs)
        if runs and level:
            self.pieces.append(DocumentHeading(level, runs, self.language))
        elif runs:
            self.pieces.append(Paragraph(runs, self.mark, len(self.lists), self.language))
            self.mark = ""
        self.runs = []

    def place(self, href: str) -> str:
        """A relative link as a place in the site."""
        if is_elsewhere(href):
            return href
        file, mark, anchor = href.partition("#")
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), file)) + mark + anchor


def _trimmed(runs: Sequence[TextRun]) -> tuple[TextRun, ...]:
    """Runs without space at their ends."""
    found = [run for run in runs if run.text]
    while found and not found[0].text.strip():
        found.pop(0)
    while found and not found[-1].text.strip():
        found.pop()
    return tuple(found)
