"""Parts that were made, held in memory with all that was asked for them: made again only where an answer is another.

What was asked hangs together as a tree. Where a thing is the very same one as last time, nothing below it is asked
again; where it is another, what was asked of it is held beside what it was. All of it may be dropped at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from gebiedswerk.core.watching import CannotBeCompared, Question, Recorder, Step, alike, answer_of, stepped

T = TypeVar("T")


class Questions:
    """Questions by number, each as a step below another one (`above`, -1: a root). Whoever is above comes first."""

    def __init__(self, above: Sequence[int] = (), steps: Sequence[Step] = ()) -> None:
        self.above, self.steps = [*above], [*steps]
        self._numbers = dict(zip(zip(self.above, self.steps, strict=True), range(len(self.steps)), strict=True))

    def number(self, question: Question) -> int:
        """The number of a question, a new one where nobody asked it."""
        at, numbers = -1, self._numbers
        for step in question:
            below = (at, step)
            found = numbers.get(below)
            if found is None:
                found = numbers[below] = len(self.steps)
                self.above.append(at)
                self.steps.append(step)
            at = found
        return at


class _NotHere(Enum):
    """Stands for a thing of which only the answer is known, as something short."""

    ONLY_ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Recalled(Generic[T]):
    """What was kept, without the things themselves: questions, the answers to them, and what was made of which."""

    above: Sequence[int]
    steps: Sequence[Step]
    answers: Sequence[str | None]
    parts: Mapping[str, tuple[Collection[int], T]]


class KeptParts(Generic[T]):
    """What was made of some things (roots, by name), by the name of the part. `recalled`: from another process."""

    def __init__(self, recalled: Recalled[T] | None = None) -> None:
        known: Recalled[T] = Recalled((), (), (), {}) if recalled is None else recalled
        self._asked = Questions(known.above, known.steps)
        self._things: list[Any] = [_NotHere.ONLY_ANSWER] * len(known.steps)
        self._recalled = known.answers
        self._made = {name: (frozenset(asked), made) for name, (asked, made) in known.parts.items()}
        self._leaves = {number for asked, _ in self._made.values() for number in asked}
        self.made_anew = False
        """Whether anything was made that was not recalled."""

    def recalled(self) -> Recalled[T]:
        """All of it for another process, after `of`. Raises CannotBeCompared."""
        leaves = {number for asked, _ in self._made.values() for number in asked}
        answers = [answer_of(thing) if at in leaves else None for at, thing in enumerate(self._things)]
        return Recalled(self._asked.above, self._asked.steps, answers, self._made)

    def of(
        self, roots: Mapping[str, object], parts: Callable[[Recorder], Iterable[tuple[str, Callable[[], T]]]]
    ) -> dict[str, T]:
        """What the parts of these things are now; that is kept for the next time."""
        self._things, changed = self._again(roots)
        self._recalled = ()
        recorder, now = Recorder(roots), dict[str, tuple[frozenset[int], T]]()
        for name, make in parts(recorder):
            known = self._made.get(name)
            now[name] = known if known is not None and known[0].isdisjoint(changed) else self._recorded(recorder, make)
        self.made_anew = self.made_anew or any(now[name] is not self._made.get(name) for name in now)
        self._made = now
        return {name: made for name, (_, made) in now.items()}

    def beside(self, roots: Mapping[str, object], parts: Iterable[tuple[str, Callable[[], T]]]) -> dict[str, T]:
        """What the parts of other things are, where these look like the ones that are kept; nothing of it is kept."""
        _, changed = self._again(roots)
        found = {}
        for name, make in parts:
            known = self._made.get(name)
            found[name] = known[1] if known is not None and known[0].isdisjoint(changed) else make()
        return found

    def _recorded(self, recorder: Recorder, make: Callable[[], T]) -> tuple[frozenset[int], T]:
        made, asked = recorder.of(make)
        numbers = frozenset([self._asked.number(question) for question in asked])
        for at in range(len(self._things), len(self._asked.steps)):
            above, step = self._asked.above[at], self._asked.steps[at]
            self._things.append(recorder.roots[str(step)] if above < 0 else stepped(self._things[above], step))
        self._leaves |= numbers
        return numbers, made

    def _again(self, roots: Mapping[str, object]) -> tuple[list[Any], set[int]]:
        """To what each question leads now, and which have another answer than the one that is kept."""
        before, now, same = self._things, list[Any](), bytearray(len(self._things))
        changed: set[int] = set()
        for at, (above, step) in enumerate(zip(self._asked.above, self._asked.steps, strict=True)):
            if above >= 0 and same[above]:
                thing = before[at]
            else:
                thing = roots.get(str(step)) if above < 0 else stepped(now[above], step)
            now.append(thing)
            if thing is before[at]:
                same[at] = 1
            elif at in self._leaves and not self._is_alike(at, before[at], thing):
                changed.add(at)
        return now, changed

    def _is_alike(self, number: int, before: object, now: object) -> bool:
        if alike(before, now):
            return True
        try:
            return answer_of(now) == (self._recalled[number] if before is _NotHere.ONLY_ANSWER else answer_of(before))
        except CannotBeCompared:
            return False
