"""Every link in our documents leads somewhere: to a file that exists, and to a heading in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.docs.blocks import DOCS

ROOT = DOCS.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
OUTSIDE = ("http://", "https://", "mailto:")


def links(page: Path) -> list[str]:
    """The places to which a page links or from which it takes images, code left out."""
    inlines = [token for token in MarkdownIt("commonmark").parse(page.read_text("utf-8")) if token.type == "inline"]
    found = [child.attrs.get("href") or child.attrs.get("src") for token in inlines for child in token.children or []]
    html = re.findall(r'<img src="([^"]+)"', page.read_text("utf-8"))
    return [str(place) for place in [*found, *html] if place and not str(place).startswith(OUTSIDE)]


def anchors(page: Path) -> set[str]:
    """The anchors of the headings of a page, as the usual hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """Relative links only, to files that are there."""
    for link in links(page):
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


SOURCES = [path.relative_to(ROOT).as_posix() for path in (ROOT / "src").rglob("*") if path.is_file()]
OTHER = frozenset({"site/pack.py", "site/tokens.css"})
"""What a decision itself says is no more, and a file of a dossier."""


@pytest.mark.parametrize("page", sorted(DOCS.glob("decisions/*.md")), ids=lambda page: page.stem)
def test_modules_that_are_named_are_there(page: Path) -> None:
    """A decision speaks of the code as it is now: rooms and modules got other names."""
    named = re.findall(r"`([a-z_]\w*/[\w/.-]*\.(?:py|html|css|js))`", page.read_text("utf-8"))
    places = (*SOURCES, *(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py")))
    known = [one for one in named if one not in OTHER and not one.startswith(("tools/", "benchmarks/", "examples/"))]
    assert [one for one in known if not any(f"/{place}".endswith(f"/{one}") for place in places)] == []
