"""Each module has tests of its own name, or stands in a list that only shrinks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import lint_tests


def test_our_own_modules_stand_as_the_list_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_tests.main() == 0, capsys.readouterr().out


def test_each_slip_is_named() -> None:
    """A module without tests, one that has them now, and one that is gone."""
    found = list(lint_tests.slips({"a/one", "a/two", "three"}, {"a/two", "b/four"}, {"a/two", "a/five"}))
    assert found == [
        "module a/one has no tests of its own: write tests/a/test_one.py",
        "module three has no tests of its own: write tests/test_three.py",
        "module a/two has tests of its own: take it from without_own_tests.txt",
        "module a/five is there no more: take it from without_own_tests.txt",
    ]


def test_a_test_counts_where_its_module_stands(tmp_path: Path) -> None:
    """Not in another room; a door of a package needs none."""
    for file in ("src/gebiedswerk/a/__init__.py", "src/gebiedswerk/a/one.py", "tests/b/test_one.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    listed = tmp_path / "listed.txt"
    listed.write_text("")
    assert lint_tests.main(tmp_path, listed) == 1
    listed.write_text("a/one\n")
    assert lint_tests.main(tmp_path, listed) == 0
