"""A text is written again as its page shows it: the same page, the same claims, and nothing besides."""

from __future__ import annotations

import random

import pytest

from gebiedswerk.texts.markdown import inlines, parts
from gebiedswerk.texts.markdown_writer import NotWritable, shown_address, shown_text

PIECES = (
    *("a", "b", "é", "1", ".", " ", "  \n", "\\\n", "\n", "\n\n", "*", "**", "_", "`", "``", "#", "+", "=", "!", "|"),
    *("\\", "\\*", "(", ")", "'", '"', "\t", "- ", "1. ", "7) ", "> ", "# ", "## x", "\n---\n", "\n===\n", "~~~"),
    *('[x](y "t")', '[3](free:x "waarom")', "[5](figure:result/total?about=5%)", "[r]", '\n\n[r]: http://e.nl "t"\n\n'),
    *("```\ncode\n```\n", "    ind\n", "<b>", "&amp;", "&nbsp;", "&copy;", "&#10;", "<http://x.nl/a_b>"),
    *("\u2028", "\x85", "\n\n![c](table:account 'g')\n\n"),
)
"""What texts are made of here: markup of each kind, broken off anywhere."""


def with_picture_in_a_sentence(text: str) -> bool:
    """`check` refuses those (T111)."""
    return any(child.type == "image" for part in parts(text) for run in inlines(part) for child in run.children or [])


def test_any_text_is_written_again_as_it_is_shown() -> None:
    """`shown_text` compares page, claims and loose numbers of both itself; 2,500 texts, each a pile of markup."""
    dice = random.Random(40)
    texts = ["".join(dice.choice(PIECES) for _ in range(dice.randrange(1, 14))) for _ in range(2500)]
    seen = 0
    for text in texts:
        if not with_picture_in_a_sentence(text):
            seen += bool(shown_text(text, shown_address))
    assert seen > 2000


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[3](free:geheim 'Geheim') mensen", '[3](free: "not shown") mensen\n'),
        ("[hier](https://t.example/ 'Geheim')", "[hier](https://t.example/)\n"),
        ("[hier](geheim:x)", "[hier](nowhere:)\n"),
        ("Zin.\n\n[weg]: https://geheim.example/\n", "Zin.\n"),
        ("```python geheim\n1\n```", "```python\n1\n```\n"),
        ("3. een\n99. twee", "3. een\n4. twee\n"),
        ("![Tabel](table:account 'Geheim')", "![Tabel](table:account)\n"),
        ("<!-- geheim? dit staat op de pagina -->", "\\<!-- geheim? dit staat op de pagina --\\>\n"),
    ],
)
def test_what_a_page_does_not_show_is_gone(text: str, shown: str) -> None:
    assert shown_text(text, shown_address) == shown


def test_a_picture_in_a_sentence_is_not_written() -> None:
    """No page has it, so there is nothing to write."""
    with pytest.raises(NotWritable):
        shown_text("zin ![x](table:account)", shown_address)
