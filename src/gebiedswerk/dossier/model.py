"""The dossier as one frozen value: a folder holds everything that is published."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from gebiedswerk.core.hierarchy import inherited
from gebiedswerk.core.periods import last_day_of
from gebiedswerk.core.watching import watched_by
from gebiedswerk.dossier import tables
from gebiedswerk.dossier.geography import Geography
from gebiedswerk.dossier.house_style import House
from gebiedswerk.dossier.session import Session
from gebiedswerk.dossier.settings import DeliveryKind, DeliverySettings, DossierSettings, Profile, PublicationSettings
from gebiedswerk.dossier.work import NO_WORK, Work


@dataclass(frozen=True, slots=True)
class Basis:
    """What was known at a moment: postings exported and decisions taken by then. None: all there is."""

    as_of: datetime | None = None

    def knows(self, moment: date | datetime) -> bool:
        """Whether a delivery exported, or a decision taken, at this moment counts."""
        if self.as_of is None:
            return True
        return moment <= self.as_of if isinstance(moment, datetime) else moment <= self.as_of.date()


NEWEST = Basis()


class Decided(Protocol):
    """A row of an append-only table."""

    @property
    def id(self) -> str:
        """Its own code."""

    @property
    def corrects(self) -> str | None:
        """The code of the row that it corrects."""


D = TypeVar("D", bound=Decided)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file handed to us, with what its `delivery.toml` says and how its package writes (`profile`)."""

    id: str
    path: Path = field(compare=False)  # where it stands now: what it holds is known by its hash
    file: str
    sha256: str
    settings: DeliverySettings
    profile: Profile

    def periods_in(self, year: int) -> list[int]:
        """The periods of a year that it covers."""
        own = [one.periods for one in self.settings.cover if one.year == year]
        return sorted({*(own[0] if own else self.settings.periods)})

    def reaches(self, year: int) -> date:
        """The end of the last period that it covers in a year, or the day of its export where that came earlier."""
        return min(last_day_of(year, max(self.periods_in(year))), self.settings.exported_at.date())

    @property
    def stood_on(self) -> date | None:
        """The day on which its commitments stood; None of what is no stand."""
        if self.settings.kind is not DeliveryKind.COMMITMENT:
            return None
        return self.reaches(max(self.settings.years))

    @property
    def counts_in(self) -> list[int]:
        """The fiscal years whose figures it holds. A stand counts in the year of its day, whatever the years in which
        its orders were placed.
        """
        stand = self.stood_on
        return [stand.year] if stand else sorted(set(self.settings.years))


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication: its settings, its Markdown as (file, text), and the account it was adopted with, if any."""

    slug: str
    settings: PublicationSettings
    texts: tuple[tuple[str, str], ...]
    adopted: str | None = None

    @property
    def folder(self) -> str:
        """Where it stands in the dossier."""
        return f"publications/{self.slug}"

    def title(self, language: str) -> str:
        """Its title in a language, else in the first one."""
        return self.settings.titles.get(language, self.settings.title)

    def labels(self, language: str, first: str) -> dict[str, str]:
        """Column → what it is called in a language; `first` is that of the dossier. In others ours hold."""
        own = {one.column.value: one.titles.get(language) for one in self.settings.labels}
        if language == first:
            own = {one.column.value: own[one.column.value] or one.title for one in self.settings.labels}
        return {name: words for name, words in own.items() if words}


def page_of(file: str) -> tuple[str, str]:
    """The page that a text is, and its language where the name says one: `index.en.md` is (`index`, `en`)."""
    name, _, language = posixpath.basename(file).removesuffix(".md").partition(".")
    return name, language


@dataclass(frozen=True)
class Dossier:
    """All that stands in the folder, checked on its own; tables in the order of their rows.

    Without slots: the slugs, asked for with every link, are looked up once.
    """

    path: Path
    settings: DossierSettings
    areas: tuple[tables.Area, ...] = ()
    area_changes: tuple[tables.AreaChange, ...] = ()
    area_parts: tuple[tables.AreaPart, ...] = ()
    tiles: tuple[tables.Tile, ...] = ()
    geography: tuple[Geography, ...] = ()
    budget_lines: tuple[tables.BudgetLine, ...] = ()
    budget_line_years: tuple[tables.BudgetLineYear, ...] = ()
    years: tuple[tables.YearState, ...] = ()
    budgets: tuple[tables.BudgetRow, ...] = ()
    openings: tuple[tables.OpeningRow, ...] = ()
    extensions: tuple[tables.ExtensionRow, ...] = ()
    attribution: tuple[tables.AttributionRow, ...] = ()
    keys: tuple[tables.KeyRow, ...] = ()
    reconciliations: tuple[tables.Reconciliation, ...] = ()
    questions: tuple[tables.QuestionRow, ...] = ()
    privacy_accepted: tuple[tables.PrivacyAccepted, ...] = ()
    free_numbers: tuple[tables.FreeNumber, ...] = ()
    redirects: tuple[tables.Redirect, ...] = ()
    takedowns: tuple[tables.Takedown, ...] = ()
    work: Work = NO_WORK
    deliveries: tuple[Delivery, ...] = ()
    publications: tuple[Publication, ...] = ()
    iv3_files: tuple[tuple[str, Path], ...] = ()
    unread: tuple[str, ...] = ()
    sound: bool = True
    house: House = field(default_factory=House)
    attributable: bool = True
    session: Session = field(default_factory=Session, compare=False, repr=False)

    @cached_property
    def area_slugs(self) -> dict[str, str]:
        """Code of an area → its stored slug."""
        return {area.code: area.slug for area in self.areas}

    @cached_property
    def days_of_change(self) -> list[date]:
        """The days on which an area begins, ends or becomes another, in order."""
        ends = [day for area in self.areas for day in (area.valid_from, area.valid_to) if day is not None]
        return sorted({*ends, *(change.changed_on for change in self.area_changes)})

    @cached_property
    def line_slugs(self) -> dict[str, str]:
        """Code of a budget line → its stored slug."""
        return {line.code: line.slug for line in self.budget_lines}

    @cached_property
    def rules_by_id(self) -> dict[str, tables.AttributionRow]:
        """Id → rule of attribution."""
        return {row.id: row for row in self.attribution}

    @cached_property
    def areas_by_code(self) -> dict[str, tables.Area]:
        """Code → area."""
        return {area.code: area for area in self.areas}

    def lines_in(self, year: int) -> dict[str, tables.BudgetLineYear]:
        """Code → budget line as it stands in one year, in the order of `budget_lines.csv`."""
        found = {line.line: line for line in self.budget_line_years if line.year == year}
        return {line.code: found[line.code] for line in self.budget_lines if line.code in found}

    def parents_in(self, year: int) -> dict[str, str | None]:
        """Code → code of the line above, in one year."""
        return {code: line.parent for code, line in self.lines_in(year).items()}

    def areas_of_lines(self, year: int) -> dict[str, str]:
        """Code of a line → code of its area, inherited where empty; city-wide is empty."""
        parents = self.parents_in(year)
        own = {code: line.area or "" for code, line in self.lines_in(year).items()}
        return {code: inherited(parents, code, own) for code in parents}

    def budget_years(self) -> list[int]:
        """The years in which budget lines stand, in order."""
        return sorted({line.year for line in self.budget_line_years})

    def extensions_on(self, basis: Basis) -> list[tables.ExtensionRow]:
        """The extensions of terms that were decided by a basis and not corrected by then, in the order of the file."""
        return standing(tuple(row for row in self.extensions if basis.knows(row.decided_on)))

    def carry_over_decided(self, year: int, basis: Basis) -> bool:
        """Whether the council had decided by a basis, for all lines, what moves on from a year to the next."""
        decided = next((state.carry_over_decided_on for state in self.years if state.year == year), None)
        return decided is not None and basis.knows(decided)


watched_by(Delivery, nested=("settings",))
watched_by(
    Dossier,
    nested=("settings", "work", "house", "deliveries", "publications"),
    keyed=("area_slugs", "line_slugs", "rules_by_id", "areas_by_code"),
    through=("carry_over_decided", "extensions_on"),
)


def standing(rows: tuple[D, ...]) -> list[D]:
    """History is appended: the rows that no later row corrects."""
    corrected = {row.corrects for row in rows if row.corrects}
    return [row for row in rows if row.id not in corrected]
