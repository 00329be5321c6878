"""A page as a chapter: nothing that the page says is left out."""

from __future__ import annotations

from dataclasses import replace

from gebiedswerk.blocks.models import Cell, Chart, Map, Prose, Table, TableRow
from gebiedswerk.documents.content import DocumentHeading, Paragraph, TextRun, chapter
from gebiedswerk.documents.sources import Printed, common_start, printed
from tests.documents.papers import PLACE, small_chapter, town_pages


def test_every_block_of_the_page_is_in_the_chapter() -> None:
    """Tables, charts and maps in their order, between the text."""
    for page in town_pages():
        kept = [piece for piece in chapter(page).pieces if isinstance(piece, Table | Chart | Map)]
        assert kept == [block for block in page.blocks if not isinstance(block, Prose)]


def test_what_differs_later_comes_last() -> None:
    """The differences that were found after publication stand below a heading of their own."""
    later = Table("restated", "Later gevonden", ("Cijfer", "Toen"), (TableRow((Cell("West"), Cell("−170", PLACE))),))
    page = replace(town_pages()[0], restated=later)
    assert chapter(page).pieces[:-3] == chapter(town_pages()[0]).pieces
    heading, why, table = chapter(page).pieces[-3:]
    assert isinstance(heading, DocumentHeading) and isinstance(why, Paragraph) and table == later
    assert Printed("−170", PLACE) in printed([chapter(page)])


def test_a_page_that_nobody_translated_says_so() -> None:
    """Above what the municipality says of all its pages; its words keep their language."""
    blocks = (Prose("<h2>Kop</h2>\n<p>Tekst</p>", "nl"),)
    one = chapter(replace(town_pages()[0], untranslated="Not translated yet.", blocks=blocks))
    assert one.notice.startswith("Not translated yet. Voorbeeld.")
    assert one.pieces == (DocumentHeading(2, (TextRun("Kop"),), "nl"), Paragraph((TextRun("Tekst"),), language="nl"))


def test_a_document_says_of_itself_when_it_was_made() -> None:
    """It is no page."""
    assert [stamp.partition(" 29")[0] for stamp in chapter(town_pages()[0]).stamps] == [
        "Gegevens uit de administratie van",
        "Dit document is gemaakt op",
    ]


def test_the_list_says_where_each_figure_stands_first() -> None:
    """In text below which heading, in a table in which row and column; each way of printing once."""
    found = printed([small_chapter(), small_chapter()])
    assert found == {Printed("−170", PLACE): "Geld < goed"}
    table = small_chapter().pieces[-1]
    assert printed([replace(small_chapter(), pieces=(table,))]) == {Printed("−170", PLACE): "West, Resultaat"}


def test_the_common_start_is_that_of_most() -> None:
    """One figure of another publication does not make every address long."""
    other = "publicaties/y/cijfers/west/2018.html#result"
    assert common_start([other, PLACE, PLACE]) == "publicaties/x/cijfers/"
    assert common_start([]) == ""
