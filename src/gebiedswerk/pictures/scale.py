"""Amounts as lengths: whole thousandths of the width of a strip, so that the same amounts give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gebiedswerk.blocks.models import Bar

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and highest amount of a chart, in cents; nothing (zero) is always among them."""

    low: int
    high: int

    def at(self, cents: int) -> int:
        """Where an amount stands, in thousandths of the width: rounded half up, exact to one unit."""
        span = self.high - self.low
        return (2 * WIDTH * (cents - self.low) + span) // (2 * span)

    def bar(self, kind: str, start: int, end: int) -> Bar:
        """The bar between two amounts, whichever comes first."""
        left, right = sorted((self.at(start), self.at(end)))
        return Bar(kind, left, right - left)


def scale_of(amounts: Iterable[int]) -> Scale:
    """The scale on which all these amounts, and zero, fit. Without any but zero it is one cent wide."""
    all_of = [0, *amounts]
    low, high = min(all_of), max(all_of)
    return Scale(low, high if high > low else low + 1)
