"""The schema of the tables below `work/`: what happens in an area besides its money.

A column called `internal_note` is for the municipality alone: nothing of it is published. All other columns may be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gebiedswerk.core.matching import ANYTHING
from gebiedswerk.dossier.cell_types import (
    CentsLeft,
    Code,
    CodeList,
    Codes,
    Day,
    Decision,
    Name,
    Number,
    Plain,
    Prose,
    Reason,
    Slug,
    WebAddress,
)
from gebiedswerk.dossier.tables import Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember(Row):
    """Someone of the team of an area, by role. `name` holds a name or a function, as the municipality chooses."""

    area: Code
    role: Name
    name: Name = ""
    contact: Name = ""
    valid_from: Day | None = None
    valid_to: Day | None = None
    internal_note: Plain = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alderman(Row):
    """The alderman (wijkwethouder, dorpswethouder) of an area, for a time. `name`: a name or a portfolio."""

    area: Code
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
    areas: CodeList
    themes: CodeList
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
    area: Code
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
    area: Code
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
    visit: Code
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
    area: Code | None = None
    decided_on: Day
    decided_by: DecidedBy
    title: Prose
    number: Decision = ""
    address: WebAddress = ""
    internal_note: Plain = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter(Row):
    """A newsletter of an area."""

    area: Code
    sent_on: Day
    title: Prose
    address: WebAddress = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Row):
    """A figure about an area as its source gives it."""

    area: Code
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
WORK_TABLES: Mapping[str, Table] = {
    "team": Table("work/team.csv", TeamMember, ("area", "role", "name", "valid_from")),
    "aldermen": Table("work/aldermen.csv", Alderman, ("area", "name", "valid_from")),
    "themes": Table("work/themes.csv", Theme, ("code",)),
    "projects": Table("work/projects.csv", Project, ("code",)),
    "initiatives": Table("work/initiatives.csv", Initiative, ("code",)),
    "visits": Table("work/visits.csv", Visit, ("code",)),
    "promises": Table("work/promises.csv", Promise, ("code",)),
    "decisions": Table("work/decisions.csv", AreaDecision, ("code",)),
    "newsletters": Table("work/newsletters.csv", Newsletter, ("area", "sent_on", "title")),
    "indicators": Table("work/indicators.csv", Indicator, ("area", "indicator", "period", "source")),
}
