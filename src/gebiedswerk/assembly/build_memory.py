"""What is remembered of a build: what each part asked, what it was answered, and the keys of what it made.

Each line of it is true by itself: who asks this and is answered so makes that. It may be deleted at any time, and an
older one is no mistake: what it says of a file that another build made has another key.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from gebiedswerk.core.kept_parts import Questions
from gebiedswerk.core.watching import Question, Step

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Output:
    """A page or file that a part made: its place, the key of its bytes, and what others tell of it.

    `entry`: of a page what the map of the site says of it. `read`: whether others tell of what stands in a file, and
    whether a page can be searched in full.
    """

    place: str
    key: str
    entry: Sequence[Any] = ()
    read: bool = False


@dataclass(frozen=True, slots=True)
class RememberedPart:
    """What a part asked, by the numbers of questions, and what it made."""

    asked: Sequence[int]
    outputs: tuple[Output, ...]


class BuildMemory(Questions):
    """Questions by number with the answers that were given; one that was only on the way to others has none."""

    def __init__(
        self,
        program: str,
        above: Sequence[int] = (),
        steps: Sequence[Step] = (),
        answers: Sequence[str | None] = (),
        parts: Mapping[str, RememberedPart] = MappingProxyType({}),
    ) -> None:
        super().__init__(above, steps)
        self.program, self.answers, self.parts = program, [*answers], dict(parts)

    def number(self, question: Question) -> int:
        """The number of a question, a new one without an answer where nobody asked it."""
        found = super().number(question)
        self.answers += [None] * (len(self.steps) - len(self.answers))
        return found

    def without_rest(self) -> BuildMemory:
        """The same without the questions that no part asks any more."""
        needed = {number for part in self.parts.values() for number in part.asked}
        for number in sorted(needed, reverse=True):
            at = self.above[number]
            while at >= 0 and at not in needed:
                needed.add(at)
                at = self.above[at]
        order = sorted(needed)
        new = dict(zip(order, range(len(order)), strict=True))
        parts = {
            name: RememberedPart([new[number] for number in part.asked], part.outputs)
            for name, part in self.parts.items()
        }
        asked = {number for part in self.parts.values() for number in part.asked}
        return BuildMemory(
            self.program,
            [new[self.above[number]] if self.above[number] >= 0 else -1 for number in order],
            [self.steps[number] for number in order],
            [self.answers[number] if number in asked else None for number in order],
            parts,
        )

    def text(self) -> str:
        """All of it as JSON."""
        parts = {
            name: [list(part.asked), [[one.place, one.key, one.entry, one.read] for one in part.outputs]]
            for name, part in self.parts.items()
        }
        steps = [_plain(step) for step in self.steps]
        whole = {
            "format": FORMAT,
            "program": self.program,
            "above": self.above,
            "steps": steps,
            "answers": self.answers,
            "parts": parts,
        }
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def read_memory(text: str | None, program: str) -> BuildMemory:
    """What was remembered by the same program; nothing where that cannot be read, or another program remembered it."""
    try:
        found = json.loads(text or "")
        if found["format"] != FORMAT or found["program"] != program:
            return BuildMemory(program)
        parts = {
            name: RememberedPart(asked, tuple([Output(*one) for one in outputs]))
            for name, (asked, outputs) in found["parts"].items()
        }
        steps = [step if isinstance(step, str) else _tuple(step) for step in found["steps"]]
        return BuildMemory(program, found["above"], steps, found["answers"], parts)
    except (ValueError, KeyError, TypeError):
        return BuildMemory(program)


def _tuple(step: Sequence[Any]) -> tuple[Any, ...]:
    return tuple([_tuple(one) if isinstance(one, list) else one for one in step])


def _plain(step: Any) -> Any:
    """A step as JSON can write it. Raises TypeError for an argument that is no text, number or row of those."""
    if isinstance(step, StrEnum):
        return step.value
    if step is None or isinstance(step, str | int | bool):
        return step
    if isinstance(step, tuple):
        return [_plain(one) for one in step]
    raise TypeError(step)
