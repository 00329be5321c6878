"""Words of another language keep their mark in a sentence, and lose it where a program needs the words alone."""

from __future__ import annotations

from gebiedswerk.blocks.models import Cell, Table, TableRow
from gebiedswerk.language.foreign_words import END, START, marked, unmarked, without_marks


def test_a_mark_goes_along_into_a_sentence() -> None:
    """Filled in, it still stands around the words; twice is once, and nothing is not marked."""
    assert "What is left for {name}?".format(name=marked("West")) == f"What is left for {START}West{END}?"
    assert marked(marked("West")) == marked("West")
    assert marked("") == ""
    assert unmarked(f"in {marked('West')} and {marked('Oost')}") == "in West and Oost"


def test_a_plain_value_loses_all_its_marks() -> None:
    """Through tuples and values within values; other values stay as they are."""
    table = Table("t", marked("Titel"), ("a",), (TableRow((Cell(marked("West"), "west.html"),), depth=1),))
    assert without_marks(table) == Table("t", "Titel", ("a",), (TableRow((Cell("West", "west.html"),), depth=1),))
