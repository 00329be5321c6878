"""What fits a terminal: a table, a table with broken headers, or a block per row; sentences at its width."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.table import Table

from gebiedswerk.cli.terminal import console, show_lines, show_table


def shown(width: int) -> str:
    """A table of three columns, with a footer, on a terminal of this width."""
    out = io.StringIO()
    table = Table(show_footer=True)
    table.add_column("Post", "Totaal")
    table.add_column("Nog niet toegewezen", "1.234.567,89", justify="right")
    table.add_column("Debet", "12,00", justify="right")
    table.add_row("Noord", "1.234.567,89", "12,00")
    show_table(table, Console(file=out, width=width))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def test_no_amount_is_cut_off() -> None:
    """At any width each amount stands there whole, and no line is longer than the terminal."""
    for width in range(22, 60):
        text = shown(width)
        assert text.count("1.234.567,89") == 2, text
        assert max(map(len, text.splitlines())) <= width
    assert "┃ Nog niet toegewezen ┃" in shown(40)
    assert "┃   toegewezen ┃" in shown(33)


def test_a_table_that_does_not_fit_becomes_blocks() -> None:
    """A row is its first cell with the others below it; the footer is the last block."""
    block = ["  Nog niet toegewezen:", "1.234.567,89", "  Debet:", "12,00"]
    assert shown(32).splitlines() == ["Noord", *block, "Totaal", *block]


def test_sentences_are_cut_between_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What is cut off stands further in; a row to copy is one word and stays whole."""
    monkeypatch.setenv("COLUMNS", "24")
    show_lines(["  een zin die langer is dan de regel", "", "      7005,7005,?,,een-lange-rij"], console())
    assert capsys.readouterr().out.splitlines() == [
        "  een zin die langer is",
        "    dan de regel",
        "",
        "      7005,7005,?,,een-lange-rij",
    ]
