"""Areas with a history: where the money of a former area is shown once it became (a part of) another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from gebiedswerk.core.money import split


@dataclass(frozen=True, slots=True)
class Passing:
    """From a day on the money of former years of one area is shown as that of another: of a split, its weight."""

    from_area: str
    to_area: str
    day: date
    weight: int = 1


def landed(
    cents: int, area: str, since: date, passings: Sequence[Passing], stop: Collection[str] = ()
) -> dict[str, int]:
    """The areas as which the money that an area had on a day is shown, and how much of it as each; the whole adds up.

    A merger or a new name takes it along whole; a split divides it by its weights, by cumulative differences. Later
    changes go on from there, up to an area in `stop`.
    """
    becomes: dict[str, list[Passing]] = defaultdict(list)
    for one in passings:
        becomes[one.from_area].append(one)
    found: dict[str, int] = defaultdict(int)
    waiting = [(area, since, cents)]
    while waiting:
        here, then, part = waiting.pop()
        later = [one for one in becomes.get(here, ()) if one.day > then]
        if here in stop or not later:
            found[here] += part
            continue
        day = min(one.day for one in later)
        now = [one for one in later if one.day == day]
        shares = split(part, [one.weight for one in now])
        waiting += [(one.to_area, day, share) for one, share in zip(now, shares, strict=True)][::-1]
    return dict(found)
