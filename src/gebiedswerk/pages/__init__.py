"""Text that is checked against figures, and one plain model per page."""

from gebiedswerk.blocks.models import AreaPage, BinaryFile, DataFile, File, Frame, LazyFile, Page, PublicationPage
from gebiedswerk.pages.frame import SiteFacts
from gebiedswerk.pages.page_parts import Made, SitePart, bases, basis_of, page_parts, roots, shown_in, shown_of, view_of
from gebiedswerk.pages.publication_pages import Publications, publication_pages, unit_cents
from gebiedswerk.texts.check_text import CheckedText, Claim, check_text, read_text
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
    "Publications",
    "SiteFacts",
    "SitePart",
    "Updated",
    "View",
    "bases",
    "basis_of",
    "check_text",
    "comes_out",
    "page_parts",
    "publication_pages",
    "read_text",
    "roots",
    "shown_in",
    "shown_of",
    "unit_cents",
    "updated_texts",
    "view_of",
]
