"""Layouts of a year that the law asks for (BBV art. 27), beside our own: their columns and headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gebiedswerk.blocks.models import Cell
from gebiedswerk.language.messages import Messages


@dataclass(frozen=True, slots=True)
class Preset:
    """The measures of a layout in their order. `judged`: the measure of which a last column says good or bad."""

    measures: Sequence[str]
    judged: str = ""


PRESETS: Mapping[str, Preset] = {
    "bbv": Preset(("adopted", "budget", "realised", "result"), "result"),
    "bbv-flows": Preset(("costs", "income", "realised")),
}
"""`bbv`: the budget before and after amendment, what was realised and the difference with the budget after amendment.

`bbv-flows`: realised costs, income and the balance of both.
"""

RESERVE_ROWS: Mapping[str, tuple[str, str, str, str]] = {
    "balance": ("adopted", "budget", "realised", "result"),
    "in": ("adopted_reserve_in", "budget_reserve_in", "reserve_in", "reserve_in_less"),
    "out": ("adopted_reserve_out", "budget_reserve_out", "reserve_out", "reserve_out_more"),
    "after": ("adopted_after", "budget_after", "realised_after", "result_after"),
}
"""The rows of the table of reserve movements. In each: before amendment, after amendment, realised, and the difference
(above zero is an advantage).
"""


def headings(name: str, year: int, messages: Messages) -> tuple[str, ...]:
    """What stands above the amounts of a preset: the words of the law, which say which budget it is."""
    preset = PRESETS[name]
    words = tuple(messages(f"bbv.{measure}", year=year) for measure in preset.measures)
    return (*words, messages("bbv.judged")) if preset.judged else words


def judgement(cell: Cell, messages: Messages) -> Cell:
    """An advantage or a disadvantage, by the sign of what is printed; nothing where that is nil or absent."""
    if not any(sign in "123456789" for sign in cell.text):
        return Cell("")
    return Cell(messages("bbv.disadvantage" if cell.below else "bbv.advantage"))
