"""Every figure has an address; an address has a value in cents, a printed value, and a path to postings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

import polars as pl

from gebiedswerk.account import (
    MEASURES,
    PER_ORIGIN,
    RESERVES,
    RESTS_ON,
    TERM,
    Account,
    LineAccount,
    Measure,
    Rounded,
    State,
    YearAccount,
    rounded,
    value,
)
from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.core.hierarchy import above
from gebiedswerk.core.rounding import plain, shared
from gebiedswerk.core.subject import TOTAL, Subject, area_subject, line_subject
from gebiedswerk.core.watching import watched_by
from gebiedswerk.dossier import Dossier
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.figures.address import Address
from gebiedswerk.figures.posting_sums import Behind, Runs, runs_of
from gebiedswerk.figures.year_lines import AreasAbove, YearLines, areas_above
from gebiedswerk.ledger import Ledger, decided_postings, delivered_postings, known_until, public_postings

T = TypeVar("T")
ANY = "result"
"""Stands for any measure where the subject alone matters."""
NAMELESS = ("public", "by_project", "postings_per_project", "behind", "_kept")
"""What is worked out once from postings and amounts, and holds no name of a line or an area."""


class NoFigure(GebiedswerkError):
    """An address that leads nowhere."""

    def __init__(self, address: Address) -> None:
        super().__init__(f"There is no figure {address}.")


@dataclass(frozen=True, slots=True)
class Input:
    """One figure from which another follows, with the sign in which it counts."""

    sign: int
    address: Address
    cents: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in cents and its path: a sum of postings, a formula over inputs, or a step of the spending term."""

    address: Address
    cents: int
    measure: Measure
    inputs: tuple[Input, ...]


@dataclass(frozen=True)
class Figures:
    """All figures on one basis.

    For a year that the council adopted they are those of the adopted account, and their postings those of the
    ledger on which it was adopted (`adopted_ledgers`).
    """

    dossier: Dossier
    ledger: Ledger
    account: Account
    adopted_ledgers: Mapping[int, Ledger] = field(default_factory=dict)

    @cached_property
    def public(self) -> pl.DataFrame:
        """The postings behind the figures, as anyone may see them."""
        if not self.adopted_ledgers:
            return public_postings(self.ledger, self.dossier)
        kept = [public_postings(ledger, self.dossier).lazy().filter(years) for ledger, years in self._ledgers()]
        return pl.concat(kept).sort("delivery", "row", "id", nulls_last=True).collect()

    def _ledgers(self) -> list[tuple[Ledger, pl.Expr]]:
        """The ledgers that hold the postings, each with the years of which it does."""
        newest = (self.ledger, ~pl.col("year").is_in(sorted(self.adopted_ledgers)))
        return [newest, *((ledger, pl.col("year") == year) for year, ledger in self.adopted_ledgers.items())]

    @property
    def _name(self) -> tuple[object, ...]:
        """What tells these ledgers from others of one opening."""
        return self.ledger.basis, *((year, ledger.basis) for year, ledger in self.adopted_ledgers.items())

    @cached_property
    def by_project(self) -> pl.DataFrame:
        """The public postings that carry a project code: what was booked, costs and income; nobody decides these."""
        public = [delivered_postings(ledger, self.dossier) for ledger, _ in self._ledgers()]

        def found(_: Dossier, *public: pl.DataFrame) -> pl.DataFrame:
            kept = [one.lazy().filter(years) for one, (_, years) in zip(public, self._ledgers(), strict=True)]
            return _with_project(pl.concat(kept)).sort("delivery", "row", "id").collect()

        return self.dossier.session.traced(("by-project", *self._name), found, self.dossier, *public)

    @cached_property
    def postings_per_project(self) -> dict[str, int]:
        """Project code → how many shares of postings carry it, seen or not."""
        delivered = [ledger.rows for ledger, _ in self._ledgers()]

        def found(_: Dossier, *delivered: Callable[[], pl.LazyFrame]) -> dict[str, int]:
            on_line = pl.col("scope") == "line"
            kept = [rows().filter(on_line & years) for rows, (_, years) in zip(delivered, self._ledgers(), strict=True)]
            projects = pl.concat([_with_project(one).select("project") for one in kept])
            return dict(projects.group_by("project").len().sort("project").collect().iter_rows())

        return self.dossier.session.traced(("per-project", *self._name), found, self.dossier, *delivered)

    def exports_of(self, used: tuple[str, ...]) -> tuple[tuple[datetime, tuple[int, ...]], ...]:
        """When each of these deliveries was exported, and for which years it counts, in the order of the dossier."""
        found = [one for one in self.dossier.deliveries if one.id in used]
        return tuple((one.settings.exported_at, tuple(one.counts_in)) for one in found)

    def handed_on(self, codes: tuple[str, ...], year: int) -> tuple[tuple[str, int], ...]:
        """What other lines were given in a year of what these had left before it: code and cents, by code."""
        carried = self.ledger.decided.filter(
            (pl.col("kind") == "carry_over")
            & (pl.col("year") == year)
            & pl.col("source").is_in(codes)
            & ~pl.col("line").is_in(codes)
            & (pl.col("cents") > 0)
        )
        # one row per line that was given something
        return tuple(carried.group_by("line").agg(pl.col("cents").sum()).sort("line").iter_rows())

    @property
    def doubtful(self) -> frozenset[int]:
        """The years whose money is not complete or does not fit: a claim about them is neither true nor false."""
        return self.ledger.doubtful | self.account.doubtful

    def renamed(self, dossier: Dossier, account: Account) -> Figures:
        """The same figures under other names: what was found in postings, and rounded, holds for them too."""
        other = replace(self, dossier=dossier, account=account)
        vars(other).update({name: vars(self)[name] for name in NAMELESS if name in vars(self)})
        return other

    def years(self) -> list[int]:
        """The years that have an account."""
        return list(self.account.years)

    def of_year(self, year: int | None) -> YearAccount | None:
        """The account that holds for a year."""
        return self.account.standing(year) if year is not None and year in self.account.years else None

    def lines(self, address: Address) -> Sequence[LineAccount]:
        """The lines whose own amounts make up a subject. Raises NoFigure for an unknown subject or year."""
        year = self.of_year(address.year)
        if year is None or address.measure not in MEASURES:
            raise NoFigure(address)
        if address.subject == TOTAL:
            return year.lines
        if address.area is not None:
            return self._lines_of_area(address, address.area)
        found = self.lines_of(address.year or 0).branch.get(address.line or "")
        if found is None:
            raise NoFigure(address)
        return found

    def _lines_of_area(self, address: Address, code: str) -> Sequence[LineAccount]:
        if code not in self.dossier.areas_by_code:
            raise NoFigure(address)
        return self.lines_of(address.year or 0).in_area.get(code, ())

    def lines_of(self, year: int) -> YearLines:
        """The lines of the account that holds for a year, by code, branch and area."""
        if year not in self._year_lines:
            self._year_lines[year] = self._remembered("lines", _lines, year, self._areas)
        return self._year_lines[year]

    def _remembered(self, what: str, work_out: Callable[..., T], year: int, of: object) -> T:
        """What follows from the account that holds for a year: worked out once for as long as it is the same."""
        account = self.account.standing(year)
        name = what, self.account.basis, bool(self.account.adopted), year, of if isinstance(of, int) else 0
        return self.dossier.session.traced(name, work_out, self.dossier, account, of)

    @cached_property
    def _areas(self) -> AreasAbove:
        return areas_above({area.code: area.parent for area in self.dossier.areas})

    @cached_property
    def _year_lines(self) -> dict[int, YearLines]:
        return {}

    def _behind(self, address: Address) -> Sequence[LineAccount]:
        """The lines of a subject. Raises NoFigure too where it has none, or its measure says nothing of them."""
        lines = self.lines(address)
        if address.origin is not None and address.measure not in PER_ORIGIN:
            raise NoFigure(address)
        settled = any(line.term for line in lines) if address.measure in TERM else bool(lines)
        if not settled and address.subject != TOTAL:
            raise NoFigure(address)
        if address.measure in RESERVES and not self.has_reserves(address):
            raise NoFigure(address)
        if not self.is_known(address):
            raise NoFigure(address)
        return lines

    def is_known(self, address: Address) -> bool:
        """Whether all is there on which a measure rests: a budget that was adopted, a file that was delivered.

        Without it a figure is unknown, not zero.
        """
        return all(self._has(kind, address.year or 0) for kind in RESTS_ON[address.measure])

    def may_come(self, address: Address) -> bool:
        """Whether a figure is unknown only because the money of its year, or of one before, is not complete."""
        doubt = any(year <= (address.year or year) for year in self.doubtful)
        return doubt and bool(self.lines(address)) and not self.is_known(address)

    def _has(self, kind: str, year: int) -> bool:
        if kind == "adopted":
            return self.account.standing(year).state is not State.UNBUDGETED
        return self.known_until(DeliveryKind(kind), year) is not None

    def has_budget(self, year: int) -> bool:
        """Whether a budget was adopted for a year by the basis; an account that the council adopted has one."""
        if self.account.standing(year).state is State.ADOPTED:
            return True
        return not self.ledger.sums.filter(kind="adopted", year=year, scope="line").is_empty()

    def known_until(self, kind: DeliveryKind, year: int) -> date | None:
        """The last day up to which postings of a kind are known in a year; None where none were delivered."""
        key = (kind, year)
        if key not in self._known:
            ledger = self.adopted_ledgers.get(year, self.ledger)
            self._known[key] = known_until(self.dossier.deliveries, ledger.used, DeliveryKind(kind), year)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[str, int], date | None]:
        return {}

    def has_reserves(self, address: Address) -> bool:
        """Whether a subject has reserve movements in a year: the whole where they are known, even if there are none;
        a line or an area where anything moved, for itself or for another.
        """
        year = self.account.standing(address.year or 0)
        return year.knows_reserves and (address.subject == TOTAL or year.moves_reserves)

    def exists(self, address: Address) -> bool:
        """Whether there is a figure of this address."""
        try:
            self._behind(address)
        except NoFigure:
            return False
        return True

    def figure(self, address: Address) -> Figure:
        """Look a figure up. Raises NoFigure."""
        lines, measure = self._behind(address), MEASURES[address.measure]
        inputs = () if address.origin is not None else self._inputs(address, measure, lines)
        return Figure(address, value(lines, address.measure, address.origin), measure, inputs)

    def _inputs(self, address: Address, measure: Measure, lines: Sequence[LineAccount]) -> tuple[Input, ...]:
        return tuple(Input(sign, address.of(name), value(lines, name)) for sign, name in measure.inputs)

    def postings(self, address: Address) -> pl.DataFrame:
        """The public postings that a sum adds up; of a formula those of its inputs; of a term all that move it."""
        codes = [line.code for line in self.lines(address)]
        return self.own_postings(address, codes)

    def own_postings(self, address: Address, codes: Iterable[str]) -> pl.DataFrame:
        """The public postings on these lines that a measure adds up."""
        return self.behind.of(address.measure, codes, address.year or 0)

    @cached_property
    def behind(self) -> Behind:
        """The public postings, looked up per line and year."""
        of_year = {year: self._runs(ledger) for year, ledger in self.adopted_ledgers.items()}
        return Behind(*self._runs(self.ledger), of_year=of_year)

    def _runs(self, ledger: Ledger) -> tuple[Runs, ...]:
        """The postings of a ledger per line and year: those that were delivered, and those that were decided."""
        public = {"delivered": delivered_postings, "decided": decided_postings}
        session, dossier = self.dossier.session, self.dossier
        return tuple(
            session.traced((name, "runs", ledger.basis), lambda _, rows: runs_of(rows), dossier, of(ledger, dossier))
            for name, of in public.items()
        )

    def rounded(self, year: int, unit_cents: int) -> Rounded:
        """The rounded values of one year in one unit."""
        key = (year, unit_cents)
        if key not in self._kept:
            self._kept[key] = self._remembered("rounded", _rounded, year, unit_cents)
        return self._kept[key]

    @cached_property
    def _kept(self) -> dict[tuple[int, int], Rounded]:
        return {}

    def units(self, address: Address, unit_cents: int) -> int:
        """What is printed for a figure, in whole units: the same in every table, claim, chart and file.

        The years of origin of a measure add up to what is printed for it. An area with the money of one line alone, of
        all below a line, or of the whole, prints what that prints. Raises NoFigure.
        """
        return self._printed(address, self._behind(address), unit_cents)

    def printed(self, address: Address, unit_cents: int) -> tuple[int, int | None]:
        """`units` of a figure and what it is `exactly`, asked at once. Raises NoFigure."""
        lines = self._behind(address)
        units, cents = self._printed(address, lines, unit_cents), value(lines, address.measure, address.origin)
        return units, None if units == plain(cents, unit_cents) else cents

    def _printed(self, address: Address, lines: Sequence[LineAccount], unit_cents: int) -> int:
        if unit_cents == 1:
            return value(lines, address.measure, address.origin)
        if address.origin is not None:
            return self._units_per_origin(address, lines, unit_cents).get(address.origin, 0)
        year, measure = self.account.standing(address.year or 0), address.measure
        if address.subject == TOTAL:
            return self.rounded(year.year, unit_cents).of_whole(measure)
        if address.line is not None:
            branch = self.lines_of(year.year).branch[address.line]
            return self.rounded(year.year, unit_cents).of_line(measure, address.line, branch)
        return self.units_of(lines, measure, year, unit_cents)

    def all_of(
        self, subject: Subject, year: int, unit_cents: int, measures: Sequence[str] = ()
    ) -> dict[str, tuple[int, int]]:
        """Measure → cents and what is printed in whole units, of every figure that a subject has in a year.

        The same as `figure` and `units` of each (or of some `measures`), asked at once: a file holds thousands of them.
        """
        lines, account = self.lines(Address("result", subject, year)), self.account.standing(year)
        settled = {True: any(line.term for line in lines), False: bool(lines)}
        found = {}
        for measure in self.known_in(year):
            if (measures and measure not in measures) or (subject != TOTAL and not settled[measure in TERM]):
                continue
            if measure not in RESERVES or (account.knows_reserves and (subject == TOTAL or account.moves_reserves)):
                found[measure] = value(lines, measure)
        if unit_cents == 1:
            printed: Mapping[str, int] = found
        elif subject.line is not None:
            printed = self.rounded(year, unit_cents).all_of_line(found, subject.code, lines)
        else:
            printed = {one: self._printed(Address(one, subject, year), lines, unit_cents) for one in found}
        return {measure: (cents, printed[measure]) for measure, cents in found.items()}

    def known_in(self, year: int) -> tuple[str, ...]:
        """The measures of a year of which all is there on which they rest."""
        if year not in self._known_in:
            self._known_in[year] = tuple(name for name in MEASURES if self.is_known(Address(name, TOTAL, year)))
        return self._known_in[year]

    @cached_property
    def _known_in(self) -> dict[int, tuple[str, ...]]:
        return {}

    def units_of(self, lines: Sequence[LineAccount], measure: str, year: YearAccount, unit_cents: int) -> int:
        """What is printed for the own amounts of some lines of a year together, in whole units.

        Where nothing else counts, that of the one line, the branch or the whole that holds them; else the nearest.
        """
        table, codes = self.rounded(year.year, unit_cents), _with_money(lines, measure)
        if not codes:
            return 0  # where nothing counts nothing is printed: exact units stay in every rounding
        if len(codes) == 1:
            return table.of_part(measure, *codes)
        branches = self.lines_of(year.year).branch
        for code in above(year.parents, min(codes)):
            if codes == _with_money(branches[code], measure):
                return table.of_line(measure, code, branches[code])
        if len(codes) == self.with_money(year.year, measure):
            return table.of_whole(measure)
        return plain(value(lines, measure), unit_cents)

    def with_money(self, year: int, measure: str) -> int:
        """How many lines of a year have an own amount that counts in a measure."""
        key = (year, measure)
        if key not in self._money:
            self._money[key] = len(_with_money(self.account.standing(year).lines, measure))
        return self._money[key]

    @cached_property
    def _money(self) -> dict[tuple[int, str], int]:
        return {}

    def exactly(self, address: Address, unit_cents: int) -> int | None:
        """The cents of a figure, where what is printed is not the nearest so that columns add up; else None."""
        return self.printed(address, unit_cents)[1]

    def _units_per_origin(self, address: Address, lines: Sequence[LineAccount], unit_cents: int) -> dict[int, int]:
        """Year of origin → what is printed for its part of a figure."""
        tranches = [t for line in lines if line.term for t in PER_ORIGIN[address.measure](line.term)]
        origins = sorted({tranche.origin for tranche in tranches})
        parts = [value(lines, address.measure, origin) for origin in origins]
        whole = self.units(address.of(address.measure), unit_cents)
        return dict(zip(origins, shared(parts, whole, unit_cents), strict=True))

    def addresses(self) -> Iterable[Address]:
        """Every figure there is on this basis, year by year."""
        for year in self.years():
            for subject in self._subjects(year):
                for measure in MEASURES:
                    address = Address(measure, subject, year)
                    if self._exists(address):
                        yield address

    @cached_property
    def values(self) -> dict[tuple[Subject, int], Mapping[str, int]]:
        """Subject and year → measure → cents, of every figure there is on this basis, in the order of `addresses`.

        Of a subject that has the same figures as when the dossier was opened before it is the very same mapping.
        """
        return {(one, year): self._values_of(one, year) for year in self.years() for one in self._subjects(year)}

    def _measures_of(self, year: int, *, settled: bool, reserves: bool) -> tuple[str, ...]:
        """The measures that a subject has in a year, by whether a term runs on any line of it, and reserves move."""
        unfit = {*(() if settled else TERM), *(() if reserves else RESERVES)}
        return tuple(name for name in self.known_in(year) if name not in unfit)

    def _values_of(self, subject: Subject, year: int) -> Mapping[str, int]:
        whole = Address(ANY, subject, year)
        lines = tuple(self.lines(whole))
        measures = self._measures_of(year, settled=any(line.term for line in lines), reserves=self.has_reserves(whole))
        return self.dossier.session.traced(
            ("values", *self._name, year, subject), _values, self.dossier, lines, measures
        )

    def subjects(self) -> list[tuple[Subject, int]]:
        """Every subject that has a figure, with the year in which it does, in the order of `addresses`."""
        return [(subject, year) for year in self.years() for subject in self.subjects_in(year)]

    def subjects_in(self, year: int) -> list[Subject]:
        """Every subject that has a figure in a year: the whole, areas by their code, lines in tree order."""
        return [one for one in self._subjects(year) if any(self._exists(Address(name, one, year)) for name in MEASURES)]

    def _subjects(self, year: int) -> list[Subject]:
        """The whole, the areas that have lines in a year, and the lines."""
        lines = [line_subject(line.code) for line in self.account.standing(year).lines]
        areas = [area_subject(code) for code in sorted(area.code for area in self.dossier.areas)]
        return [TOTAL, *(area for area in areas if self.lines(Address("budget", area, year))), *lines]

    def _exists(self, address: Address) -> bool:
        if not self.is_known(address):
            return False
        if address.measure in RESERVES:
            return self.has_reserves(address)
        return address.measure not in TERM or any(line.term for line in self.lines(address))


watched_by(
    Figures,
    nested=("dossier", "ledger", "account", "adopted_ledgers", "behind", "rounded", "lines_of"),
    through=(
        "lines",
        "_lines_of_area",
        "_behind",
        "is_known",
        "may_come",
        "_has",
        "exists",
        "figure",
        "_inputs",
        "postings",
        "own_postings",
        "units",
        "printed",
        "_printed",
        "all_of",
        "units_of",
        "exactly",
        "_units_per_origin",
        "of_year",
        "years",
        "has_reserves",
        "doubtful",
        "subjects",
        "subjects_in",
        "_subjects",
        "addresses",
        "_exists",
    ),
)


def _values(_: Dossier, lines: Sequence[LineAccount], measures: Sequence[str]) -> Mapping[str, int]:
    return {measure: value(lines, measure) for measure in measures}


def _lines(_: Dossier, account: YearAccount, areas: AreasAbove) -> YearLines:
    return YearLines(account, areas)


def _rounded(dossier: Dossier, account: YearAccount, unit_cents: int) -> Rounded:
    return rounded(account, unit_cents, dossier.session.once)


def _with_money(lines: Iterable[LineAccount], measure: str) -> frozenset[str]:
    """The lines whose own amount counts in a measure."""
    own = MEASURES[measure].own
    return frozenset(line.code for line in lines if own(line))


def _with_project(postings: pl.LazyFrame) -> pl.LazyFrame:
    """What was booked under a project code: costs and income; a reserve movement is neither."""
    booked = (pl.col("kind") == "realised") & pl.col("flow").is_in(["costs", "income"])
    return postings.filter(booked & pl.col("project").is_not_null() & (pl.col("project") != ""))
