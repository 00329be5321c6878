"""Runs of digits in a plain text, in the groups in which they are written: `06-12 34 56 78` is five groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]
LABEL = 40
"""So many signs before a number may say what it is."""
_RUN = re.compile(r"[0-9](?:[ .\-/()_+]{0,4}[0-9])*")
_GROUP = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class DigitGroup:
    """Digits that stand together, from `start` up to `end`, with the marks before and behind them within the run."""

    digits: str
    start: int
    end: int
    before: str
    behind: str


def runs(text: str) -> Iterator[list[DigitGroup]]:
    """Every run of digits with no more than four marks between two of them, as groups."""
    for run in _RUN.finditer(text):
        spans = [group.span() for group in _GROUP.finditer(text, run.start(), run.end())]
        edges = [run.start(), *(end for _, end in spans)]
        starts = [*(start for start, _ in spans[1:]), run.end()]
        yield [
            DigitGroup(text[start:end], start, end, text[edge:start], text[end:after])
            for (start, end), edge, after in zip(spans, edges, starts, strict=False)
        ]


def window(groups: Sequence[DigitGroup], at: int, length: int) -> int:
    """How many groups from one on hold exactly so many digits together; 0 where none do."""
    total = 0
    for number in range(at, min(at + length, len(groups))):
        total += len(groups[number].digits)
        if total >= length:
            return number - at + 1 if total == length else 0
    return 0


def shape_of(groups: Sequence[DigitGroup]) -> tuple[int, ...]:
    """How many digits each group has."""
    return tuple(len(one.digits) for one in groups)


def labelled(text: str, start: int, label: re.Pattern[str]) -> bool:
    """Whether the words right before a place say what follows."""
    before = text[max(start - LABEL, 0) : start]
    return before.lower() != before.upper() and label.search(before) is not None
