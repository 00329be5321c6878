"""Amounts as a few shades: from zero up in equal steps, or on both sides of zero where an amount is below it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gebiedswerk.language.messages import Messages

STEPS = 4
STEPS_BOTH_SIDES = 2


@dataclass(frozen=True, slots=True)
class Shades:
    """Steps of equal size, in printed units; `both`: whether there are amounts below zero."""

    step: int
    both: bool

    def kind(self, units: int | None) -> str:
        """The shade of an amount: `below-2`, `below-1`, `zero`, `above-1` and so on; `none` where there is none."""
        if units is None:
            return "none"
        if units == 0:
            return "zero"
        steps = (abs(units) + self.step - 1) // self.step
        return f"{'below' if units < 0 else 'above'}-{steps}"


def shades_of(amounts: Collection[int]) -> Shades:
    """The smallest round step (1, 2 or 5 with noughts) with which all amounts, in units, have a shade."""
    highest = max((abs(units) for units in amounts), default=0)
    both = min(amounts, default=0) < 0
    return Shades(_round_up(-(-highest // (STEPS_BOTH_SIDES if both else STEPS)) or 1), both)


def _round_up(units: int) -> int:
    power: int = 10 ** (len(str(units)) - 1)
    return next(step * power for step in (1, 2, 5, 10) if step * power >= units)


def words_of(shades: Shades, kind: str, measure: str, messages: Messages) -> str:
    """A shade in words: what it means that a measure is above or below zero, and between which amounts."""
    if kind in ("none", "zero"):
        return messages(f"map.{kind}")
    side, _, number = kind.partition("-")
    steps = int(number)
    low, high = (messages.number(shades.step * at) for at in (steps - 1, steps))
    between = messages("map.up_to" if steps == 1 else "map.between", low=low, high=high)
    if not shades.both:
        return between
    own = f"map.{side}.{measure}"
    return f"{messages(own if messages.known(own) else f'map.{side}')}: {between}"


def order_of(kinds: Collection[str]) -> list[str]:
    """Shades from the lowest amount to the highest, then none."""
    sides = ("below", "zero", "above", "none")

    def place(kind: str) -> tuple[int, int]:
        side, _, number = kind.partition("-")
        steps = int(number or 0)
        return sides.index(side), -steps if side == "below" else steps

    return sorted(set(kinds), key=place)
