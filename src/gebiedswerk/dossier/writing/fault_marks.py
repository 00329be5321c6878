"""Which faults come with a change: what is the same in a fault, however the rows around it move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gebiedswerk.core.faults import Fault

Mark = tuple[str, str, str, str]
"""Code, file, column and value."""


def mark_of(found: Fault) -> Mark:
    """What is the same in a fault when the rows around it move."""
    return found.code, found.file or "", found.column or "", found.value or ""


def beside(found: Iterable[Fault], known: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults that are not among others, each as often as it is there more."""
    return unmarked(found, map(mark_of, known))


def unmarked(found: Iterable[Fault], marks: Iterable[Mark]) -> tuple[Fault, ...]:
    """The faults that none of these marks is of."""
    left = Counter(marks)
    rest = []
    for one in found:
        if not left[mark_of(one)]:
            rest.append(one)
        left[mark_of(one)] -= 1
    return tuple(rest)
