"""Mutants of a small module, judged in one process: who is noticed, who is in a loop, and who is left to a fork."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

TOY = """\
from functools import cache

KEPT = set()


def added(a, b):
    return a + b


def counted(n):
    while n > 0:
        n -= 1
    return n


def table():
    return [1]


def kept(n):
    KEPT.add(n)
    return KEPT


@cache
def known(a):
    return added(a, 1)


def ended(a):
    return a == 0


def unseen(a):
    return a
"""
TESTS = """\
import os
from pathlib import Path

import pytest
import toy
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def made():
    return toy.table()


@pytest.fixture(scope="module")
def shared():
    with Path("shared.txt").open("a") as out:
        out.write("made\\n")
    return 2


def test_sum(shared):
    assert toy.added(shared, 2) == 4


def test_known(shared):
    assert toy.known(shared) == 3


def test_count(shared):
    assert toy.counted(shared) == 0


def test_table(made, shared):
    assert made == [1]


def test_kept():
    assert toy.kept(1) == {1}


def test_end():
    if not toy.ended(0):
        os._exit(3)


@given(st.integers(-5, 5))
def test_any_sum(n):
    assert toy.added(n, 0) == n


def test_nothing():
    toy.unseen(1)
"""
MUTANTS = """

def x_added__mutmut_minus(a, b):
    return a - b


def x_added__mutmut_known(a, b):
    return a - b


def x_added__mutmut_any(a, b):
    return a - 1


def x_added__mutmut_after(a, b):
    return a * a + 1


def x_added__mutmut_more(a, b):
    return a + b + 0


def x_counted__mutmut_up(n):
    while n > 0:
        n += 1
    return n


def x_table__mutmut_other():
    return [2]


def x_kept__mutmut_none(n):
    KEPT.add(None)
    return KEPT


def x_ended__mutmut_not(a):
    return a != 0


def x_unseen__mutmut_none(a):
    return None


from mutmut.mutation.trampoline import wrap_in_trampoline

for name, broken in {
    "added": [
        x_added__mutmut_minus,
        x_added__mutmut_more,
        x_added__mutmut_known,
        x_added__mutmut_any,
        x_added__mutmut_after,
    ],
    "counted": [x_counted__mutmut_up],
    "table": [x_table__mutmut_other],
    "kept": [x_kept__mutmut_none],
    "ended": [x_ended__mutmut_not],
    "unseen": [x_unseen__mutmut_none],
}.items():
    original = globals()[name]
    original.__name__ = f"x_{name}__mutmut_orig"
    globals()[name] = wrap_in_trampoline({"_mutmut_orig": original, **{one.__name__: one for one in broken}})(original)
"""
JUDGE = """\
import json, sys
from pathlib import Path
from tools import one_process
from mutmut.mutation.trampoline import set_mutant_under_test

set_mutant_under_test("")
work = {name: [f"tests/test_toy.py::{test}" for test in tests] for name, tests in json.loads(sys.argv[1]).items()}
arguments = ["-p", "no:cacheprovider", "--import-mode=importlib", "-o", "pythonpath=.", "tests"]
print(json.dumps(list(one_process.judged(work, arguments, Path("noticed.txt").absolute()))))
"""


WORK = {
    "toy.x_added__mutmut_minus": ["test_sum"],
    "toy.x_added__mutmut_more": ["test_sum", "test_known"],
    "toy.x_added__mutmut_known": ["test_known"],
    "toy.x_added__mutmut_any": ["test_any_sum"],
    "toy.x_counted__mutmut_up": ["test_count"],
    "toy.x_unseen__mutmut_none": ["test_nothing"],
    "toy.x_table__mutmut_other": ["test_table"],
    "toy.x_ended__mutmut_not": ["test_end"],
    "toy.x_kept__mutmut_none": ["test_kept"],
    "toy.x_added__mutmut_after": ["test_sum"],
}


def judged(folder: Path, work: dict[str, list[str]], tests: str = TESTS) -> dict[str, int | None]:
    """How mutants of the small module end."""
    toy = folder / "mutants"
    (toy / "tests").mkdir(parents=True)
    (toy / "toy.py").write_text(TOY + MUTANTS, "utf-8")
    (toy / "tests" / "test_toy.py").write_text(tests, "utf-8")
    (toy / "pytest.ini").write_text("[pytest]\n", "utf-8")
    (folder / "pyproject.toml").write_text('[tool.mutmut]\nsource_paths = ["mutants"]\n', "utf-8")
    command = [sys.executable, "-c", JUDGE, json.dumps(work)]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, int | None] = dict(json.loads(done.stdout.splitlines()[-1]))
    return found


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int | None]]:
    """Where all mutants of the small module were judged, and how they ended."""
    folder = tmp_path_factory.mktemp("toy")
    return folder, judged(folder, WORK)


def test_each_mutant_comes_to_its_own_end(run: tuple[Path, dict[str, int | None]]) -> None:
    """Noticed is what a test fails for that passes right after; a loop is ended; all else is left to a fork.

    `known` is known from the run without a mutant: caches are emptied. What `table` makes in a fixture is made under
    the mutant. What a mutant of `kept` leaves behind fails its test without a mutant too: nothing is noticed by that. A
    mutant of `ended` ends the process, and those after it are judged all the same.
    """
    ends = {name.removeprefix("toy.x_").replace("__mutmut", ""): end for name, end in run[1].items()}
    assert list(ends.items()) == [
        ("added_minus", 1),
        ("added_more", None),
        ("added_known", 1),
        ("added_any", 1),
        ("counted_up", 36),
        ("unseen_none", None),
        ("table_other", 1),
        ("ended_not", None),
        ("kept_none", None),
        ("added_after", 1),
    ]


def test_what_noticed_a_mutant_is_noted(run: tuple[Path, dict[str, int | None]]) -> None:
    """For the order of the tests, there and in a fork."""
    noticed = [line.partition("\t") for line in (run[0] / "noticed.txt").read_text("utf-8").splitlines()]
    tests = [test.rpartition("::")[2] for test, *_ in noticed]
    assert tests == ["test_sum", "test_known", "test_any_sum", "test_count", "test_table", "test_sum"]
    assert noticed[0][2] == "toy.x_added"


def test_a_fixture_that_reaches_no_mutant_is_shared(run: tuple[Path, dict[str, int | None]]) -> None:
    """It is made again only where it may be spoilt, or its process ended: not for each mutant."""
    made = (run[0] / "mutants" / "shared.txt").read_text("utf-8").split()
    assert len(made) < len(WORK)


def test_an_example_that_hypothesis_found_is_not_kept(run: tuple[Path, dict[str, int | None]]) -> None:
    """A test without a mutant would begin with it."""
    assert not (run[0] / "mutants" / ".hypothesis" / "examples").exists()


def test_tests_that_fail_without_a_mutant_judge_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="do not run without a mutant"):
        judged(tmp_path, WORK, TESTS.replace("== 4", "== 5"))
