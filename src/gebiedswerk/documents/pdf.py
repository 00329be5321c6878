"""A publication as one tagged PDF (PDF/UA-1 and PDF/A-3a), with its data attached and every figure by its address."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gebiedswerk.blocks.models import Chart, Map, Table
from gebiedswerk.documents.content import DocumentChapter, DocumentHeading, Paragraph
from gebiedswerk.documents.illustration import PICTURE_DOTS, Illustration, pngs, shown
from gebiedswerk.documents.links import full_address, is_figure
from gebiedswerk.documents.sources import Printed, common_start, printed
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages import File
from gebiedswerk.pictures.fonts import FAMILIES, fonts_for, is_plain

TEMPLATE = Path(__file__).parent / "document.typ"
MEDIA: Mapping[str, str] = {"csv": "text/csv", "json": "application/json"}
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""The moment of a draft: a document holds one, and ours is not read from a clock."""


def pdf_bytes(
    title: str,
    site: str,
    author: str,
    chapters: Sequence[DocumentChapter],
    files: Sequence[File],
    made_at: datetime | None,
    address: str,
    messages: Messages,
) -> bytes:
    """The chapters as PDF. `address` is where the site stands; without it figures are named by their place alone."""
    import typst

    first = chapters[0]
    data = {
        "title": title,
        "site": site,
        "author": author,
        "language": first.language,
        "date": _date(made_at or NEVER),
        "stamps": first.stamps,
        "notice": first.notice,
        "mark": first.mark,
        "words": _words(first, messages),
        "chapters": [_chapter(one, address, alone=len(chapters) == 1) for one in chapters],
        "sources": _sources(chapters, address, messages),
        "address": address.partition("://")[2].rstrip("/"),
        "fonts": FAMILIES,
        "files": [_file(at, file, messages) for at, file in enumerate(files)],
    }
    inputs = {f"file{at}": file.content.decode() for at, file in enumerate(files)}
    inputs["document"] = json.dumps(data, ensure_ascii=False)
    moment = int((made_at or NEVER).replace(tzinfo=UTC).timestamp())
    with fonts_for(inputs["document"]) as folders:
        made = typst.compile(
            TEMPLATE.read_bytes(),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=["ua-1", "a-3a"],
            ignore_system_fonts=True,
            font_paths=folders,
            timestamp=moment,
        )
    return bytes(made)


def _date(moment: datetime) -> dict[str, int]:
    names = ("year", "month", "day", "hour", "minute", "second")
    return {name: getattr(moment, name) for name in names}


def _words(first: DocumentChapter, messages: Messages) -> dict[str, str]:
    names = ("contents", "figures", "figures_why", "figures_start", "page_of", "at_page")
    found = {name: messages(f"document.{name}") for name in names}
    return found | {"made": first.stamps[-1] if first.stamps else ""}


def _file(at: int, file: File, messages: Messages) -> dict[str, str]:
    name = posixpath.basename(file.path)
    about = messages("document.attached", name=name)
    return {"name": name, "input": f"file{at}", "media": MEDIA[name.rpartition(".")[2]], "about": about}


def _chapter(one: DocumentChapter, address: str, *, alone: bool) -> dict[str, Any]:
    pieces = list(_pieces(one, address, 1 if alone else 0))
    return {"title": one.title, "language": one.language, "mark": one.mark, "pieces": pieces}


def _pieces(chapter: DocumentChapter, address: str, up: int) -> Iterator[dict[str, Any]]:
    """Pieces as data; items that follow each other are one list. `up`: levels that headings move up."""
    items: list[Paragraph] = []
    for piece in (*chapter.pieces, None):
        if isinstance(piece, Paragraph) and piece.mark:
            items.append(piece)
            continue
        if items:
            yield _list(items, address)
            items = []
        if isinstance(piece, DocumentHeading):
            level = max(piece.level - up, 1)
            yield {"kind": "heading", "level": level, "language": piece.language, "runs": _runs(piece, address)}
        elif isinstance(piece, Table):
            yield table_data(piece, address)
        elif isinstance(piece, Chart | Map):
            yield {"kind": "picture", "language": piece.language, **_drawn(shown(piece, chapter))}
        elif piece is not None:
            yield {"kind": "paragraph", "language": piece.language, "runs": _runs(piece, address)}


def _drawn(picture: Illustration) -> dict[str, Any]:
    """A picture as data. PDF/A wants to know each sign of a drawing, which Typst cannot say of letters that join: a
    drawing with signs beyond Dutch goes along as dots. What it says stands in words beside it.
    """
    dots = [] if is_plain(picture.svg) else pngs([picture.svg], PICTURE_DOTS)
    return asdict(picture) | {"png": [*dots[0]] if dots else []}


def _list(items: Sequence[Paragraph], address: str) -> dict[str, Any]:
    found = [_runs(item, address) for item in items]
    start = items[0].number
    kind = "bullets" if start is None else "numbers"
    return {"kind": kind, "start": start, "language": items[0].language, "items": found}


def _runs(piece: DocumentHeading | Paragraph, address: str) -> list[dict[str, Any]]:
    return [
        asdict(run) | {"href": full_address(run.href, address), "figure": is_figure(run.href)} for run in piece.runs
    ]


def table_data(table: Table, address: str) -> dict[str, Any]:
    """A table as data: columns with the share of the width that their widest cell asks for."""
    amounts = [bool(table.rows) and table.rows[0].cells[at].amount for at in range(len(table.columns))]
    rows = [
        {
            "depth": row.depth,
            "total": row.total,
            "cells": [
                {"text": cell.text, "href": full_address(cell.href, address), "amount": cell.amount}
                for cell in row.cells
            ],
        }
        for row in table.rows
    ]
    return {
        "kind": "table",
        "language": table.language,
        "caption": table.caption,
        "note": table.note,
        "columns": [{"text": text, "amount": amount} for text, amount in zip(table.columns, amounts, strict=True)],
        "widths": [_width(table, at) for at in range(len(table.columns))],
        "rows": rows,
    }


def _width(table: Table, at: int) -> int:
    """The width of a column in characters: enough for its words and its widest cell, within bounds."""
    word = max((len(word) for word in table.columns[at].split()), default=1)
    cells = max((len(row.cells[at].text) for row in table.rows), default=1)
    return min(max(word, cells, 6), 34)


def _sources(chapters: Sequence[DocumentChapter], address: str, messages: Messages) -> dict[str, Any]:
    """The annex: where each figure stands, how it is printed, and the address where it follows from its postings.

    What most addresses begin with is said once (`start`), above the list.
    """
    found = printed(chapters)
    start = common_start([figure.place for figure in found])
    rows = [_source(figure, where, start, address) for figure, where in found.items()]
    columns = [messages(f"document.{name}") for name in ("where", "figure", "place")]
    table = {
        "kind": "table",
        "language": "",
        "caption": messages("document.figures_caption"),
        "note": "",
        "columns": [{"text": text, "amount": at == 1} for at, text in enumerate(columns)],
        "widths": [40, 17, 43],
        "rows": rows,
    }
    began = full_address(start, address) or start
    return {"table": table, "start": began}


def _source(figure: Printed, where: str, start: str, address: str) -> dict[str, Any]:
    whole = full_address(figure.place, address)
    short = figure.place.removeprefix(start)
    said = short if short != figure.place else whole or figure.place
    cells = [
        {"text": where, "href": "", "amount": False},
        {"text": figure.text, "href": "", "amount": True},
        {"text": said, "href": whole, "amount": False, "address": True},
    ]
    return {"depth": 0, "total": False, "cells": cells}
