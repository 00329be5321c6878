"""Text that is checked against figures, and one plain model per page."""

from gebiedswerk.blocks.models import AreaPage, BinaryFile, DataFile, File, Frame, LazyFile, Page, PublicationPage
from gebiedswerk.pages.publication_pages import Made, bases, in_languages, pages, publication_pages, unit_cents
from gebiedswerk.texts.check_text import CheckedText, Claim, check_text
from gebiedswerk.texts.markdown import comes_out
from gebiedswerk.texts.update_text import Updated, updated_texts
from gebiedswerk.texts.view import View

__all__ = [
    "AreaPage",
    "BinaryFile",
    "CheckedText",
    "Claim",
    "DataFile",
    "File",
    "Frame",
    "LazyFile",
    "Made",
    "Page",
    "PublicationPage",
    "Updated",
    "View",
    "bases",
    "check_text",
    "comes_out",
    "in_languages",
    "pages",
    "publication_pages",
    "unit_cents",
    "updated_texts",
]
