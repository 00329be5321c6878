"""Sentences in Python are found, and nothing else is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools.lint_literals import exception_classes, in_python, is_sentence, main


def found(source: str) -> list[tuple[int, str]]:
    """The sentences in a module that stands alone."""
    return list(in_python(source, exception_classes([ast.parse(source)])))


@pytest.mark.parametrize(
    "text", ["Geen cijfers", "is not an amount.", "<b>Geen</b> <i>cijfers</i>", "één-tweetje, nog"]
)
def test_two_words_are_a_sentence(text: str) -> None:
    """Tags and punctuation do not hide words."""
    assert is_sentence(text)


@pytest.mark.parametrize(
    "text", ["", "budget", "budget_lines.csv", "utf-8", "x y", '<p class="wide table">', "D101 D102"]
)
def test_one_word_or_a_code_is_none(text: str) -> None:
    """Names, codes, letters and markup are for programs."""
    assert not is_sentence(text)


def test_a_plain_string_is_found_with_its_line() -> None:
    """The second line holds the sentence."""
    assert found('"""A module about things."""\nshown = "Geen cijfers"\n') == [(2, "Geen cijfers")]


def test_the_parts_of_an_f_string_count_together() -> None:
    """One word on each side of a value is a sentence; the value itself is looked into."""
    assert found('shown = f"nog {left} euro"') == [(1, "nog 0 euro")]
    assert found('shown = f"{left}-{right}.csv"') == []
    assert found("""shown = f"{'Geen cijfers' if left else ''}" """) == [(1, "Geen cijfers")]


def test_docstrings_are_free() -> None:
    """Of a module, a class, a function, and under an attribute."""
    assert found('"""Two words."""\nA = 1\n"""Two words."""\ndef f():\n    """Two words."""\n') == []


def test_the_body_of_an_exception_class_is_free() -> None:
    """Also where the exception stands two classes away; another class is not free."""
    assert found('class Base(Exception): ...\nclass Own(Base):\n    why = "it went wrong"\n') == []
    assert found('class Own(Thing):\n    why = "it went wrong"\n') == [(2, "it went wrong")]


def test_regular_expressions_prog_and_rows_of_codes_are_free() -> None:
    """What such a call holds beside them is not."""
    assert found('re.compile("one two")\nParser(prog="one two")\n"one two".split()\n') == []
    assert found('re.sub("one two", "three four", text)\nParser(help="one two")') == [(1, "three four"), (2, "one two")]


def test_a_line_may_be_excused_with_a_reason() -> None:
    """Without a reason it is not."""
    assert found('style = "bold red"  # literal: a style of rich') == []
    assert found('style = "bold red"  # literal:') == [(1, "bold red")]


def test_a_table_of_words_is_excused_by_its_first_line() -> None:
    """What follows it is not; the first line of a function excuses nothing but itself."""
    table = (
        'WORDS = {  # literal: read, never shown\n    "een half": 1,\n    "een kwart": 2,\n}\nshown = "Geen cijfers"\n'
    )
    assert found(table) == [(5, "Geen cijfers")]
    assert found('def f():  # literal: no reason\n    return "Geen cijfers"\n') == [(2, "Geen cijfers")]


def test_main_names_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One fault gives 1, none gives 0, nor does an empty folder fail."""
    source = tmp_path / "src"
    assert main(source) == 0
    source.mkdir()
    (source / "page.py").write_text('\nshown = "Geen cijfers"\n')
    assert main(source) == 1
    assert capsys.readouterr().out == "src/page.py:2: 'Geen cijfers' belongs in the catalogue of messages\n"
