"""What is done in an area: its people, projects, initiatives, visits and promises, decisions, letters, indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gebiedswerk.blocks.models import (
    AreaBlock,
    AreaSection,
    Card,
    Cards,
    Cell,
    Item,
    Pairs,
    Sentence,
    StatusLabel,
    Table,
    TableRow,
)
from gebiedswerk.blocks.places import area_place, initiative_place
from gebiedswerk.blocks.sentences import cents_cell, said
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.dossier.work import (
    WORK_TABLES,
    Alderman,
    Indicator,
    Initiative,
    Project,
    ProjectStatus,
    PromiseStatus,
    TeamMember,
)
from gebiedswerk.figures import booked_cents
from gebiedswerk.pages.area.area_index import AreaIndex

JOINED: Mapping[frozenset[str], str] = {
    frozenset({"physical", "social"}): "joined",
    frozenset({"physical"}): "physical",
}
SIDES = ("joined", "physical", "social")


@dataclass(frozen=True, slots=True)
class Scope:
    """One area, all years or one, with what is needed to show it. `today`: the newest day that is known."""

    setting: Setting
    index: AreaIndex
    code: str
    today: date | None = None
    year: int | None = None

    def rows(self, table: str) -> list[Any]:
        """The rows about the area and all within it."""
        return self.index.rows(table, self.code)

    def newest(self, table: str, rows: Iterable[Any] | None = None) -> list[Any]:
        """Those (`rows`: of these) that happened in the year that is shown, the newest first."""
        days = WORK_TABLES[table].days
        shown = [
            row
            for row in (self.rows(table) if rows is None else rows)
            if self.year is None or self.year in {day.year for day in (getattr(row, name) for name in days) if day}
        ]
        return sorted(shown, key=lambda row: (getattr(row, days[0]), getattr(row, "code", row.row)), reverse=True)

    def where(self, code: str) -> str:
        """The name of the area of a row, where that is another than the one that is shown."""
        return self.index.by_code[code].name if code != self.code and code in self.index.by_code else ""

    def section(self, anchor: str, blocks: Iterable[AreaBlock]) -> Iterator[AreaSection]:
        """A section with a heading; none where there is nothing to show."""
        if found := tuple(blocks):
            yield AreaSection(anchor, self.setting.messages(f"area.section.{anchor}"), found)


def work_sections(scope: Scope) -> Iterator[AreaSection]:
    """Every part of the work of which there is something, in the order in which a resident asks for it."""
    for one in WORK_SECTIONS:
        yield from scope.section(one.anchor, one.blocks(scope))


def people(scope: Scope) -> Iterator[AreaSection]:
    """Who works for the area."""
    yield from scope.section(PEOPLE.anchor, PEOPLE.blocks(scope))


def _people(scope: Scope) -> Iterator[AreaBlock]:
    """The alderman of now and those before, and the team by role; of the area around it where it has none itself."""
    index, messages = scope.index, scope.setting.messages
    for table, shown in (("aldermen", _aldermen), ("team", _team)):
        owner = next((area for area in index.above(scope.code) if index.own_rows(table, area.code)), None)
        if owner is None:
            continue
        pairs = tuple(shown(scope, index.own_rows(table, owner.code)))
        if owner.code != scope.code and pairs:
            link = Cell(owner.name, area_place(index.dossier, owner.code))
            yield said(messages, f"area.who.{table}_of", area=link)
        if pairs:
            yield Pairs(f"wie-{table}", pairs)


def _held(scope: Scope, start: date | None, end: date | None) -> bool:
    """Whether someone was there in the year that is shown; on the page over all years, whether at all."""
    if scope.year is None:
        return True
    return not (start and start > date(scope.year, 12, 31)) and not (end and end <= date(scope.year, 1, 1))


def _aldermen(scope: Scope, rows: list[Alderman]) -> Iterator[tuple[str, Sentence]]:
    messages = scope.setting.messages
    for row in sorted(rows, key=lambda one: one.valid_from, reverse=True):
        if _held(scope, row.valid_from, row.valid_to):
            days = {"start": messages.day(row.valid_from), "end": messages.day(row.valid_to) if row.valid_to else ""}
            yield row.title, said(messages, f"area.who.{'until' if row.valid_to else 'since'}", who=row.name, **days)


def _team(scope: Scope, rows: list[TeamMember]) -> Iterator[tuple[str, Sentence]]:
    for row in rows:
        present = row.valid_to is None if scope.year is None else _held(scope, row.valid_from, row.valid_to)
        if present:
            yield row.role, Sentence((Cell(", ".join(part for part in (row.name, row.contact) if part) or "–"),))


def _projects(scope: Scope) -> Iterator[AreaBlock]:
    """How many there are per theme, and each of them: those that join physical and social first."""
    messages, shown = scope.setting.messages, [one for one in scope.rows("projects") if _runs(scope, one)]
    if not shown:
        return
    counted = [(theme, [one for one in shown if theme.code in one.themes]) for theme in scope.index.themes.values()]
    rows = [
        TableRow((Cell(theme.name), Cell(messages(f"side.{theme.side.value}")), Cell(str(len(found)), "#projecten")))
        for theme, found in counted
        if found
    ]
    columns = (messages("area.projects.theme"), messages("area.projects.side"), messages("area.projects.count"))
    groups = {side: [one for one in shown if side_of(scope.index, one) == side] for side in SIDES}
    if groups["joined"]:
        count = Cell(str(len(groups["joined"])), "#projecten-joined")
        whole = Cell(str(len(shown)), "#projecten")
        yield said(messages, "area.projects.joined", count=count, whole=whole)
    if rows:
        yield Table("table-themes", messages("area.projects.caption"), columns, tuple(rows))
    for side in SIDES:
        if groups[side]:
            cards = tuple(_project_card(scope, one) for one in groups[side])
            yield Cards(f"projecten-{side}", messages(f"side.{side}"), cards)


def side_of(index: AreaIndex, project: Project) -> str:
    """Whether a project is physical, social, or both (`joined`)."""
    return JOINED.get(frozenset(index.sides(project)), "social")


def _runs(scope: Scope, project: Project) -> bool:
    """Whether a project ran in the year that is shown; one that is planned stands on the page over all years."""
    if scope.year is None:
        return True
    start, end = project.started_on, project.finished_on
    started = start is not None and start.year <= scope.year
    return started and (end is None or end.year >= scope.year or project.status is ProjectStatus.RUNNING)


def _project_card(scope: Scope, project: Project) -> Card:
    messages = scope.setting.messages
    start, end = (messages.day(day) if day else "" for day in (project.started_on, project.finished_on))
    kind = {(True, True): "between", (True, False): "since", (False, True): "until"}.get((bool(start), bool(end)))
    if project.status is ProjectStatus.PLANNED:
        kind = "until" if end else None
    note = messages(f"area.projects.{kind}", start=start, end=end) if kind else ""
    names = [scope.index.themes[code].name for code in project.themes if code in scope.index.themes]
    status = StatusLabel(project.status.value, messages(f"project.{project.status.value}"))
    return Card(Cell(project.name), note, project.summary, tuple(names), status)


def _initiatives(scope: Scope) -> Iterator[Table]:
    """What was asked, granted and booked; each leads to the page that shows how one follows from the other."""
    messages, places = scope.setting.messages, scope.index.dossier
    rows = [
        TableRow(
            (
                Cell(one.name, initiative_place(places, one)),
                Cell(scope.where(one.area)),
                Cell(messages(f"asked_by.{one.asked_by.value}")),
                *chain_cells(scope.setting, one),
                Cell(messages(f"initiative.{one.status.value}")),
            )
        )
        for one in scope.newest("initiatives")
    ]
    if rows:
        names = ("what", "where", "who", "asked", "granted", "booked", "status")
        columns = tuple(messages(f"area.ideas.{name}") for name in names)
        yield Table("table-ideas", messages("area.ideas.caption"), columns, tuple(rows), messages("area.ideas.note"))


def chain_cells(setting: Setting, one: Initiative) -> tuple[Cell, Cell, Cell]:
    """Asked, granted and booked, each leading to its section on the page of the initiative."""
    place = initiative_place(setting.figures.dossier, one)
    granted = Cell("", amount=True)
    booked = Cell("", amount=True)
    if one.granted is not None:
        granted = cents_cell(setting, one.granted, f"{place}#toegekend")
        booked = cents_cell(setting, booked_cents(setting.figures, one), f"{place}#geboekt")
    return cents_cell(setting, one.asked, f"{place}#gevraagd"), granted, booked


def _visits(scope: Scope) -> Iterator[AreaBlock]:
    """Every visit with its promises, the newest first."""
    cards = []
    for visit in scope.newest("visits"):
        day = scope.setting.messages.day(visit.visited_on)
        note = ", ".join(part for part in (day, visit.who, scope.where(visit.area)) if part)
        items = tuple(_item(scope, promise) for promise in scope.index.promises.get(visit.code, ()))
        cards.append(Card(Cell(visit.subject), note, items=items))
    if cards:
        yield Cards("bezoeken", "", tuple(cards))


def _item(scope: Scope, promise: Any) -> Item:
    messages = scope.setting.messages
    late = promise.status is PromiseStatus.OPEN and promise.due_on and scope.today and promise.due_on < scope.today
    kind = "late" if late else promise.status.value
    facts = {"owner": promise.owner, "day": messages.day(promise.due_on) if promise.due_on else ""}
    note = messages("area.promise.before" if promise.due_on else "area.promise.by", **facts)
    closed = messages.day(promise.closed_on) if promise.closed_on else ""
    outcome = messages("area.promise.outcome", day=closed, what=promise.outcome) if closed else ""
    return Item(promise.promise, note, StatusLabel(kind, messages(f"promise.{kind}")), outcome)


def _decisions(scope: Scope) -> Iterator[Table]:
    messages = scope.setting.messages
    rows = [
        TableRow(
            (
                Cell(one.title, one.address),
                Cell(messages.day(one.decided_on)),
                Cell(messages(f"decided_by.{one.decided_by.value}")),
                Cell(one.number),
            )
        )
        for one in scope.newest("decisions", scope.index.decisions(scope.code))
    ]
    if rows:
        columns = tuple(messages(f"area.decisions.{name}") for name in ("what", "when", "who", "number"))
        yield Table("table-decisions", messages("area.decisions.caption"), columns, tuple(rows))


def _indicators(scope: Scope) -> Iterator[Table]:
    """As their source gives them: a row per indicator and period, nothing computed."""
    messages = scope.setting.messages
    found: list[Indicator] = [one for one in scope.index.own_rows("indicators", scope.code) if _of_year(scope, one)]
    rows = [
        TableRow(
            (
                Cell(one.indicator),
                Cell(one.period),
                Cell(_number(scope, one.value), amount=True),
                Cell(one.unit),
                Cell(one.source, one.address),
            )
        )
        for one in found
    ]
    if rows:
        columns = tuple(messages(f"area.indicators.{name}") for name in ("what", "when", "value", "unit", "source"))
        note = messages("area.indicators.note")
        yield Table("table-indicators", messages("area.indicators.caption"), columns, tuple(rows), note)


def _of_year(scope: Scope, indicator: Indicator) -> bool:
    return scope.year is None or str(scope.year) in indicator.period


def _number(scope: Scope, value: Decimal) -> str:
    """A number as the language of the page prints it, with the decimals that the source gives."""
    whole, _, part = f"{value:f}".lstrip("-").partition(".")
    number = scope.setting.messages.number(-int(whole) if value < 0 else int(whole))
    number = f"−{number}" if value < 0 and not int(whole) else number
    return f"{number}{scope.setting.messages('number.decimal')}{part}" if part else number


def _newsletters(scope: Scope) -> Iterator[AreaBlock]:
    messages = scope.setting.messages
    pairs = tuple(
        (messages.day(one.sent_on), Sentence((Cell(one.title, one.address),))) for one in scope.newest("newsletters")
    )
    if pairs:
        yield Pairs("brieven", pairs)


@dataclass(frozen=True, slots=True)
class WorkSection:
    """A section on the pages of an area: its heading is `area.section.<anchor>`, and it shows the rows of `kinds`.

    `counted`: the summary of an area and the table of the areas in it say how many rows of the first kind there are.
    """

    anchor: str
    kinds: tuple[str, ...]
    blocks: Callable[[Scope], Iterator[AreaBlock]]
    counted: bool = False


PEOPLE = WorkSection("wie", ("aldermen", "team"), _people)
"""Who works for an area: it stands before the money, the others behind it."""
WORK_SECTIONS: Sequence[WorkSection] = (
    WorkSection("projecten", ("projects", "themes"), _projects, counted=True),
    WorkSection("ideeen", ("initiatives",), _initiatives, counted=True),
    WorkSection("afspraken", ("visits", "promises"), _visits),
    WorkSection("besluiten", ("decisions",), _decisions),
    WorkSection("cijfers", ("indicators",), _indicators),
    WorkSection("nieuwsbrieven", ("newsletters",), _newsletters),
)
"""Every kind of work stands in one of these, in their order on the page (`tests/dossier/test_work_kinds.py`)."""
