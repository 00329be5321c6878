"""What a measure is called in a year: by the phase of the year, with the day up to which it is known."""

from __future__ import annotations

from gebiedswerk.account import State
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.figures import Figures
from gebiedswerk.messages import Messages

RUNNING = (State.OPEN, State.UNBUDGETED)
BY_PHASE = ("costs", "income", "realised", "result", "overspent", "closing")
"""Measures that say something else while the year runs: in August there is no result yet."""


def is_running(figures: Figures, year: int) -> bool:
    """Whether a year has not been closed yet."""
    account = figures.of_year(year)
    return account is not None and account.state in RUNNING


def measure_name(figures: Figures, messages: Messages, measure: str, year: int) -> str:
    """The name of a measure above a column or a section."""
    name = messages(f"measure.{measure}", year=year)
    if measure == "committed" and (stand := figures.known_until(DeliveryKind.COMMITMENT, year)):
        return messages("measure.on_day", measure=name, day=messages.day(stand))
    known = figures.known_until(DeliveryKind.REALISED, year)
    if measure in BY_PHASE and known and is_running(figures, year):
        return messages(f"measure.{measure}.running", day=messages.day(known), year=year)
    return name
