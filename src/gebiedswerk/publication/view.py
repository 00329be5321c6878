"""One publication as it is shown: on its own figures, with its checked text."""

from __future__ import annotations

from dataclasses import dataclass

from gebiedswerk.dossier import Publication
from gebiedswerk.figures import Figures
from gebiedswerk.publication.text import CheckedText


@dataclass(frozen=True, slots=True)
class View:
    """One publication with the figures it stands on and its checked text."""

    publication: Publication
    figures: Figures
    texts: tuple[CheckedText, ...]
