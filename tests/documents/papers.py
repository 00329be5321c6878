"""The example towns as pages and chapters, opened once."""

from __future__ import annotations

from functools import cache

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.models import Cell, Table, TableRow
from gebiedswerk.documents.content import Chapter, Heading, Paragraph, Run, chapter
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


def town_chapter(language: str = "nl") -> Chapter:
    """The paragraph of the example in one language."""
    return chapter(next(page for page in town_pages() if page.frame.language == language))


def small_chapter() -> Chapter:
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
        Heading(2, (Run("Geld < goed"),)),
        Paragraph((Run("Over: "), Run("−170", PLACE, strong=True), Run(" euro."))),
        Paragraph((Run("een"),), "1.", 1),
        Paragraph((Run("daaronder"),), "•", 2),
        Paragraph((Run("twee"),), "2.", 1),
        Heading(3, (Run("Nog een lijst"),)),
        Paragraph((Run("opnieuw"),), "1.", 1),
        table,
    )
    return Chapter("Paragraaf", "nl", ("Gemaakt op 1 mei 2020",), "", "Concept", pieces)
