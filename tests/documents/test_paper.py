"""What a reader of the printed PDF, and one who hears it, relies on: headings, tables, pictures, marks and pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest

from gebiedswerk.blocks.models import Cell, Table, TableRow
from gebiedswerk.documents.content import DocumentChapter, DocumentHeading, Paragraph, Piece, TextRun
from gebiedswerk.documents.pdf import pdf_bytes
from gebiedswerk.language.messages import Messages
from tests.documents.checked import complaints, lengths_are_right
from tests.documents.papers import ADDRESS, PLACE, small_chapter, town_chapter

MADE_AT = datetime.fromisoformat("2020-06-29T16:45:58")


def paper(*chapters: DocumentChapter) -> bytes:
    """Some chapters as PDF."""
    messages = Messages(chapters[0].language)
    return pdf_bytes("Jaarstukken", "Gebiedswerk", "Gemeente", chapters, (), MADE_AT, ADDRESS, messages)


def long_chapter() -> DocumentChapter:
    """A table of 80 lines."""
    rows = tuple(
        TableRow((Cell(f"Post {number}"), Cell("−170", PLACE, amount=True, below=True))) for number in range(80)
    )
    return replace(
        small_chapter(), pieces=(DocumentHeading(2, (TextRun("Lang"),)), Table("t", "Lang", ("Budget", "Saldo"), rows))
    )


def elements(data: bytes) -> list[Any]:
    """The elements of the structure tree, in reading order."""
    return list(_below(pypdf.PdfReader(BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]["/K"]))  # type: ignore[index]


def _below(node: Any) -> Iterator[Any]:
    found = node.get_object()
    if isinstance(found, list):
        for one in found:
            yield from _below(one)
    elif isinstance(found, dict) and "/S" in found:
        yield found
        yield from _below(found["/K"]) if "/K" in found else ()


def kind(element: Any) -> str:
    """The name of an element, as the standard has it."""
    return str(element["/S"]).removeprefix("/")


def test_a_long_table_names_its_columns_on_every_page() -> None:
    """80 lines take three pages; the head is printed on each, and no line is broken."""
    reader = pypdf.PdfReader(BytesIO(paper(long_chapter())))
    pages = [page.extract_text() for page in reader.pages]
    held = [text for text in pages if "Post " in text and "cijfers" not in text]
    assert len(held) >= 2
    assert all("Budget Saldo" in text.replace("\n", " ") for text in held)
    lines = [line for text in held for line in text.splitlines() if line.startswith("Post ")]
    assert lines == [f"Post {number} −170" for number in range(80)]


def test_a_small_table_stands_on_one_page() -> None:
    """Pushed to the foot of a page, it goes on to the next as a whole, with its caption."""
    rows = tuple(TableRow((Cell(f"Post {number}"), Cell("1", amount=True))) for number in range(10))
    text = Paragraph((TextRun("Een zin die een regel vult, en dan nog een halve erbij. " * 3),))
    for filled in range(9, 15):
        pieces: tuple[Piece, ...] = (*([text] * filled), Table("t", "Bijschrift", ("Budget", "Saldo"), rows))
        pages = [
            page.extract_text()
            for page in pypdf.PdfReader(BytesIO(paper(replace(small_chapter(), pieces=pieces)))).pages
        ]
        held = [page for page in pages if "Bijschrift" in page or "Post " in page]
        assert len(held) == 1, filled


@pytest.mark.parametrize("language", ["nl", "en"])
def test_its_structure_holds_what_the_eye_sees(language: str) -> None:
    """Every picture has an alternative, every table heads with a scope, and no heading skips a level."""
    one = town_chapter(language)
    found = elements(paper(one, one))
    pictures = [element for element in found if kind(element) == "Figure"]
    charts = [piece for piece in one.pieces if type(piece).__name__ in ("Chart", "Map")]
    assert len(pictures) == 2 * len(charts) > 0
    assert all(len(str(element["/Alt"])) > 40 for element in pictures)
    tables = [element for element in found if kind(element) == "Table"]
    assert len(tables) == 2 * sum(isinstance(piece, Table) for piece in one.pieces) + 1
    for table in tables:
        heads = [element for element in _below(table) if kind(element) == "TH"]
        assert heads and all(_attribute(head, "/Scope") == "/Column" for head in heads)
    levels = [int(kind(element)[1]) for element in found if kind(element) in ("H1", "H2", "H3", "H4")]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))


def _attribute(element: Any, name: str) -> str:
    given = element["/A"].get_object()
    return str(next(one.get_object()[name] for one in (given if isinstance(given, list) else [given]) if name in one))


def test_a_draft_says_so_on_every_page_that_has_a_head() -> None:
    """And a final document nowhere."""
    for mark in ("Concept", ""):
        one = replace(long_chapter(), mark=mark)
        pages = pypdf.PdfReader(BytesIO(paper(one))).pages
        assert len(pages) >= 4
        assert [("Concept" in page.extract_text()) for page in pages] == [bool(mark)] * len(pages)


def test_words_in_another_language_say_so(tmp_path: Path) -> None:
    """Text that nobody translated keeps its own language, for the voice that reads it."""
    pieces = (Paragraph((TextRun("In het Nederlands."),), language="nl"), Paragraph((TextRun("In English."),)))
    data = paper(replace(small_chapter(), language="en", pieces=pieces))
    assert "/nl" in {f"/{element['/Lang']}" for element in elements(data) if "/Lang" in element}
    (tmp_path / "a.pdf").write_bytes(data)
    assert complaints(tmp_path / "a.pdf") == []


def test_the_properties_are_those_of_the_publication() -> None:
    """Title, the municipality as author, and the moment of the publication and not of a clock."""
    about = pypdf.PdfReader(BytesIO(paper(small_chapter()))).metadata
    assert about is not None
    assert (about.title, about.author) == ("Jaarstukken", "Gemeente")
    assert about.creation_date is not None and about.creation_date.replace(tzinfo=None) == MADE_AT
    assert paper(small_chapter()) == paper(small_chapter())


def test_a_wrong_length_is_seen() -> None:
    """One byte more or less than the stream has is wrong; a carriage return at its end belongs to it."""
    for length, right in ((5, True), (4, False), (6, False)):
        assert lengths_are_right(b"1 0 obj\n<</Length %d/Type/X>>\nstream\nabcd\r\nendstream\n" % length) is right
