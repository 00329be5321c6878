"""Lines below lines: own amounts, totals, and the way up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Parents = Mapping[str, str | None]
Children = Mapping[str | None, Sequence[str]]


MOST_LEVELS = 40
"""So many levels stand below each other; a tree with more is a mistake, and would make every sum over it slow."""


def circles(parents: Parents) -> list[list[str]]:
    """The circles among parents, each named once, from its smallest code; in the order of those codes."""
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for start in parents:
        way: dict[str, None] = {}
        here: str | None = start
        while here is not None and here not in seen and here not in way:
            way[here] = None
            here = parents.get(here)
        if here in way:
            codes = list(way)
            circle = codes[codes.index(str(here)) :]
            at = circle.index(min(circle))
            found[circle[at]] = circle[at:] + circle[:at]
        seen.update(way)
    return [found[code] for code in parents if code in found]


def too_deep(parents: Parents) -> list[str]:
    """The codes on the first level below the highest `MOST_LEVELS`; what stands in a circle is on no level."""
    below = children(parents)
    level = [code for code, parent in parents.items() if parent not in parents]
    for _ in range(MOST_LEVELS):
        level = [code for over in level for code in below.get(over, ())]
    return level


def above(parents: Parents, code: str) -> Iterator[str]:
    """The code itself, then what stands above it, up to the top."""
    here: str | None = code
    while here is not None:
        yield here
        here = parents.get(here)


def top_of(parents: Parents, code: str) -> str:
    """The code at the top of a code's branch."""
    return list(above(parents, code))[-1]


def children(parents: Parents) -> dict[str | None, list[str]]:
    """Parent → what stands directly below it, in the order given; None holds the tops."""
    below: dict[str | None, list[str]] = {}
    for code, parent in parents.items():
        below.setdefault(parent, []).append(code)
    return below


def subtree(parents: Parents, code: str, below: Children | None = None) -> list[str]:
    """The code and all that stands below it, each line before what is below it; `below`: the `children`, if known."""
    below = children(parents) if below is None else below
    found, waiting = [], [code]
    while waiting:
        here = waiting.pop()
        found.append(here)
        waiting += reversed(below.get(here, ()))
    return found


def in_tree_order(parents: Parents) -> list[str]:
    """All codes, each parent followed by what stands below it."""
    below = children(parents)
    order: list[str] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        here = waiting.pop()
        order.append(here)
        waiting += below.get(here, [])[::-1]
    return order


def inherited(parents: Parents, code: str, values: Mapping[str, str]) -> str:
    """A line's own value, else that of the nearest line above that has one, else empty."""
    return next((values[here] for here in above(parents, code) if values.get(here)), "")


def is_within(parents: Parents, code: str, others: Sequence[str]) -> bool:
    """Whether a code is, or stands below, one of the others."""
    return any(here in others for here in above(parents, code))
