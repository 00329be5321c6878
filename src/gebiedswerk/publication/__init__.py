"""Text that is checked against figures, and one plain model per page."""

from gebiedswerk.publication.models import DataFile, Frame, Page
from gebiedswerk.publication.pages import Made, in_languages, pages, unit_cents
from gebiedswerk.publication.text import CheckedText, Claim, check_text
from gebiedswerk.publication.update import Updated, updated
from gebiedswerk.publication.view import View

__all__ = [
    "CheckedText",
    "Claim",
    "DataFile",
    "Frame",
    "Made",
    "Page",
    "Updated",
    "View",
    "check_text",
    "in_languages",
    "pages",
    "unit_cents",
    "updated",
]
