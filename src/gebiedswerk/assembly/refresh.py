"""Make again what another answer would change: each part whose questions have other answers than when it was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gebiedswerk.assembly.build_memory import BuildMemory, Output, RememberedPart
from gebiedswerk.assembly.site_parts import SO_FAR, SoFar, parts_of, shown_per_language
from gebiedswerk.core.watching import Recorder, answer_of, stepped
from gebiedswerk.opendata import MapEntry, map_entry
from gebiedswerk.pages import BinaryFile, DataFile, File, LazyFile, Page, SitePart
from gebiedswerk.site import SEARCHED

if TYPE_CHECKING:
    from gebiedswerk.pages import SiteFacts

Keyed = Callable[[Page | File], str]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What was made, the keys by place of what stays as it is, and what to remember of both."""

    pages: tuple[Page, ...]
    data: tuple[File, ...]
    kept: Mapping[str, str]
    remembered: BuildMemory


def refresh(
    shown: SiteFacts,
    former: BuildMemory,
    keys: Mapping[str, str],
    key_of: Keyed,
    read: Callable[[str], str],
) -> Refreshed:
    """Make what has another answer than what is remembered, or does not stand in the former site under its key.

    `keys`: place → key of the former site; `key_of` gives that of what is made; `read` a file of the former site.
    """
    return _Making(shown, former, keys, key_of, read).all()


class _Making:
    def __init__(
        self,
        shown: SiteFacts,
        former: BuildMemory,
        keys: Mapping[str, str],
        key_of: Keyed,
        read: Callable[[str], str],
    ) -> None:
        self.shown, self.so_far = shown_per_language(shown), SoFar()
        self.recorder = Recorder({**self.shown, SO_FAR: self.so_far})
        self.former, self.keys, self.key_of, self.read = former, keys, key_of, read
        self.made: list[Page | File] = []
        self.kept: dict[str, str] = {}
        self.now = BuildMemory(former.program, [*former.above], [*former.steps])
        self.answers = _Answers(self.now, self.recorder.roots)

    def all(self) -> Refreshed:
        """Go over all parts."""
        asked = {language: self.recorder.watch(language) for language in self.shown}
        for part in parts_of(self.shown, asked, self.recorder.watch(SO_FAR)):
            self.now.parts[part.name] = self._kept(part.name) or self._made(part)
        files = [one for one in self.made if isinstance(one, DataFile | BinaryFile | LazyFile)]
        pages = [one for one in self.made if not isinstance(one, DataFile | BinaryFile | LazyFile)]
        self.now.answers = [self.answers.now.get(number) for number in range(len(self.now.steps))]
        return Refreshed(tuple(pages), tuple(files), self.kept, self.now.without_rest())

    def _kept(self, name: str) -> RememberedPart | None:
        """A part that would be made as it was; None where it must be made."""
        known = self.former.parts.get(name)
        if known is None or any(self.keys.get(one.place) != one.key for one in known.outputs):
            return None
        if any(self.answers.of(number) != self.former.answers[number] for number in known.asked):
            return None
        for one in known.outputs:
            self.kept[one.place] = one.key
            if one.entry:
                day, translations = one.entry
                self.so_far.entries.append(MapEntry(one.place, day, tuple(map(tuple, translations))))
            elif one.read:
                self.so_far.packages.append(DataFile(one.place, self.read(one.place)))
        return known

    def _made(self, part: SitePart[Any]) -> RememberedPart:
        made, asked = self.recorder.of(part.make)
        before = len(self.so_far.packages)
        self.so_far.take(made)
        told = {one.path for one in self.so_far.packages[before:]}
        self.made += made
        outputs = tuple([self._output(one, told) for one in made])
        numbers = sorted([self.now.number(question) for question in asked])
        for number in numbers:
            self.answers.of(number)
        return RememberedPart(numbers, outputs)

    def _output(self, made: Page | File, told: set[str]) -> Output:
        if isinstance(made, DataFile | BinaryFile | LazyFile):
            return Output(made.path, self.key_of(made), read=made.path in told)
        entry = map_entry(made)
        return Output(entry.place, self.key_of(made), (entry.day, entry.translations), isinstance(made, SEARCHED))


class _Answers:
    """The answers of now to questions by their number: each is asked once."""

    def __init__(self, asked: BuildMemory, roots: Mapping[str, object]) -> None:
        self._asked, self._roots = asked, roots
        self._things: dict[int, Any] = {}
        self.now: dict[int, str] = {}

    def of(self, number: int) -> str:
        """The answer to a question."""
        found = self.now.get(number)
        if found is None:
            found = self.now[number] = answer_of(self._thing(number))
        return found

    def _thing(self, number: int) -> Any:
        if number not in self._things:
            above, step = self._asked.above[number], self._asked.steps[number]
            self._things[number] = self._roots[str(step)] if above < 0 else stepped(self._thing(above), step)
        return self._things[number]
