"""A site in parts: pages and files that are made together, each a function of what it asks of `SiteFacts`.

A part is given nothing but names; all else it asks, so that what it asked says when it must be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Generic, TypeVar

from gebiedswerk.blocks.models import File, Frame, Link, Page
from gebiedswerk.blocks.places import (
    CALENDAR,
    DELIVERIES,
    GLOSSARY,
    HOME,
    RESTATED,
    SEARCH,
    Places,
    publication_place,
    publication_root,
)
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.dossier import Dossier
from gebiedswerk.figures import TOTAL, UNITS, Figures, Subject
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.area.area_pages import calendar_page, pages_of_area
from gebiedswerk.pages.data_files import ShownBasis
from gebiedswerk.pages.deliveries_page import deliveries_page
from gebiedswerk.pages.finding import glossary_page, index_page, sitemap_page
from gebiedswerk.pages.frame import Frames, SiteFacts
from gebiedswerk.pages.home import home_page
from gebiedswerk.pages.publication_pages import Publications, unit_cents
from gebiedswerk.pages.restated import restated_figures, restated_years
from gebiedswerk.pages.source.source_origin import used_deliveries
from gebiedswerk.pages.source.source_page import name_of, source_page
from gebiedswerk.pages.source.source_postings import has_pages, postings_pages
from gebiedswerk.pages.tag_foreign_words import in_own_words
from gebiedswerk.texts.chapters import chapters
from gebiedswerk.texts.view import View

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Made:
    """Everything that a site shows."""

    pages: tuple[Page, ...]
    data: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class SitePart(Generic[T]):
    """Pages or files (`T`) that are made together. `name` is its own in the site."""

    name: str
    make: Callable[[], Sequence[T]]


def page_parts(shown: SiteFacts, asked: SiteFacts, messages: Messages) -> Iterator[SitePart[Page]]:
    """All pages of one language, in parts. `asked` is `shown` as something that records, or itself."""
    language, frames = messages.language, Frames(asked, messages)
    one = partial(_part, language)
    yield one("home", lambda: [home_page(frames, asked.views, unit_cents(asked.newest.dossier))])
    for view in shown.views:
        slug = view.publication.slug
        for at, chapter in enumerate(chapters(view, language)):
            yield one(chapter.path, partial(_publication, asked, messages, slug, at))
    for area in shown.newest.dossier.areas:
        yield one(f"gebieden/{area.code}", partial(_area, asked, messages, area.code))
    yield one(CALENDAR, lambda: [calendar_page(_newest(asked, messages), _framed(frames))])
    yield one(DELIVERIES, lambda: [_deliveries(frames)])
    yield one(SEARCH, lambda: [index_page(frames, asked.views)])
    yield one(GLOSSARY, lambda: [glossary_page(frames)])
    yield one("sitemap", lambda: [sitemap_page(frames, asked.views, _others(frames))])
    for root in roots(shown):
        basis = basis_of(shown, root)
        for year in basis.years:
            for subject in basis.figures.subjects_in(year):
                name = f"{root}cijfers/{subject}/{year}"
                yield one(name, partial(_source, asked, messages, root, subject, year))


def _part(language: str, name: str, make: Callable[[], Sequence[Page]]) -> SitePart[Page]:
    return SitePart(f"{language}:{name}", make)


def roots(shown: SiteFacts) -> Iterator[str]:
    """The folder of every basis that is shown: the account that holds, restated years, and each publication."""
    yield ""
    if shown.restated:
        yield RESTATED
    yield from (publication_root(view.publication.slug) for view in shown.views)


def basis_of(shown: SiteFacts, root: str) -> ShownBasis:
    """The basis that is shown below a folder; of a publication up to its own year."""
    dossier = shown.newest.dossier
    view = view_of(shown, root)
    if view is not None:
        years = tuple(year for year in view.figures.years() if year <= view.publication.settings.year)
        return ShownBasis(view.figures, Places(dossier, root), years, unit_cents(dossier, view.publication))
    figures = shown.restated[0] if root == RESTATED else shown.newest
    return ShownBasis(figures, Places(dossier, root), tuple(shown.newest.years()), unit_cents(dossier))


def view_of(shown: SiteFacts, root: str) -> View | None:
    """The publication that stands in a folder."""
    return next((view for view in shown.views if publication_root(view.publication.slug) == root), None)


def shown_of(newest: Figures, views: Sequence[View], at: datetime | None = None, *, broken: bool = False) -> SiteFacts:
    """All that pages are made of in the language of the dossier."""
    restated = (restated_figures(newest),) if restated_years(newest) else ()
    return SiteFacts(newest, tuple(views), restated, at, broken)


def shown_in(shown: SiteFacts, language: str) -> SiteFacts:
    """The same in a language: in another than that of the dossier all its words are marked."""
    newest, views = in_own_words(shown.newest, shown.views, language)
    return shown if newest is shown.newest else shown_of(newest, views, shown.at, broken=shown.broken)


def bases(newest: Figures, views: Sequence[View]) -> Iterator[tuple[ShownBasis, View | None]]:
    """Every basis that is shown, with its publication."""
    shown = shown_of(newest, views)
    return ((basis_of(shown, root), view_of(shown, root)) for root in roots(shown))


def source_setting(basis: ShownBasis, year: int, messages: Messages) -> Setting:
    """What the source pages of a year are made with: cents, beside the units in which other pages print."""
    units = tuple(dict.fromkeys((basis.unit_cents, UNITS["euro"])))
    return Setting(basis.figures, basis.places, year, UNITS["cent"], messages, printed_in=units)


def _newest(shown: SiteFacts, messages: Messages) -> Setting:
    """What pages about all years are made with."""
    dossier: Dossier = shown.newest.dossier
    return Setting(shown.newest, Places(dossier), 0, unit_cents(dossier), messages)


def _framed(frames: Frames) -> Callable[[str, str, Sequence[Link]], Frame]:
    """Makes the frame of a page from its place, its title and the way to it below the first page."""
    return lambda path, title, way: frames.frame(path, title, [frames.home_link(), *way], frames.newest)


def _publication(shown: SiteFacts, messages: Messages, slug: str, at: int) -> Sequence[Page]:
    """One page of a publication."""
    view = next(view for view in shown.views if view.publication.slug == slug)
    return [Publications(shown, messages).page(view, chapters(view, messages.language), at)]


def _area(shown: SiteFacts, messages: Messages, code: str) -> Sequence[Page]:
    """The pages of one area."""
    return list(pages_of_area(_newest(shown, messages), shown.index, code, _framed(Frames(shown, messages))))


def _deliveries(frames: Frames) -> Page:
    frame = frames.frame(DELIVERIES, frames.messages("deliveries.title"), [frames.home_link()], frames.newest)
    return deliveries_page(frames.newest, frames.messages, frame)


def _others(frames: Frames) -> list[Link]:
    """The pages that are no part of a publication, an area or a figure."""
    say = frames.messages
    titles = {
        HOME: frames.site_title,
        CALENDAR: say("calendar.title"),
        DELIVERIES: say("deliveries.title"),
        SEARCH: say("index.title"),
        GLOSSARY: say("glossary.title"),
    }
    return [Link(title, place) for place, title in titles.items()]


def _source(shown: SiteFacts, messages: Messages, root: str, subject: Subject, year: int) -> Sequence[Page]:
    """The source page of a subject in a year on one basis, and the pages of its postings."""
    frames, view, basis = Frames(shown, messages), view_of(shown, root), basis_of(shown, root)
    way = [frames.home_link()]
    if view is not None:
        way.append(Link(frames.title(view), publication_place(view.publication.slug)))
    setting = source_setting(basis, year, messages)
    title = messages("source.title", name=name_of(setting, subject), year=year)
    above = [] if subject == TOTAL else [Link(messages("table.total"), setting.places.source(TOTAL, year))]
    frame = partial(frames.frame, figures=basis.figures, view=view, used=used_deliveries(setting, subject))
    page = source_page(setting, subject, frame(setting.places.source(subject, year), title, [*way, *above]))
    return [page, *(postings_pages(setting, subject, frame, way) if has_pages(setting, subject) else ())]
