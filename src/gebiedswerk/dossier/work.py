"""The kinds of work below `work/`: what happens in an area besides its money, and all that follows from a kind.

A column called `internal_note` is for the municipality alone: nothing of it is published. All other columns may be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gebiedswerk.core.matching import ANYTHING
from gebiedswerk.dossier.cell_types import (
    AreaCode,
    AreaCodes,
    CentsLeft,
    Code,
    Codes,
    Day,
    Decision,
    Name,
    Number,
    Plain,
    Prose,
    Reason,
    Slug,
    ThemeCodes,
    VisitCode,
    WebAddress,
)
from gebiedswerk.dossier.tables import Row, TableSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember(Row):
    """Someone of the team of an area, by role. `name` holds a name or a function, as the municipality chooses."""

    id: Code | None = None
    area: AreaCode
    role: Name
    name: Name = ""
    contact: Name = ""
    valid_from: Day | None = None
    valid_to: Day | None = None
    internal_note: Plain = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alderman(Row):
    """The alderman (wijkwethouder, dorpswethouder) of an area, for a time. `name`: a name or a portfolio."""

    id: Code | None = None
    area: AreaCode
    title: Name
    name: Name
    valid_from: Day
    valid_to: Day | None = None
    internal_note: Plain = ""


class Side(StrEnum):
    """The two sides that area-based working joins."""

    PHYSICAL = "physical"
    SOCIAL = "social"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Row):
    """A theme of projects."""

    code: Code
    name: Name
    side: Side


class ProjectStatus(StrEnum):
    """How far a project is."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Row):
    """A piece of work in one or several areas, under one or several themes."""

    code: Code
    name: Name
    areas: AreaCodes
    themes: ThemeCodes
    status: ProjectStatus
    started_on: Day | None = None
    finished_on: Day | None = None
    summary: Prose = ""
    internal_note: Plain = ""


class AskedBy(StrEnum):
    """Who asked for an initiative: a kind, never a person."""

    RESIDENTS = "residents"
    ASSOCIATION = "association"
    VILLAGE_INTERESTS = "village_interests"
    SCHOOL = "school"
    BUSINESS = "business"
    FOUNDATION = "foundation"


class InitiativeStatus(StrEnum):
    """Where an initiative stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative(Row):
    """An idea of residents: one chain from what was asked, over what was granted, to what was booked.

    `project` names the postings of the ledger that pay for it, by their project code.
    """

    code: Code
    slug: Slug
    area: AreaCode
    name: Name
    asked_by: AskedBy
    asked_on: Day
    asked: CentsLeft
    status: InitiativeStatus
    decided_on: Day | None = None
    decision: Reason = ""
    granted: CentsLeft | None = None
    project: Codes = ANYTHING
    summary: Prose = ""
    internal_note: Plain = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Row):
    """A visit to an area: when, by whom (a role), and what it was about."""

    code: Code
    area: AreaCode
    visited_on: Day
    who: Name
    subject: Prose
    internal_note: Plain = ""


class PromiseStatus(StrEnum):
    """Whether a promise was kept."""

    OPEN = "open"
    KEPT = "kept"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Row):
    """A promise (afspraak) made on a visit: who does what before when, and what came of it."""

    code: Code
    visit: VisitCode
    promise: Prose
    owner: Name
    due_on: Day | None = None
    status: PromiseStatus = PromiseStatus.OPEN
    closed_on: Day | None = None
    outcome: Prose = ""
    internal_note: Plain = ""


class DecidedBy(StrEnum):
    """Who took a decision about an area."""

    RAAD = "raad"
    COLLEGE = "college"
    ALDERMAN = "alderman"
    AREA = "area"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaDecision(Row):
    """A decision about an area. An empty area: about all of them."""

    code: Code
    area: AreaCode | None = None
    decided_on: Day
    decided_by: DecidedBy
    title: Prose
    number: Decision = ""
    address: WebAddress = ""
    internal_note: Plain = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter(Row):
    """A newsletter of an area."""

    id: Code | None = None
    area: AreaCode
    sent_on: Day
    title: Prose
    address: WebAddress = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Row):
    """A figure about an area as its source gives it."""

    id: Code | None = None
    area: AreaCode
    indicator: Name
    value: Number
    unit: Name
    period: Name
    source: Name
    address: WebAddress = ""


@dataclass(frozen=True, slots=True)
class Work:
    """The rows of all tables below `work/`. `unread`: the files that cannot be read."""

    team: tuple[TeamMember, ...] = ()
    aldermen: tuple[Alderman, ...] = ()
    themes: tuple[Theme, ...] = ()
    projects: tuple[Project, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    visits: tuple[Visit, ...] = ()
    promises: tuple[Promise, ...] = ()
    decisions: tuple[AreaDecision, ...] = ()
    newsletters: tuple[Newsletter, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    unread: tuple[str, ...] = ()


NO_WORK = Work()


@dataclass(frozen=True, slots=True)
class WorkNews:
    """What the feed of an area says of a kind of work: `feed.<name>` in the catalogue, with the column `words`.

    `day`: the column with the day of the news, none where it is empty. `key`: what names the entry for good.
    `status`: the only one that is news.
    """

    name: str
    day: str
    words: str
    key: tuple[str, ...] = ("code",)
    status: StrEnum | None = None


@dataclass(frozen=True, slots=True)
class WorkKind(TableSchema):
    """One kind of work: its table, and what the columns are to areas, years and feeds. Pages: `WORK_SECTIONS`.

    `area`: the column that names its area or areas. `part_of`: the column that names a row of another kind, whose area
    is its own. `days`: the columns with the days on which it happens; with `makes_year` each of their years has a page.
    `spans`: first day and last day, which may be the same; a column that the kind has not is one of the row that it is
    part of.
    """

    area: str = "area"
    part_of: str = ""
    days: tuple[str, ...] = ()
    makes_year: bool = True
    spans: tuple[tuple[str, str], ...] = ()
    news: WorkNews | None = None


_HELD = (("valid_from", "valid_to"),)
WORK_TABLES: Mapping[str, WorkKind] = {
    "team": WorkKind(
        "work/team.csv", TeamMember, ("area", "role", "name", "valid_from"), first_id=("area", "role"), spans=_HELD
    ),
    "aldermen": WorkKind(
        "work/aldermen.csv", Alderman, ("area", "name", "valid_from"), first_id=("area", "title"), spans=_HELD
    ),
    "themes": WorkKind("work/themes.csv", Theme, ("code",), area=""),
    "projects": WorkKind(
        "work/projects.csv",
        Project,
        ("code",),
        area="areas",
        spans=(("started_on", "finished_on"),),
    ),
    "initiatives": WorkKind(
        "work/initiatives.csv",
        Initiative,
        ("code",),
        days=("asked_on", "decided_on"),
        spans=(("asked_on", "decided_on"),),
        news=WorkNews("initiative", "decided_on", "name"),
    ),
    "visits": WorkKind(
        "work/visits.csv", Visit, ("code",), days=("visited_on",), news=WorkNews("visit", "visited_on", "subject")
    ),
    "promises": WorkKind(
        "work/promises.csv",
        Promise,
        ("code",),
        area="",
        part_of="visit",
        spans=(("visited_on", "due_on"), ("visited_on", "closed_on")),
        news=WorkNews("promise", "closed_on", "promise", status=PromiseStatus.KEPT),
    ),
    "decisions": WorkKind(
        "work/decisions.csv",
        AreaDecision,
        ("code",),
        days=("decided_on",),
        makes_year=False,
        news=WorkNews("decision", "decided_on", "title"),
    ),
    "newsletters": WorkKind(
        "work/newsletters.csv",
        Newsletter,
        ("area", "sent_on", "title"),
        first_id=("area", "sent_on"),
        days=("sent_on",),
        news=WorkNews("newsletter", "sent_on", "title", key=("area", "sent_on")),
    ),
    "indicators": WorkKind(
        "work/indicators.csv",
        Indicator,
        ("area", "indicator", "period", "source"),
        first_id=("area", "indicator", "period"),
    ),
}


def with_wholes(work: Work, name: str) -> Iterator[tuple[Any, Any]]:
    """Each row of a kind, with the row that it is part of: itself where it is none, None where that is not there."""
    kind = WORK_TABLES[name]
    wholes = {row.code: row for row in getattr(work, dict(kind.refers)[kind.part_of])} if kind.part_of else {}
    for row in getattr(work, name):
        yield row, wholes.get(getattr(row, kind.part_of)) if kind.part_of else row


def areas_of(work: Work, name: str) -> Iterator[tuple[str | None, Any]]:
    """Each row of a kind with each area that it is about; None is all areas. What has no area is left out."""
    kind = WORK_TABLES[name]
    column = WORK_TABLES[dict(kind.refers)[kind.part_of]].area if kind.part_of else kind.area
    for row, whole in with_wholes(work, name) if column else ():
        areas = getattr(whole, column) if whole is not None else ()
        for area in areas if isinstance(areas, tuple) else (areas,):
            yield area, row


def codes_in(row: Any, column: str) -> tuple[str, ...]:
    """The codes in a cell that refers to other rows."""
    value = getattr(row, column)
    return value if isinstance(value, tuple) else () if value is None else (value,)
