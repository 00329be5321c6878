"""A chapter as a fragment of HTML, for the system in which the rest of the annual accounts is made.

It says what things are and not how they look: no styles, no scripts, no head. Each figure names its place in
`data-figure`, so that `check --against` finds it again where the other system left that alone.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape

from gebiedswerk.blocks.models import Cell, Chart, Map, Table, TableRow
from gebiedswerk.documents.content import BULLET, DocumentChapter, DocumentHeading, Paragraph, Piece, TextRun
from gebiedswerk.documents.illustration import Illustration, shown
from gebiedswerk.documents.links import full_address, is_source

CLASS = "gebiedswerk"
FIGURE = "cijfer"
DOWN = 1
"""Levels that headings move down: the page into which the fragment goes has a title of its own."""


def fragment_text(chapter: DocumentChapter, address: str) -> str:
    """The chapter as one `article`. `address` is where the site stands; without it figures are named, not linked."""
    lines = [
        f'<article class="{CLASS}" lang="{chapter.language}">',
        f"<h{1 + DOWN}>{escape(chapter.title)}</h{1 + DOWN}>",
    ]
    lines += [f"<p>{escape(text)}</p>" for text in (chapter.mark, chapter.notice, *chapter.stamps) if text]
    lines += _pieces(chapter, address)
    return "\n".join([*lines, "</article>", ""])


def _pieces(chapter: DocumentChapter, address: str) -> Iterator[str]:
    """Pieces as elements; what stands in a list follows each other there."""
    at, pieces = 0, chapter.pieces
    while at < len(pieces):
        piece = pieces[at]
        if isinstance(piece, Paragraph) and piece.depth:
            end = at
            while end < len(pieces) and _depth(pieces[end]):
                end += 1
            items = [found for found in pieces[at:end] if isinstance(found, Paragraph)]
            yield from _lists(items, 1, address)
            at = end
            continue
        if isinstance(piece, DocumentHeading):
            level = min(piece.level + DOWN, 6)
            yield f"<h{level}{_told(piece)}>{_runs(piece.runs, address)}</h{level}>"
        elif isinstance(piece, Table):
            yield from _table(piece, address)
        elif isinstance(piece, Chart | Map):
            yield from _picture(shown(piece, chapter))
        else:
            yield f"<p{_told(piece)}>{_runs(piece.runs, address)}</p>"
        at += 1


def _told(piece: DocumentHeading | Paragraph) -> str:
    """The language of words that are not in that of the chapter."""
    return f' lang="{piece.language}"' if piece.language else ""


def _depth(piece: Piece) -> int:
    return piece.depth if isinstance(piece, Paragraph) else 0


def _lists(items: Sequence[Paragraph], depth: int, address: str) -> Iterator[str]:
    """The items at one depth, each with what stands below it; a bullet after a number starts another list."""
    kind = ""
    for item, below in _with_below(items, depth):
        wanted = "ul" if item.number is None else "ol"
        if item.mark and wanted != kind:
            yield from [f"</{kind}>"] if kind else []
            yield f"<{wanted}>" if item.number in (None, 1) else f'<ol start="{item.number}">'
            kind = wanted
        yield f"<li{_told(item)}>{_runs(item.runs, address)}"
        yield from (
            f"<p{_told(more)}>{_runs(more.runs, address)}</p>"
            for more in below
            if not more.mark and more.depth == depth
        )
        deeper = [found for found in below if found.depth > depth]
        yield from _lists(deeper, depth + 1, address) if deeper else []
        yield "</li>"
    yield from [f"</{kind}>"] if kind else []


def _with_below(items: Sequence[Paragraph], depth: int) -> Iterator[tuple[Paragraph, list[Paragraph]]]:
    """Each item at this depth with the paragraphs and items that belong to it."""
    at = 0
    while at < len(items):
        end = at + 1
        while end < len(items) and not (items[end].mark and items[end].depth <= depth):
            end += 1
        head = items[at]
        yield (head if head.mark else Paragraph(head.runs, BULLET, depth, head.language)), list(items[at + 1 : end])
        at = end


def _runs(runs: Sequence[TextRun], address: str) -> str:
    return "".join(_run(run, address) for run in runs)


def _run(run: TextRun, address: str) -> str:
    words = _linked(run.text.strip(), run.href, address)
    words = f"<em>{words}</em>" if run.emphasis and run.text.strip() else words
    words = f"<strong>{words}</strong>" if run.strong and run.text.strip() else words
    before = " " if run.text[:1].isspace() else ""
    after = " " if run.text[-1:].isspace() and run.text.strip() else ""
    return f"{before}{words}{after}"


def _linked(text: str, place: str, address: str) -> str:
    """Words with their link; of a figure the place goes along, wherever the site stands."""
    words, href = escape(text, quote=False), full_address(place, address)
    link = f' href="{escape(href)}"' if href else ""
    if text and is_source(place):
        return f'<a class="{FIGURE}" data-figure="{escape(place)}"{link}>{words}</a>'
    return f"<a{link}>{words}</a>" if text and link else words


def _table(table: Table, address: str) -> Iterator[str]:
    """A table with its caption, and headings for its columns and rows."""
    yield "<table>"
    yield f"<caption>{escape(table.caption, quote=False)}</caption>"
    heads = "".join(f'<th scope="col">{escape(text, quote=False)}</th>' for text in table.columns)
    yield f"<thead>\n<tr>{heads}</tr>\n</thead>"
    yield "<tbody>"
    yield from (_row(row, address) for row in table.rows if not row.total)
    yield "</tbody>"
    totals = [_row(row, address) for row in table.rows if row.total]
    yield from ["<tfoot>", *totals, "</tfoot>"] if totals else []
    yield "</table>"
    if table.note:
        yield f"<p>{escape(table.note, quote=False)}</p>"


def _picture(picture: Illustration) -> Iterator[str]:
    """A picture that brings its drawing along, so that there is no file to lose."""
    drawing = b64encode(picture.svg.encode()).decode()
    yield "<figure>"
    yield f"<figcaption>{escape(picture.caption, quote=False)}</figcaption>"
    yield f'<img alt="{escape(picture.alternative)}" src="data:image/svg+xml;base64,{drawing}">'
    yield from (f"<p>{escape(note, quote=False)}</p>" for note in picture.notes)
    yield "</figure>"


def _row(row: TableRow, address: str) -> str:
    name, *cells = row.cells
    depth = f' data-depth="{row.depth}"' if row.depth else ""
    return (
        f'<tr{depth}><th scope="row">{_cell(name, address)}</th>{"".join(_data(cell, address) for cell in cells)}</tr>'
    )


def _data(cell: Cell, address: str) -> str:
    return f"<td>{_cell(cell, address)}</td>"


def _cell(cell: Cell, address: str) -> str:
    return _linked(cell.text, cell.href, address)
