"""The example towns as pages and chapters, opened once."""

from __future__ import annotations

from functools import cache

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.models import Cell, Table, TableRow
from gebiedswerk.documents.content import DocumentChapter, DocumentHeading, Paragraph, TextRun, chapter
from gebiedswerk.pages import PublicationPage, publication_pages
from tests.conftest import ROOT

ADDRESS = "https://gebieden.example.nl/"
PLACE = "publicaties/x/cijfers/west/2019.html#result"


@cache
def town_pages(name: str = "groningen") -> tuple[PublicationPage, ...]:
    """The pages of the publications of an example."""
    opened = open_dossier(ROOT / "examples" / name)
    assert opened.newest is not None
    return tuple(publication_pages(opened.newest, opened.views))


def town_chapter(language: str = "nl") -> DocumentChapter:
    """The paragraph of the example in one language."""
    return chapter(next(page for page in town_pages() if page.frame.language == language))


def small_chapter() -> DocumentChapter:
    """One of everything that a chapter can hold."""
    table = Table(
        id="t",
        caption="Resultaat & meer",
        columns=("Budget", "Resultaat"),
        rows=(
            TableRow((Cell("West"), Cell("−170", PLACE, amount=True, below=True))),
            TableRow((Cell("Totaal"), Cell("−170", PLACE, amount=True, below=True)), total=True),
        ),
        note="Afgerond.",
    )
    pieces = (
        DocumentHeading(2, (TextRun("Geld < goed"),)),
        Paragraph((TextRun("Over: "), TextRun("−170", PLACE, strong=True), TextRun(" euro."))),
        Paragraph((TextRun("een"),), "1.", 1),
        Paragraph((TextRun("daaronder"),), "•", 2),
        Paragraph((TextRun("twee"),), "2.", 1),
        DocumentHeading(3, (TextRun("Nog een lijst"),)),
        Paragraph((TextRun("opnieuw"),), "1.", 1),
        table,
    )
    return DocumentChapter("Paragraaf", "nl", ("Gemaakt op 1 mei 2020",), "", "Concept", pieces)
