"""The reference is made from the code, the same each time; what is old, missing or surplus is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.account import MEASURES
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES
from tools.make_reference import REFERENCE, made, main
from tools.reference.markdown import Incomplete, meanings, table


def test_the_reference_is_what_the_code_says(capsys: pytest.CaptureFixture[str]) -> None:
    """What is committed is what the code gives; else: make docs."""
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_it_is_the_same_each_time() -> None:
    """The same code, the same bytes."""
    assert made() == made()


def test_everything_appears() -> None:
    """Every column, measure and command, and a page for each fault."""
    pages = made()
    assert all(
        f"| `{column.name}` |" in pages["tables.md"] for one in TABLES.values() for column in columns_of(one.rows)
    )
    assert all(f"| `{measure}` |" in pages["figures.md"] for measure in MEASURES)
    assert all(f"## {name}\n" in pages["commands.md"] for name in ("new", "check", "trace", "adopt"))
    assert "`[[term]]`" in pages["settings.md"]
    assert "[T101](T101.md)" in pages["faults/index.md"]
    assert "faults/T101.md" in pages


def test_check_names_what_is_not_current(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed page, a missing page and the page of a fault that is gone; writing puts all three right."""
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
    (tmp_path / "tables.md").write_text("by hand", "utf-8")
    (tmp_path / "faults" / "T101.md").unlink()
    (tmp_path / "faults" / "Z999.md").write_text("gone", "utf-8")
    assert main(["--check"], tmp_path) == 1
    printed = capsys.readouterr().out
    assert [name in printed for name in ("tables.md", "T101.md", "Z999.md", "figures.md")] == [True, True, True, False]
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
    assert not (tmp_path / "faults" / "Z999.md").exists()


def test_a_name_without_meaning_is_an_error() -> None:
    """The column `colour` of areas is new and has no meaning yet; `slug` is gone and still has one."""
    with pytest.raises(Incomplete, match=r"without meaning \['colour'\].*not in the code \[.*'slug'"):
        meanings("columns.areas", ["code", "name", "kind", "parent", "valid_from", "valid_to", "colour"])


def test_a_bar_in_a_cell_does_not_break_the_table() -> None:
    """'a|b' stays one cell."""
    assert table(("x", "y"), [("a|b", "c")]).splitlines()[-1] == r"| a\|b | c |"


def test_hand_written_pages_stay() -> None:
    """Only the pages that are made belong to this program: json.md and index.md are written by people."""
    assert {"json.md", "index.md", "imports.md"}.isdisjoint(made())
    assert (REFERENCE / "json.md").exists()
