"""What is watched answers as the thing itself, and all that it is asked can be asked again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.watching import CannotBeCompared, NotAsked, Recorder, fingerprint, watched_by, written


@dataclass(frozen=True)
class Leaf:
    """A thing with a number."""

    number: int


@dataclass(frozen=True)
class Tree:
    """A thing of all grains."""

    name: str
    leaf: Leaf
    leaves: tuple[Leaf, ...] = ()
    by_name: dict[str, Leaf] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    @cached_property
    def sum(self) -> int:
        """The numbers of all leaves."""
        return sum(leaf.number for leaf in self.leaves)

    def times(self, factor: int) -> int:
        """A method that is a question."""
        return self.sum * factor

    def of(self, name: str) -> Leaf:
        """A method that leads on."""
        return self.by_name[name]

    def first(self) -> int:
        """A method that only asks."""
        return self.leaves[0].number + self.numbers["a"]

    @property
    def title(self) -> str:
        """A property that only asks."""
        return self.name.title()


watched_by(
    Tree,
    nested=(
        "leaf",
        "leaves",
        "by_name",
        "of",
    ),
    keyed=("numbers",),
    through=(
        "first",
        "title",
    ),
)

TREE = Tree("oak", Leaf(1), (Leaf(2), Leaf(3)), {"x": Leaf(4)}, {"a": 5, "b": 6})
ASKED: Sequence[tuple[Callable[[Any], object], object, set[tuple[Any, ...]]]] = [
    (lambda tree: tree.name, "oak", {("name",)}),
    (lambda tree: tree.leaf.number, 1, {("leaf", "number")}),
    (lambda tree: tree.leaves[1].number, 3, {("leaves", ("len",)), ("leaves", ("[]", 1), "number")}),
    (lambda tree: tree.leaves[-1].number, 3, {("leaves", ("len",)), ("leaves", ("[]", 1), "number")}),
    (
        lambda tree: [one.number for one in tree.leaves[1:]],
        [3],
        {("leaves", ("len",)), ("leaves", ("[]", 1), "number")},
    ),
    (lambda tree: len(tree.leaves), 2, {("leaves", ("len",))}),
    (lambda tree: tree.by_name["x"].number, 4, {("by_name", ("in", "x")), ("by_name", ("[]", "x"), "number")}),
    (lambda tree: "y" in tree.by_name, False, {("by_name", ("in", "y"))}),
    (lambda tree: tree.by_name.get("y"), None, {("by_name", ("in", "y"))}),
    (lambda tree: tree.numbers["a"], 5, {("numbers", ("[]", "a"))}),
    (lambda tree: tree.numbers.get("c", 0), 0, {("numbers", ("[]", "c"))}),
    (lambda tree: list(tree.numbers), ["a", "b"], {("numbers", ("keys",))}),
    (lambda tree: len(tree.numbers), 2, {("numbers", ("keys",))}),
    (lambda tree: tree.sum, 5, {("sum",)}),
    (lambda tree: tree.times(2), 10, {(("times", 2),)}),
    (lambda tree: tree.of("x").number, 4, {(("of", "x"), "number")}),
    (lambda tree: tree.first(), 7, {("leaves", ("len",)), ("leaves", ("[]", 0), "number"), ("numbers", ("[]", "a"))}),
    (lambda tree: tree.title, "Oak", {("name",)}),
]


@pytest.mark.parametrize(("ask", "answer", "asked"), ASKED)
def test_what_is_asked_is_recorded(ask: Callable[[Any], object], answer: object, asked: set[tuple[Any, ...]]) -> None:
    """The answer is that of the thing itself; each question is told, a second time as well as the first."""
    recorder = Recorder({"tree": TREE})
    tree = recorder.watch("tree")
    assert ask(TREE) == answer
    for _ in range(2):
        assert recorder.of(lambda: ask(tree)) == (answer, frozenset(("tree", *question) for question in asked))


@pytest.mark.parametrize(("ask", "answer", "asked"), ASKED)
def test_nothing_else_is_given(ask: Callable[[Any], object], answer: object, asked: set[tuple[Any, ...]]) -> None:
    """Who may ask what it asked before gets it; without any one of its questions it gets nothing."""
    recorder = Recorder({"tree": TREE})
    tree = recorder.watch("tree")
    named = frozenset(("tree", *question) for question in asked)
    assert recorder.within(lambda: ask(tree), named) == answer
    for one in named:
        with pytest.raises(NotAsked):
            recorder.within(lambda: ask(tree), named - {one})


CHANGES: Sequence[Tree] = [
    replace(TREE, name="elm"),
    replace(TREE, leaf=Leaf(9)),
    replace(TREE, leaves=(Leaf(2), Leaf(9))),
    replace(TREE, leaves=(Leaf(2),)),
    replace(TREE, by_name={}),
    replace(TREE, by_name={"x": Leaf(9), "y": Leaf(1)}),
    replace(TREE, numbers={"b": 6}),
    replace(TREE, numbers={"a": 6, "b": 6, "c": 1}),
]


@pytest.mark.parametrize("changed", CHANGES)
@pytest.mark.parametrize(("ask", "answer", "asked"), ASKED)
def test_another_answer_is_seen(
    changed: Tree, ask: Callable[[Any], object], answer: object, asked: set[tuple[Any, ...]]
) -> None:
    """If all questions have the same answers in another tree, what was made of them is the same."""
    before, after = Recorder({"tree": TREE}), Recorder({"tree": changed})
    same = all(before.answer(("tree", *one)) == after.answer(("tree", *one)) for one in asked)
    try:
        other: object = ask(changed)
    except (LookupError, AttributeError):
        other = LookupError
    assert other == answer if same else changed != TREE
    if len(asked) == 1:
        assert same == (other == answer)


def test_what_is_not_there_is_an_answer() -> None:
    """A thing that went answers otherwise than one that stays."""
    recorder = Recorder({"tree": TREE})
    assert recorder.answer(("tree", "by_name", ("[]", "gone"), "number")) == "! KeyError"
    assert recorder.answer(("tree", "numbers", ("[]", "gone"))) == "! KeyError"


def test_nothing_is_no_thing() -> None:
    """What may be nothing is an answer, and cannot lead on."""
    with pytest.raises(TypeError):
        _ = Recorder({"tree": replace(TREE, leaf=None)}).watch("tree").leaf  # type: ignore[arg-type]


class Side(Enum):
    """One of two."""

    LEFT = "left"
    RIGHT = "right"


PLAIN = st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.sampled_from(Side)
ANSWERS = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(), inner, max_size=4)
        | st.builds(Leaf, inner)
    ),
    max_leaves=8,
)


@given(ANSWERS, ANSWERS)
def test_other_answers_have_other_prints(one: object, other: object) -> None:
    """Answers that are written otherwise differ, and the same are always written the same."""
    assert fingerprint(one) == fingerprint(one)
    if repr(one) != repr(other) and one != other:
        assert written(one) != written(other)


@given(st.frozensets(st.integers() | st.text()))
def test_a_set_has_no_order(found: frozenset[object]) -> None:
    """The same members in any order are the same answer."""
    assert written(found) == written(frozenset(sorted(found, key=repr, reverse=True)))
    assert written(found) == written(set(found))


def test_the_order_of_a_mapping_counts() -> None:
    """Who goes over a mapping sees its order."""
    assert written({"a": 1, "b": 2}) != written({"b": 2, "a": 1})


def test_what_cannot_be_compared_is_refused() -> None:
    """An answer that is no value is a mistake of ours, and is not taken for one that stays the same."""
    with pytest.raises(CannotBeCompared):
        written(object())
    with pytest.raises(CannotBeCompared):
        written([lambda: None])
    assert written(date(2020, 1, 1)) != written("2020-01-01")
