"""One file on its way from cells to postings, column by column: cells that repeat are read once each."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.matching import Pattern, parse_pattern
from gebiedswerk.dossier import BudgetKind, Delivery, Profile
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.formats.amounts import number_cents, read_amounts, with_cents
from gebiedswerk.formats.budget_columns import decision_columns
from gebiedswerk.formats.code_zeros import OF_NUMBERS, with_zeros
from gebiedswerk.formats.column_store import Distinct, changed, distinct, only
from gebiedswerk.formats.format import MOST_NAMED, ROW, bad_cells
from gebiedswerk.formats.late_days import late_year, short_periods, with_late_days
from gebiedswerk.formats.named_codes import bare_named
from gebiedswerk.formats.normalise import bare_amounts, bare_codes, bare_day, visible
from gebiedswerk.formats.period_cells import (
    MONTHS_OF_QUARTER,
    QUARTERS,
    is_of_quarters,
    is_short,
    months_of,
    quarter_end,
    year_or_period,
    year_period,
    year_quarter,
)
from gebiedswerk.formats.postings import CODES, COMMITTED
from gebiedswerk.formats.running_rows import amounts_of_periods
from gebiedswerk.formats.sides import costs_below_zero, income_signed, sides, without_marks
from gebiedswerk.formats.spoiled import NO_AMOUNT, NO_CODE, is_day, meant
from gebiedswerk.formats.units import unit_of_amounts, without_unit
from gebiedswerk.language.numbers_and_dates import parse_date

AMOUNTS = ("amount", "debit", "credit")
TEXTS = (*CODES, "description", "creditor")
SMALL = pl.Int16
"""What years and periods fit in: they have four digits at most."""
LAST_PERIOD = 13
"""The last period that is one of a year: twelve months, and one to close it."""
SHORT_YEAR = "[0-9]{1,2}([-/.])[0-9]{1,2}([-/.])[0-9]{2}"
FLOWS = ("income", "reserve_in", "reserve_out", "balance")
FLOW = pl.Enum(["costs", *FLOWS])


FEW = 6
"""Of fewer rows the days do not say that their periods are quarters."""


class Reading:
    """One file on its way: the cells, and the faults met so far. `kind`: of all decisions of a budget, if of one."""

    def __init__(self, cells: pl.DataFrame, delivery: Delivery, kind: BudgetKind | None = None) -> None:
        self.cells, self.delivery, self.profile, self.kind = cells, delivery, delivery.profile, kind
        self.faults: list[Fault] = []
        self.sums = (0, 0)
        self.balance = pl.Series(dtype=pl.Int64)
        """Debit minus credit of each row as the file has it, in cents: what its totals add up."""
        self._distinct: dict[str, Distinct] = {}
        self._emptied()
        self._bare()

    def postings(self) -> tuple[pl.DataFrame, dict[str, str]]:
        """The columns of a posting that vary and those that do not, as `ReadFile` holds them."""
        settings = self.delivery.settings
        debit, credit = sides(self)
        flow = self.flow(credit)
        self.balance = debit - credit
        asked = costs_below_zero(self, self.balance, flow)
        costs, income = (debit, credit) if asked else income_signed(self, debit, credit, flow)
        self.sums = (_sum(costs), _sum(income))
        cents = self.balance if costs is debit else costs - income
        del debit, credit, costs, income
        year = self.year()
        period = self.period(year)
        added = amounts_of_periods(self, year, period, cents)
        if added is not cents:
            cents, self.sums = added, (_sum(added.clip(lower_bound=0)), -_sum(added.clip(upper_bound=0)))
        decided = decision_columns(self, self.kind) if settings.kind is DeliveryKind.BUDGET else {}
        columns = {
            "row": self.cells[ROW],
            "year": year,
            "period": period,
            "booked_on": self.booked_on(year, decided.get("decided_on")),
            "flow": flow,
            "cents": cents,
            **{name: self.text(name) for name in TEXTS if name in self.profile.columns},
            **decided,
            **self.commitment_kind(),
        }
        self.without_outcome()
        same = {"delivery": self.delivery.id, "administration": settings.administration, "kind": str(settings.kind)}
        same = {name: text for name, text in (same | dict.fromkeys(TEXTS, "")).items() if name not in columns}
        same |= {name: text for name, column in columns.items() if (text := only(column)) is not None}
        return pl.DataFrame({name: column for name, column in columns.items() if name not in same}), same

    def balances(self) -> pl.Series:
        """Debit minus credit of each row in cents; null where nothing stands there that is an amount."""
        debit, credit = sides(self)
        names = [self.profile.columns[name] for name in AMOUNTS if name in self.profile.columns]
        empty = self.cells.select(
            pl.all_horizontal((pl.col(name).cast(pl.String).fill_null("") == "") for name in names)
        ).to_series()
        return (debit - credit).set(empty, None)

    def _emptied(self) -> None:
        """Make cells empty whose text says that nothing stands there, as the profile has it (`empty`)."""
        words = [word.strip().casefold() for word in self.profile.empty]
        texts = [name for name in dict.fromkeys(self.profile.columns.values()) if self.cells.schema[name] != pl.Float64]
        for name in texts if words else ():
            emptied = changed(self.cells[name], lambda one: one.set(one.str.to_lowercase().is_in(words), ""))
            self.cells = self.cells.with_columns(emptied.alias(name))

    def _bare(self) -> None:
        """Take off codes, periods and days what packages and spreadsheets put around them (L176); see `normalise`."""
        codes = [header for name, header in self.profile.columns.items() if name in CODES]
        plain = [self.profile.columns[name] for name in ("year", "period") if name in self.profile.columns]
        flows = [self.profile.flows.column] if self.profile.flows.column else []
        for header in dict.fromkeys([*codes, *plain, *flows]):
            if self.cells.schema[header] == pl.Float64:
                continue
            bare, changed_in = bare_codes(self.cells[header])
            if len(changed_in) and changed_in.any() and header in codes:
                first = int(changed_in.arg_true()[0])
                shown = visible(str(self.cells[header][first]))
                facts = {"count": int(changed_in.sum()), "read": bare[first]}
                self.faults.append(fault("L176", self.delivery.file, self.cells[ROW][first], header, shown, **facts))
            self.cells = self.cells.with_columns(bare.alias(header)) if len(changed_in) else self.cells
        self.cells, faults = bare_named(self.cells, self.delivery)
        self.faults += faults
        self._zeros()

    def _zeros(self) -> None:
        """Give codes back the zeros that a spreadsheet took off, as the profile has it, or ask about them (L263)."""
        for name in OF_NUMBERS:
            if name in self.profile.columns and self.cells.schema[self.profile.columns[name]] != pl.Float64:
                with_zeros(self, name)

    def replace_text(self, header: str, texts: pl.Series) -> None:
        """Other texts in a column: what was known of its cells holds no more."""
        self.cells = self.cells.with_columns(texts.alias(header))
        self._distinct.pop(header, None)

    def year(self) -> pl.Series:
        """The fiscal year: of the row, of its period where that says it, else the only year of the delivery (L187)."""
        if "year" in self.profile.columns:
            return self.whole("year", self.delivery.settings.years)
        years = self.delivery.settings.years
        if "period" in self.profile.columns:
            column = self.distinct("period")
            said = [year_period(cell)[0] for cell in column.cells]
            if said and all(said):
                outside = column.where([one not in years for one in said])
                self.note("L116", "period", outside, allowed=_span(years))
                return column.each(said, SMALL)
        if len(years) != 1:
            self.faults.append(fault("L187", self.delivery.file, profile=self.delivery.settings.profile))
            return pl.repeat(None, self.cells.height, dtype=SMALL, eager=True)
        return pl.repeat(years[0], self.cells.height, dtype=SMALL, eager=True)

    def commitment_kind(self) -> dict[str, pl.Series]:
        """Whether each row is an order or a grant, where the file has a column for it; another word says neither."""
        if "commitment_kind" not in self.profile.columns or self.delivery.settings.kind is not DeliveryKind.COMMITMENT:
            return {}
        kinds = self.profile.commitment_kinds
        named = {word.strip().casefold(): kind for kind in ("order", "grant") for word in getattr(kinds, kind)}
        column = self.distinct("commitment_kind")
        words = [named.get(cell.strip().casefold(), "commitment") for cell in column.cells]
        return {"kind": column.each(words, pl.Enum(COMMITTED))}

    def text(self, name: str) -> pl.Series:
        """A column that the profile names, as it stands."""
        return self.cells[self.profile.columns[name]]

    def note(self, code: str, name: str, bad: pl.Series, header: str = "", **facts: object) -> None:
        """Add the faults of the cells that are bad in a column: by our name for it, or by its header."""
        if bad.any():
            header = header or self.profile.columns[name]
            column, value = self.cells[header], pl.col(header).cast(pl.String).fill_null("")
            if column.dtype == pl.Float64:
                value = value.str.replace(".", self.profile.decimal, literal=True)
            first = self.cells[bad.arg_true().head(MOST_NAMED + 1)].select(
                pl.col(ROW).alias("row"), value.alias("value")
            )
            empty = column.is_null() if column.dtype == pl.Float64 else column == ""
            filled = column.len() - int(empty.sum())  # an empty debit says nothing about the rest
            values = column.len() if (bad & empty).any() else filled
            self.faults += bad_cells(first, int(bad.sum()), values, code, self.delivery.file, header, **facts)

    def distinct(self, name: str, header: str = "") -> Distinct:
        """The distinct cells of a column, by our name for it or by its header."""
        header = header or self.profile.columns[name]
        if header not in self._distinct:
            self._distinct[header] = Distinct(self.cells[header])
        return self._distinct[header]

    def once(self, name: str, read: Callable[[str], Any], kind: Any) -> pl.Series:
        """A column of which each distinct cell is read once."""
        column = self.distinct(name)
        return column.each([read(cell) for cell in column.cells], kind)

    def cents(self, name: str) -> pl.Series:
        """Amounts in cents; an empty debit or credit is nothing, an empty amount is a fault."""
        column = self.cells[self.profile.columns[name]]
        if column.dtype == pl.Float64:
            cents, empty = self.cells.select(number_cents(column.name)).to_series(), column.is_null()
        else:
            cents, empty = self._written(column), column == ""
        if name != "amount" or self.kind is not None:  # of several columns of amounts one may be empty
            cents = pl.select(pl.when(empty).then(0).otherwise(cents)).to_series()
        if self.profile.cents_columns.get(name):
            cents = with_cents(cents, column, self.cells[self.profile.cents_columns[name]])
        if self.profile.in_cents:
            cents = pl.select(pl.when(cents % 100 == 0).then(cents // 100)).to_series()
        if cents.null_count():
            self._no_amounts(name, cents.is_null())
        return cents * self.profile.unit if self.profile.unit else cents

    def _no_amounts(self, name: str, bad: pl.Series) -> None:
        """Say of the cells that are no amounts what they are: spoiled by a spreadsheet, no value, or another text."""
        column, profile = self.text(name), self.delivery.settings.profile
        unit = unit_of_amounts(column) if self.profile.unit is None and column.dtype != pl.Float64 else None
        if unit is not None:
            header, first = self.profile.columns[name], column.filter(bad)[0]
            self.faults.append(fault("L247", self.delivery.file, None, header, first, unit_said=unit, profile=profile))
            return
        texts = distinct(column)
        for code, pattern in NO_AMOUNT.items() if column.dtype != pl.Float64 else ():
            found = (column if texts is None else texts).str.contains(pattern)
            found = bad & (found if texts is None else found.gather(column.to_physical())).fill_null(value=False)
            self.note(code, name, found, profile=profile, meant=meant)
            bad = bad & ~found
        self.note("L106", name, bad, decimal=self.profile.decimal)

    def _written(self, column: pl.Series) -> pl.Series:
        """Amounts as text, in cents; each distinct one is read once where we know them."""
        sign = self.profile.sign
        if sign is not None and sign.column == column.name:
            column = changed(column, without_marks)
        if (self.profile.unit or 1) > 1:
            column = changed(column, lambda one: without_unit(one, self.profile.unit or 1))
        column = bare_amounts(
            column, self.profile.decimal, self.profile.thousands, trailing_minus=self.profile.trailing_minus
        )
        profile, known = self.profile, distinct(column)
        texts = column if known is None else known.alias(column.name)
        minus = profile.trailing_minus
        cents = read_amounts(texts, profile.decimal, profile.thousands, trailing_minus=minus)
        return cents if known is None else cents.gather(column.to_physical())

    def without_outcome(self) -> None:
        """Codes that a spreadsheet spoiled or that are not what they look like: errors of formulas (L165), numbers with
        a power of ten (L178), days and times (L179), letters of another script (L177).
        """
        headers = [header for name, header in self.profile.columns.items() if name in CODES]
        for header in dict.fromkeys([*headers, self.profile.flows.column]):
            if not header:
                continue
            column = self.distinct("", header)
            for code, is_wrong in NO_CODE.items():
                self.note(code, "", column.where([is_wrong(cell) for cell in column.cells]), header, meant=meant)

    def period(self, year: pl.Series) -> pl.Series:
        """The period; 0 where the profile names none, as for budgets and for commitments, which are a stand.

        A period that also says its year, such as `2025-03`, says that of its row (L108).
        """
        if "period" not in self.profile.columns:
            return pl.zeros(self.cells.height, dtype=SMALL, eager=True)
        column = self.distinct("period")
        said = [year_period(cell)[0] for cell in column.cells]
        if any(said):
            self.note("L108", "period", (column.each(said, SMALL) != year).fill_null(value=False))
        period = self.whole("period", self.delivery.settings.periods)
        short_periods(self)
        period = with_late_days(self, year, period)
        self._quarters(period)
        late = (period > LAST_PERIOD).fill_null(value=False)
        if late.any():
            first = int(late.arg_true()[0])
            header, numbers = self.profile.columns["period"], period.filter(late).unique().sort().to_list()
            facts = {"count": int(late.sum()), "periods": ", ".join(map(str, numbers)), "last": LAST_PERIOD}
            value = self.cells[header][first]
            self.faults.append(fault("L199", self.delivery.file, self.cells[ROW][first], header, value, **facts))
        return period

    def _quarters(self, period: pl.Series) -> None:
        """Ask whether periods are quarters, where cells, header or days say so and the profile does not (L252), or
        longer parts of a year (L257).
        """
        if self.profile.quarters is not None or not period.len():
            return
        header, column = self.profile.columns["period"], self.distinct("period")
        months = months_of(header)
        if months is not None and self.profile.period_months is None:
            facts = {"profile": self.delivery.settings.profile, "months": months}
            value = str(self.cells[header][0])
            self.faults.append(fault("L257", self.delivery.file, self.cells[ROW][0], header, value, **facts))
            return
        marked = column.where([year_quarter(cell)[1] is not None for cell in column.cells])
        few = period.null_count() < period.len() and bool(period.is_in(list(QUARTERS)).all())
        if not len(marked) and not (few and (is_of_quarters(header) or self._days_of_quarters(period))):
            return
        first = int(marked.arg_true()[0]) if len(marked) else 0
        facts = {"profile": self.delivery.settings.profile}
        row, value = self.cells[ROW][first], self.cells[header][first]
        self.faults.append(fault("L252", self.delivery.file, row, header, str(value), **facts))

    def _days_of_quarters(self, period: pl.Series) -> bool:
        """Whether each period is the quarter of its day and one in three is not its month, in rows enough."""
        if self.profile.columns.get("booked_on") in (None, self.profile.columns["period"]):
            return False
        month = self.once("booked_on", lambda cell: day.month if (day := self.day(cell)) else None, SMALL)
        known = month.is_not_null() & period.is_not_null()
        month, period = month.filter(known), period.filter(known)
        is_quarter = (month - 1) // MONTHS_OF_QUARTER + 1 == period
        enough = len(month) >= FEW and period.n_unique() > 1
        return enough and bool(is_quarter.all()) and int((month != period).sum()) * 3 >= len(month)

    def whole(self, name: str, allowed: list[int]) -> pl.Series:
        """Whole numbers of at most four digits, also out of both as in `2025-03`, within what the delivery covers."""
        column, part = self.distinct(name), 0 if name == "year" else 1
        found = [self._year_or_period(name, cell, part) for cell in column.cells]
        spoiled = [one is None and is_day(cell) for one, cell in zip(found, column.cells, strict=True)]
        self.note("L179", name, column.where(spoiled), meant=meant)
        unread = [one is None and not day for one, day in zip(found, spoiled, strict=True)]
        self.note("L108", name, column.where(unread))
        outside = [one is not None and one not in allowed for one in found]
        self.note("L116", name, column.where(outside), allowed=_span(allowed))
        return column.each([None if out else one for one, out in zip(found, outside, strict=True)], SMALL)

    def _year_or_period(self, name: str, cell: str, part: int) -> int | None:
        """That of a cell; of a day its year or month, where the profile says that the column of days is the one."""
        if self.profile.columns[name] != self.profile.columns.get("booked_on"):
            found = quarter_end(cell) if part and self.profile.quarters else year_or_period(cell, part)
            if not part and is_short(cell) and any(map(str.isdecimal, self.distinct(name).cells)):
                return None  # among years a number with decimals is none
            found = self.profile.short_period if found == 1 and self.profile.short_period and is_short(cell) else found
            return found * self.profile.period_months if found and part and self.profile.period_months else found
        day = self.day(cell)
        late = day is not None and self.profile.late_period and day.year == self.late_year
        if day is None or not late:
            return None if day is None else day.month if part else day.year
        return self.profile.late_period if part else day.year - 1

    @cached_property
    def late_year(self) -> int | None:
        """The year of days that may be those of the year before; see `late_days`."""
        return late_year(self)

    def day(self, cell: str) -> date | None:
        """The day in a cell, written as the profile has it."""
        return day_in(bare_day(cell), self.profile.date)

    def booked_on(self, year: pl.Series, decided_on: pl.Series | None) -> pl.Series:
        """The booking day, if any. A far-off day is a warning: the ledger's year decides (BBV art. 2)."""
        if "booked_on" not in self.profile.columns:
            nothing = pl.Series("booked_on", [None] * self.cells.height, dtype=pl.Date)
            return nothing if decided_on is None else decided_on
        column = self.distinct("booked_on")
        days = [self.day(cell) for cell in column.cells]
        unread = [day is None and cell != "" for day, cell in zip(days, column.cells, strict=True)]
        short = [
            bad and re.fullmatch(SHORT_YEAR, cell) is not None for bad, cell in zip(unread, column.cells, strict=True)
        ]
        self._short_years(column.where(short))
        rest = [bad and not said for bad, said in zip(unread, short, strict=True)]
        self.note("L107", "booked_on", column.where(rest), pattern=self.profile.date)
        for one in year.unique().drop_nulls().sort().to_list():
            first, last = (one - 1, 7), (one + 1, 12)
            far = column.where([day is not None and not first <= (day.year, day.month) <= last for day in days])
            if len(far):
                self.note("L120", "booked_on", far & (year == one), year=one)
        return column.each(days, pl.Date)

    def _short_years(self, short: pl.Series) -> None:
        """Ask about days with a year of two digits, once (L200)."""
        if not short.any():
            return
        header, first = self.profile.columns["booked_on"], int(short.arg_true()[0])
        value = self.cells[header][first]
        pattern = re.sub(SHORT_YEAR, r"dd\1mm\2jj" if len(value) == len("dd-mm-jj") else r"d\1m\2jj", value)
        facts = {"count": int(short.sum()), "pattern": pattern, "profile": self.delivery.settings.profile}
        self.faults.append(fault("L200", self.delivery.file, self.cells[ROW][first], header, value, **facts))

    def flow(self, credit: pl.Series) -> pl.Series:
        """Costs, unless a pattern of the profile says otherwise; or income where it stands in `credit`, if so asked."""
        if self.profile.income_by_side:
            income = pl.when(credit != 0).then(pl.lit("income")).otherwise(pl.lit("costs")).cast(FLOW)
            return pl.select(income).to_series()
        patterns, column = _flow_patterns(self.profile), self.distinct("", self.profile.flows.column)
        flows = [next((name for name, pattern in patterns if pattern.matches(cell)), "costs") for cell in column.cells]
        return column.each(flows, FLOW)


def day_in(cell: str, pattern: str) -> date | None:
    """The day of a cell; where the pattern has two digits for the year, a sheet writes its own days with four."""
    found = parse_date(cell, pattern)
    return parse_date(cell, "jjjj-mm-dd") if found is None and "jjjj" not in pattern else found


def _flow_patterns(profile: Profile) -> list[tuple[str, Pattern]]:
    return [(name, parse_pattern(text)) for name in FLOWS for text in getattr(profile.flows, name) or ()]


def _span(values: list[int]) -> str:
    whole = values == list(range(min(values), max(values) + 1)) and len(values) > 2
    return f"{min(values)}–{max(values)}" if whole else ", ".join(map(str, values))


def _sum(cents: pl.Series) -> int:
    return int(cents.sum())
