"""What others made is what was reviewed, and a page gets only what it uses."""

from __future__ import annotations

import hashlib
import re

import pytest

from tests.conftest import ROOT
from tools import extract_components
from tools.extract_components import SHEET, WrongLibrary, kept, library, rules, selectors, sheet

CSS = """/* a { } */
@charset "UTF-8";
.utrecht-button { color: red }
.utrecht-button:hover,
.utrecht-button--busy { content: "}" ; margin: 0 1px }
@media print { .utrecht-button { color: black } .utrecht-other { color: blue } }
.utrecht-html p { margin: 0 } .utrecht-html :is(p, select) { margin: 1px }
"""


def test_what_others_made_is_what_was_reviewed() -> None:
    """Every file in vendor/README.md has the sum that stands there, and no font stands outside it."""
    text = (ROOT / "vendor" / "README.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", text, re.MULTILINE))
    assert len(listed) == 3
    for name, expected in listed.items():
        assert hashlib.sha256((ROOT / "vendor" / name).read_bytes()).hexdigest() == expected, name
    fonts = {path.name for path in (ROOT / "src/gebiedswerk/site/assets/fonts").iterdir()}
    assert fonts == {name.rsplit("/", 1)[1] for name in listed if "fonts/" in name}


def test_another_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed archive is not taken."""
    monkeypatch.setattr(extract_components, "SHA256", "0" * 64)
    with pytest.raises(WrongLibrary):
        library("index.css")


def test_only_what_is_used_is_taken() -> None:
    """A selector goes along if all its classes are used; a rule without one, and a comment, do not."""
    found = "".join(kept(CSS, frozenset({"utrecht-button"})))
    assert found.splitlines() == [
        ".utrecht-button{color:red}",
        '.utrecht-button:hover{content:"}";margin:0 1px}',
        "@media print{.utrecht-button{color:black}",
        "}",
        ".utrecht-html p{margin:0}",
        ".utrecht-html :is(p, select){margin:1px}",
    ]


def test_commas_in_brackets_divide_nothing() -> None:
    assert selectors("a:is(b, c) d,\n e[x='1,2']") == ["a:is(b, c) d", "e[x='1,2']"]


def test_the_sheet_in_the_repository_is_the_one_that_is_made() -> None:
    """All rules stand in one layer, so that our own sheets win; it is small."""
    made = sheet()
    assert SHEET.read_text("utf-8") == made
    assert [prelude.split("*/")[-1].strip() for prelude, _ in rules(made)] == ["@layer nl-design-system"]
    assert 10_000 < len(made) < 40_000
