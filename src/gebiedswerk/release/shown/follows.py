"""What follows from the figures of a release alone: source pages, and files with data, as this program would make them.

Only their content is compared, never their form: another version may lay a page out otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from gebiedswerk.account import MEASURES
from gebiedswerk.blocks.headings import year_of_phase
from gebiedswerk.blocks.models import AreaPage, Cell, Frame, HomePage, Page, PostingsPage, Sentence, SourcePage, Table
from gebiedswerk.blocks.places import DELIVERIES, HOME, Places, publication_root
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.figures import UNITS, Address, line_subject
from gebiedswerk.language.languages import DUTCH
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.area.area_money import lines_table, years_of_area
from gebiedswerk.pages.area.area_pages import area_pages, calendar_page
from gebiedswerk.pages.data_files import ShownBasis
from gebiedswerk.pages.deliveries_page import deliveries_page
from gebiedswerk.pages.home import home_figures
from gebiedswerk.pages.lapse_calendar import calendar_sections
from gebiedswerk.pages.page_parts import source_setting
from gebiedswerk.pages.source.source_page import name_of, source_page
from gebiedswerk.pages.source.source_postings import has_pages, postings_pages
from gebiedswerk.pictures.waterfall import milestone_table, milestones
from gebiedswerk.release.recount import Recount
from gebiedswerk.release.shown.figure_links import Source

PUBLICATIONS: str = publication_root("").removesuffix("/")
Parts = Mapping[str, frozenset[str]]
"""Place of a figure → the words of its parts, which have no place of their own."""


@dataclass(frozen=True)
class Follows:
    """The pages and parts of figures that a release must show, worked out where they are asked for."""

    found: Recount

    def source(self, source: Source, language: str) -> SourcePage:
        """A source page, without its frame."""
        setting = self._setting(source, language)
        title = setting.messages("source.title", name=name_of(setting, source.subject), year=source.year)
        return source_page(setting, source.subject, _framed("", title, ()))

    def postings(self, source: Source, language: str) -> Mapping[str, PostingsPage]:
        """The further pages of postings of a source page, by their place."""
        setting = self._setting(source, language)
        if not has_pages(setting, source.subject):
            return {}
        return {page.frame.path: page for page in postings_pages(setting, source.subject, _framed, ())}

    def pages(self, language: str) -> Mapping[str, Page]:
        """The pages of areas, the calendar and the deliveries, by their place in no language; without their frame."""
        if language not in self._pages:
            newest = self.found.bases[0]
            places = Places(self.found.dossier)
            setting = Setting(newest.figures, places, 0, self.unit_cents, Messages(language))
            made: list[Page] = [*area_pages(setting, _framed), calendar_page(setting, _framed)]
            made.append(
                deliveries_page(
                    newest.figures, setting.messages, _framed(DELIVERIES, setting.messages("deliveries.title"), ())
                )
            )
            self._pages[language] = {page.frame.path: page for page in made}
        return self._pages[language]

    @cached_property
    def _pages(self) -> dict[str, Mapping[str, Page]]:
        return {}

    def home(self, language: str) -> HomePage:
        """The first page, with its figures alone, of the year that its phase calls for."""
        bases = self.found.bases
        years = [max(one.basis.years) for one in bases if one.basis.root.startswith(PUBLICATIONS) and one.basis.years]
        year = year_of_phase(bases[0].figures, years)
        setting = Setting(bases[0].figures, Places(self.found.dossier), year, self.unit_cents, Messages(language))
        return home_figures(setting, _framed(HOME, "", ()))

    @property
    def unit_cents(self) -> int:
        """The unit of amounts outside publications."""
        return self.found.dossier.settings.presentation.unit * UNITS["euro"]

    def _setting(self, source: Source, language: str) -> Setting:
        places = Places(self.found.dossier, source.basis.basis.root)
        shown = ShownBasis(source.basis.figures, places, source.basis.basis.years, source.basis.unit_cents)
        return source_setting(shown, source.year, Messages(language))

    def parts(self, language: str) -> Parts:
        """What pages print of figures besides the figures themselves: steps of a budget, lapses, parts in an area."""
        if language not in self._parts:
            found: dict[str, set[str]] = {}
            for cell in self._cells(language):
                found.setdefault(cell.href, set()).add(" ".join(cell.text.split()))
            self._parts[language] = {place: frozenset(words) for place, words in found.items()}
        return self._parts[language]

    @cached_property
    def _parts(self) -> dict[str, Parts]:
        return {}

    def _cells(self, language: str) -> Iterator[Cell]:
        yield from _in_sentences(self.pages(language).values())
        on_map = (block for block in self.home(language).map if isinstance(block, Table))
        yield from (cell for table in on_map for row in table.rows for cell in row.cells if cell.href)
        for one in self.found.bases:
            setting = Setting(
                one.figures, Places(self.found.dossier, one.basis.root), 0, one.unit_cents, Messages(language)
            )
            for table in _tables(setting, one.basis.years):
                yield from (cell for row in table.rows for cell in row.cells if cell.href)
            yield from _booked(setting)
            yield from (cell for year in one.basis.years for cell in _own(replace(setting, year=year)))


def _in_sentences(pages: Iterable[Page]) -> Iterator[Cell]:
    """What sentences on the pages of areas print of a figure: what of it was promised, was free, or went elsewhere."""
    blocks = (block for page in pages if isinstance(page, AreaPage) for one in page.sections for block in one.blocks)
    for block in blocks:
        yield from (cell for cell in block.pieces if cell.href) if isinstance(block, Sentence) else ()


def _framed(path: str, title: str, _way: object) -> Frame:
    return Frame(path, title, DUTCH, "")


def _tables(setting: Setting, years: tuple[int, ...]) -> Iterator[Table]:
    """The tables with parts of figures: the steps of a budget per subject, the lines of an area, the lapses."""
    figures = setting.figures
    areas = [area.code for area in figures.dossier.areas]
    for year in years:
        here = replace(setting, year=year)
        for subject in (one for one, of in figures.subjects() if of == year):
            steps = milestones(here, Address("budget", subject, year))
            yield milestone_table(here, steps, "", "")
        yield from (lines_table(here, code, year) for code in areas if year in years_of_area(setting, code))
    if years and not setting.places.root:
        newest = figures.account.standing(figures.years()[-1])
        for section in calendar_sections(setting, newest):
            yield from (block for block in section.blocks if isinstance(block, Table))


def _own(setting: Setting) -> Iterator[Cell]:
    """The own part of each line in every measure: what lies below a line stands on its page apart."""
    for line in setting.account.lines:
        for name, measure in MEASURES.items():
            place = setting.places.figure(Address(name, line_subject(line.code), setting.year))
            yield Cell(setting.messages.euros(measure.own(line)), place)


def _booked(setting: Setting) -> Iterator[Cell]:
    """What was booked under a project code, each on its own: an initiative shows them one by one."""
    rows = setting.figures.by_project.select("flow", "line", "year", "cents").unique()
    for flow, line, year, cents in rows.iter_rows():
        place = setting.places.figure(Address("income" if flow == "income" else "costs", line_subject(line), year))
        yield Cell(setting.messages.euros(cents), place)
