"""What the spending term rests on besides postings, as data files: the years, the rules and the extensions.

With these and the postings anyone can do the term again; `verify.sql` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gebiedswerk.account import State
from gebiedswerk.blocks.models import DataFile
from gebiedswerk.blocks.places import RESTATED, Places
from gebiedswerk.blocks.year_tables import csv_text
from gebiedswerk.core.spending_term import TermRule
from gebiedswerk.dossier import Basis, Dossier
from gebiedswerk.dossier.tables import YearState
from gebiedswerk.figures import Figures

YEARS = (
    *("year", "state", "carry_over_decided", "opens_as_adopted"),
    *("closed_on", "carry_over_decided_on", "decision"),
)
RULES = ("from_year", "years", "expiry", "income", "term_at", "decision")
EXTENSIONS = ("year", "id", "order", "line", "origin", "last_year", "cents", "decision", "authority", "decided_on")


def term_files(figures: Figures, places: Places, years: Sequence[int]) -> Iterator[DataFile]:
    """The three files of a basis."""
    yield DataFile(places.data("years", "csv"), _years_csv(figures, places, years))
    yield DataFile(places.data("rules", "csv"), _rules_csv(figures.dossier.settings.term, years))
    yield DataFile(places.data("extensions", "csv"), _extensions_csv(figures, years))


def _basis(figures: Figures, year: int) -> Basis:
    """What was known when the account that holds for a year was made."""
    return figures.adopted_ledgers.get(year, figures.ledger).basis


def _years_csv(figures: Figures, places: Places, years: Sequence[int]) -> str:
    """How far each year is, and whether the council had decided what moves into it.

    `opens_as_adopted`: its opening stands in an adopted account, which may rest on another closing than the one shown
    for the year before. A newer account of an adopted year hands nothing on either: the adopted one does. The days, and
    the decision on what moves into the year, are those that were known on the basis.
    """
    told = known_years(figures.dossier, figures.ledger.basis)
    rows: list[dict[str, object]] = []
    for year in years:
        shown = [figures.account.standing(one).state for one in (year, year - 1) if one in figures.account.years]
        adopted = State.ADOPTED in (shown if places.root == RESTATED else shown[:1])
        decided = figures.dossier.carry_over_decided(year - 1, _basis(figures, year))
        here, into = told.get(year), told.get(year - 1)
        days = (here.closed_on if here else None, into.carry_over_decided_on if into else None)
        values = (year, shown[0].value, decided, adopted, *days, into.decision if into else None)
        rows.append(dict(zip(YEARS, values, strict=True)))
    return csv_text(YEARS, rows)


def known_years(dossier: Dossier, basis: Basis) -> dict[int, YearState]:
    """Year → its row as far as it was known on a basis; a decision is told with its day."""
    found = {}
    for row in dossier.years:
        closed = row.closed_on if row.closed_on and basis.knows(row.closed_on) else None
        decided = row.carry_over_decided_on
        known = decided is not None and basis.knows(decided)
        day, decision = (decided, row.decision) if known else (None, "")
        found[row.year] = replace(row, closed_on=closed, carry_over_decided_on=day, decision=decision)
    return found


def _rules_csv(rules: Sequence[TermRule], years: Sequence[int]) -> str:
    """The rules of the term, each from the year in which it starts to bind new money."""
    known = sorted(rules, key=lambda rule: rule.from_year) or [TermRule(years[0])]
    return csv_text(RULES, [{name: getattr(rule, name) for name in RULES} for rule in known])


def _extensions_csv(figures: Figures, years: Sequence[int]) -> str:
    """The extensions that count in each year, in the order in which they are applied."""
    rows: list[dict[str, object]] = []
    for year in years:
        for order, row in enumerate(figures.dossier.extensions_on(_basis(figures, year)), 1):
            if row.origin <= year < row.last_year:
                values = (year, row.id, order, row.line, row.origin, row.last_year, row.amount)
                decision = (row.number, row.authority.value, row.decided_on.isoformat())
                rows.append(dict(zip(EXTENSIONS, (*values, *decision), strict=True)))
    return csv_text(EXTENSIONS, rows)
