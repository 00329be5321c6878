"""`make check` says where faults travel in a third shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.lint_faults import main, pairs


@pytest.mark.parametrize(
    ("returned", "is_pair"),
    [
        ("tuple[int, list[Fault]]", True),
        ("tuple[int | None, tuple[Fault, ...]]", True),
        ("tuple[dict[str, int], list[str], list[Fault]] | None", True),
        ("tuple[Fault, ...]", False),
        ("list[Fault]", False),
        ("Iterator[Fault]", False),
        ("Checked[tuple[int, str]]", False),
        ("tuple[int, str]", False),
    ],
)
def test_a_pair_is_found(returned: str, is_pair: bool) -> None:
    """Also of a function within another."""
    text = f"def outer() -> None:\n    def inner() -> {returned}: ...\n"
    assert list(pairs(text)) == [(2, "inner")] * is_pair


def test_the_whole_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of our own nothing is said; of another each place, but in the rooms that still hand on pairs."""
    assert (main(), capsys.readouterr().out) == (0, "")
    for place in ("ledger/a.py", "formats/a.py"):
        (tmp_path / place).parent.mkdir()
        (tmp_path / place).write_text("def read() -> tuple[int, list[Fault]]: ...\n", "utf-8")
    assert main(tmp_path) == 1
    assert capsys.readouterr().out == "ledger/a.py:1: read returns faults in a bare tuple\n"
