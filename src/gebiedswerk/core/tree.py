"""Lines below lines: own amounts, totals, and the way up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Parents = Mapping[str, str | None]
Children = Mapping[str | None, Sequence[str]]


def circles(parents: Parents) -> list[list[str]]:
    """The circles among parents, each named once, from its smallest code."""
    found = []
    for start in parents:
        way = [start]
        while (above := parents.get(way[-1])) is not None and above not in way:
            way.append(above)
        if above == start and start == min(way):
            found.append(way)
    return found


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
        here = waiting.pop(0)
        found.append(here)
        waiting = [*below.get(here, ()), *waiting]
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
