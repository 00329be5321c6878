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


def test_a_name_for_a_pair_is_found() -> None:
    """Whoever returns it says only the name."""
    assert list(pairs("Done = tuple[int | None, tuple[Fault, ...]]\nSums = tuple[int, int]\n")) == [(1, "Done")]


def test_the_whole_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of our own nothing is said; of another each place."""
    assert (main(), capsys.readouterr().out) == (0, "")
    for place in ("ledger/a.py", "formats/a.py"):
        (tmp_path / place).parent.mkdir()
        (tmp_path / place).write_text("def read() -> tuple[int, list[Fault]]: ...\n", "utf-8")
    assert main(tmp_path) == 1
    told = "".join(f"{place}:1: read hands on faults in a bare tuple\n" for place in ("formats/a.py", "ledger/a.py"))
    assert capsys.readouterr().out == told
