"""Money is whole cents: how a whole is split so that no cent is lost."""

from __future__ import annotations

from collections.abc import Sequence

from gebiedswerk.core.faults import GebiedswerkError

MOST_CENTS = 10**13
"""A hundred billion euros: no amount of a municipality comes near, and nearly a million of them add up in 64 bits."""


def in_reach(cents: int | None) -> int | None:
    """The amount itself; None where it is larger than any that can be meant."""
    return cents if cents is not None and abs(cents) < MOST_CENTS else None


class NoWeight(GebiedswerkError):
    """A split without any weight."""

    def __init__(self, weights: Sequence[int]) -> None:
        super().__init__(f"The weights {list(weights)} are no division: give at least one above zero, and none below.")


def split(cents: int, weights: Sequence[int]) -> list[int]:
    """Divide `cents` over `weights` by cumulative differences; the shares add up to the whole.

    Each sum of the first shares is the nearest cent of what it should be, half a cent upwards. The absolute amount is
    divided and the sign put back, so a credit note mirrors its invoice. Takes whole weights, none below zero and one
    above; raises NoWeight otherwise. Source: decision 57, and case 3 of the open year.

    >>> split(7_000_000, [2, 1])
    [4666667, 2333333]
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise NoWeight(weights)
    shares, so_far, given = [], 0, 0
    for weight in weights:
        so_far += weight
        until_here = (2 * abs(cents) * so_far + whole) // (2 * whole)
        shares.append(until_here - given)
        given = until_here
    return shares if cents >= 0 else [-share for share in shares]
