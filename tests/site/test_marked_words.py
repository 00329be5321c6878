"""Marked words become elements with a language, or words alone where no element can stand."""

from __future__ import annotations

import pytest

from gebiedswerk.language.foreign_words import END, START, marked
from gebiedswerk.site.marked_words import with_languages

WEST = marked("West")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<td>{WEST}</td>", '<td lang="nl">West</td>'),
        (f'<a href="x">{WEST}</a>', '<a href="x" lang="nl">West</a>'),
        (f"<dd>\n{WEST}\n</dd>", '<dd lang="nl">\nWest\n</dd>'),
        (f"<h1>{WEST} in 2019</h1>", '<h1><span lang="nl">West</span> in 2019</h1>'),
        (f"<p>{WEST} and {WEST}</p>", '<p><span lang="nl">West</span> and <span lang="nl">West</span></p>'),
        (f'<p lang="nl">{WEST}</p>', '<p lang="nl"><span lang="nl">West</span></p>'),
        (f'<a aria-label="{WEST}: 12">12</a>', '<a aria-label="West: 12">12</a>'),
        (f"<title>{WEST}</title>", '<title lang="nl">West</title>'),
        (f"<title>{WEST} in 2019</title>", "<title>West in 2019</title>"),
        (f"<text><tspan>{WEST}</tspan></text>", '<text><tspan lang="nl">West</tspan></text>'),
        (f"<text>in {WEST}</text>", "<text>in West</text>"),
        (f"<p>{START}torn</p><p>{END}</p>", "<p>torn</p><p></p>"),
        ("<p>Spent</p>", "<p>Spent</p>"),
    ],
)
def test_marked_words_say_their_language(html: str, expected: str) -> None:
    """On the element where they stand alone, else on one of their own; no mark is left."""
    assert with_languages(html, "nl") == expected
