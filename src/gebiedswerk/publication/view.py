"""One publication as it is shown: on its own figures, with its checked text."""

from __future__ import annotations

from collections.abc import Iterable
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

    def is_about(self, years: Iterable[int]) -> bool:
        """Whether it says something of any of these years: of its own, of one before it, or of one it names."""
        named = {claim.address.year for text in self.texts for claim in text.claims}
        return any(year <= self.publication.settings.year or year in named for year in years)
