"""A chapter as a Word document: real structure, nothing of the template, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime

import docx
from docx.oxml.ns import qn

from gebiedswerk.blocks.models import Chart, Map, Table
from gebiedswerk.documents.content import DocumentChapter, Paragraph, TextRun
from gebiedswerk.documents.docx import docx_bytes
from gebiedswerk.documents.illustration import shown
from gebiedswerk.documents.sources import printed
from gebiedswerk.language.messages import Messages
from tests.documents.papers import ADDRESS, PLACE, small_chapter, town_chapter

MADE_AT = datetime.fromisoformat("2020-06-29T16:45:58")


def written(*chapters: DocumentChapter, address: str = ADDRESS, made_at: datetime | None = MADE_AT) -> bytes:
    return docx_bytes("Jaarstukken", "Gemeente", chapters, made_at, address, Messages(chapters[0].language))


def read(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def test_the_same_chapter_gives_the_same_bytes() -> None:
    """No clock and no chance is in it, also of a draft without a moment."""
    assert written(small_chapter()) == written(small_chapter())
    assert written(small_chapter(), made_at=None) == written(small_chapter(), made_at=None)
    with zipfile.ZipFile(io.BytesIO(written(small_chapter()))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.namelist()[0] == "[Content_Types].xml"


def test_nothing_of_the_template_is_left() -> None:
    """Its author, its day, its thumbnail and its language are gone; ours stand there."""
    with zipfile.ZipFile(io.BytesIO(written(small_chapter()))) as parts:
        names, texts = parts.namelist(), [parts.read(name) for name in parts.namelist() if name.endswith((".xml", "s"))]
    assert not [name for name in names if "thumbnail" in name or "customXml" in name or "Effects" in name]
    assert not [text for text in texts if b"python-docx" in text or b"Macintosh" in text or b"2013-12" in text]
    about = read(written(small_chapter())).core_properties
    assert (about.author, about.last_modified_by, about.title) == ("Gemeente", "Gemeente", "Jaarstukken")
    assert (about.created.replace(tzinfo=None), about.language) == (MADE_AT, "nl-NL")


def test_the_language_is_said() -> None:
    """Dutch and English of Great Britain; a chapter in another language says it of its words."""
    for language, code in (("nl", "nl-NL"), ("en", "en-GB")):
        word = read(written(replace(small_chapter(), language=language)))
        assert {lang.get(qn("w:val")) for lang in word.styles.element.iter(qn("w:lang"))} == {code}
    both = read(written(small_chapter(), replace(small_chapter(), language="en")))
    assert {lang.get(qn("w:val")) for lang in both.element.iter(qn("w:lang"))} == {"en-GB"}


def test_headings_are_headings() -> None:
    """A chapter alone starts at level 1; of several the titles do."""

    def headings(*chapters: DocumentChapter) -> list[tuple[str, str]]:
        lines = read(written(*chapters)).paragraphs
        return [(line.style.name, line.text) for line in lines if (line.style.name or "").startswith(("Head", "Title"))]  # type: ignore[union-attr]

    alone = [("Title", "Jaarstukken"), ("Heading 1", "Geld < goed"), ("Heading 2", "Nog een lijst")]
    assert headings(small_chapter()) == alone
    assert headings(small_chapter(), small_chapter())[:3] == [
        ("Title", "Jaarstukken"),
        ("Heading 1", "Paragraaf"),
        ("Heading 2", "Geld < goed"),
    ]


def test_each_numbered_list_counts_by_itself() -> None:
    """The items of one list share a number; the list below another heading starts again."""
    lines = [line for line in read(written(small_chapter())).paragraphs if line.style.name.startswith("List")]  # type: ignore[union-attr]
    assert [line.style.name for line in lines] == ["List Number", "List Bullet 2", "List Number", "List Number"]  # type: ignore[union-attr]
    one, two, again = (line._p.pPr.numPr.numId.val for line in lines if line.style.name == "List Number")  # type: ignore[union-attr]
    assert one == two != again


def test_tables_name_their_columns_on_every_page() -> None:
    """Caption above, heading row repeated, rows unbroken, amounts to the right, the total in bold."""
    word = read(written(small_chapter()))
    table = word.tables[0]
    assert "Resultaat & meer" in [line.text for line in word.paragraphs if line.style.name == "Caption"]  # type: ignore[union-attr]
    assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows] == [True, False, False]
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    assert table._tbl.find(f".//{qn('w:tblCaption')}").get(qn("w:val")) == "Resultaat & meer"
    assert table.cell(1, 1).paragraphs[0].alignment == 2
    assert [cell.text for cell in table.rows[2].cells] == ["Totaal", "−170"]


def test_figures_lead_to_their_source() -> None:
    """With an address each figure is a link to where it follows from its postings; without one it is only words."""
    links = [line for line in read(written(small_chapter())).paragraphs if line.hyperlinks]
    assert [(link.text, link.url) for line in links for link in line.hyperlinks] == [("−170", f"{ADDRESS}{PLACE}")]
    assert not [line for line in read(written(small_chapter(), address="")).paragraphs if line.hyperlinks]


def test_the_example_prints_the_figures_of_its_page() -> None:
    """Every figure of the page is in the document with the same words and the address of its source."""
    for language in ("nl", "en"):
        one = town_chapter(language)
        word = read(written(one))
        lines = [
            *word.paragraphs,
            *(line for t in word.tables for r in t.rows for c in r.cells for line in c.paragraphs),
        ]
        found = {(link.text, link.url) for line in lines for link in line.hyperlinks}
        wanted = {(figure.text, f"{ADDRESS}{figure.place}") for figure in printed([one])}
        assert wanted and wanted <= found


def test_a_picture_stands_there_with_its_words() -> None:
    """Each chart and map of the page: a caption above it, an alternative, and its drawing as PNG."""
    one = town_chapter()
    word = read(written(one))
    wanted = [piece for piece in one.pieces if isinstance(piece, Chart | Map)]
    told = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert wanted and told == [shown(piece, one).alternative for piece in wanted]
    captions = [line.text for line in word.paragraphs if line.style is not None and line.style.name == "Caption"]
    assert {piece.caption for piece in wanted} <= set(captions)
    assert written(one) == written(one)


def test_words_that_nobody_translated_say_their_language() -> None:
    """In an English chapter the Dutch words say so, and the English ones after them nothing."""
    pieces = (Paragraph((TextRun("Nederlands"),), language="nl"), Paragraph((TextRun("English"),)))
    word = read(written(replace(small_chapter(), language="en", pieces=pieces)))
    told = [(line.text, [lang.get(qn("w:val")) for lang in line._p.iter(qn("w:lang"))]) for line in word.paragraphs]
    assert told[-2:] == [("Nederlands", ["nl-NL"]), ("English", [])]


def test_a_small_table_stays_together() -> None:
    """Its lines keep to the next one; those of a long table may part."""
    small = next(piece for piece in small_chapter().pieces if isinstance(piece, Table))
    long = replace(small, rows=small.rows[:1] * 80)
    for table, kept in ((small, len(small.rows)), (long, 0)):
        word = read(written(replace(small_chapter(), pieces=(table,))))
        lines = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in word.tables[0].rows]
        assert lines.count(True) == kept and len(lines) == len(table.rows) + 1
