"""One schema for every table of the dossier: a class per table, a field per column.

The reference (`docs/reference/tables.md`) is made from here. Every row knows its own number in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from gebiedswerk.core.matching import ANYTHING
from gebiedswerk.dossier.cell_types import (
    AreaCode,
    CbsCode,
    Cents,
    CentsLeft,
    Code,
    Codes,
    Day,
    Decision,
    KeyCode,
    LineCode,
    Name,
    Place,
    Plain,
    Prose,
    Public,
    Reason,
    RowNumber,
    SiteAddress,
    Slug,
    Weight,
    Year,
    YesNo,
    references_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has: its number in the file, the header being row 1."""

    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Row):
    """A place: own permanent code and slug. `valid_to` is the first day on which it no longer holds."""

    code: Code
    slug: Slug
    name: Name
    kind: Name
    parent: AreaCode | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None


class AreaChangeKind(StrEnum):
    """What happened to an area."""

    MERGER = "merger"
    SPLIT = "split"
    RENAME = "rename"


class Series(StrEnum):
    """How a series of years goes over a change of areas."""

    BREAK = "break"
    RECOMPUTED = "recomputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaChange(Row):
    """One area became (a part of) another: a merger has a row per former area, a split a row per new one."""

    kind: AreaChangeKind
    from_area: AreaCode
    to_area: AreaCode
    changed_on: Day
    decision: Decision = ""
    series: Series = Series.BREAK
    weight: Weight | None = None

    def joins(self, new: Area) -> bool:
        """Whether the area that came, `new`, was there already: then the other one joined it, and that is no merger."""
        return self.kind is AreaChangeKind.MERGER and (new.valid_from is None or new.valid_from < self.changed_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPart(Row):
    """A gemeente, wijk or buurt of the CBS that lies in an area. A code holds within one division year only."""

    area: AreaCode
    code: CbsCode
    division_year: Year


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile(Row):
    """Where an area stands on a map of equal tiles, counted from the top left; for maps without shapes."""

    area: AreaCode
    across: Place
    down: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine(Row):
    """A budget line (begrotingspost): own permanent code and slug, set once, never recomputed."""

    code: Code
    slug: Slug


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLineYear(Row):
    """A budget line in one year. An empty area is inherited from the parent; an empty root is city-wide."""

    line: LineCode
    year: Year
    name: Name
    area: AreaCode | None = None
    parent: Code | None = None
    programme: Name = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearState(Row):
    """When a year was closed, and when the council decided what moves on to the next year."""

    year: Year
    closed_on: Day | None = None
    carry_over_decided_on: Day | None = None
    decision: Decision = ""


class BudgetKind(StrEnum):
    """What a budget row is."""

    ADOPTED = "adopted"
    AMENDMENT = "amendment"
    CARRY_OVER = "carry_over"


class BudgetFlow(StrEnum):
    """Whether a budget row is about costs (lasten), income (baten), or money into or out of a reserve."""

    COSTS = "costs"
    INCOME = "income"
    RESERVE_IN = "reserve_in"
    RESERVE_OUT = "reserve_out"


class BudgetStatus(StrEnum):
    """Only adopted rows count; proposed rows wait."""

    ADOPTED = "adopted"
    PROPOSED = "proposed"


class Authority(StrEnum):
    """Who decided."""

    RAAD = "raad"
    COLLEGE = "college"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRow(Row):
    """One amount of a budget decision. Costs are positive, income negative, as everywhere; so is what goes into a
    reserve, and what comes out of it.

    A `carry_over` row brings no new money: it settles an opening. Above zero it moves money of `origin` into
    `year`; below zero it moves money out of `year`, before that year ends. `source` names a predecessor's line;
    empty is the line itself. A row without a line is coverage outside the dossier.
    """

    id: Code
    corrects: Code | None = None
    line: LineCode | None = None
    year: Year
    kind: BudgetKind
    flow: BudgetFlow = BudgetFlow.COSTS
    amount: Cents
    number: Annotated[Decision, Public("decision")]
    authority: Annotated[Authority, Public("authority")]
    decided_on: Annotated[Day, Public("decided_on")]
    effective_on: Day | None = None
    status: BudgetStatus = BudgetStatus.ADOPTED
    complete: YesNo = False
    origin: Annotated[Year, Public("origin")] | None = None
    last_year: Annotated[Year, Public("last_year")] | None = None
    source: Annotated[LineCode, Public("source")] | None = None
    in_budget: Annotated[YesNo, Public("in_budget")] = False
    note: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningRow(Row):
    """What was left when the dossier begins, for a municipality that starts without old ledgers."""

    id: Code
    corrects: Code | None = None
    line: LineCode
    year: Year
    origin: Year
    last_year: Year | None = None
    amount: CentsLeft
    in_budget: YesNo = False
    decision: Decision
    decided_on: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRow(Row):
    """A decision that lengthens one tranche: at most `amount` of `origin`, up to and including `last_year`."""

    id: Code
    corrects: Code | None = None
    line: LineCode
    origin: Year
    amount: CentsLeft
    last_year: Year
    number: Decision
    authority: Authority
    decided_on: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionRow(Row):
    """A rule: the postings whose codes match go to a line, are divided by a key, or are out of scope for a reason."""

    id: Code
    administration: Codes = ANYTHING
    kind: Codes = ANYTHING
    year: Codes = ANYTHING
    ledger_account: Codes = ANYTHING
    cost_centre: Codes = ANYTHING
    project: Codes = ANYTHING
    taakveld: Codes = ANYTHING
    category: Codes = ANYTHING
    booked_on: Codes = ANYTHING
    line: LineCode | None = None
    key: KeyCode | None = None
    out_of_scope: Reason = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow(Row):
    """The weight of one line in a key (verdeelsleutel), per year. `whole` says what all weights of it add up to."""

    key: Code
    year: Year
    line: LineCode
    weight: Weight
    decision: Decision
    whole: Weight | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation(Row):
    """An accepted difference (aansluiting): what, how much, why, who (a role) and when."""

    id: Code
    corrects: Code | None = None
    what: Plain
    amount: Cents
    reason: Reason
    who: Decision
    accepted_on: Day


class Asker(StrEnum):
    """Who asked: by kind, never by name."""

    COUNCIL = "council"
    RESIDENT = "resident"
    PRESS = "press"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow(Row):
    """A question about one figure and its answer, shown with that figure. Nobody is named."""

    id: Code
    corrects: Code | None = None
    figure: Plain
    question: Prose
    asked_on: Day
    asked_by: Asker
    answer: Prose = ""
    answered_on: Day | None = None


class PrivacyKind(StrEnum):
    """What was found in a public text, or a total or a difference of two that shows what a block hides."""

    BSN = "bsn"
    IBAN = "iban"
    EMAIL = "email"
    PHONE = "phone"
    CREDITOR = "creditor"
    ADDRESS = "address"
    BIRTH = "birth"
    SMALL_GROUP = "small_group"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyAccepted(Row):
    """Something that may be public although the scan of public texts, or the smallest group, stops it: who says why.

    What a row does not name may be anything: `text` alone accepts those words everywhere, `file` and `column` a whole
    column. For a `small_group`: the file, the line (or key) and the year; for a `difference` between what is public and
    what is or was: the line, the year, or both. This table is never published.
    """

    id: Code
    corrects: Code | None = None
    kind: PrivacyKind
    text: Plain = ""
    file: Plain = ""
    row_in_file: RowNumber | None = None
    column: Plain = ""
    line: Code | None = None
    year: Year | None = None
    reason: Reason
    who: Decision
    accepted_on: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeNumber(Row):
    """A number in the text of a table or setting that does not come from the account: which words, where, and why.

    `words` is what stands there, with as much around it as you like; an empty column or row means anywhere in the file.
    In Markdown a number is marked in the text itself. This table is never published.
    """

    id: Code
    corrects: Code | None = None
    file: Plain
    column: Plain = ""
    row_in_file: RowNumber | None = None
    words: Plain
    reason: Reason
    who: Decision
    accepted_on: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown(Row):
    """A row of the public ledger that is shown no longer, by decision: its amount stays, what it told is gone.

    A release keeps a hash of the row, by which whoever has an earlier release can tell it again; with `without_hash`
    not even that, for a text so short that it could be guessed.
    """

    posting: Plain
    decision: Decision
    decided_on: Day
    reason: Reason
    without_hash: YesNo = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect(Row):
    """An address that moved, so that it still answers. `old/*` and `new/*` move everything below a folder."""

    old: SiteAddress
    new: SiteAddress
    note: Prose = ""


@dataclass(frozen=True, slots=True)
class TableSchema:
    """Where a row class stands: its file, its key, whether a dossier must have it, and whether pages may show it.

    `first_id`: of a table whose key is made of what people edit, the columns of which a row without an `id` gets one.
    """

    file: str
    rows: type[Row]
    key: tuple[str, ...]
    required: bool = False
    published: bool = True
    first_id: tuple[str, ...] = ()

    @property
    def refers(self) -> tuple[tuple[str, str], ...]:
        """Each column with a code that must stand in another table, and that table."""
        return references_of(self.rows)


TABLES: Mapping[str, TableSchema] = {
    "areas": TableSchema("areas.csv", Area, ("code",), required=True),
    "area_changes": TableSchema("area_changes.csv", AreaChange, ("from_area", "to_area")),
    "area_parts": TableSchema("area_parts.csv", AreaPart, ("code", "division_year")),
    "tiles": TableSchema("tiles.csv", Tile, ("area",)),
    "budget_lines": TableSchema("budget_lines.csv", BudgetLine, ("code",), required=True),
    "budget_line_years": TableSchema("budget_line_years.csv", BudgetLineYear, ("line", "year"), required=True),
    "years": TableSchema("years.csv", YearState, ("year",)),
    "budgets": TableSchema("budgets.csv", BudgetRow, ("id",), required=True),
    "openings": TableSchema("openings.csv", OpeningRow, ("id",)),
    "extensions": TableSchema("extensions.csv", ExtensionRow, ("id",)),
    "attribution": TableSchema("attribution.csv", AttributionRow, ("id",), required=True),
    "keys": TableSchema("keys.csv", KeyRow, ("key", "year", "line")),
    "reconciliations": TableSchema("reconciliations.csv", Reconciliation, ("id",)),
    "questions": TableSchema("questions.csv", QuestionRow, ("id",)),
    "privacy_accepted": TableSchema("privacy_accepted.csv", PrivacyAccepted, ("id",), published=False),
    "free_numbers": TableSchema("free_numbers.csv", FreeNumber, ("id",), published=False),
    "redirects": TableSchema("redirects.csv", Redirect, ("old",)),
    "takedowns": TableSchema("takedowns.csv", Takedown, ("posting",)),
}
