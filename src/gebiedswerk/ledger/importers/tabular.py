"""Rows of text through a profile: the package's columns, marks and signs become postings.

Column by column: cells that repeat (years, days, accounts) are read once each, amounts all at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import polars as pl

from gebiedswerk.core.attribution import NoPattern, Pattern, parse_pattern
from gebiedswerk.core.dutch import parse_date
from gebiedswerk.core.faults import Fault, errors, fault
from gebiedswerk.core.money import MOST_CENTS
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.ledger.importers.contract import ReadFile, bad_cells
from gebiedswerk.ledger.postings import CODES, DELIVERED

REQUIRED = ("year", "period")
TEXTS = (*CODES, "description")
KNOWN = (*REQUIRED, "amount", "debit", "credit", "booked_on", *TEXTS)
FLOWS = ("income", "reserve_in", "reserve_out")
DIGITS = len(str(MOST_CENTS)) - 3
"""Whole digits of an amount: more is not meant by anyone, and many of them would not fit the sums of an engine."""


def read_rows(cells: pl.DataFrame, delivery: Delivery) -> tuple[ReadFile, list[Fault]]:
    """Read the rows of a file.

    Takes `cells`: one row per record that is not blank, all text and stripped, with the number of the record in `row`;
    its columns are the headers of the file, as `header_faults` found them right.
    """
    reading = _Reading(cells, delivery)
    postings = reading.postings()
    if errors(reading.faults):
        return ReadFile(), reading.faults
    read = ReadFile(
        postings.select(list(DELIVERED)), postings.height, _sum(postings["debit"]), _sum(postings["credit"])
    )
    return read, reading.faults


def header_faults(header: list[str], delivery: Delivery) -> list[Fault]:
    """The profile names all columns that we need, and each stands once in the file; where none does it is said once."""
    names = Counter(name.strip() for name in header)
    wanted = list(dict.fromkeys([*delivery.profile.columns.values(), delivery.profile.flows.column]))
    facts = {"present": ", ".join(header)}
    if not any(names[column] for column in wanted):
        return [fault("L104", delivery.file, 1, None, ", ".join(wanted), **facts)]
    faults = [
        fault("L119" if names[column] else "L104", delivery.file, 1, column, column, **facts)
        for column in wanted
        if names[column] != 1
    ]
    return [*_profile_faults(delivery.profile, f"profiles/{delivery.settings.profile}.toml"), *faults]


def _profile_faults(profile: Profile, file: str) -> list[Fault]:
    """The columns that a profile lacks (L103) or that nobody knows (L102), and patterns of flows that are none."""
    wanted = set(profile.columns)
    needed = [*REQUIRED, *(["amount"] if "amount" in wanted else ["debit", "credit"])]
    faults = [fault("L103", file, None, f"columns.{name}") for name in needed if name not in wanted]
    faults += [
        fault("L102", file, None, f"columns.{name}", name, known=", ".join(KNOWN))
        for name in sorted(wanted - set(KNOWN))
    ]
    for flow in FLOWS:
        for text in getattr(profile.flows, flow):
            try:
                parse_pattern(text)
            except NoPattern:
                faults.append(fault("D105", file, None, f"flows.{flow}", text, kind="pattern", choices=""))
    return faults


class _Reading:
    """One file on its way: the cells, and the faults met so far."""

    def __init__(self, cells: pl.DataFrame, delivery: Delivery) -> None:
        self.cells, self.delivery, self.profile = cells, delivery, delivery.profile
        self.faults: list[Fault] = []

    def postings(self) -> pl.DataFrame:
        """All columns of a posting, with `debit` and `credit` for the control totals."""
        settings, split = self.delivery.settings, "amount" not in self.profile.columns
        debit, credit = (self.cents("debit"), self.cents("credit")) if split else (self.cents("amount"), None)
        year = self.whole("year", settings.years)
        constants = {
            "delivery": self.delivery.id,
            "administration": settings.administration,
            "kind": str(settings.kind),
        }
        columns = {
            "row": self.cells["row"],
            "year": year,
            "period": self.whole("period", settings.periods),
            "booked_on": self.booked_on(year),
            "flow": self.flow(),
            "cents": debit if credit is None else debit - credit,
            "debit": debit.clip(lower_bound=0) if credit is None else debit,
            "credit": -debit.clip(upper_bound=0) if credit is None else credit,
            **{name: self.text(name) for name in TEXTS},
        }
        return pl.DataFrame(columns).with_columns(pl.lit(value).alias(name) for name, value in constants.items())

    def text(self, name: str) -> pl.Series:
        """A column as it stands; empty where the profile does not name it."""
        header = self.profile.columns.get(name)
        return self.cells[header] if header else pl.Series(name, [""] * self.cells.height, dtype=pl.String)

    def note(self, code: str, name: str, bad: pl.Series, **facts: object) -> None:
        """Add the faults of the cells of a column that are bad."""
        if bad.any():
            header = self.profile.columns[name]
            found = self.cells.select("row", pl.col(header).alias("value")).filter(bad)
            filled = int((self.cells[header] != "").sum())  # a debit may be empty, and says nothing about the rest
            values = self.cells.height if (found["value"] == "").any() else filled
            self.faults += bad_cells(found, values, code, self.delivery.file, header, **facts)

    def once(self, name: str, read: Callable[[str], Any], kind: Any) -> pl.Series:
        """A column of which each distinct cell is read once."""
        column = self.cells[self.profile.columns[name]]
        distinct = column.unique().to_list()
        return column.replace_strict(distinct, [read(cell) for cell in distinct], return_dtype=kind)

    def cents(self, name: str) -> pl.Series:
        """Amounts in cents; an empty debit or credit is nothing, an empty amount is a fault."""
        column = self.cells[self.profile.columns[name]]
        cents = self.cells.select(amount_cents(column.name, self.profile.decimal, self.profile.thousands)).to_series()
        if name != "amount":
            cents = pl.select(pl.when(column == "").then(0).otherwise(cents)).to_series()
        self.note("L106", name, cents.is_null(), decimal=self.profile.decimal)
        return cents

    def whole(self, name: str, allowed: list[int]) -> pl.Series:
        """Whole numbers of at most four digits, within what the delivery covers."""
        found = self.once(name, lambda cell: int(cell) if re.fullmatch(r"[0-9]{1,4}", cell) else None, pl.Int64)
        self.note("L108", name, found.is_null())
        self.note("L116", name, found.is_not_null() & ~found.is_in(allowed), allowed=_span(allowed))
        return found

    def booked_on(self, year: pl.Series) -> pl.Series:
        """The booking day, if any. A far-off day is a warning: the ledger's year decides (BBV art. 2)."""
        if "booked_on" not in self.profile.columns:
            return pl.Series("booked_on", [None] * self.cells.height, dtype=pl.Date)
        day = self.once("booked_on", lambda cell: parse_date(cell, self.profile.date), pl.Date)
        empty = self.text("booked_on") == ""
        self.note("L107", "booked_on", day.is_null() & ~empty, pattern=self.profile.date)
        near = pl.DataFrame({"day": day, "year": year}).select(
            pl.col("day").is_between(pl.date(pl.col("year") - 1, 7, 1), pl.date(pl.col("year") + 1, 12, 31))
        )
        far = ~near.to_series().fill_null(value=True)
        for one in year.filter(far).unique().sort().to_list():
            self.note("L120", "booked_on", far & (year == one), year=one)
        return day

    def flow(self) -> pl.Series:
        """Costs, unless a pattern of the profile says otherwise."""
        patterns = _flow_patterns(self.profile)
        column = self.cells[self.profile.flows.column]
        distinct = column.unique().to_list()
        flows = [next((name for name, pattern in patterns if pattern.matches(cell)), "costs") for cell in distinct]
        return column.replace_strict(distinct, flows, return_dtype=pl.String)


def amount_cents(column: str, decimal: str, thousands: str) -> pl.Expr:
    """An amount with these marks in whole cents; null where it is none. The rule is `core.dutch.parse_cents`."""
    mark, group = re.escape(decimal), re.escape(thousands)
    grouped = rf"|[0-9]{{1,3}}(?:{group}[0-9]{{3}})+" if thousands else ""
    text = pl.col(column)
    valid = text.str.contains(rf"^[+\-−]?(?:[0-9]+{grouped})(?:{mark}[0-9]{{1,2}})?$")
    whole = text.str.extract(rf"^[+\-−]?([0-9{group}]+)", 1).str.replace_all(thousands or " ", "", literal=True)
    rest = text.str.extract(rf"{mark}([0-9]{{1,2}})$", 1).fill_null("").str.pad_end(2, "0")
    fits = whole.str.strip_chars_start("0").str.len_bytes() <= DIGITS
    sign = pl.when(text.str.contains(r"^[\-−]")).then(-1).otherwise(1)
    cents = sign * (whole.cast(pl.Int64, strict=False) * 100 + rest.cast(pl.Int64, strict=False))
    return pl.when(valid & fits & pl.lit(decimal != thousands)).then(cents).otherwise(None).alias("cents")


def _flow_patterns(profile: Profile) -> list[tuple[str, Pattern]]:
    return [(name, parse_pattern(text)) for name in FLOWS for text in getattr(profile.flows, name)]


def _span(values: list[int]) -> str:
    whole = values == list(range(min(values), max(values) + 1)) and len(values) > 2
    return f"{min(values)}–{max(values)}" if whole else ", ".join(map(str, values))


def _sum(cents: pl.Series) -> int:
    return int(cents.sum())
