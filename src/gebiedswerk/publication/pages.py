"""All pages of a dossier as plain models, and the data files beside them."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from gebiedswerk.dossier import Area, Dossier, Publication, Status, page_of
from gebiedswerk.figures import SETS, TOTAL, UNITS, Figures, NoAddress, NoFigure, parse_address
from gebiedswerk.messages import Messages
from gebiedswerk.publication.area_pages import area_pages, calendar_page
from gebiedswerk.publication.calendar import calendar_files
from gebiedswerk.publication.data import Shown, data_files
from gebiedswerk.publication.markdown import Part, Written, render, titled
from gebiedswerk.publication.models import (
    AreaPage,
    Block,
    Chart,
    DataFile,
    Frame,
    HomePage,
    Link,
    Page,
    Prose,
    PublicationPage,
    Stamp,
    Table,
    Translation,
)
from gebiedswerk.publication.pictures import asked_chart, chart_blocks
from gebiedswerk.publication.places import HOME, RESTATED, Places, area_place, publication_place, publication_root
from gebiedswerk.publication.restated import restated_figures, restated_table, restated_years
from gebiedswerk.publication.source import name_of, source_page
from gebiedswerk.publication.tables import Setting, year_table
from gebiedswerk.publication.text import TABLES, CheckedText


@dataclass(frozen=True, slots=True)
class View:
    """One publication with the figures it stands on and its checked text."""

    publication: Publication
    figures: Figures
    texts: tuple[CheckedText, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """Everything that a site shows."""

    pages: tuple[Page, ...]
    data: tuple[DataFile, ...]


def in_languages(newest: Figures, views: Sequence[View], at: datetime | None, broken: bool) -> Made:
    """The pages in every language of the dossier; the data files are the same in each, and written once."""
    made = [
        pages(newest, views, Messages(language), at, broken)
        for language in newest.dossier.settings.presentation.languages
    ]
    return Made(tuple(page for one in made for page in one.pages), made[0].data)


def pages(newest: Figures, views: Sequence[View], messages: Messages, at: datetime | None, broken: bool) -> Made:
    """Make every page model in one language.

    `at` is the moment of building, where a publication has none of its own; `broken` marks every page as a
    draft that does not add up (only `serve` shows those).
    """
    site = _Site(newest, messages, at, broken)
    made: list[Page] = [site.home(views), *(page for view in views for page in site.publication(view))]
    made += site.areas()
    account = newest.account.standing(newest.years()[-1]) if newest.years() else None
    data = list(calendar_files(newest, messages, account))
    for shown, view in _bases(newest, views):
        made += site.sources(shown, view)
        data += data_files(shown, messages)
    return Made(tuple(made), tuple(data))


def unit_cents(dossier: Dossier, publication: Publication | None = None) -> int:
    """The unit of amounts in cents: of the publication, else of the dossier."""
    unit = publication.settings.unit if publication and publication.settings.unit else None
    return (unit or dossier.settings.presentation.unit) * UNITS["euro"]


@dataclass(frozen=True, slots=True)
class _Site:
    newest: Figures
    messages: Messages
    at: datetime | None
    broken: bool

    @property
    def dossier(self) -> Dossier:
        return self.newest.dossier

    def frame(self, path: str, title: str, way: Sequence[Link], figures: Figures, view: View | None = None) -> Frame:
        return Frame(
            path=path,
            title=title,
            language=self.messages.language,
            site_title=self.messages("site.title", municipality=self.dossier.settings.municipality.name),
            breadcrumb=tuple(way),
            stamps=tuple(self._stamps(figures, view)),
            mark=self._mark(view),
            notice=self._notice(),
            root=self._root(self.messages.language),
            translations=tuple(self._translations(path)),
        )

    def _notice(self) -> str:
        municipality = self.dossier.settings.municipality
        return municipality.explanations.get(self.messages.language, municipality.explanation)

    def _root(self, language: str) -> str:
        """The folder of a language: the first one stands at the top."""
        return "" if language == self.dossier.settings.presentation.language else f"{language}/"

    def _translations(self, path: str) -> Iterator[Translation]:
        """The same page in each other language, under the name by which its readers know that language."""
        for language in self.dossier.settings.presentation.languages:
            if language != self.messages.language:
                name = Messages(language)("site.language")
                yield Translation(language, name, f"{self._root(language)}{path}")

    def _stamps(self, figures: Figures, view: View | None) -> Iterator[Stamp]:
        """The newest export among the deliveries used, and when a publication was published."""
        exports = [d.settings.exported_at for d in self.dossier.deliveries if d.id in figures.ledger.used]
        if exports:
            yield self._stamp("stamp.exported", max(exports))
        published = (view.publication.settings.published_at or self.at) if view else None
        if published is not None:
            yield self._stamp("stamp.published", published)

    def _stamp(self, label: str, moment: datetime) -> Stamp:
        return Stamp(self.messages(label), self.messages.moment(moment), moment.isoformat())

    def _mark(self, view: View | None) -> str:
        if self.broken:
            return self.messages("mark.broken")
        draft = view is not None and view.publication.settings.status is Status.DRAFT
        return self.messages("mark.draft") if draft else ""

    def home_link(self) -> Link:
        return Link(self.messages("site.home"), HOME)

    def home(self, views: Sequence[View]) -> HomePage:
        name = self.dossier.settings.municipality.name
        return HomePage(
            frame=self.frame(HOME, self.messages("site.title", municipality=name), (), self.newest),
            intro=self.messages("home.intro", municipality=name),
            publications=tuple(Link(self._title(view), publication_place(view.publication.slug)) for view in views),
            areas=tuple(Link(area.name, area_place(self.dossier, area.code)) for area in self._present_areas()),
        )

    def _present_areas(self) -> list[Area]:
        """The areas at the top that still hold; the others are found from them."""
        return [area for area in self.dossier.areas if area.parent is None and area.valid_to is None]

    def publication(self, view: View) -> Iterator[PublicationPage]:
        """The pages of a publication: `index.md` is the first, each other Markdown file one more."""
        settings, slug = view.publication.settings, view.publication.slug
        places = Places(self.dossier, publication_root(slug))
        setting = Setting(
            view.figures, places, settings.year, unit_cents(self.dossier, view.publication), self.messages
        )
        for text in self._texts(view):
            path = publication_place(slug, page_of(text.file)[0])
            title, parts = titled(list(text.parts))
            there = {f"table-{p.picture.name}" for p in parts if p.picture and p.picture.kind == "table"}
            other = text.language if text.language != self.messages.language else ""
            found = (block for part in parts for block in self._blocks(part, setting, path, there))
            blocks = _numbered(replace(block, language=other) for block in found)
            yield PublicationPage(
                frame=self.frame(path, title or self._title(view), [self.home_link()], view.figures, view),
                blocks=tuple(blocks),
                untranslated=self.messages("site.untranslated") if other else "",
                restated=self._restated(places, [settings.year], None) if self._adopted(view) else None,
            )

    def _texts(self, view: View) -> Iterator[CheckedText]:
        """The text of each page in the language of the site, else in the first language."""
        by_page: dict[str, dict[str, CheckedText]] = {}
        for text in view.texts:
            by_page.setdefault(page_of(text.file)[0], {})[text.language] = text
        for texts in by_page.values():
            first = texts.get(self.dossier.settings.presentation.language)
            found = texts.get(self.messages.language, first)
            if found is not None:
                yield found

    def _title(self, view: View) -> str:
        return view.publication.title(self.messages.language)

    def _blocks(self, part: Part, setting: Setting, path: str, there: set[str]) -> Iterator[Block]:
        """A run of prose, a table, or a chart with its table where that is not `there`; nothing for what is no such."""
        picture = part.picture
        if picture is None:
            yield Prose(render(part, lambda link: self._place(link, setting, path)))
        elif setting.figures.of_year(setting.year) is None:
            return
        elif picture.kind == "table" and picture.name in TABLES:
            yield year_table(setting, picture.name, picture.caption)
        elif picture.kind == "chart" and (asked := asked_chart(picture.name, setting.year)):
            for block in chart_blocks(setting, asked, picture.caption, there):
                there |= {block.id} if isinstance(block, Table) else set()
                yield block

    def _place(self, link: Written, setting: Setting, path: str) -> str | None:
        """Where a link in prose leads: a claim to its figure; a free number, or a claim about nothing, nowhere."""
        if link.href.startswith("free:"):
            return None
        if not link.href.startswith("figure:"):
            return link.href if urlsplit(link.href).scheme in ("", "http", "https", "mailto") else None
        try:
            address = parse_address(link.href.removeprefix("figure:"), setting.year)
            in_set = address.measure in SETS or address.measure == "count"
            address = address if in_set else setting.figures.figure(address).address
        except (NoAddress, NoFigure):
            return None
        place = setting.places.source(TOTAL, address.year or 0) if in_set else setting.places.figure(address)
        return posixpath.relpath(place, posixpath.dirname(path))

    def areas(self) -> Iterator[AreaPage]:
        """Every page of every area, and the lapse calendar."""
        setting = Setting(self.newest, Places(self.dossier), 0, unit_cents(self.dossier), self.messages)
        yield from area_pages(setting, self._framed)
        yield calendar_page(setting, self._framed)

    def _framed(self, path: str, title: str, way: Sequence[Link]) -> Frame:
        return self.frame(path, title, [self.home_link(), *way], self.newest)

    def _restated(self, places: Places, years: Sequence[int], codes: set[str] | None) -> Table | None:
        return restated_table(self.newest, self.messages, places, years, codes)

    def _adopted(self, view: View) -> bool:
        """Whether a publication holds the accounts of its year that the council adopted."""
        settings = view.publication.settings
        return settings.status is Status.ADOPTED and settings.year in self.newest.account.adopted

    def sources(self, shown: Shown, view: View | None) -> Iterator[Page]:
        """The source pages of one basis: every subject in every year."""
        way = [self.home_link()]
        if view is not None:
            way.append(Link(self._title(view), publication_place(view.publication.slug)))
        for year in shown.years:
            setting = Setting(shown.figures, shown.places, year, UNITS["cent"], self.messages)
            subjects = dict.fromkeys(found.subject for found in shown.figures.addresses() if found.year == year)
            for subject in subjects:
                path = setting.places.source(subject, year)
                title = self.messages("source.title", name=name_of(setting, subject), year=year)
                total = Link(self.messages("table.total"), setting.places.source(TOTAL, year))
                above = [] if subject == TOTAL else [total]
                yield source_page(setting, subject, self.frame(path, title, [*way, *above], shown.figures, view))


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """A table or chart that stands a second time gets a number behind its id."""
    seen: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, Table | Chart):
            seen[block.id] += 1
            yield block if seen[block.id] == 1 else replace(block, id=f"{block.id}-{seen[block.id]}")
        else:
            yield block


def _bases(newest: Figures, views: Sequence[View]) -> Iterator[tuple[Shown, View | None]]:
    """Every basis that is shown: the account that holds, restated years, and each publication up to its own year."""
    dossier = newest.dossier
    yield Shown(newest, Places(dossier), tuple(newest.years()), unit_cents(dossier)), None
    if restated_years(newest):
        yield (
            Shown(restated_figures(newest), Places(dossier, RESTATED), tuple(newest.years()), unit_cents(dossier)),
            None,
        )
    for view in views:
        publication = view.publication
        years = tuple(year for year in view.figures.years() if year <= publication.settings.year)
        places = Places(dossier, publication_root(publication.slug))
        yield Shown(view.figures, places, years, unit_cents(dossier, publication)), view
