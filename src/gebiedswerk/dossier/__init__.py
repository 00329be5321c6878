"""The folder that holds everything: its schema, reading and checking, and the one writer (`apply`)."""

from typing import TYPE_CHECKING, Any

from gebiedswerk.dossier import cache, safe_files
from gebiedswerk.dossier.area_shapes import areas_on_map, division_year, files_of, from_elsewhere, polygons_of
from gebiedswerk.dossier.checks.series import passings
from gebiedswerk.dossier.house_style import Font, House
from gebiedswerk.dossier.model import NEWEST, Basis, Delivery, Dossier, Publication, page_of, standing
from gebiedswerk.dossier.reader import read
from gebiedswerk.dossier.rooted import PlaceRefused, Root, RootedPlace
from gebiedswerk.dossier.settings import ChapterPart, DeliveryKind, Profile, PublicationKind, Status
from gebiedswerk.dossier.tables import Area, BudgetKind, BudgetRow, BudgetStatus

if TYPE_CHECKING:
    from gebiedswerk.dossier.writing.apply import apply

__all__ = [
    "NEWEST",
    "Area",
    "Basis",
    "BudgetKind",
    "BudgetRow",
    "BudgetStatus",
    "ChapterPart",
    "Delivery",
    "DeliveryKind",
    "Dossier",
    "Font",
    "House",
    "PlaceRefused",
    "Profile",
    "Publication",
    "PublicationKind",
    "Root",
    "RootedPlace",
    "Status",
    "apply",
    "areas_on_map",
    "cache",
    "division_year",
    "files_of",
    "from_elsewhere",
    "page_of",
    "passings",
    "polygons_of",
    "read",
    "safe_files",
    "standing",
]


def __getattr__(name: str) -> Any:
    """The writer, for whoever writes: most who read a dossier need nothing of it."""
    if name == "apply":
        from gebiedswerk.dossier.writing.apply import apply

        return apply
    raise AttributeError(name)
