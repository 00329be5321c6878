"""What a measure is called in a year: by the phase of the year, with the day up to which it is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gebiedswerk.account import State
from gebiedswerk.core.spending_term import TermRule, must_be_covered
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.figures import TOTAL, Address, Figures
from gebiedswerk.language.messages import Messages

RUNNING = (State.OPEN, State.UNBUDGETED)


def told_as(name: str, rules: Sequence[TermRule], year: int | None) -> str:
    """The name in the catalogue of words about a shortfall: cover is spoken of only where the rule asks for it."""
    return f"{name}.to_cover" if year is not None and must_be_covered(rules, year) else name


def name_in_year(messages: Messages, measure: str, year: int | None, rules: Sequence[TermRule]) -> str:
    """What a measure is called in a year, whatever its phase."""
    name = f"measure.{measure}"
    return messages(told_as(name, rules, year) if measure == "shortfall" else name, year=year)


def tells_phase(messages: Messages, measure: str) -> bool:
    """Whether a measure is called something else while the year runs: in August there is no result yet."""
    return messages.known(f"measure.{measure}.running")


def is_running(figures: Figures, year: int) -> bool:
    """Whether a year has not been closed yet."""
    account = figures.of_year(year)
    return account is not None and account.state in RUNNING


def year_of_phase(figures: Figures, published: Sequence[int]) -> int:
    """The year of which the first page tells: the newest with a budget of which spending is known.

    Where there is none it is the newest that was published, else the newest there is.
    """
    known = [year for year in figures.years() if figures.is_known(Address("result", TOTAL, year))]
    return max(known or published or figures.years(), default=0)


def series_name(figures: Figures, messages: Messages, measure: str, years: Iterable[int]) -> str:
    """The name of a measure above a column of several years: while one of them runs it has no result yet."""
    name = messages(f"measure.{measure}", year="").strip()
    running = measure in ("result", "closing") and any(is_running(figures, year) for year in years)
    return messages(f"area.heading.{measure}", name=name) if running else name


def measure_name(figures: Figures, messages: Messages, measure: str, year: int) -> str:
    """The name of a measure above a column or a section."""
    name = name_in_year(messages, measure, year, figures.dossier.settings.term)
    if measure == "committed" and (stand := figures.known_until(DeliveryKind.COMMITMENT, year)):
        return messages("measure.on_day", measure=name, day=messages.day(stand))
    known = figures.known_until(DeliveryKind.REALISED, year)
    if known and tells_phase(messages, measure) and is_running(figures, year):
        return messages(f"measure.{measure}.running", day=messages.day(known), year=year)
    return name
