"""All pages of a dossier as plain models, and the data files beside them."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from gebiedswerk.blocks.models import (
    AreaPage,
    Block,
    Chart,
    DeliveriesPage,
    File,
    Frame,
    Link,
    Map,
    Page,
    Prose,
    PublicationPage,
    Table,
)
from gebiedswerk.blocks.places import DELIVERIES, RESTATED, Places, publication_place, publication_root, whole_place
from gebiedswerk.blocks.reserves_table import RESERVES_TABLE, reserves_table
from gebiedswerk.blocks.year_tables import Setting, year_table
from gebiedswerk.dossier import Dossier, Publication, Status
from gebiedswerk.figures import COUNT, SETS, TOTAL, UNITS, Figures, NoAddress, NoFigure, parse_address
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.area.area_pages import area_pages, calendar_page
from gebiedswerk.pages.data_files import ShownBasis, data_files
from gebiedswerk.pages.deliveries_page import deliveries_page
from gebiedswerk.pages.finding import glossary_page, index_page, sitemap_page
from gebiedswerk.pages.frame import Frames
from gebiedswerk.pages.home import home_page
from gebiedswerk.pages.lapse_calendar import calendar_files
from gebiedswerk.pages.restated import restated_figures, restated_table, restated_years
from gebiedswerk.pages.source.source_origin import used_deliveries
from gebiedswerk.pages.source.source_page import name_of, source_page
from gebiedswerk.pages.source.source_postings import has_pages, postings_pages
from gebiedswerk.pages.tag_foreign_words import in_own_words
from gebiedswerk.pages.work_files import table_files
from gebiedswerk.pictures.chart_kinds import asked_for, picture_blocks
from gebiedswerk.texts.chapters import Chapter, around, chapters
from gebiedswerk.texts.check_text import TABLES
from gebiedswerk.texts.claims import not_nearest
from gebiedswerk.texts.markdown import ProsePart, Written, render, written
from gebiedswerk.texts.view import View


@dataclass(frozen=True, slots=True)
class Made:
    """Everything that a site shows."""

    pages: tuple[Page, ...]
    data: tuple[File, ...]


def in_languages(newest: Figures, views: Sequence[View], at: datetime | None, broken: bool) -> Made:
    """The pages in every language of the dossier; the data files are the same in each, and written once."""
    first = newest.dossier.settings.presentation.language
    made = (
        page
        for language in newest.dossier.settings.presentation.languages
        for page in pages(*in_own_words(newest, views, language), Messages(language, first), at, broken)
    )
    return Made(tuple(made), tuple(_data(newest, views, Messages(first))))


def _data(newest: Figures, views: Sequence[View], messages: Messages) -> Iterator[File]:
    """The data files beside the pages."""
    account = newest.account.standing(newest.years()[-1]) if newest.years() else None
    yield from calendar_files(newest, messages, account)
    yield from table_files(newest.dossier)
    for shown, _ in bases(newest, views):
        yield from data_files(shown, messages)


def pages(newest: Figures, views: Sequence[View], messages: Messages, at: datetime | None, broken: bool) -> list[Page]:
    """Make every page model in one language.

    `at` is the moment of building, where a publication has none of its own; `broken` marks every page as a
    draft that does not add up (only `serve` shows those).
    """
    site = _Site(newest, messages, at, broken)
    made: list[Page] = [page for view in views for page in site.publication(view)]
    made += site.areas()
    made.append(site.deliveries())
    made = [home_page(site, views, unit_cents(newest.dossier)), *made, index_page(site, views), glossary_page(site)]
    made.append(sitemap_page(site, views, _others(made)))
    for shown, view in bases(newest, views):
        made += site.sources(shown, view)
    return made


def publication_pages(newest: Figures, views: Sequence[View]) -> list[PublicationPage]:
    """The pages of some publications alone, in every language."""
    sites = [_Site(newest, Messages(one), None, False) for one in newest.dossier.settings.presentation.languages]
    return [page for site in sites for view in views for page in site.publication(view)]


def _others(made: Iterable[Page]) -> list[Link]:
    """The pages that are no part of a publication, an area or a figure."""
    folders = ("publicaties/", "gebieden/")
    return [Link(page.frame.title, page.frame.path) for page in made if not page.frame.path.startswith(folders)]


def unit_cents(dossier: Dossier, publication: Publication | None = None) -> int:
    """The unit of amounts in cents: of the publication, else of the dossier."""
    unit = publication.settings.unit if publication and publication.settings.unit else None
    return (unit or dossier.settings.presentation.unit) * UNITS["euro"]


@dataclass(frozen=True, slots=True)
class _Site(Frames):
    def publication(self, view: View) -> Iterator[PublicationPage]:
        """The pages of a publication: `index.md` is the first, each other Markdown file one more."""
        settings, slug = view.publication.settings, view.publication.slug
        places = Places(self.dossier, publication_root(slug))
        labels = view.publication.labels(self.messages.language, self.dossier.settings.presentation.language)
        setting = Setting(
            view.figures, places, settings.year, unit_cents(self.dossier, view.publication), self.messages, labels
        )
        found = chapters(view, self.messages.language)
        for chapter in found:
            there = {f"table-{p.picture.name}" for p in chapter.parts if p.picture and p.picture.kind == "table"}
            other = chapter.language if chapter.language != self.messages.language else ""
            blocks = (block for part in chapter.parts for block in self._blocks(part, setting, chapter.path, there))
            frame = self.frame(chapter.path, chapter.title, self._way_to(chapter, found), view.figures, view)
            yield PublicationPage(
                frame=replace(frame, **around(chapter, found, self.messages)),
                blocks=tuple(_numbered(replace(block, language=other) for block in blocks)),
                untranslated=self.messages("site.untranslated") if other else "",
                documents=tuple(self._documents(view, frame, found)),
                restated=self._restated(places, [settings.year], None) if self._adopted(view) else None,
            )

    def _documents(self, view: View, frame: Frame, found: Sequence[Chapter]) -> Iterator[Link]:
        """The same words to take along: this page, the whole publication, and its tables."""
        slug, year = view.publication.slug, view.publication.settings.year
        stem = frame.place.removesuffix(".html")
        for kind in ("pdf", "docx", "htm"):
            yield Link(self.messages(f"document.{kind}"), f"{stem}.{kind}")
        if len(found) > 1:
            yield Link(self.messages("document.pdf_whole"), frame.root + whole_place(slug))
        if view.figures.of_year(year) is not None:
            yield Link(self.messages("document.workbook"), Places(self.dossier, publication_root(slug)).workbook(year))

    def _way_to(self, chapter: Chapter, found: Sequence[Chapter]) -> list[Link]:
        """The way to a page of a publication: home, and its first page where that is another."""
        first = next(one for one in found if one.is_first)
        return [self.home_link(), *([] if chapter is first else [first.link])]

    def _blocks(self, part: ProsePart, setting: Setting, path: str, there: set[str]) -> Iterator[Block]:
        """A run of prose, a table, or a chart with its table where that is not `there`; nothing for what is no such."""
        picture = part.picture
        if picture is None:
            exact = [self._exact(link, setting) for link in written(part)]
            titles = iter(exact)
            html = render(part, lambda link: self._place(link, setting, path), lambda _: next(titles))
            yield Prose(f"{html}<p>{self.messages('text.exact')}</p>\n" if any(exact) else html)
        elif setting.figures.of_year(setting.year) is None:
            return
        elif picture.kind == "table" and picture.name == RESERVES_TABLE:
            yield reserves_table(setting, picture.caption)
        elif picture.kind == "table" and picture.name in TABLES:
            yield year_table(setting, picture.name, picture.caption)
        elif picture.kind != "table" and (asked := asked_for(picture.kind, picture.name, setting.year)):
            for block in picture_blocks(setting, asked, picture.caption, there):
                there |= {block.id} if isinstance(block, Table) else set()
                yield block

    def _exact(self, link: Written, setting: Setting) -> str:
        """That a claim is not the nearest number: it was rounded with the table in which it stands. Else nothing."""
        if not link.href.startswith("figure:"):
            return ""
        try:
            address = parse_address(link.href.removeprefix("figure:"), setting.year)
            odd = not_nearest(link.text, address, setting.figures, setting.unit_cents, self.messages.language)
        except (NoAddress, NoFigure):
            return ""
        return self.messages("text.exact.one") if odd else ""

    def _place(self, link: Written, setting: Setting, path: str) -> str | None:
        """Where a link in prose leads: a claim to its figure; a free number, or a claim about nothing, nowhere."""
        if link.href.startswith("free:"):
            return None
        if not link.href.startswith("figure:"):
            return link.href if urlsplit(link.href).scheme in ("", "http", "https", "mailto") else None
        try:
            address = parse_address(link.href.removeprefix("figure:"), setting.year)
            in_set = address.measure in SETS or address.measure == COUNT
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

    def deliveries(self) -> DeliveriesPage:
        """The page of delivered files."""
        frame = self.frame(DELIVERIES, self.messages("deliveries.title"), [self.home_link()], self.newest)
        return deliveries_page(self.newest, self.messages, frame)

    def _framed(self, path: str, title: str, way: Sequence[Link]) -> Frame:
        return self.frame(path, title, [self.home_link(), *way], self.newest)

    def _restated(self, places: Places, years: Sequence[int], codes: set[str] | None) -> Table | None:
        return restated_table(self.newest, self.messages, places, years, codes)

    def _adopted(self, view: View) -> bool:
        """Whether a publication holds the accounts of its year that the council adopted."""
        settings = view.publication.settings
        return settings.status is Status.ADOPTED and settings.year in self.newest.account.adopted

    def sources(self, shown: ShownBasis, view: View | None) -> Iterator[Page]:
        """The source pages of one basis: every subject in every year."""
        way = [self.home_link()]
        if view is not None:
            way.append(Link(self.title(view), publication_place(view.publication.slug)))
        for year in shown.years:
            setting = source_setting(shown, year, self.messages)
            for subject in (one for one, of in shown.figures.subjects() if of == year):
                path = setting.places.source(subject, year)
                title = self.messages("source.title", name=name_of(setting, subject), year=year)
                total = Link(self.messages("table.total"), setting.places.source(TOTAL, year))
                above = [] if subject == TOTAL else [total]
                frame = partial(self.frame, figures=shown.figures, view=view, used=used_deliveries(setting, subject))
                yield source_page(setting, subject, frame(path, title, [*way, *above]))
                if has_pages(setting, subject):
                    yield from postings_pages(setting, subject, frame, way)


def source_setting(shown: ShownBasis, year: int, messages: Messages) -> Setting:
    """What the source pages of a year are made with: cents, beside the units in which other pages print."""
    units = tuple(dict.fromkeys((shown.unit_cents, UNITS["euro"])))
    return Setting(shown.figures, shown.places, year, UNITS["cent"], messages, printed_in=units)


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """A table, chart or map that stands a second time gets a number behind its id."""
    seen: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, Table | Chart | Map):
            seen[block.id] += 1
            yield block if seen[block.id] == 1 else replace(block, id=f"{block.id}-{seen[block.id]}")
        else:
            yield block


def bases(newest: Figures, views: Sequence[View]) -> Iterator[tuple[ShownBasis, View | None]]:
    """Every basis that is shown: the account that holds, restated years, and each publication up to its own year."""
    dossier = newest.dossier
    yield ShownBasis(newest, Places(dossier), tuple(newest.years()), unit_cents(dossier)), None
    if restated_years(newest):
        yield (
            ShownBasis(restated_figures(newest), Places(dossier, RESTATED), tuple(newest.years()), unit_cents(dossier)),
            None,
        )
    for view in views:
        publication = view.publication
        years = tuple(year for year in view.figures.years() if year <= publication.settings.year)
        places = Places(dossier, publication_root(publication.slug))
        yield ShownBasis(view.figures, places, years, unit_cents(dossier, publication)), view
