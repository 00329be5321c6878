"""Rows of text through a profile: the package's columns, marks and signs become postings.

Column by column: cells that repeat (years, days, accounts) are read once each, amounts all at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.core.matching import NoPattern, parse_pattern
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.formats.budget_amounts import not_decided, read_budget
from gebiedswerk.formats.budget_columns import DECISION
from gebiedswerk.formats.double_entry import zero_faults
from gebiedswerk.formats.fill_down import filled_down
from gebiedswerk.formats.format import LABEL, ROW, SAME, ReadFile
from gebiedswerk.formats.grid import numbered
from gebiedswerk.formats.lacking import lacking_codes
from gebiedswerk.formats.left_out import parted, unproven_faults
from gebiedswerk.formats.lines_above import with_lines_above, without_lines, word_above
from gebiedswerk.formats.months_across import read_months
from gebiedswerk.formats.posting_reader import AMOUNTS, FLOWS, TEXTS, Reading
from gebiedswerk.formats.sums_of_rows import sums_of_rows
from gebiedswerk.formats.unlabelled import unlabelled_totals

REQUIRED: Mapping[DeliveryKind, tuple[str, ...]] = {
    DeliveryKind.REALISED: ("year", "period"),
    DeliveryKind.COMMITMENT: ("year",),
    DeliveryKind.BUDGET: ("year", "budget_kind"),
}
DAYS = ("booked_on", "decided_on")
KNOWN = ("year", "period", *AMOUNTS, "booked_on", *TEXTS)
KNOWN_OF: Mapping[DeliveryKind, tuple[str, ...]] = {
    DeliveryKind.REALISED: KNOWN,
    DeliveryKind.COMMITMENT: (*KNOWN, "commitment_kind"),
    DeliveryKind.BUDGET: (*KNOWN, *DECISION, "complete"),
}


def read_rows(
    cells: pl.DataFrame, delivery: Delivery, title: Callable[[], Iterable[Sequence[str]]] = tuple
) -> Checked[ReadFile]:
    """Read the rows of a file.

    Takes `cells`: one row per record that is not blank, all text (String or Enum) and stripped, with its number in
    `ROW`; its other columns are the headers of the file, as `header_faults` found them right. A column of amounts may
    be Float64 (empty is null): the numbers of a spreadsheet. `title` gives the rows above the header.
    """
    cells = with_lines_above(cells, delivery.profile, title)
    if silent := without_lines(cells):
        present, row = ", ".join(used_columns(delivery.profile)), delivery.profile.header_row
        return Checked(
            ReadFile(), tuple(fault("L104", delivery.file, row, one, one, present=present) for one in silent)
        )
    parts = parted(cells, delivery)
    if not parts.kept.height:
        return Checked(ReadFile(), (*parts.faults, fault("L110", delivery.file)))
    repeated = _repeated_rows(parts.kept, delivery)
    is_table = SAME in parts.kept.columns  # people and spreadsheets put totals between its rows, and cut them off
    for mark in {LABEL, SAME} & set(parts.kept.columns):
        parts.kept.drop_in_place(mark)
    as_it_stands = parts.kept
    if is_table:
        kept, asked = filled_down(parts.kept, delivery, cells)
        parts = replace(parts, kept=kept, faults=[*parts.faults, *asked])
    if delivery.settings.kind is DeliveryKind.BUDGET and delivery.profile.budget_amounts.kinds():
        return read_budget(parts, delivery, repeated)
    if delivery.profile.period_columns:
        return read_months(parts, delivery, repeated)
    reading = Reading(parts.kept, delivery)
    held, same = reading.postings()
    faults = [*parts.faults, *reading.faults]
    if settled(faults):
        faults += unproven_faults(parts, delivery.file, reading.balance, lambda out: Reading(out, delivery).balances())
        faults = _without_codes(faults, as_it_stands, parts.kept, reading) if is_table else faults
        faults += [*repeated, *zero_faults(reading.cells, reading.balance, delivery)]
    if any(one.code == "L254" for one in parts.faults):
        faults = [one for one in faults if one.code not in OF_FLOWS]
    if errors(faults):
        return Checked(ReadFile(), tuple(faults))
    return Checked(ReadFile(held, held.height, *reading.sums, same), tuple(faults))


BESIDE = frozenset(
    "L185 L186 L187 L189 L200 L240 L241 L246 L250 L252 L253 L254 L257 L261 L262 L263 L264 L270 L271 L273 L290".split()
)
"""Errors beside which the amount of every row is known, so that totals can be held against the rows above them."""


OF_SUMS = frozenset(
    "L110 L181 L184 L185 L186 L189 L241 L242 L244 L249 L250 L252 L253 L254 L257"
    " L261 L262 L263 L264 L270 L271 L273 L290".split()
)
"""Faults about all rows together: of a file of which some rows or settings are not known they say nothing."""


OF_FLOWS = frozenset("L186 L189 L241".split())
"""Questions about costs and income: asked once it is known which codes stand in empty cells."""


def of_cells(faults: Iterable[Fault]) -> list[Fault]:
    """The errors about some cells or rows, whatever the others hold."""
    return [one for one in errors(faults) if one.code not in OF_SUMS]


def settled(faults: Iterable[Fault]) -> bool:
    """Whether the amount of every posting is known, whatever else is asked."""
    return all(one.code in BESIDE for one in errors(faults))


def _without_codes(faults: list[Fault], plain: pl.DataFrame, kept: pl.DataFrame, reading: Reading) -> list[Fault]:
    """The faults with what is to be asked of rows that lack a code: whether they are totals, in the rows as they stand
    (then nothing is said of cells that repeat what stands above), or cut off.
    """
    delivery = reading.delivery
    rows = plain if delivery.profile.fill_down is None else kept
    totals = list(unlabelled_totals(rows, delivery, reading.balance))
    if totals:
        return [*(one for one in faults if one.code != "L254"), *totals]
    sums = list(sums_of_rows(kept, delivery, reading.balance))
    return [*faults, *sums, *lacking_codes(kept, delivery, reading.balance)]


def _repeated_rows(kept: pl.DataFrame, delivery: Delivery) -> list[Fault]:
    """Rows of which every cell stands in an earlier row too: a warning that names the first two (L181)."""
    if SAME not in kept.columns:
        return []
    marks, rows = kept[SAME], kept[ROW]
    if marks.n_unique() == marks.len():  # to count them is much cheaper than to find them
        return []
    first = marks.is_first_distinct()
    again = first.arg_min() or 0
    before = marks.index_of(marks[again]) or 0
    return [fault("L181", delivery.file, rows[again], None, rows[before], count=first.len() - int(first.sum()))]


def used_columns(profile: Profile) -> list[str]:
    """The headers that a profile reads, each once."""
    signs = [profile.sign.column] if profile.sign else []
    left_out = [rule.column for rule in profile.leave_out]
    amounts = profile.budget_amounts
    budget = [*amounts.kinds(), amounts.control, *profile.cents_columns.values()]
    periods = [*profile.period_columns.values(), *profile.income_columns.values()]
    named = [*profile.columns.values(), profile.flows.column, *signs, *left_out, *budget, *periods, profile.line_column]
    return [column for column in dict.fromkeys(named) if column and not word_above(column)]


def header_faults(header: list[str], delivery: Delivery) -> list[Fault]:
    """The profile names all columns that we need, and each stands once in the file; where none does it is said once."""
    names = Counter(name.strip() for name in header)
    wanted, row = used_columns(delivery.profile), delivery.profile.header_row
    facts = {"present": ", ".join(header)}
    if wanted and not any(names[column] or names[numbered(column, 1)] for column in wanted):
        return [fault("L104", delivery.file, row, None, ", ".join(wanted), **facts)]
    doubled = {column for column in wanted if names[column] or names[numbered(column, 1)]}
    faults = [
        fault("L119" if column in doubled else "L104", delivery.file, row, column, column, **facts)
        for column in wanted
        if names[column] != 1
    ]
    file, kind = f"profiles/{delivery.settings.profile}.toml", delivery.settings.kind
    return [*_profile_faults(delivery.profile, file, kind), *faults]


def _profile_faults(profile: Profile, file: str, kind: DeliveryKind) -> list[Fault]:
    """The columns that a profile lacks (L103) or that nobody knows (L102), and patterns of flows that are none."""
    wanted = set(profile.columns)
    known = KNOWN_OF[kind]
    one = "amount" in wanted or profile.sign is not None
    needed = [*REQUIRED[kind], *(["amount"] if one else ["debit", "credit"])]
    if kind is DeliveryKind.BUDGET and profile.budget_amounts.kinds():
        needed = ["year"]
    if profile.period_columns:
        needed = [name for name in REQUIRED[kind] if name != "period"]
    lacking = [f"columns.{name}" for name in needed if name not in wanted and name != "year"]
    lacking += [f"period_columns.{key}" for key in profile.income_columns if key not in profile.period_columns]
    by_side = profile.income_by_side or profile.income_columns
    lacking += [] if profile.flows.column or by_side else ["flows.column"]
    faults = [fault("L103", file, None, key) for key in lacking]
    faults += [
        fault("L102", file, None, f"columns.{name}", name, known=tuple(known)) for name in sorted(wanted - set(known))
    ]
    faults += not_decided(profile, file) if kind is DeliveryKind.BUDGET else []
    for flow in FLOWS:
        for text in getattr(profile.flows, flow) or ():
            try:
                parse_pattern(text)
            except NoPattern:
                faults.append(fault("D105", file, None, f"flows.{flow}", text, kind="pattern", choices=""))
    return faults
