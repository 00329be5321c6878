"""What a module may keep for all who use it, and what not."""

from __future__ import annotations

import pytest

from tools.lint_state import faults

FROZEN = frozenset({"Basis"})
KEPT = (
    ("FOUND = {}", "FOUND"),
    ("FOUND: dict[str, int] = {}", "FOUND"),
    ("FOUND = []", "FOUND"),
    ("FOUND = {1}", "FOUND"),
    ("FOUND = ({}, 1)", "FOUND"),
    ("FOUND = [one for one in range(3)]", "FOUND"),
    ("FOUND = Renderer()", "FOUND"),
    ("FOUND = Renderer()  # frozen:", "FOUND"),
    ("A, B = list(range(2)), 1", "(A, B)"),
    ("def work():\n    global FOUND\n", "global"),
    ("@cache\ndef work(): ...", "work, a cache"),
    ("@functools.lru_cache(maxsize=8)\ndef work(): ...", "work, a cache"),
    ("class A:\n    @cache  # because it is slow\n    def work(self): ...", "work, a cache"),
)
FREE = (
    "FOUND = 1",
    'FOUND = ("a", b, A.B, -1, f"{c}")',
    "FOUND: Mapping[str, int] = {}",
    "FOUND: Sequence[str] = []",
    "FOUND = frozenset({1})",
    "FOUND = re.compile('a')",
    "NEWEST = Basis()",
    "NOWHERE = Place()  # frozen: never filled",
    "__all__ = ['a']",
    "@cache  # cache: by a sign\ndef work(): ...",
    "def work():\n    found = {}\n",
    "class A:\n    found = []\n",
)


@pytest.mark.parametrize(("text", "name"), KEPT)
def test_what_can_change_is_named(text: str, name: str) -> None:
    assert [found for _, found in faults(text, FROZEN)] == [name]


@pytest.mark.parametrize("text", FREE)
def test_what_cannot_change_is_free(text: str) -> None:
    assert list(faults(text, FROZEN)) == []
