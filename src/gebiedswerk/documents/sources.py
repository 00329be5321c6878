"""The figures of a document and where each follows from its postings: with that list a reader of paper finds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gebiedswerk.blocks.models import Cell, Chart, Table
from gebiedswerk.documents.content import DocumentChapter, DocumentHeading, Paragraph, Piece
from gebiedswerk.documents.links import is_figure

FOLDER = "cijfers/"


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as it stands in a document: what is printed, and the place where it follows from its postings."""

    text: str
    place: str


def printed(chapters: Sequence[DocumentChapter]) -> dict[Printed, str]:
    """Every figure of some chapters in order → where it stands first: a row and a column, else a heading."""
    found: dict[Printed, str] = {}
    for one in chapters:
        heading = one.title
        for piece in one.pieces:
            if isinstance(piece, DocumentHeading):
                heading = "".join(run.text for run in piece.runs)
            for figure, where in _figures(piece, heading):
                found.setdefault(figure, where)
    return found


def _figures(piece: Piece, heading: str) -> Iterator[tuple[Printed, str]]:
    if isinstance(piece, Table):
        for row in piece.rows:
            for column, cell in list(zip(piece.columns, row.cells, strict=True))[1:]:
                yield from _cell(cell, f"{row.cells[0].text}, {column}")
    elif isinstance(piece, Chart):
        for group in piece.groups:
            for strip in group.strips:
                for amount in strip.amounts:
                    yield from _cell(amount.cell, f"{group.name.text}, {amount.label}".removesuffix(", "))
    elif isinstance(piece, DocumentHeading | Paragraph):
        for run in piece.runs:
            yield from _cell(Cell(run.text.strip(), run.href), heading)


def _cell(cell: Cell, where: str) -> Iterator[tuple[Printed, str]]:
    if is_figure(cell.href) and cell.text:
        yield Printed(cell.text, cell.href), where


def common_start(places: Sequence[str]) -> str:
    """The folder in which most of these places lie: what need be said only once."""
    folders = Counter(place[: place.index(FOLDER) + len(FOLDER)] for place in places)
    return folders.most_common(1)[0][0] if folders else ""
