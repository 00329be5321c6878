"""One page per area over all years, and below it one per year: money and work joined, the same order everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from gebiedswerk.blocks.headings import is_running
from gebiedswerk.blocks.models import AreaBlock, AreaSection, Cell, Link, Sentence, Table, TableRow
from gebiedswerk.blocks.places import area_place, area_year_place
from gebiedswerk.blocks.sentences import said
from gebiedswerk.dossier.work import WORK_TABLES, PromiseStatus
from gebiedswerk.figures import Address, area_subject
from gebiedswerk.pages.area.area_history import came_from, went_to
from gebiedswerk.pages.area.area_money import (
    has_term,
    lapse_sentences,
    left_sentences,
    lines_table,
    money_sentences,
    years_of_area,
    years_table,
)
from gebiedswerk.pages.area.area_work import WORK_SECTIONS, Scope, people, work_sections
from gebiedswerk.pictures.charts import years_chart
from gebiedswerk.pictures.tranche_chart import (
    Tranches,
    stacked_chart,
    stacked_table,
    tranche_caption,
    tranche_chart,
    tranche_table,
)
from gebiedswerk.pictures.waterfall import milestone_chart, milestone_table, milestones

COUNTED = tuple(section for section in WORK_SECTIONS if section.counted)


def area_sections(scope: Scope) -> Iterator[AreaSection]:
    """The page of an area over all years: who, what is left, what lapses, what is done, and what it was before."""
    setting, code = scope.setting, scope.code
    years = years_of_area(setting, code)
    yield from scope.section("kort", _short(scope, years))
    yield from people(scope)
    if years:
        yield from scope.section("over", _all_years(scope, years))
        yield from scope.section("verval", _lapsing(scope, years[-1]))
    yield from work_sections(scope)
    yield from scope.section("wijken", _children(scope))
    yield from scope.section("eerder", came_from(scope))
    yield from scope.section("later", went_to(scope))


def _short(scope: Scope, years: list[int]) -> Iterator[Sentence]:
    """The newest year in a few sentences, and how much is done, each leading to the section that shows it."""
    messages = scope.setting.messages
    if years:
        yield from money_sentences(scope.setting, scope.code, years[-1])
    else:
        parent = scope.index.by_code[scope.code].parent
        link = Cell(scope.index.by_code[parent].name, area_place(scope.index.dossier, parent)) if parent else None
        ended = ".ended" if scope.index.by_code[scope.code].valid_to is not None else ""
        yield said(messages, "area.no_money_but", area=link) if link else said(messages, f"area.no_money{ended}")
    for section in COUNTED:
        if found := scope.rows(section.kinds[0]):
            one = "one" if len(found) == 1 else "more"
            count = Cell(str(len(found)), f"#{section.anchor}")
            yield said(messages, f"area.count.{section.kinds[0]}.{one}", count=count)
    if promises := scope.rows("promises"):
        counts = {"count": len(promises), "kept": 0, "open": 0, "dropped": 0}
        counts |= Counter(one.status.value for one in promises)
        cells = {name: Cell(str(count), "#afspraken") for name, count in counts.items()}
        yield said(messages, "area.count.promises.one" if len(promises) == 1 else "area.count.promises.more", **cells)


def _all_years(scope: Scope, years: list[int]) -> Iterator[AreaBlock]:
    setting, code = scope.setting, scope.code
    yield from left_sentences(setting, code, years[-1])
    table, chart = years_table(setting, code), years_chart(setting, code)
    yield from [chart] if chart and len(table.rows) > 1 else []
    yield table
    yield lines_table(setting, code, years[-1])


def _lapsing(scope: Scope, year: int) -> Iterator[AreaBlock]:
    setting, code = scope.setting, scope.code
    yield from lapse_sentences(setting, code, year)
    chart = tranche_chart(setting, code) if has_term(setting, code, year) else None
    table = tranche_table(setting, code) if chart else None
    if chart and table:
        yield chart
        yield table


def _children(scope: Scope) -> Iterator[Table]:
    """The villages and districts within an area: how much of the work is theirs, and the way to their own page."""
    messages, index = scope.setting.messages, scope.index
    rows = []
    for child in index.children.get(scope.code, ()):
        place = area_place(index.dossier, child.code)
        open_ = [one for one in index.rows("promises", child.code) if one.status is PromiseStatus.OPEN]
        counts = [(len(index.rows(one.kinds[0], child.code)), one.anchor) for one in COUNTED]
        counts.append((len(open_), "afspraken"))
        cells = (Cell(str(n), f"{place}#{anchor}" if n else place, amount=True) for n, anchor in counts)
        rows.append(TableRow((Cell(child.name, place), *cells)))
    if rows:
        columns = tuple(
            messages(f"area.children.{name}") for name in ("name", *(one.kinds[0] for one in COUNTED), "open")
        )
        yield Table("table-children", messages("area.children.caption"), columns, tuple(rows))


def year_sections(scope: Scope, year: int) -> Iterator[AreaSection]:
    """The page of an area in one year: the way of its budget, its money per year of origin, its lines, its work."""
    setting, code = scope.setting, scope.code
    scope = replace(scope, year=year)
    if year in years_of_area(setting, code):
        yield from scope.section("kort", money_sentences(setting, code, year))
        yield from scope.section("geld", _money_of_year(scope, year))
    yield from people(scope)
    yield from work_sections(scope)


def _money_of_year(scope: Scope, year: int) -> Iterator[AreaBlock]:
    setting, messages = replace(scope.setting, year=year), scope.setting.messages
    steps = milestones(setting, Address("budget", area_subject(scope.code), year))
    running = ".running" if is_running(setting.figures, year) else ""
    caption = messages(f"area.milestones{running}", year=year)
    if steps:
        yield milestone_chart(setting, steps, caption, "table-milestones")
        yield milestone_table(setting, steps, caption, "table-milestones")
    if has_term(setting, scope.code, year):
        shown = Tranches(setting, area_subject(scope.code), year)
        caption = tranche_caption(setting, year)
        chart = stacked_chart(shown, caption, "table-tranches")
        if chart:
            yield chart
            yield stacked_table(shown, caption, "table-tranches")
    yield lines_table(setting, scope.code, year)


def years_shown(scope: Scope) -> list[int]:
    """The years of which an area has a page: those with money, and those in which something was done."""
    days = [
        day
        for name, kind in WORK_TABLES.items()
        for row in (scope.rows(name) if kind.makes_year else ())
        for column in kind.days
        if (day := getattr(row, column)) is not None
    ]
    return sorted({*years_of_area(scope.setting, scope.code), *(day.year for day in days)})


def year_links(scope: Scope, years: list[int]) -> tuple[Link, ...]:
    """The way to each year of an area."""
    return tuple(Link(str(year), area_year_place(scope.index.dossier, scope.code, year)) for year in years)
