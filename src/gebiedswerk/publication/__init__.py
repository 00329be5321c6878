"""Text that is checked against figures, and one plain model per page."""

from gebiedswerk.publication.markdown import comes_out
from gebiedswerk.publication.models import (
    AreaPage,
    BinaryFile,
    DataFile,
    File,
    Frame,
    LazyFile,
    Page,
    PublicationPage,
)
from gebiedswerk.publication.pages import Made, bases, in_languages, pages, publication_pages, unit_cents
from gebiedswerk.publication.text import CheckedText, Claim, check_text
from gebiedswerk.publication.update import Updated, updated
from gebiedswerk.publication.view import View

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
    "updated",
]
