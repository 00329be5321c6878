"""The spending term as a picture: a stacked bar per year of origin, and the day on which its money lapses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gebiedswerk.account import LineTerm, State
from gebiedswerk.blocks.headings import is_running, measure_name, name_in_year
from gebiedswerk.blocks.models import Amount, Bar, Cell, Chart, Group, Strip, Table, TableRow
from gebiedswerk.blocks.year_tables import Setting, cell_or_blank, explained, part_cells
from gebiedswerk.core.spending_term import last_day
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.figures import Address, Subject, area_subject
from gebiedswerk.pictures.charts import legend_of, unit_of, years_of
from gebiedswerk.pictures.scale import Scale, scale_of

KINDS = ("spent", "released", "lapses", "left", "shortfall")


@dataclass(slots=True)
class Origin:
    """What became in one year of the money of one year of origin, in cents; `left` per last year to spend it.

    `until`: the last year in which what is spent or lapsed of it might be spent.
    """

    year: int
    spent: int = 0
    released: int = 0
    left: Counter[int] = field(default_factory=Counter)
    until: int = 0

    @property
    def cents(self) -> int:
        """All there was of it."""
        return self.spent + self.released + self.left.total()


def origins_of(terms: list[LineTerm]) -> list[Origin]:
    """The money of some lines per year of origin, the oldest first; years without money are left out."""
    found: dict[int, Origin] = {}
    for term in terms:
        for tranche in term.spent:
            origin = found.setdefault(tranche.origin, Origin(tranche.origin))
            origin.spent += tranche.cents
            origin.until = max(origin.until, tranche.last_year)
        for tranche in term.released:
            origin = found.setdefault(tranche.origin, Origin(tranche.origin))
            origin.released += tranche.cents
            origin.until = max(origin.until, tranche.last_year)
        for tranche in term.closing:
            found.setdefault(tranche.origin, Origin(tranche.origin)).left[tranche.last_year] += tranche.cents
    return [found[year] for year in sorted(found) if found[year].cents]


@dataclass(frozen=True, slots=True)
class Tranches:
    """The tranches of one subject in one year, with where and how they are shown."""

    setting: Setting
    subject: Subject
    year: int

    @property
    def terms(self) -> list[LineTerm]:
        """The terms of the lines of the subject."""
        lines = self.setting.figures.lines(Address("closing", self.subject, self.year))
        return [line.term for line in lines if line.term]

    @property
    def open(self) -> bool:
        """Whether the year still runs: nothing is released yet, and what may not be spent later will lapse."""
        return self.setting.figures.account.standing(self.year).state in (State.OPEN, State.UNBUDGETED)

    def cell(self, measure: str, origin: int | None = None) -> Cell:
        """A figure of the subject, of one origin or of all."""
        return cell_or_blank(self.setting, Address(measure, self.subject, self.year, origin))

    @property
    def beyond(self) -> str:
        """What the page calls money that was spent beyond all there was."""
        rules = self.setting.figures.dossier.settings.term
        return name_in_year(self.setting.messages, "shortfall", self.year, rules)

    @property
    def headings(self) -> dict[str, str]:
        """The measures of the table with their names; in a year that runs nothing lapses before its end."""
        messages, figures = self.setting.messages, self.setting.figures
        if self.open and figures.known_until(DeliveryKind.REALISED, self.year):
            names = {"spent": "realised", "closing": "closing"}
            return {key: measure_name(figures, messages, name, self.year) for key, name in names.items()}
        names = {"spent": "spent", "released": "released", "closing": "left"}
        return {key: self.named(kind) for key, kind in names.items() if not (self.open and key == "released")}

    def named(self, kind: str) -> str:
        """What a piece is called; what is left in a year that runs may still be spent in it."""
        if kind == "shortfall":
            return self.beyond
        return self.setting.messages(f"chart.piece.{kind}{'.running' if self.open and kind == 'left' else ''}")

    def kind(self, last_year: int) -> str:
        """What is left, and whether it lapses at the end of this year."""
        return "lapses" if self.open and last_year <= self.year else "left"

    def day(self, last_year: int) -> str:
        """The last day on which money may be spent."""
        return self.setting.messages.day(last_day(last_year))


def tranche_caption(setting: Setting, year: int) -> str:
    """What the chart of a year shows; of a year that runs up to which day."""
    day = setting.figures.known_until(DeliveryKind.REALISED, year)
    if day and is_running(setting.figures, year):
        return setting.messages("chart.tranches.caption.running", day=setting.messages.day(day))
    return setting.messages("chart.tranches.caption", year=year)


def tranche_chart(setting: Setting, code: str, caption: str = "") -> Chart | None:
    """What became of the money of an area in its newest year, per year of origin; None where nothing has a term."""
    subject = area_subject(code)
    years = years_of(setting, subject)
    if not years:
        return None
    return stacked_chart(
        Tranches(setting, subject, years[-1]), caption or tranche_caption(setting, years[-1]), "table-tranches"
    )


def tranche_table(setting: Setting, code: str, caption: str = "") -> Table | None:
    """The table that belongs to `tranche_chart`."""
    subject = area_subject(code)
    years = years_of(setting, subject)
    if not years:
        return None
    return stacked_table(
        Tranches(setting, subject, years[-1]), caption or tranche_caption(setting, years[-1]), "table-tranches"
    )


def stacked_chart(shown: Tranches, caption: str, table_id: str) -> Chart | None:
    """A stacked bar per year of origin, and one for what nothing covers; None where no line has a term."""
    origins, shortfall = origins_of(shown.terms), sum(term.shortfall for term in shown.terms)
    scale = scale_of([*(origin.cents for origin in origins), shortfall])
    groups = [Group(*_origin(shown, origin, scale)) for origin in origins]
    if shortfall:
        amount = Amount("", shown.cell("shortfall"), "shortfall")
        strip = Strip((scale.bar("shortfall", 0, shortfall),), (amount,))
        groups.append(Group(Cell(shown.beyond), (strip,)))
    if not groups:
        return None
    used = {bar.kind for group in groups for strip in group.strips for bar in strip.bars}
    return Chart(
        id=f"chart-{table_id.removeprefix('table-')}",
        caption=caption,
        legend=legend_of(
            shown.setting,
            [kind for kind in KINDS if kind in used],
            {kind: shown.named(kind) for kind in ("left", "shortfall")},
            day=shown.day(shown.year),
        ),
        zero=scale.at(0),
        groups=tuple(groups),
        table_id=table_id,
        description=shown.setting.messages("chart.tranches.description", unit=unit_of(shown.setting)),
    )


def _origin(shown: Tranches, origin: Origin, scale: Scale) -> tuple[Cell, tuple[Strip, ...], str]:
    """Name, strip and note of one year of origin: its pieces stand behind each other."""
    bars: list[Bar] = []
    amounts: list[Amount] = []
    at = 0
    for kind, cents, amount in _pieces(shown, origin):
        bars.append(scale.bar(kind, at, at + cents))
        amounts.append(Amount(shown.named(kind), amount, kind))
        at += cents
    days = [shown.day(last_year) for last_year, cents in sorted(origin.left.items()) if cents]
    note = shown.setting.messages("chart.tranches.until", day="; ".join(days)) if days else ""
    return (
        Cell(shown.setting.messages("area.tranche", origin=origin.year)),
        (Strip(tuple(bars), tuple(amounts), stacked=True),),
        note,
    )


def _pieces(shown: Tranches, origin: Origin) -> Iterator[tuple[str, int, Cell]]:
    """Kind, cents and printed amount of the pieces of one origin, in the order in which money goes."""
    if origin.spent:
        yield "spent", origin.spent, shown.cell("spent", origin.year)
    if origin.released:
        yield "released", origin.released, shown.cell("released", origin.year)
    for last_year, cents, cell in _left(shown, origin):
        yield shown.kind(last_year), cents, cell


def _left(shown: Tranches, origin: Origin) -> list[tuple[int, int, Cell]]:
    """What is left of one origin: per last year to spend it its cents and its printed amount."""
    left = [(last_year, cents) for last_year, cents in sorted(origin.left.items()) if cents]
    whole = Address("closing", shown.subject, shown.year, origin.year)
    cells = part_cells(shown.setting, [cents for _, cents in left], whole)
    return [(last_year, cents, cell) for (last_year, cents), cell in zip(left, cells, strict=True)]


def stacked_table(shown: Tranches, caption: str, table_id: str) -> Table:
    """The amounts of `stacked_chart`: a row per year of origin and day, what nothing covers, and the total."""
    messages, shortfall = shown.setting.messages, sum(term.shortfall for term in shown.terms)
    headings = shown.headings | ({"shortfall": shown.beyond} if shortfall else {})
    rows = [row for origin in origins_of(shown.terms) for row in _rows(shown, origin, list(headings))]
    total = (shown.cell(measure) for measure in headings)
    rows.append(TableRow((Cell(messages("table.total")), Cell(""), *total), total=True))
    first = messages("chart.tranches.origin", unit=unit_of(shown.setting))
    columns = (first, messages("area.spend_by"), *headings.values())
    return explained(Table(table_id, caption, columns, tuple(rows)), messages)


def _rows(shown: Tranches, origin: Origin, measures: Sequence[str]) -> Iterator[TableRow]:
    """The first row of an origin says what is spent and lapsed; one more where what is left has more days."""
    left = _left(shown, origin) or [(origin.until, 0, shown.cell("closing", origin.year))]
    blank = Cell("", amount=True)
    for at, (last_year, _, rest) in enumerate(left):
        gone = {"closing": rest} | ({m: shown.cell(m, origin.year) for m in ("spent", "released")} if at == 0 else {})
        name = Cell(shown.setting.messages("area.tranche", origin=origin.year))
        cells = (gone.get(measure, blank) for measure in measures)
        yield TableRow((name, Cell(shown.day(last_year) if last_year else ""), *cells))
