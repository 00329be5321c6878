"""The settings of a dossier, its deliveries and its publications: what people write in TOML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from gebiedswerk.core.filenames import LONGEST_NAME, Refusal, refusal_of_name
from gebiedswerk.core.matching import NoPattern, parse_pattern
from gebiedswerk.core.spending_term import TermRule
from gebiedswerk.core.words import TextKind
from gebiedswerk.dossier.tables import Authority, BudgetKind, BudgetStatus
from gebiedswerk.language.languages import DUTCH, LANGUAGES

FORMAT = 2
CODE_COLUMNS = ("cost_centre", "ledger_account", "project", "taakveld", "category")
"""The columns of a delivery by which rules go."""
MOST_PERIODS = 100
PERIOD_KEY = "(?:(?:19|20)[0-9]{2}-0?)?(?:[0-9]|1[0-6])"
"""A period of which a column holds the amounts, with its year or without: `3`, `2025-03`."""
YEARS_OF_MONTHS = ("header", "before", "row", "order")


@dataclass(frozen=True, slots=True)
class Limit:
    """What a setting must hold besides its type; `name` is the key of its explanation (`kind.<name>`).

    `refusal`: of a setting that becomes a file or an address, why it cannot. `choices`: all that it may be.
    """

    name: str
    holds: Callable[[Any], bool]
    refusal: Callable[[str], Refusal | None] = lambda text: None
    choices: Sequence[str] = ()


def _refusal_of_file(name: str) -> Refusal | None:
    return refusal_of_name(name, LONGEST_NAME) if name else None


def refusal_of_delivered(file: str) -> Refusal | None:
    """Why no disk can hold the file of a delivery, which may stand outside the dossier too."""
    parts = (part for part in file.split("/") if part not in ("", ".", ".."))
    return next(filter(None, map(refusal_of_name, parts)), None)


def _is_encoding(name: str) -> bool:
    """Whether Python reads text in it: `base64` is a codec, and no encoding of text."""
    try:
        return bool("a".encode(name))
    except (LookupError, ValueError):
        return False


def _is_sign(text: str) -> bool:
    """A mark between cells or digits: a tab is one; a letter, digit, quote or line break is none."""
    return text == "\t" or len(text) == 1 and text.isprintable() and not text.isalnum() and text != '"'


def _is_pattern(text: str) -> bool:
    """Whether rules know it as a pattern; an empty one would be anything."""
    try:
        parse_pattern(text)
    except NoPattern:
        return False
    return bool(text)


def _are_pictures(found: dict[str, str]) -> bool:
    """Whether columns of codes have texts of zeros, with a point in it or not."""
    return all(name in CODE_COLUMNS and re.fullmatch(r"0+(\.0+)?", text) for name, text in found.items())


CODE = TextKind.CODE
PatternText = Annotated[str, Limit("pattern", _is_pattern), CODE]
Unit = Annotated[int, Limit("unit", lambda unit: unit in (1, 1000, 1_000_000))]
Sign = Annotated[str, Limit("sign", _is_sign), CODE]
Encoding = Annotated[str, Limit("encoding", _is_encoding), CODE]
Positive = Annotated[int, Limit("positive", lambda number: number > 0)]
CodeColumn = Annotated[str, Limit("code_column", lambda name: name in CODE_COLUMNS), CODE]
GroupColumn = Annotated[str, Limit("group_column", lambda name: name in ("year", "period", *CODE_COLUMNS)), CODE]
HeaderRows = Annotated[int, Limit("header_rows", lambda rows: rows in (1, 2, 3))]
Year = Annotated[int, Limit("year", lambda year: 1900 <= year < 2100)]
Period = Annotated[int, Limit("period", lambda period: 0 <= period < MOST_PERIODS)]
Months = Annotated[int, Limit("months", lambda months: months in (0, 1, 2, 3, 4, 6, 12))]
PeriodMonths = Annotated[int, Limit("period_months", lambda months: months in (1, 3, 4, 6))]
Plain = Annotated[str, CODE]
ShortPeriod = Annotated[int, Limit("short_period", lambda month: month in (1, 10))]
LatePeriod = Annotated[int, Limit("late_period", lambda period: period in (0, 12, 13))]
Zeros = Annotated[dict[str, Plain], Limit("zeros", _are_pictures)]
PeriodColumns = Annotated[
    dict[str, Plain], Limit("period_columns", lambda found: all(re.fullmatch(PERIOD_KEY, one) for one in found))
]
YearOfMonths = Annotated[str, Limit("choice", lambda text: text in YEARS_OF_MONTHS, choices=YEARS_OF_MONTHS), CODE]
CentsColumns = Annotated[
    dict[str, Plain], Limit("cents_columns", lambda found: set(found) <= {"amount", "debit", "credit"})
]
Name = Annotated[str, TextKind.NAME]
Prose = Annotated[str, TextKind.PROSE]
Decision = Annotated[str, TextKind.DECISION]
Reason = Annotated[str, TextKind.REASON]
Government = Annotated[str, Limit("government", lambda text: re.fullmatch(r"[0-9]{4}|", text) is not None), CODE]
GroundName = Annotated[
    str, Limit("ground", lambda text: re.fullmatch(r"(?!undecided$)[^\s/?#@]+", text) is not None), TextKind.CODE
]
FontFamily = Annotated[
    str, Limit("plain_text", lambda text: re.fullmatch(r"[\w -]{1,60}", text) is not None), TextKind.CODE
]
FontWeight = Annotated[
    str, Limit("font_weight", lambda text: re.fullmatch(r"[1-9]00( [1-9]00)?", text) is not None), TextKind.CODE
]
OptionalFile = Annotated[
    str, Limit("file_name", lambda text: re.fullmatch(r"[\w.-]{0,100}", text) is not None, _refusal_of_file), CODE
]
FileName = Annotated[
    str, Limit("file_name", lambda text: re.fullmatch(r"[\w.-]{1,100}", text) is not None, _refusal_of_file), CODE
]
DeliveredFile = Annotated[str, Limit("text", lambda text: True, refusal_of_delivered), CODE]


Language = Annotated[str, Limit("choice", lambda code: code in LANGUAGES, choices=LANGUAGES), CODE]
"""A language of pages, by its code."""


def _is_address(text: str) -> bool:
    """Whether it is an address of the web, in full; empty is none."""
    return text == "" or re.fullmatch(r"https?://[^\s\"<>#?]{1,500}", text) is not None


def _by_language(words: dict[str, str]) -> bool:
    return words.keys() <= set(LANGUAGES)


ByLanguage = Annotated[dict[str, str], Limit("by_language", _by_language), TextKind.PROSE]
"""Prose in other languages than the first."""


class DeliveryKind(StrEnum):
    """What the postings of a delivery are."""

    REALISED = "realised"
    COMMITMENT = "commitment"
    BUDGET = "budget"


class Status(StrEnum):
    """Where a publication stands: a draft forgives loose numbers; an adopted one keeps its figures for ever."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ADOPTED = "adopted"


class PublicationKind(StrEnum):
    """What a publication is."""

    ACCOUNTS = "accounts"
    BUDGET = "budget"
    PROGRESS = "progress"


class ChapterPart(StrEnum):
    """Where a page stands in a publication, in the order of the law (BBV art. 7 and 24)."""

    PROGRAMMES = "programmes"
    PARAGRAPHS = "paragraphs"
    ACCOUNTS = "accounts"
    ANNEXES = "annexes"


class PublicColumn(StrEnum):
    """A column of a delivery that may be published, where a decision says so."""

    BOOKED_ON = "booked_on"
    LEDGER_ACCOUNT = "ledger_account"
    COST_CENTRE = "cost_centre"
    PROJECT = "project"
    TAAKVELD = "taakveld"
    CATEGORY = "category"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Municipality:
    """Whose dossier this is. `explanations` holds the explanation in other languages."""

    name: Name
    explanation: Prose = ""
    explanations: Annotated[dict[str, str], Limit("by_language", _by_language), TextKind.PROSE] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class Presentation:
    """How pages speak: the first language, those beside it, and the unit of amounts in euros (1, 1000, 1000000)."""

    language: Language = DUTCH
    translations: list[Language] = field(default_factory=list)
    unit: Unit = 1000

    @property
    def languages(self) -> tuple[Language, ...]:
        """Every language in which the site is written, the first one first."""
        return tuple(dict.fromkeys((self.language, *self.translations)))


@dataclass(frozen=True, slots=True)
class Iv3Settings:
    """How the Iv3 deliveries in `iv3/` are written: their form does not say the unit of their amounts, in euros."""

    unit: Unit = 1


@dataclass(frozen=True, slots=True)
class Block:
    """Postings that are never published one by one, such as salaries: those of which every code named here fits.

    Of one code one pattern is enough, as in rules.
    """

    name: GroundName
    ground: Annotated[str, Limit("text", bool), TextKind.REASON]
    administration: list[PatternText] = field(default_factory=list)
    ledger_account: list[PatternText] = field(default_factory=list)
    cost_centre: list[PatternText] = field(default_factory=list)
    project: list[PatternText] = field(default_factory=list)
    taakveld: list[PatternText] = field(default_factory=list)
    category: list[PatternText] = field(default_factory=list)

    def patterns(self) -> dict[str, list[str]]:
        """Code → its patterns, for the codes that are named."""
        return {name: found for name in BLOCKED_BY if (found := getattr(self, name))}


BLOCKED_BY = ("administration", "ledger_account", "cost_centre", "project", "taakveld", "category")


@dataclass(frozen=True, slots=True)
class Privacy:
    """What never leaves the building as a single posting. `block = []` says that nothing has to be kept back."""

    smallest_group: Positive = 5
    block: list[Block] | None = None


@dataclass(frozen=True, slots=True)
class OpenData:
    """Under which licence the data are published, by whom, and at which address the site stands.

    Catalogues, maps of the site and feeds need full addresses: without `address` they are not written.
    """

    licence: Annotated[str, Limit("licence", lambda name: name in ("CC0-1.0", "CC-BY-4.0")), CODE] = "CC0-1.0"
    address: Annotated[str, Limit("address", _is_address), CODE] = ""
    publisher: Annotated[str, Limit("address", _is_address), CODE] = ""
    contact: Annotated[str, Limit("address", _is_address), CODE] = ""


@dataclass(frozen=True, slots=True)
class FontSettings:
    """A font of the municipality: a WOFF2 file in `site/`, and the name by which tokens call it."""

    family: FontFamily
    file: FileName
    weight: FontWeight = "400"
    italic: bool = False


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The look of the site, with files in the folder `site/`, and whether it can be searched in full."""

    logo: OptionalFile = ""
    fonts: list[FontSettings] = field(default_factory=list)
    search: bool = False


@dataclass(frozen=True, slots=True)
class DossierSettings:
    """`dossier.toml`."""

    format: Positive
    municipality: Municipality
    term: Annotated[list[TermRule], Limit("some", bool)]
    presentation: Presentation = field(default_factory=Presentation)
    iv3: Iv3Settings = field(default_factory=Iv3Settings)
    privacy: Privacy = field(default_factory=Privacy)
    open_data: OpenData = field(default_factory=OpenData)
    site: SiteSettings = field(default_factory=SiteSettings)


@dataclass(frozen=True, slots=True)
class Control:
    """Control totals of a delivery as its sender gives them; amounts as the Dutch write them."""

    lines: int
    debit: Plain
    credit: Plain


@dataclass(frozen=True, slots=True)
class Flows:
    """Which codes of one column are no costs: income, reserve movements, the balance sheet. Patterns, as in rules.

    `balance = []` says that none of the accounts is of the balance sheet; left out, nobody has said so.
    """

    column: Plain = ""
    income: list[Plain] = field(default_factory=list)
    reserve_in: list[Plain] = field(default_factory=list)
    reserve_out: list[Plain] = field(default_factory=list)
    balance: list[Plain] | None = None


@dataclass(frozen=True, slots=True)
class SignColumn:
    """A column that gives `amount` its sign: `N`/`V` (nadeel, voordeel) or `D`/`C`. Without `positive`: all else.

    `signed`: the amounts carry that sign themselves too, and the column only repeats it.
    """

    column: Plain
    negative: Annotated[list[Plain], Limit("some", bool)]
    positive: list[Plain] = field(default_factory=list)
    signed: bool | None = None


@dataclass(frozen=True, slots=True)
class BudgetKinds:
    """What a budget file writes in its column `budget_kind` for an adopted budget and for an amendment."""

    adopted: list[Plain] = field(default_factory=list)
    amendment: list[Plain] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CommitmentKinds:
    """What a file of commitments writes in its column `commitment_kind` for an order and for a grant.

    Any other word says neither: that money is ordered or promised.
    """

    order: list[Plain] = field(default_factory=list)
    grant: list[Plain] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BudgetAmounts:
    """The columns of a budget that hold amounts, each of one kind of decision. `control`: the one that is their sum."""

    adopted: list[Plain] = field(default_factory=list)
    amendment: list[Plain] = field(default_factory=list)
    control: Plain = ""

    def kinds(self) -> dict[str, BudgetKind]:
        """Header → the kind of the decisions below it."""
        adopted = dict.fromkeys(self.adopted, BudgetKind.ADOPTED)
        return adopted | dict.fromkeys(self.amendment, BudgetKind.AMENDMENT)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that are no postings: those with one of these texts in a column (`Subtotaal*`, whatever its capitals), or,
    with `empty`, with nothing in it. Without a column: a total of that text, in whichever column. With `control` their
    amounts are totals of the rows above, and held against them. With `below` all rows below the first of them go too.
    """

    column: Plain
    text: list[Plain] = field(default_factory=list)
    empty: bool = False
    control: bool = True
    below: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """How one package writes its export. `columns` maps our name to the header in the file.

    Amounts stand in `amount` (costs positive, or below zero with `negative_costs`; or signed by `sign`), or in `debit`
    and `credit` (both without sign; with `negative_credit` the credit has a minus). A `sign` in the column of the
    amount itself stands before or behind it. `unsigned_income`: income stands there without the minus that costs
    would have. `income_by_side`: what stands in `credit` is income, whatever its account.

    `unit`: in how many euros amounts are written, 1000 under `x € 1.000`; `in_cents`: they are in whole cents.
    `shown_minus`: a minus that only the format of a cell shows counts.
    `cents_columns`: `amount`, `debit` or `credit` holds whole euros, and this column beside it the cents; "" for none.
    `unlabelled_totals = false`: a row that lacks what others have is a posting, though it be the sum of those above it.
    `empty_codes = true`: the few rows that lack a code which all others have are postings.
    `quarters`: the column of the period holds quarters; such a row stands in the last month of its quarter.
    `period_months`: a period of the file has so many months, and stands in the last of them.
    `short_period`: the month of `2025.1`, 10 where a spreadsheet took the zero off `2025.10`.
    `late_period`: where days say the period, that of rows whose day falls after their year; 0: the month of the day.
    `zeros`: how many digits codes have that a spreadsheet took for numbers: `cost_centre = "0000.00"`; "0" for as they
    stand.
    `line_column`: where lines stand that name a code for the rows below them; a column `Kostenplaats (regel erboven)`
    is what stands in those that begin with that word.
    The column `bladnaam` is the name of each sheet, where a file has none that is called so.
    `period_columns`: period → the column that holds its amounts, instead of `period` and `amount`: `1 = "jan"`.
    `income_columns`: period → the column of its income, where `period_columns` hold the costs alone.
    `year_of_months`: where such columns go over New Year, or say another year than their row: the year in their name
    counts (`header`), that of the row (`row`), that of the row and for months before January the one before (`before`),
    or the first column is period 1 of the year of the row (`order`).
    `unread_columns`: columns with amounts beside those that do not count.
    `running_months`: each of those columns holds the year up to and including its month; without them, each row that up
    to and including its period.
    `fill_down`: columns that say something in the first row of a group alone, which holds for the empty cells below.
    `swapped_days`: days that are no text in a sheet have day and month in each other's place.
    `quotes = false`: a quote in a CSV is a sign like any other, and each line is a row.
    `months`: an export covers so many whole months: 3 for a quarter, and for the year up to and including a quarter.
    `sheet`: the sheet of a workbook; `*` in it stands for anything, and all sheets that fit and have these columns are
    read, one below the other. `other_sheets = false`: others with these columns may stand there unread.
    `header_rows`: a header of two rows begins in `header_row`; its columns are called by both, `2025 Debet`.
    `empty`: texts that say that nothing stands in a cell, such as `NULL`.

    `named_codes`: the columns whose cells hold a code and its name, `7110 Noorderwijk`; of these only the code counts.
    Left out, nobody has said so and a cell counts as it stands. `renamed`: codes that may have more than one name.

    `leave_out`: rows that are no postings; `keep`: texts that look like those of totals, and are postings all the same.

    `unsure`: the settings that `import --propose` could not be sure of, each with its question. While one is left,
    nothing is read with the profile; `import --answer` writes an answer and takes its question away.
    """

    columns: dict[str, Plain] = field(default_factory=dict)
    flows: Flows = field(default_factory=Flows)
    sheet: Plain = ""
    header_row: Positive = 1
    header_rows: HeaderRows = 1
    sign: SignColumn | None = None
    trailing_minus: bool = False
    negative_costs: bool | None = None
    negative_credit: bool | None = None
    unsigned_income: bool | None = None
    income_by_side: bool = False
    unlabelled_totals: bool | None = None
    empty_codes: bool = False
    quarters: bool | None = None
    period_months: PeriodMonths | None = None
    short_period: ShortPeriod | None = None
    late_period: LatePeriod | None = None
    zeros: Zeros = field(default_factory=dict)
    period_columns: PeriodColumns = field(default_factory=dict)
    income_columns: PeriodColumns = field(default_factory=dict)
    line_column: Plain = ""
    year_of_months: YearOfMonths | None = None
    unread_columns: list[Plain] = field(default_factory=list)
    running_months: bool | None = None
    fill_down: list[GroupColumn] | None = None
    other_sheets: bool | None = None
    unit: Unit | None = None
    in_cents: bool | None = None
    shown_minus: bool | None = None
    cents_columns: CentsColumns = field(default_factory=dict)
    leave_out: list[LeftOut] = field(default_factory=list)
    keep: list[Plain] = field(default_factory=list)
    empty: list[Plain] = field(default_factory=list)
    named_codes: list[CodeColumn] | None = None
    renamed: list[Plain] = field(default_factory=list)
    budget_kinds: BudgetKinds = field(default_factory=BudgetKinds)
    budget_amounts: BudgetAmounts = field(default_factory=BudgetAmounts)
    commitment_kinds: CommitmentKinds = field(default_factory=CommitmentKinds)
    delimiter: Sign = ";"
    quotes: bool | None = None
    swapped_days: bool | None = None
    encoding: Encoding = "utf-8"
    decimal: Sign = ","
    thousands: Plain = "."
    date: Plain = "dd-mm-jjjj"
    months: Months = 0
    unsure: dict[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class YearCover:
    """The periods that a file covers of one of its years, where that is not all of `periods`."""

    year: Year
    periods: Annotated[list[Period], Limit("some", bool)]


@dataclass(frozen=True, slots=True)
class DecisionSettings:
    """What a budget file does not say of its decisions: of all of them, or of those of one `kind`."""

    kind: BudgetKind | None = None
    number: Decision = ""
    authority: Authority | None = None
    decided_on: date | None = None
    effective_on: date | None = None
    status: BudgetStatus = BudgetStatus.ADOPTED
    complete: bool = False


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """`delivery.toml`: what a file covers, when it was exported, and what of it may be published.

    `whole`: a budget that holds all decisions of its years, and takes the place of every older one of these.
    """

    file: DeliveredFile
    kind: DeliveryKind
    administration: Plain
    years: Annotated[list[Year], Limit("some", bool)]
    exported_at: datetime
    profile: FileName
    periods: Annotated[list[Period], Limit("some", bool)] = field(default_factory=lambda: list(range(14)))
    cover: list[YearCover] = field(default_factory=list)
    whole: bool = False
    decision: list[DecisionSettings] = field(default_factory=list)
    control: Control | None = None
    public_decision: Decision = ""
    public_columns: list[PublicColumn] = field(default_factory=list)
    complete_for: Government = ""
    accepted: Reason = ""


@dataclass(frozen=True, slots=True)
class ChapterSettings:
    """A page of a publication: its Markdown file without `.md`, and the part in which it stands."""

    file: FileName
    part: ChapterPart


class LabelColumn(StrEnum):
    """What a publication may name itself: a column of its tables of a year (`line`: the first), or their total."""

    LINE = "line"
    BUDGET = "budget"
    REALISED = "realised"
    RESULT = "result"
    OUTSIDE = "outside"
    MOVED_OUT = "moved_out"
    RELEASED = "released"
    SHORTFALL = "shortfall"
    GENERAL = "general"
    CLOSING = "closing"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class LabelSettings:
    """What a publication calls a column of its tables, or the total; `titles` holds it in other languages."""

    column: LabelColumn
    title: Prose
    titles: ByLanguage = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PublicationSettings:
    """`publication.toml`: a page on what was known at `as_of`; `published_at` is set by a person, never by a clock.

    `pages` puts the pages of a publication in parts; parts stand in the order of the law, pages in that of the list.
    `labels` are the words above the columns of its tables, where those of the municipality differ from ours.
    """

    kind: PublicationKind
    year: Year
    title: Prose
    status: Status
    as_of: datetime | None = None
    published_at: datetime | None = None
    unit: Unit | None = None
    titles: ByLanguage = field(default_factory=dict)
    pages: list[ChapterSettings] = field(default_factory=list)
    labels: list[LabelSettings] = field(default_factory=list)
