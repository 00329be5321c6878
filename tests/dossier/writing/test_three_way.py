"""Sequences merged three ways: what is a conflict, and that nothing of either side is lost."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gebiedswerk.dossier.writing.three_way import (
    MARKS,
    Stretch,
    between_marks,
    lines_of,
    marked,
    merged_lines,
    stretches,
)

LETTERS = st.text("abcd", max_size=7)
EDITS = st.lists(st.sampled_from(["keep"] * 6 + ["drop", "replace", "put in"]), min_size=8, max_size=8)


def cut(base: str, ours: str, theirs: str) -> list[Stretch[str]]:
    return list(stretches(base, ours, theirs))


def outcome(base: str, ours: str, theirs: str) -> str:
    """The letters that it becomes, and a conflict as `(ours|theirs)`."""
    return "".join(
        f"({''.join(one.ours)}|{''.join(one.theirs)})" if one.is_conflict else "".join(one.merged)
        for one in cut(base, ours, theirs)
    )


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("abc", "abc", "abc", "abc"),
        ("abc", "Abc", "abC", "AbC"),
        ("abc", "Abc", "aBc", "ABc"),  # side by side
        ("abc", "ac", "abC", "aC"),
        ("abc", "ac", "aBc", "a(|B)c"),
        ("abc", "aXc", "aYc", "a(X|Y)c"),
        ("abc", "aXc", "aXc", "aXc"),
        ("abc", "abcX", "abcY", "abcXY"),  # put in at one place
        ("abc", "Xabc", "Yabc", "XYabc"),
        ("abc", "abcX", "abcX", "abcX"),
        ("abc", "abcXY", "abcX", "abc(XY|X)"),  # the same in part: nobody knows whether twice
        ("abc", "aXbc", "aBc", "aXBc"),  # put in beside what was changed
        ("abc", "abXc", "aBc", "aBXc"),
        ("abcd", "ad", "abXcd", "a(|bXc)d"),  # put in within what is gone
        ("abcd", "aXYd", "abZcd", "aXZYd"),  # as many for as many: one for one
        ("abcd", "aXd", "abZcd", "a(X|bZc)d"),
        ("abcd", "aXYZd", "aBcd", "a(XYZ|Bc)d"),
        ("abcdefgh", "Xfgh", "aBcdYh", "(Xfg|aBcdY)h"),  # a chain of three
        ("", "X", "Y", "XY"),
        ("a", "", "", ""),
        ("ab", "", "aB", "(|aB)"),
    ],
)
def test_what_two_changes_become(base: str, ours: str, theirs: str, expected: str) -> None:
    assert outcome(base, ours, theirs) == expected


def test_a_stretch_says_where_it_starts_in_ours() -> None:
    assert [(one.at, one.ours) for one in cut("abc", "XXabc", "aYc")] == [(0, "XX"), (2, "a"), (3, "b"), (4, "c")]


def test_a_stretch_is_the_same_where_nobody_changed_it() -> None:
    """Not where one side did, nor where both did alike."""
    assert [one.is_same for one in cut("abcd", "aXcY", "abZY")] == [True, False, False, False]


def test_parts_that_occur_often_are_found_again() -> None:
    """As blank lines in a long file."""
    half = ["x"] * 150
    found = list(stretches([*half, *half], ["a", *half, *half], [*half, "z", *half]))
    assert [part for one in found for part in one.merged] == ["a", *half, "z", *half]


@given(base=LETTERS, ours=LETTERS, theirs=LETTERS)
def test_the_stretches_are_the_three_sequences(base: str, ours: str, theirs: str) -> None:
    """None is lost or told twice, and what both left alone stands in all three."""
    found = cut(base, ours, theirs)
    assert "".join("".join(one.base) for one in found) == base
    assert "".join("".join(one.ours) for one in found) == ours
    assert "".join("".join(one.theirs) for one in found) == theirs
    assert all(ours[one.at : one.at + len(one.ours)] == one.ours for one in found)


@given(base=LETTERS, one=LETTERS)
def test_what_one_side_changed_is_what_it_becomes(base: str, one: str) -> None:
    assert outcome(base, one, base) == outcome(base, base, one) == outcome(base, one, one) == one


@given(base=LETTERS, ours=LETTERS, theirs=LETTERS)
def test_both_sides_may_be_changed_about(base: str, ours: str, theirs: str) -> None:
    """The conflicts are the same ones."""
    found, turned = cut(base, ours, theirs), cut(base, theirs, ours)
    assert [(one.base, one.theirs, one.ours) for one in found if one.is_conflict] == [
        (one.base, one.ours, one.theirs) for one in turned if one.is_conflict
    ]


KINDS = st.sampled_from(["keep", "ours", "theirs", "gone here", "gone there"])


@given(st.lists(KINDS, max_size=9))
def test_changes_of_different_parts_never_conflict(kinds: list[str]) -> None:
    """Each part of its own is kept, changed by one side or taken away by one."""
    base = [str(at) for at in range(len(kinds))]
    gone = {"ours": "gone here", "theirs": "gone there"}

    def side(names: Sequence[str]) -> list[str]:
        left = [(part, kind) for part, kind in zip(base, kinds, strict=True) if kind not in map(gone.get, names)]
        return [f"{part}!" if kind in names else part for part, kind in left]

    found = list(stretches(base, side(["ours"]), side(["theirs"])))
    conflicts = [one for one in found if one.is_conflict]
    if not ({"gone here", "ours"} <= set(kinds) or {"gone there", "theirs"} <= set(kinds)):
        assert not conflicts
    if not conflicts:
        assert [part for one in found for part in one.merged] == side(["ours", "theirs"])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=EDITS, others=EDITS)
def test_where_git_sees_no_conflict_we_say_the_same(tmp_path: Path, mine: list[str], others: list[str]) -> None:
    """A second opinion by `git merge-file`, over lines that occur once."""
    base = "abcdefgh"
    sides = {"ours": edited(base, mine, "<"), "base": base, "theirs": edited(base, others, ">")}
    for name, side in sides.items():
        (tmp_path / name).write_text("\n".join([*re.findall(r"[a-z][<>]?", side), ""]))
    git = subprocess.run(
        ["git", "merge-file", "-p", *(tmp_path / name for name in sides)], capture_output=True, text=True, check=False
    )
    if git.returncode == 0:
        assert merged_lines(*((tmp_path / name).read_text() for name in ("base", "ours", "theirs"))) == git.stdout


def edited(base: str, edits: list[str], mark: str) -> str:
    """The letters after these edits, of which new ones have a mark behind them."""
    made = {"keep": "{0}", "drop": "", "replace": "{0}{1}", "put in": "{0}{0}{1}"}
    return "".join(made[kind].format(letter, mark) for letter, kind in zip(base, edits, strict=True))


def test_lines_keep_their_ends() -> None:
    """A line feed ends a line and nothing else does."""
    assert lines_of("") == []
    assert lines_of("a\r\nb\u2028c\n\nde") == ["a\r\n", "b\u2028c\n", "\n", "de"]
    assert lines_of("a\n") == ["a\n"]


def test_marks_stand_round_what_differs() -> None:
    """As git writes them, with the line ends of the text; a last line without one gets it."""
    assert "".join(marked(["a\r\n", "b\r\n"], ["a\r\n", "c"])) == (
        "a\r\n<<<<<<< ours\r\nb\r\n=======\r\nc\r\n>>>>>>> theirs\r\n"
    )
    assert "".join(marked(["a\n"], ["a\n"])) == "a\n"
    assert "".join(marked(["a\n", "b\n"], ["a\n"])) == "a\n<<<<<<< ours\nb\n=======\n>>>>>>> theirs\n"
    assert "".join(between_marks([], ["x"])) == "\n".join([MARKS[0], MARKS[1], "x", MARKS[2], ""])


def test_lines_are_merged_as_git_does() -> None:
    assert merged_lines("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n") == "A\nb\nC\n"
    assert merged_lines("a\nb\n", "a\nB\n", "a\nX\n") == "a\n<<<<<<< ours\nB\n=======\nX\n>>>>>>> theirs\n"
