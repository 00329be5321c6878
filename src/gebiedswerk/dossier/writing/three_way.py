"""Two sequences that came of the same one, merged three ways: paragraphs of a text, lines of a file.

Changes are found by `difflib`; two of them conflict where they are about the same parts. Standing side by side is none:
what both sides put in at one place is kept, ours first, unless it has something in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

T = TypeVar("T")
MARKS = ("<<<<<<< ours", "=======", ">>>>>>> theirs")
"""The lines round what a person chooses from, as git writes them."""


@dataclass(frozen=True, slots=True)
class Stretch(Generic[T]):
    """A stretch of the three sequences: parts that all have, or that a side changed. `at`: where it starts in ours."""

    at: int
    base: Sequence[T]
    ours: Sequence[T]
    theirs: Sequence[T]

    @property
    def is_same(self) -> bool:
        """Whether nobody changed it."""
        return self.base == self.ours == self.theirs

    @property
    def is_conflict(self) -> bool:
        """Whether both sides changed it, each in another way."""
        return self.base not in (self.ours, self.theirs) and self.ours != self.theirs

    @property
    def merged(self) -> Sequence[T]:
        """What it becomes; of a conflict that of ours."""
        return self.theirs if self.ours == self.base else self.ours


@dataclass(frozen=True, slots=True, order=True)
class _Step:
    """A change of one side (0: ours): which parts of the base it takes away, and how many more than these it puts."""

    start: int
    end: int
    side: int
    first: int
    last: int

    @property
    def growth(self) -> int:
        return (self.last - self.first) - (self.end - self.start)


def stretches(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> Iterator[Stretch[T]]:
    """Cut three sequences into stretches, from their start to their end. Parts are hashed and compared."""
    steps = sorted([*_steps(base, ours, 0), *_steps(base, theirs, 1)])
    sides = (ours, theirs)
    at, shifts = 0, [0, 0]
    while steps:
        group, end = _next_group(steps, sides)
        start = group[0].start
        if start > at:
            yield _cut(base, sides, (at, start), shifts, shifts)
        after = [shift + sum(one.growth for one in group if one.side == side) for side, shift in enumerate(shifts)]
        yield _cut(base, sides, (start, end), shifts, after)
        at, shifts = end, after
    if at < len(base):
        yield _cut(base, sides, (at, len(base)), shifts, shifts)


def _cut(
    base: Sequence[T], sides: Sequence[Sequence[T]], place: tuple[int, int], before: list[int], after: list[int]
) -> Stretch[T]:
    """One stretch: a place in the base, and that place in both sides by how far they have moved there."""
    start, end = place
    ours, theirs = (side[start + before[at] : end + after[at]] for at, side in enumerate(sides))
    return Stretch(start + before[0], base[start:end], ours, theirs)


def _steps(base: Sequence[T], side: Sequence[T], number: int) -> Iterator[_Step]:
    """The changes of one side; parts that became as many others are a change each."""
    for kind, start, end, first, last in _differences(base, side):
        if kind == "equal":
            continue
        if end - start == last - first:
            yield from (
                _Step(start + at, start + at + 1, number, first + at, first + at + 1) for at in range(end - start)
            )
        else:
            yield _Step(start, end, number, first, last)


def _differences(one: Sequence[T], other: Sequence[T]) -> Sequence[tuple[str, int, int, int, int]]:
    """What makes another sequence of one: each step with its places in both."""
    return SequenceMatcher(None, one, other, autojunk=False).get_opcodes()


def _next_group(steps: list[_Step], sides: Sequence[Sequence[T]]) -> tuple[list[_Step], int]:
    """Take the first change away, with all that are about the same parts. Returns them, and where they end."""
    group = [steps.pop(0)]
    end = group[0].end
    while steps and (steps[0].start < end or _is_put_in_twice(group, steps[0], sides)):
        group.append(steps.pop(0))
        end = max(end, group[-1].end)
    return group, end


def _is_put_in_twice(group: list[_Step], step: _Step, sides: Sequence[Sequence[T]]) -> bool:
    """Whether both sides put in something at one place, and the same as far as it goes."""
    only = group[0]
    if step.end != only.start:
        return False
    mine, other = (sides[one.side][one.first : one.last] for one in (only, step))
    return any(part in other for part in mine)


def marked(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
    """The lines of two texts, with marks round those that differ, for a person to choose from."""
    for kind, start, end, first, last in _differences(ours, theirs):
        yield from ours[start:end] if kind == "equal" else between_marks(ours[start:end], theirs[first:last])


def between_marks(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
    """Lines of both sides between marks."""
    end = next((one[len(one.rstrip("\r\n")) :] for one in (*ours, *theirs) if one.endswith("\n")), "\n")
    for mark, lines in ((MARKS[0], ours), (MARKS[1], theirs), (MARKS[2], ())):
        yield mark + end
        yield from (line if line.endswith("\n") else line + end for line in lines)


def lines_of(text: str) -> list[str]:
    """The lines of a text, each with its line end; no sign but a line feed ends one."""
    lines = [f"{line}\n" for line in text.split("\n")]
    return [*lines[:-1], *([lines[-1][:-1]] if lines[-1] != "\n" else [])]


def merged_lines(base: str, ours: str, theirs: str) -> str:
    """A text merged by line, as git does; lines that both sides changed stand between marks."""
    made: list[str] = []
    for one in stretches(lines_of(base), lines_of(ours), lines_of(theirs)):
        made += between_marks(one.ours, one.theirs) if one.is_conflict else one.merged
    return "".join(made)
