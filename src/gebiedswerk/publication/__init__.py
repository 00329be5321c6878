"""Text that is checked against figures, and one plain model per page."""

from gebiedswerk.publication.models import DataFile, Page
from gebiedswerk.publication.pages import Made, View, pages, unit_cents
from gebiedswerk.publication.text import CheckedText, Claim, check_text
from gebiedswerk.publication.update import Updated, updated

__all__ = [
    "CheckedText",
    "Claim",
    "DataFile",
    "Made",
    "Page",
    "Updated",
    "View",
    "check_text",
    "pages",
    "unit_cents",
    "updated",
]
