"""Words for people in templates are found; what Jinja fills in is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.lint_templates import in_template, main


def test_text_is_found_with_its_line() -> None:
    """Counted from the line of the word, across Jinja of two lines."""
    assert in_template("<p>{# a\ncomment #}\n  Budget</p>") == [(3, "Budget")]


@pytest.mark.parametrize("attribute", ["alt", "title", "aria-label"])
def test_attributes_for_people_are_found(attribute: str) -> None:
    """Unless Jinja fills them."""
    assert in_template(f'<img {attribute}="Kaart">') == [(1, "Kaart")]
    assert in_template(f"<img {attribute}=\"{{{{ messages('page.map') }}}}\">") == []


@pytest.mark.parametrize(
    "source",
    [
        '<!DOCTYPE html>\n<p class="lead">{{ text }}</p>',
        "{% if x %}<b>{{ x }}</b>{% endif %} &middot; 12 €",
        "<style>p { color: red }</style><!-- a note -->",
        '<a {% if here %}aria-current="page"{% endif %} href="x">{{ name }}</a>',
    ],
)
def test_markup_is_free(source: str) -> None:
    """Tags, styles, comments, entities and amounts are no words."""
    assert in_template(source) == []


def test_a_line_may_be_excused_with_a_reason() -> None:
    """Only that line, and only with a reason."""
    source = "<p>\n{% block kind %}area{% endblock %}  {# literal: a class in the style sheet #}\nBudget {# literal:#}"
    assert in_template(source) == [(3, "Budget")]


def test_main_names_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One fault gives 1, an empty folder gives 0."""
    source = tmp_path / "src"
    source.mkdir()
    assert main(source) == 0
    (source / "page.html").write_text("<h1>Budget</h1>")
    assert main(source) == 1
    assert capsys.readouterr().out == "src/page.html:1: 'Budget' belongs in the catalogue of messages\n"
