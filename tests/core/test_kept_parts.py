"""Parts that are kept are what they would be if they were made again, and only what would be another is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from random import Random

import pytest

from gebiedswerk.core.kept_parts import KeptParts, Recalled
from gebiedswerk.core.watching import Recorder, watched_by


@dataclass(frozen=True)
class Leaf:
    """A name and a number; another number may be asked for."""

    name: str
    cents: int

    def times(self, by: int) -> int:
        """So many times the number."""
        return self.cents * by


@dataclass(frozen=True)
class Tree:
    """Leaves by their name, and a title."""

    title: str
    leaves: Mapping[str, Leaf]


watched_by(Tree, nested=("leaves",))
NAMES = "abcdef"


def tree(random: Random, former: Tree | None = None) -> Tree:
    """A tree, or one of which a leaf, the title, the order or nothing at all is another: also in things made anew."""
    if former is None:
        return Tree("t", {name: Leaf(name, random.randrange(9)) for name in NAMES})
    kind, name = random.randrange(5), random.choice(list(former.leaves))
    leaves = {one: replace(leaf) if kind else leaf for one, leaf in former.leaves.items()}
    if kind == 1:
        leaves[name] = Leaf(name, random.randrange(9))
    if kind == 2 and len(leaves) > 2:
        del leaves[name]
    if kind == 3:
        leaves = dict(reversed(leaves.items()))
    return Tree(f"t{random.randrange(3)}" if kind == 4 else former.title, leaves)


class Counting:
    """Makes a part per leaf, and one of all; counts what is made."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def parts(self, shown: Tree, asked: Tree) -> Iterator[tuple[str, Callable[[], str]]]:
        """The parts of a tree: one asks for a number, one for whether there is a leaf, one for all of it."""
        for name in shown.leaves:
            yield name, partial(self._leaf, asked, name)
        yield "title", lambda: self._made("title", asked.title)
        yield "has a", lambda: self._made("has a", str("a" in asked.leaves))
        yield "all", lambda: self._made("all", f"{asked.title} {[one.cents for one in asked.leaves.values()]}")

    def _leaf(self, asked: Tree, name: str) -> str:
        return self._made(name, f"{asked.leaves[name].times(2)}")

    def _made(self, name: str, text: str) -> str:
        self.made.append(name)
        return text


def anew(one: Tree) -> dict[str, str]:
    """What the parts are if they are made."""
    return {name: make() for name, make in Counting().parts(one, one)}


def looked(kept: KeptParts[str], one: Tree, counting: Counting) -> dict[str, str]:
    """What the parts are, by what is kept."""

    def parts(recorder: Recorder) -> Iterator[tuple[str, Callable[[], str]]]:
        return counting.parts(one, recorder.watch("tree"))

    return kept.of({"tree": one}, parts)


@pytest.mark.parametrize("seed", range(200))
def test_whatever_changes(seed: int) -> None:
    """Change upon change: kept, beside what is kept, and after it came back from elsewhere."""
    random, counting, kept = Random(seed), Counting(), KeptParts[str]()
    now = tree(random)
    looked(kept, now, counting)
    for _ in range(8):
        after = tree(random, now)
        beside = Counting()
        assert kept.beside({"tree": after}, beside.parts(after, after)) == anew(after)
        others = {name for name, text in anew(after).items() if anew(now).get(name) != text}
        assert others <= {*beside.made}
        counting.made.clear()
        if random.randrange(2):
            found = kept.recalled()
            kept = KeptParts(Recalled([*found.above], [*found.steps], [*found.answers], dict(found.parts)))
        assert looked(kept, after, counting) == anew(after)
        assert {*counting.made} == {*beside.made}
        now = after
    counting.made.clear()
    assert looked(kept, replace(now), counting) == anew(now)
    assert counting.made == []


def test_what_is_the_same_is_not_made() -> None:
    """A leaf that is another touches its own part and that of all; the rest stays."""
    counting, kept, one = Counting(), KeptParts[str](), tree(Random(1))
    looked(kept, one, counting)
    counting.made.clear()
    looked(kept, replace(one, leaves={**one.leaves, "b": Leaf("b", 99)}), counting)
    assert counting.made == ["b", "all"]
