"""All pages of areas: over all years, per year, per initiative, and the lapse calendar of all areas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gebiedswerk.blocks.models import AreaPage, Frame, Link
from gebiedswerk.blocks.places import CALENDAR, area_place, area_year_place, initiative_place
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.figures import Address, area_subject
from gebiedswerk.pages.area.area_index import AreaIndex
from gebiedswerk.pages.area.area_money import years_of_area
from gebiedswerk.pages.area.area_work import Scope
from gebiedswerk.pages.area.initiative_page import initiative_sections
from gebiedswerk.pages.area.sections import area_sections, year_links, year_sections, years_shown
from gebiedswerk.pages.lapse_calendar import calendar_sections
from gebiedswerk.pages.news import feed_place, has_news
from gebiedswerk.pages.restated import restated_table

Framed = Callable[[str, str, Sequence[Link]], Frame]
"""Makes the frame of a page from its place, its title and the way to it below the first page."""


def area_pages(setting: Setting, framed: Framed) -> Iterator[AreaPage]:
    """Every page of every area, in the order of `areas.csv`; `setting` has the newest figures and year 0."""
    index = AreaIndex(setting.figures.dossier)
    for area in setting.figures.dossier.areas:
        yield from pages_of_area(setting, index, area.code, framed)


def pages_of_area(setting: Setting, index: AreaIndex, code: str, framed: Framed) -> Iterator[AreaPage]:
    """Every page of one area: over all years, per year, per initiative."""
    exports = setting.figures.exports_of(setting.figures.ledger.used)
    scope = Scope(setting, index, code, max(exports)[0].date() if exports else None)
    way = [Link(over.name, area_place(index.dossier, over.code)) for over in index.above(code)][::-1]
    yield _area(scope, framed, way)
    yield from _years(scope, framed, way)
    yield from _initiatives(scope, framed, way)


def _area(scope: Scope, framed: Framed, way: Sequence[Link]) -> AreaPage:
    figures, messages = scope.setting.figures, scope.setting.messages
    name, place = way[-1].text, way[-1].href
    adopted = list(figures.account.adopted)
    return AreaPage(
        frame=framed(place, name, way[:-1]),
        intro=messages("area.intro" if years_of_area(scope.setting, scope.code) else "area.intro.no_money", name=name),
        sections=tuple(area_sections(scope)),
        around=year_links(scope, years_shown(scope)),
        restated=restated_table(figures, messages, scope.setting.places, adopted, _codes(scope)) if adopted else None,
        feed=Link(messages("area.feed", area=name), feed_place(scope.index.dossier, scope.code))
        if has_news(scope.index, scope.code, messages)
        else None,
    )


def _codes(scope: Scope) -> set[str]:
    """The lines of an area, over all years."""
    figures, subject = scope.setting.figures, area_subject(scope.code)
    return {line.code for year in figures.years() for line in figures.lines(Address("result", subject, year))}


def _years(scope: Scope, framed: Framed, way: Sequence[Link]) -> Iterator[AreaPage]:
    messages, years, name = scope.setting.messages, years_shown(scope), way[-1].text
    for year in years:
        place = area_year_place(scope.index.dossier, scope.code, year)
        yield AreaPage(
            frame=framed(place, messages("area.year_title", name=name, year=year), way),
            intro=messages("area.year_intro", name=name, year=year),
            sections=tuple(year_sections(scope, year)),
            around=year_links(scope, [other for other in years if other != year]),
        )


def _initiatives(scope: Scope, framed: Framed, way: Sequence[Link]) -> Iterator[AreaPage]:
    for one in scope.index.own_rows("initiatives", scope.code):
        yield AreaPage(
            frame=framed(initiative_place(scope.index.dossier, one), one.name, way),
            intro=scope.setting.messages("initiative.intro", area=way[-1].text),
            sections=tuple(initiative_sections(scope.setting, one)),
        )


def calendar_page(setting: Setting, framed: Framed) -> AreaPage:
    """The lapse calendar of the newest year."""
    figures, messages = setting.figures, setting.messages
    newest = [figures.account.standing(year) for year in figures.years()[-1:]]
    return AreaPage(
        frame=framed(CALENDAR, messages("calendar.title"), []),
        intro=messages("calendar.intro"),
        sections=tuple(calendar_sections(setting, newest[0] if newest else None)),
    )
