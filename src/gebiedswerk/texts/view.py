"""One publication as it is shown: on its own figures, with its checked text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gebiedswerk.core.watching import watched_by
from gebiedswerk.dossier import Publication
from gebiedswerk.figures import Figures
from gebiedswerk.texts.check_text import CheckedText


@dataclass(frozen=True, slots=True)
class View:
    """One publication with the figures it stands on and its checked text."""

    publication: Publication
    figures: Figures
    texts: tuple[CheckedText, ...]

    @property
    def moment(self) -> datetime | None:
        """When it was published, else the moment on which it stands: of an adopted one, as it was adopted."""
        return self.publication.settings.published_at or self.figures.ledger.basis.as_of

    def is_about(self, years: Iterable[int]) -> bool:
        """Whether it says something of any of these years: of its own, of one before it, or of one it names."""
        named = {claim.address.year for text in self.texts for claim in text.claims}
        return any(year <= self.publication.settings.year or year in named for year in years)


watched_by(View, nested=("publication", "figures"), through=("moment",))
