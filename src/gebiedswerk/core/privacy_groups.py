"""Which hidden amounts may be added up and shown: never those of so few that one of them could be told.

A group is a sum that is published instead of its postings. Where all published sums are sums of whole groups, nothing
smaller than a group can be had back from them: see decision 22.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from gebiedswerk.core.persons import NAME


@dataclass(frozen=True, slots=True)
class Part:
    """The hidden postings of one ground in one period, or of those that say no period.

    `loose`: how many name no creditor, so that each may be someone else; `creditors`: those that the others name
    (`core/persons.py`). Only what counts is in them (`ledger/counting.py`).
    `tangled`: whether postings of it cancel those of another part.
    """

    ground: str
    period: int | None
    loose: int
    creditors: frozenset[str] = frozenset()
    tangled: bool = False


def size(parts: Iterable[Part]) -> int:
    """How many different ones stand behind some parts, at least: a creditor counts once, however often paid."""
    found = list(parts)
    return sum(part.loose for part in found) + different(frozenset().union(*(part.creditors for part in found)))


def different(creditors: Collection[str]) -> int:
    """How many persons some creditors are at least: whoever is known by name may be one who is known by number."""
    named = sum(creditor.startswith(NAME) for creditor in creditors)
    return max(named, len(creditors) - named)


def grouped(parts: Collection[Part], smallest: int) -> list[list[Part]]:
    """Put parts together until each group has at least `smallest` behind it; all parts in exactly one group.

    First periods that follow each other within one ground (what says no period comes before the first), then grounds.
    Only where all parts together are too few is there a group that is smaller, and then it is the only one.
    """
    by_ground: dict[str, list[Part]] = defaultdict(list)
    for part in sorted(parts, key=_in_time):
        by_ground[part.ground].append(part)
    groups: list[list[Part]] = []
    left: list[Part] = []
    for ground in by_ground.values():
        full, rest = _runs(ground, smallest)
        if full:
            full[-1] += rest
        else:
            left += rest
        groups += full
    if not left:
        return groups
    if not groups or size(left) >= smallest:
        return [*groups, left]
    min(groups, key=size).extend(left)
    return groups


def _in_time(part: Part) -> tuple[str, bool, int]:
    return part.ground, part.period is not None, part.period or 0


def _runs(parts: Sequence[Part], smallest: int) -> tuple[list[list[Part]], list[Part]]:
    """Runs of parts that are each large enough, and what is left behind the last."""
    full: list[list[Part]] = []
    rest: list[Part] = []
    for part in parts:
        rest = [*rest, part]
        if size(rest) >= smallest:
            full.append(rest)
            rest = []
    return full, rest
