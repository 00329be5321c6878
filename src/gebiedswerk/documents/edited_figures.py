"""Find the figures that were edited after a publication was taken into another system."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from gebiedswerk.blocks.models import Cell, Table
from gebiedswerk.documents.content import DocumentChapter, DocumentHeading, Paragraph, chapter
from gebiedswerk.documents.html_reader import FigureWords, FoundTable, plain, read_soup
from gebiedswerk.documents.links import is_source
from gebiedswerk.pages import PublicationPage

LONGEST_LINK = 4000
Texts = Mapping[str, Mapping[str, str]]
"""Place → words as they are compared → words as they are printed."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A figure that is not as the publication prints it.

    `line` of the file, `written` there (empty: it is gone, and `line` is 0), `truths`: every way in which the
    publication prints the figure (empty: it prints no such figure), `place` in the site where the figure stands.
    """

    line: int
    written: str
    truths: tuple[str, ...]
    place: str


@dataclass(slots=True)
class _Reading:
    """What was found in the file so far: each place with the words that were written for it."""

    edited: list[Edited] = field(default_factory=list)
    written: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def meet(self, line: int, text: str, place: str, truths: Mapping[str, str]) -> None:
        """Hold what is written for a figure against the ways in which it is printed."""
        words = plain(text)
        self.written[place][words] += 1
        if words not in truths:
            self.edited.append(Edited(line, words, tuple(truths.values()), place))


def edited(html: str, pages: Sequence[PublicationPage]) -> list[Edited]:
    """The figures of a text that differ from what the pages print, in the order of the file; then what is gone.

    A figure is known by `data-figure`, else by a link that ends with its place. In a table that the pages print too
    (the same caption or the same columns) a cell that lost its link is known by its row and column. A figure is
    gone where a page is in the file for the greater part and prints the figure more often than the file does.
    """
    found, tables = read_soup(html)
    chapters = _in_one_language(found, pages)
    texts = _texts(chapters)
    reading = _Reading()
    for figure in found:
        place = _place(figure, texts)
        if place in texts:
            reading.meet(figure.line, figure.text, place, texts[place])
        elif figure.named and _is_ours(place, texts):
            reading.edited.append(Edited(figure.line, plain(figure.text), (), place))
    for table in tables:
        _read_cells(table, chapters, texts, reading)
    gone = [one for one_chapter in chapters for one in _gone(one_chapter, reading)]
    return [*sorted(reading.edited, key=lambda one: one.line), *dict.fromkeys(gone)]


def figures_in(html: str, pages: Sequence[PublicationPage]) -> int:
    """How many figures of these pages a text holds, whatever is written there."""
    found, tables = read_soup(html)
    chapters = _in_one_language(found, pages)
    texts, reading = _texts(chapters), _Reading()
    for table in tables:
        _read_cells(table, chapters, texts, reading)
    return sum(_place(one, texts) in texts for one in found) + len(reading.written)


def _printed(one: DocumentChapter) -> Iterator[tuple[str, str]]:
    """Every figure of a chapter as often as it stands there: its place and its words."""
    for piece in one.pieces:
        if isinstance(piece, Table):
            yield from ((cell.href, cell.text) for row in piece.rows for cell in row.cells if is_source(cell.href))
        elif isinstance(piece, DocumentHeading | Paragraph):
            yield from ((run.href, run.text) for run in piece.runs if is_source(run.href) and run.text.strip())


def _texts(chapters: Sequence[DocumentChapter]) -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for one in chapters:
        for place, words in _printed(one):
            texts[place].setdefault(plain(words), words.strip())
    return dict(texts)


def _in_one_language(found: Sequence[FigureWords], pages: Sequence[PublicationPage]) -> list[DocumentChapter]:
    """The pages in the language in which most words of the file are printed; the first where none is."""
    best: list[DocumentChapter] = []
    most = -1
    for language in dict.fromkeys(page.frame.language for page in pages):
        chapters = [chapter(page) for page in pages if page.frame.language == language]
        texts = _texts(chapters)
        agree = sum(plain(figure.text) in texts.get(_place(figure, texts), {}) for figure in found)
        if agree > most:
            best, most = chapters, agree
    return best


def _place(figure: FigureWords, texts: Texts) -> str:
    """The place that a figure names: as it is written, else the longest known place with which its link ends."""
    target = unquote(figure.target[:LONGEST_LINK])
    if target in texts:
        return target
    parts = target.split("/")
    ends = ("/".join(parts[at:]) for at in range(1, len(parts)))
    return next((end for end in ends if end in texts), target)


def _is_ours(place: str, texts: Texts) -> bool:
    """Whether a place lies in the folder of these publications."""
    roots = {known.partition("cijfers/")[0] for known in texts}
    root, _, rest = posixpath.normpath(place).partition("cijfers/")
    return bool(rest) and root in roots


def _read_cells(found: FoundTable, chapters: Sequence[DocumentChapter], texts: Texts, reading: _Reading) -> None:
    """The cells of a table that lost their link, held against the same cell of the table on the page."""
    table = _same_table(found, chapters)
    if table is None:
        return
    rows: dict[str, list[tuple[Cell, ...]]] = defaultdict(list)
    for row in table.rows:
        rows[plain(row.cells[0].text)].append(row.cells)
    for line in found.rows:
        known = rows.get(plain(line[0].text)) if line else None
        if not known:
            continue
        for cell, truth in zip(line[1:], known.pop(0)[1:], strict=False):
            if is_source(truth.href) and not any(_place(one, texts) in texts for one in cell.figures):
                reading.meet(cell.line, cell.text, truth.href, {plain(truth.text): truth.text})


def _same_table(found: FoundTable, chapters: Sequence[DocumentChapter]) -> Table | None:
    """The table of a page with the same caption, else with the same columns."""
    tables = [piece for one in chapters for piece in one.pieces if isinstance(piece, Table)]
    caption, heads = plain(found.caption), [plain(cell.text) for cell in found.rows[0]]
    named = (table for table in tables if caption and plain(table.caption) == caption)
    alike = (table for table in tables if [plain(text) for text in table.columns] == heads)
    return next(named, next(alike, None))


def _gone(one: DocumentChapter, reading: _Reading) -> Iterator[Edited]:
    """The figures of a page that the file holds less often, where it holds at least half of them."""
    printed: dict[str, list[str]] = defaultdict(list)
    for place, words in _printed(one):
        printed[place].append(words.strip())
    if not printed or 2 * sum(place in reading.written for place in printed) < len(printed):
        return
    for place, truths in printed.items():
        missing = len(truths) - reading.written[place].total() if place in reading.written else len(truths)
        if missing > 0:
            there = reading.written.get(place, Counter())
            lost = [words for words in truths if plain(words) not in there] or truths
            yield Edited(0, "", tuple(dict.fromkeys(lost)), place)
