"""What an area page shows of money: all years beside each other, and what is left until when."""

from __future__ import annotations

from collections.abc import Iterator

from gebiedswerk.account import State, YearAccount, tranche_sum
from gebiedswerk.core.tranches import Tranche, in_spending_order
from gebiedswerk.figures import Address
from gebiedswerk.publication.models import Block, Cell, Table, TableRow
from gebiedswerk.publication.tables import UNIT_NAMES, Setting, amount_cell, cell_or_blank

MEASURES = ("budget", "realised", "committed", "result", "closing")


def area_facts(setting: Setting, code: str) -> Iterator[str]:
    """Sentences about the newest year: how far it is, and what lapses."""
    years = _years(setting, code)
    if not years:
        yield setting.messages("area.no_money")
        return
    accounts = [setting.figures.account.standing(year) for year in years]
    for account in accounts:
        running = account.state in (State.OPEN, State.UNBUDGETED)
        if running or account is accounts[-1]:
            yield setting.messages(f"state.{account.state.value}", year=account.year)
        for tranche in _left(setting, account, code) if running else ():
            if tranche.last_year <= account.year:
                amount = setting.messages.euros(tranche.cents)
                yield setting.messages("area.lapses", amount=amount, origin=tranche.origin, year=account.year)


def area_blocks(setting: Setting, code: str) -> Iterator[Block]:
    """The table over all years, what is left of which year's budget, and the lines of the area."""
    years = _years(setting, code)
    if years:
        yield _years_table(setting, code, years)
        yield from _left_table(setting, code, years[-1])
        yield _lines_table(setting, code, years[-1])


def _years(setting: Setting, code: str) -> list[int]:
    """The years in which the area has budget lines."""
    figures = setting.figures
    return [year for year in figures.years() if figures.lines(Address("result", f"area:{code}", year))]


def _unit(setting: Setting) -> str:
    return setting.messages(f"unit.{UNIT_NAMES[setting.unit_cents]}")


def _years_table(setting: Setting, code: str, years: list[int]) -> Table:
    messages = setting.messages
    rows = []
    for year in years:
        account = setting.figures.account.standing(year)
        cells = [cell_or_blank(setting, Address(measure, f"area:{code}", year)) for measure in MEASURES]
        rows.append(TableRow((Cell(str(year)), *cells, Cell(messages(f"basis.{_basis(account)}")))))
    headings = [messages(f"measure.{measure}", year="") for measure in MEASURES]
    columns = (messages("area.year", unit=_unit(setting)), *(h.strip() for h in headings), messages("area.basis"))
    return Table("table-years", messages("area.years"), columns, tuple(rows))


def _basis(account: YearAccount) -> str:
    return "adopted" if account.state is State.ADOPTED else "newest"


def _left(setting: Setting, account: YearAccount, code: str) -> list[Tranche]:
    lines = setting.figures.lines(Address("closing", f"area:{code}", account.year))
    return in_spending_order([tranche for line in lines if line.term for tranche in line.term.closing])


def _left_table(setting: Setting, code: str, year: int) -> Iterator[Table]:
    """Per year of origin what is left, and the last day on which it may be spent."""
    messages = setting.messages
    left = _left(setting, setting.figures.account.standing(year), code)
    if not left:
        return
    rows = [
        TableRow(
            (
                Cell(messages("area.tranche", origin=tranche.origin)),
                Cell(setting.messages.euros(tranche.cents), "", True),
                Cell(messages("area.until", last_year=tranche.last_year)),
            )
        )
        for tranche in left
    ]
    address = Address("closing", f"area:{code}", year)
    together = Cell(setting.messages.euros(tranche_sum(left)), setting.places.figure(address), True)
    rows.append(TableRow((Cell(messages("source.together")), together, Cell("")), total=True))
    columns = (messages("area.origin"), messages("source.euro"), messages("area.spend_by"))
    yield Table("table-left", messages("area.left", year=year), columns, tuple(rows))


def _lines_table(setting: Setting, code: str, year: int) -> Table:
    messages = setting.messages
    rows = []
    for line in setting.figures.lines(Address("budget", f"area:{code}", year)):
        cells = [amount_cell(setting, Address(measure, line.code, year)) for measure in MEASURES[:4]]
        rows.append(TableRow((Cell(line.name, setting.places.source(line.code, year)), *cells)))
    headings = [messages(f"measure.{measure}", year=year) for measure in MEASURES[:4]]
    columns = (messages("table.line", unit=_unit(setting)), *headings)
    return Table("table-lines", messages("area.lines", year=year), columns, tuple(rows))
