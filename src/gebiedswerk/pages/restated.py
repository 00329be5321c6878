"""Differences with what the council adopted: restated, never a false claim; each amount leads to its own source."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gebiedswerk.account import MEASURES, TERM, Account, restated
from gebiedswerk.blocks.headings import name_in_year
from gebiedswerk.blocks.models import Cell, Table, TableRow
from gebiedswerk.blocks.places import RESTATED, Places
from gebiedswerk.figures import Address, Figures, line_subject
from gebiedswerk.language.messages import Messages

COLUMNS = ("year", "line", "measure", "then", "now", "difference")


def restated_years(newest: Figures) -> list[int]:
    """The adopted years whose newest account differs."""
    account = newest.account
    return [year for year, adopted in account.adopted.items() if restated(adopted, account.years[year])]


def restated_figures(newest: Figures) -> Figures:
    """The newest account of all years, as if none were adopted."""
    return Figures(newest.dossier, newest.ledger, Account(newest.account.basis, newest.account.years))


def restated_table(
    newest: Figures, messages: Messages, places: Places, years: Sequence[int], codes: Collection[str] | None = None
) -> Table | None:
    """Where the newest account of some years differs from the one that was adopted; `codes` keeps to some lines.

    `places` is where the adopted figures stand.
    """
    rows = [row for year in years for row in _differences(newest, messages, places, year, codes)]
    columns = tuple(messages(f"restated.{name}") for name in COLUMNS)
    return Table("restated", messages("restated.caption"), columns, tuple(rows)) if rows else None


def _differences(
    newest: Figures, messages: Messages, places: Places, year: int, codes: Collection[str] | None
) -> Iterator[TableRow]:
    adopted, now = newest.account.adopted[year], newest.account.years[year]
    names = {line.code: line.name for line in (*now.lines, *adopted.lines)}
    for code, measure, cents_then, cents_now in by_itself(restated(adopted, now)):
        if codes is None or code in codes:
            address = Address(measure, line_subject(code), year)
            here = places.figure(address) if code in adopted.by_code else ""
            there = Places(newest.dossier, RESTATED).figure(address) if code in now.by_code else ""
            amounts = ((cents_then, here), (cents_now, there), (cents_now - cents_then, ""))
            cells = (Cell(messages.euros(cents), href, True, cents < 0) for cents, href in amounts)
            title = name_in_year(messages, measure, year, newest.dossier.settings.term)
            yield TableRow((Cell(str(year)), Cell(names[code]), Cell(title), *cells))


Change = tuple[str, str, int, int]
"""Code of a line, measure, cents then and now."""


def by_itself(found: Sequence[Change]) -> list[Change]:
    """The differences from which the others follow: sums of rows; of a line without any, steps of its term.

    One more invoice changes costs, realised, result and what is left; the invoice alone is news.
    """
    sums = [one for one in found if MEASURES[one[1]].kinds]
    told = {code for code, *_ in sums}
    steps = [one for one in found if one[0] not in told and one[1] in TERM and not MEASURES[one[1]].inputs]
    return [one for one in found if one in sums or one in steps]
