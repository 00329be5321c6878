"""What every page has around its content: title, way back, stamps, marks and neighbours."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from gebiedswerk.blocks.models import Frame, Link, Stamp, Translation
from gebiedswerk.blocks.places import HOME
from gebiedswerk.core.watching import watched_by
from gebiedswerk.dossier import Dossier, Status
from gebiedswerk.figures import Figures
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.area.area_index import AreaIndex
from gebiedswerk.texts.view import View


@dataclass(frozen=True)
class SiteFacts:
    """All that the pages of one language are made of.

    `restated`: the newest account of all years as if none were adopted, where it differs. `at` is the moment of
    building, where a publication has none of its own; `broken` marks every page as a draft that does not add up.
    """

    newest: Figures
    views: tuple[View, ...]
    restated: tuple[Figures, ...] = ()
    at: datetime | None = None
    broken: bool = False

    @cached_property
    def index(self) -> AreaIndex:
        """The areas, and what happens in them."""
        return AreaIndex(self.newest.dossier)


watched_by(SiteFacts, nested=("newest", "views", "restated", "index"))


@dataclass(frozen=True, slots=True)
class Frames:
    """Makes the frame of each page of one site."""

    shown: SiteFacts
    messages: Messages

    @property
    def newest(self) -> Figures:
        """The newest figures."""
        return self.shown.newest

    @property
    def dossier(self) -> Dossier:
        """The dossier that the site shows."""
        return self.newest.dossier

    @property
    def site_title(self) -> str:
        """The name of the whole site."""
        return self.messages("site.title", municipality=self.dossier.settings.municipality.name)

    def frame(
        self,
        path: str,
        title: str,
        way: Sequence[Link],
        figures: Figures,
        view: View | None = None,
        used: Collection[str] | None = None,
    ) -> Frame:
        """The frame of the page at `path`, below the pages of `way`, on the basis of `figures`.

        `used`: the deliveries that the page rests on, where those are not all of the basis.
        """
        return Frame(
            path=path,
            title=title,
            language=self.messages.language,
            site_title=self.site_title,
            breadcrumb=tuple(way),
            stamps=tuple(self.stamps(figures, view, used)),
            mark=self.mark(view),
            notice=self._notice(),
            root=self._root(self.messages.language),
            words="" if self.messages.language == self._first else self._first,
            logo=self.dossier.house.logo_place,
            translations=tuple(self._translations(path)),
        )

    def _notice(self) -> str:
        municipality = self.dossier.settings.municipality
        return municipality.explanations.get(self.messages.language, municipality.explanation)

    def _root(self, language: str) -> str:
        """The folder of a language: the first one stands at the top."""
        return "" if language == self._first else f"{language}/"

    @property
    def _first(self) -> str:
        """The language of the dossier."""
        return self.dossier.settings.presentation.language

    def _translations(self, path: str) -> Iterator[Translation]:
        """The same page in each other language, under the name by which its readers know that language."""
        for language in self.dossier.settings.presentation.languages:
            if language != self.messages.language:
                name = Messages(language)("site.language")
                yield Translation(language, name, f"{self._root(language)}{path}")

    def stamps(self, figures: Figures, view: View | None, used: Collection[str] | None = None) -> Iterator[Stamp]:
        """The newest export among the deliveries used, and when a publication was published.

        A publication uses nothing of a year after all that it is about. A decision that it knows may stand in a file
        exported later: its moment is not that of the page, unless there is no other.
        """
        counted = tuple(sorted(figures.ledger.used if used is None else used))
        found = self.newest.exports_of(counted)
        exports = [moment for moment, years in found if view is None or view.is_about(years)]
        exports = [moment for moment in exports if figures.ledger.basis.knows(moment)] or exports
        if exports:
            yield self.stamp("stamp.exported", max(exports))
        published = self.published_at(view) if view else None
        if published is not None:
            yield self.stamp("stamp.published", published)

    def published_at(self, view: View) -> datetime | None:
        """When a publication was published: its own moment, else that of the build."""
        return view.publication.settings.published_at or self.shown.at

    def stamp(self, label: str, moment: datetime) -> Stamp:
        """A moment with its label."""
        return Stamp(self.messages(label), self.messages.moment(moment), moment.isoformat())

    def mark(self, view: View | None) -> str:
        """What is wrong with a page as a final one: a draft, or a dossier that does not add up."""
        if self.shown.broken:
            return self.messages("mark.broken")
        draft = view is not None and view.publication.settings.status is Status.DRAFT
        return self.messages("mark.draft") if draft else ""

    def title(self, view: View) -> str:
        """The title of a publication in the language of the site, else as the dossier has it."""
        titles = view.publication.settings.titles
        title = view.publication.title(self.messages.language)
        return title if self.messages.language in titles else self.messages.own(title)

    def home_link(self) -> Link:
        """The first step of every way back."""
        return Link(self.messages("site.home"), HOME)
