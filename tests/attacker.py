"""Someone with all public files, pencil, and linear algebra: what can be had back of what was hidden?

Unknown is the amount of every hidden posting; known are sums of them, with fractions where a key divides. What can be
derived at all is a combination of those sums, so it is enough to look at the combinations: exact, over fractions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

Sum = Mapping[str, Fraction]
"""One published sum: unknown → the factor with which it counts."""


def reduced(sums: Sequence[Sum], order: Sequence[str]) -> list[dict[str, Fraction]]:
    """The sums in row echelon form, unknowns eliminated in this order; sums that add nothing are gone."""
    rows = [{name: value for name, value in found.items() if value} for found in sums]
    done: list[dict[str, Fraction]] = []
    for name in order:
        pivot = next((row for row in rows if name in row), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        done.append(pivot)
        rows = [_without(row, name, pivot) if name in row else row for row in rows]
    return done


def _without(row: dict[str, Fraction], name: str, pivot: dict[str, Fraction]) -> dict[str, Fraction]:
    factor = row[name] / pivot[name]
    names = row.keys() | pivot.keys()
    return {n: v for n in names if (v := row.get(n, Fraction(0)) - factor * pivot.get(n, Fraction(0)))}


def derived(
    sums: Sequence[Sum], who: Mapping[str, str], smallest: int, secret: Collection[str], told: Sequence[Sum] = ()
) -> set[frozenset[str]]:
    """The sets of fewer than `smallest` persons about whose postings alone a sum can be had that tells a secret.

    `who`: unknown → whose it is. Eliminate all other unknowns first: what is left is a sum over these alone. What
    follows from `told` alone, which the attacker was given, is not had back.
    """
    found = set()
    persons = sorted(set(who.values()))
    for count in range(1, smallest):
        for few in combinations(persons, count):
            theirs = [name for name in who if who[name] in few]
            others = [name for name in who if who[name] not in few]
            rows = reduced(sums, [*others, *theirs])
            near = [row for row in rows if row.keys() <= set(theirs) and row.keys() & set(secret)]
            if any(
                len(reduced([*told, row], [*others, *theirs])) > len(reduced(told, [*others, *theirs])) for row in near
            ):
                found.add(frozenset(few))
    return found


def _is_new(row: Sum, told: Sequence[Sum], order: Sequence[str]) -> bool:
    """Whether a sum does not follow from others."""
    return len(reduced([*told, row], order)) > len(reduced(told, order))
