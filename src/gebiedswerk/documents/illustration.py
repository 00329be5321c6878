"""A chart or a map as a document shows it: a drawing, what it says to who cannot see it, and its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gebiedswerk.blocks.models import Chart, Map, Table
from gebiedswerk.documents.content import DocumentChapter
from gebiedswerk.language.messages import Messages
from gebiedswerk.pictures.draw_chart import chart_drawing
from gebiedswerk.pictures.draw_map import map_drawing
from gebiedswerk.pictures.fonts import fonts_for

PICTURE_DOTS = 220
"""Dots per inch of a picture."""


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture: its drawing (SVG), its alternative in words, and the lines below it."""

    caption: str
    svg: str
    alternative: str
    notes: tuple[str, ...]


def shown(picture: Chart | Map, chapter: DocumentChapter) -> Illustration:
    """A picture of a chapter, in the language of that chapter."""
    messages = Messages(chapter.language)
    table = next((one for one in chapter.pieces if isinstance(one, Table) and one.id == picture.table_id), None)
    note = messages("page.chart_table", caption=table.caption) if table else ""
    if isinstance(picture, Map):
        drawing, also = map_drawing(picture), picture.attribution
        said = messages("document.map", caption=picture.caption)
    else:
        drawing, also = chart_drawing(picture), ""
        said = messages("document.chart", caption=picture.caption, description=picture.description)
    alternative = f"{said} {note}." if note else said
    return Illustration(picture.caption, drawing, alternative, tuple(text for text in (note, also) if text))


def pngs(drawings: Sequence[str], per_inch: int) -> list[bytes]:
    """Drawings as PNG, each as large as it is on paper at so many dots per inch; the same bytes each time."""
    import json

    import typst

    if not drawings:
        return []
    source = b"#set page(width: auto, height: auto, margin: 0pt)\n"
    source += b"#for one in json(bytes(sys.inputs.drawings)) { page(image(bytes(one))) }"
    with fonts_for("".join(drawings)) as folders:
        made: Any = typst.compile(
            source,
            format="png",
            ppi=per_inch,
            sys_inputs={"drawings": json.dumps(drawings)},
            ignore_system_fonts=True,
            font_paths=folders,
            timestamp=0,
        )
    pages: list[bytes] = made if isinstance(made, list) else [made]  # typst gives a single page without a list
    return [bytes(one) for one in pages]
